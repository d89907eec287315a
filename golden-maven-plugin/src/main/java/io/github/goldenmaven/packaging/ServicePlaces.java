package io.github.goldenmaven.packaging;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.Places;
import io.github.goldenmaven.golden.StampedTree;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.provenance.GoldenTree;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks before a push, as the gate does later, whether a service's files are in places of its own,
 * as far as the golden image's label shows: no layer of it is read.
 */
final class ServicePlaces {

  private static final String REMEDY =
      "Put them into /app, with <container><appRoot> or the <into> of <extraDirectories>; where a"
          + " server reads applications from a folder of the golden image, have it named in"
          + " 'application: {paths}' of its golden.yaml";

  private static final String JETTYS = "var/lib/jetty/webapps/";

  private final List<LayerEntry> entries = new ArrayList<>();
  private final Set<String> refused = new TreeSet<>();
  private final Set<String> perhaps = new TreeSet<>();
  private final Set<String> atTheGate = new TreeSet<>();

  /** What the golden images give themselves. */
  private final Set<String> given = new TreeSet<>();

  private ServicePlaces(List<ServiceLayer> layers) {
    layers.forEach(layer -> entries.addAll(layer.entries()));
  }

  /**
   * Demands that a service's files are where its golden images leave room.
   *
   * @param goldens the config of every platform
   * @param policy who else gives folders; {@code null} where nobody named one
   * @throws RefusedException when the gate would refuse a path
   */
  static void require(
      List<ImageConfig> goldens,
      List<ServiceLayer> layers,
      @Nullable GoldenPolicy policy,
      Console console) {
    ServicePlaces places = new ServicePlaces(layers);
    boolean known = true;
    for (ImageConfig golden : goldens) {
      known &= Label.GOLDEN_TREE.in(golden.labels()).isPresent();
      Label.GOLDEN_TREE
          .in(golden.labels())
          .map(GoldenTree::parse)
          .ifPresent(tree -> places.look(tree, golden.environment(), policy));
    }
    if (!known && places.entries.stream().anyMatch(ServicePlaces::isOutside)) {
      console.info(
          "Where the service may put files is checked by the release gate: the golden image does"
              + " not say it");
    }
    places.tell(console);
  }

  private static boolean isOutside(LayerEntry entry) {
    return !(entry instanceof LayerEntry.Directory) && !entry.path().startsWith("app/");
  }

  private void tell(Console console) {
    if (!refused.isEmpty()) {
      throw new RefusedException(
          "The service has no place for " + shown(refused) + " on its golden image.",
          serverFolder().orElse(REMEDY + " or of the policy."));
    }
    if (!atTheGate.isEmpty()) {
      console.info(
          "Whether "
              + shown(atTheGate)
              + " has a place on its golden image is checked by the release gate");
    }
    if (!perhaps.isEmpty()) {
      console.warn(
          "The service has a place for "
              + shown(perhaps)
              + " on its golden image only where the gate's policy gives it.",
          serverFolder()
              .orElse(
                  REMEDY
                      + ", or name the policy in <policy> or with -Dgolden.policy to have it"
                      + " checked."));
    }
  }

  /** For a WAR, which is where Jetty looks where nothing else is said: where this server looks. */
  private Optional<String> serverFolder() {
    return Stream.concat(refused.stream(), perhaps.stream())
            .anyMatch(path -> (path + "/").startsWith(JETTYS))
        ? given.stream()
            .filter(folder -> !(folder.substring(1) + "/").startsWith(JETTYS))
            .findFirst()
            .map(
                folder ->
                    "The golden image gives '"
                        + Printable.of(folder)
                        + "' to applications: where its server reads them there, write '"
                        + Printable.of(folder)
                        + "/ROOT' into <container><appRoot> or -Dgolden.container.appRoot.")
        : Optional.empty();
  }

  /** Where a service may put nothing: the golden's own places and its JVMs. */
  private static PathSet kept(
      GoldenTree tree, StampedTree golden, Map<String, String> environment) {
    List<String> names = new ArrayList<>(golden.kept().all());
    names.add("opt/golden");
    tree.jvms().keySet().forEach(home -> names.add(home.substring(1)));
    JvmSearch.onPath(environment).forEach(names::add);
    names.add(environment.getOrDefault("JAVA_HOME", "").replaceAll("^/+|/+$", ""));
    return new PathSet(names);
  }

  private void look(
      GoldenTree tree, Map<String, String> environment, @Nullable GoldenPolicy policy) {
    StampedTree golden = new StampedTree(tree);
    given.addAll(tree.given());
    PathSet kept = kept(tree, golden, environment);
    Places places = new Places(golden, new Given(golden, tree.given(), golden.jvms()), kept);
    PathSet policys =
        new PathSet(
            policy == null
                ? List.of()
                : policy.application().paths().stream().map(path -> path.substring(1)).toList());
    for (LayerEntry entry : entries) {
      String path = entry.path();
      boolean folder = entry instanceof LayerEntry.Directory;
      boolean blocked = kept.covers(path) || (kept.isAbove(path) && !folder);
      if (folder && golden.isFolder(path)) {
        // Which rights it has the label does not tell.
        if (!golden.tells(path) && !places.isAboveGiven(path)) {
          atTheGate.add(path);
        }
      } else if (blocked) {
        refused.add(path);
      } else if (!isInPlace(places, golden, path, folder)) {
        if (policys.covers(path) || (folder && policys.isAbove(path))) {
          atTheGate.add(path);
        } else {
          (policy == null && mayBeGiven(path) ? perhaps : refused).add(path);
        }
      }
    }
  }

  private static boolean isInPlace(Places places, StampedTree golden, String path, boolean folder) {
    return golden.has(path)
        ? !folder && places.mayReplace(path)
        : places.of(path).isPresent() || (folder && places.isAboveGiven(path));
  }

  private static boolean mayBeGiven(String path) {
    return Given.nameFault(path).isEmpty() && Given.nameFault(PathSet.parent(path)).isEmpty();
  }

  private static String shown(Set<String> paths) {
    String first = "'/" + Printable.of(paths.iterator().next()) + "'";
    return paths.size() == 1 ? first : first + " and " + (paths.size() - 1) + " more";
  }
}
