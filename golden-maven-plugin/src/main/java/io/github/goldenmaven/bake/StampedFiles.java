package io.github.goldenmaven.bake;

import io.github.goldenmaven.bake.PlatformBake.BakedPlatform;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.ImageTree;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.StampedTree;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.definition.GoldenNeeds;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.provenance.GoldenTree;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a golden image's label tells of its files. */
final class StampedFiles {

  private StampedFiles() {}

  /**
   * The label's value, however long it is.
   *
   * @param config the golden image's, but for its labels and layers
   * @throws io.github.goldenmaven.RefusedException when a path cannot be given to applications
   */
  static GoldenTree of(BakedPlatform platform, GoldenDefinition definition, ImageConfig config) {
    ImageTree tree = platform.additions().withAdded().tree();
    Map<String, String> environment = config.environment();
    List<JvmHome> jvms = JvmHome.of(platform.additions().withAdded(), environment);
    requireGiven(tree, jvms, definition);
    Map<String, Integer> homes = new TreeMap<>();
    jvms.stream()
        .filter(jvm -> JavaVersions.canBeStamped(jvm.feature()))
        .forEach(jvm -> homes.put("/" + jvm.path(), jvm.feature()));
    List<String> given = definition.applicationPaths();
    List<String> everything = tree.below("");
    PathSet all = new PathSet(JvmSearch.homesOfAll(tree, everything));
    List<String> links =
        everything.stream().filter(path -> tree.type(path) == ImageTree.Type.LINK).toList();
    PathSet kept =
        new GoldenNeeds(
                config,
                definition.protect(),
                tree,
                new Given(tree, given, all),
                all,
                links,
                List.of())
            .kept();
    List<String> names = StampedTree.names(tree, given, kept);
    return new GoldenTree(
        names,
        given,
        homes,
        new JvmSearch(tree, environment).java().orElse(null),
        StampedTree.links(tree, names, given),
        StampedTree.kept(kept, all, given));
  }

  private static void requireGiven(
      ImageTree tree, List<JvmHome> jvms, GoldenDefinition definition) {
    PathSet homes = new PathSet(jvms.stream().map(JvmHome::path).toList());
    for (int at = 0; at < definition.applicationPaths().size(); at++) {
      String key = "application.paths[" + at + "]";
      String path = definition.applicationPaths().get(at);
      Given.fault(tree, path.substring(1), homes)
          .ifPresent(
              fault -> {
                throw definition.refused(
                    key,
                    "'"
                        + Printable.of(path)
                        + "' cannot be given to applications: it "
                        + Printable.of(fault)
                        + ".",
                    "Name a folder that holds neither trust stores, users, programs, libraries nor"
                        + " a JVM, like '/var/lib/jetty/webapps'.");
              });
    }
  }
}
