package io.github.goldenmaven.packaging;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.Places;
import io.github.goldenmaven.golden.StampedTree;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.LayerEntry;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.GoldenTree;
import io.github.goldenmaven.provenance.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says before a push what the gate says of the places of a service's files, as far as the golden
 * image's label tells: no layer of it is read.
 */
final class ServicePlaces {

  private static final String REMEDY =
      "Put them into /app, with <container><appRoot> or the <into> of <extraDirectories>; where a"
          + " server reads applications from a folder of the golden image, have it named in"
          + " 'application: {paths}' of its golden.yaml";

  private final Set<String> paths = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();
  private final Set<String> perhaps = new TreeSet<>();

  private ServicePlaces(List<ServiceLayer> layers) {
    for (ServiceLayer layer : layers) {
      for (LayerEntry entry : layer.entries()) {
        if (!(entry instanceof LayerEntry.Directory) && !entry.path().startsWith("app/")) {
          paths.add(entry.path());
        }
      }
    }
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
    for (ImageConfig golden : places.paths.isEmpty() ? List.<ImageConfig>of() : goldens) {
      known &= Label.GOLDEN_TREE.in(golden.labels()).isPresent();
      Label.GOLDEN_TREE
          .in(golden.labels())
          .map(GoldenTree::parse)
          .ifPresent(tree -> places.look(tree, golden.environment(), policy));
    }
    if (!known) {
      console.info(
          "Where the service's files may be is checked at the gate: the base does not tell");
    }
    if (!places.refused.isEmpty()) {
      throw new RefusedException(
          "The service has no place for " + shown(places.refused) + " on its golden image.",
          REMEDY + " or of the policy.");
    }
    if (!places.perhaps.isEmpty()) {
      console.warn(
          "The service has a place for "
              + shown(places.perhaps)
              + " on its golden image only where the gate's policy gives it.",
          REMEDY + ", or name the policy in <policy> or with -Dgolden.policy to have it checked.");
    }
  }

  private void look(
      GoldenTree tree, Map<String, String> environment, @Nullable GoldenPolicy policy) {
    StampedTree golden = new StampedTree(tree);
    List<String> kept = new ArrayList<>(List.of("opt/golden"));
    tree.jvms().keySet().forEach(home -> kept.add(home.substring(1)));
    JvmSearch.onPath(environment).forEach(kept::add);
    kept.add(environment.getOrDefault("JAVA_HOME", "").replaceAll("^/+|/+$", ""));
    PathSet jvms = new PathSet(kept);
    List<String> given = new ArrayList<>(tree.given());
    if (policy != null) {
      given.addAll(policy.application().paths());
    }
    PathSet givenPaths = new PathSet(given.stream().map(path -> path.substring(1)).toList());
    Places places = new Places(golden, new Given(golden, given, jvms), jvms);
    for (String path : paths) {
      boolean there = givenPaths.covers(path) && !jvms.covers(path);
      if (!there && places.of(path).isEmpty()) {
        boolean policys = policy == null && !jvms.covers(path) && mayBeGiven(path);
        (policys ? perhaps : refused).add(path);
      }
    }
  }

  private static boolean mayBeGiven(String path) {
    return Given.nameFault(path).isEmpty() && Given.nameFault(PathSet.parent(path)).isEmpty();
  }

  private static String shown(Set<String> paths) {
    String first = "'/" + Printable.of(paths.iterator().next()) + "'";
    return paths.size() == 1 ? first : first + " and " + (paths.size() - 1) + " more";
  }
}
