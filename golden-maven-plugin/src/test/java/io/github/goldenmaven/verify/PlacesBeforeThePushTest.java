package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.contents.ContentEntry;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.contents.ReadLayers;
import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.StampedTree;
import io.github.goldenmaven.golden.definition.GoldenNeeds;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.packaging.PlacesProbe;
import io.github.goldenmaven.provenance.GoldenTree;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.layers.ServiceLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random files of services on random golden images: what the gate refuses the build refuses before
 * the push, or says that it could not tell; and it refuses nothing that the gate lets pass.
 */
class PlacesBeforeThePushTest {

  private static final List<String> FOLDERS =
      List.of(
          "app",
          "app/lib",
          "opt",
          "opt/a",
          "opt/a/b",
          "srv",
          "srv/x",
          "home",
          "home/u",
          "tmp",
          "data",
          "data/in",
          "data/in/deep",
          "data/in/deep/er",
          "deployments",
          "usr",
          "usr/local",
          "usr/local/t",
          "usr/local/t/webapps",
          "var",
          "var/lib",
          "var/lib/j",
          "var/lib/j/webapps",
          "etc",
          "mnt",
          "mnt/p");

  private static final List<String> NAMES = List.of("a", "b", "bin", "conf", "x.jar", "bin/java");

  private static final List<String> GIVEN =
      List.of(
          "/usr/local/t/webapps", "/var/lib/j/webapps", "/usr/local/t/conf", "/data/in", "/opt/a");

  private static final List<String> VARIABLES =
      List.of(
          "PATH=/opt/a/bin:/usr/bin:/bin",
          "JAVA_HOME=/opt/a",
          "JAVA_TOOL_OPTIONS=-javaagent:/srv/x/agent.jar",
          "JAVA_OPTS=-Djavax.net.ssl.trustStore=/app/t.p12 -Dx=/data/y",
          "LD_LIBRARY_PATH=/data/in:/app/lib",
          "SSL_CERT_DIR=/mnt/p/certs");

  private final Random random = new Random(Long.getLong("golden.seed", 20261201));

  @Test
  void theBuildSaysBeforeThePushWhatTheGateSays() {
    int refused = 0;
    int told = 0;
    for (int round = 0; round < 1500; round++) {
      List<ContentEntry> entries = golden();
      List<String> given = some(GIVEN, 3);
      ImageConfig config = config(some(VARIABLES, 3), Map.of());
      GoldenContents contents = new GoldenContents(List.of(layer(entries)), config, given);
      ImageConfig labelled =
          config(
              config.env(),
              Map.of("io.github.goldenmaven.golden.tree", label(contents, config, given)));
      for (int at = 0; at < 8; at++) {
        String path = path();
        boolean folder = random.nextInt(5) == 0;
        ServiceLayers upper = new ServiceLayers(contents);
        upper.add(
            layer(List.of(entry(folder ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE, path, ""))));
        boolean gate =
            upper.suspicions().stream().anyMatch(one -> one.severity() == Severity.REFUSE);
        String build =
            PlacesProbe.say(labelled, folder ? Reported.folder(path) : Reported.file(path, "x"));
        String shown =
            "round %d: %s%s on %s, given %s, %s%nlabel %s%ngate %s"
                .formatted(
                    round,
                    path,
                    folder ? "/" : "",
                    entries,
                    given,
                    config.env(),
                    labelled.labels(),
                    upper.suspicions());
        if (gate && !(folder && contents.isFolder(path))) {
          assertThat(build).as(shown).isNotEmpty();
          refused++;
        }
        if (build.startsWith("refused")) {
          assertThat(gate).as(shown).isTrue();
          told++;
        }
      }
    }
    assertThat(refused).isGreaterThan(2000);
    assertThat(told).isGreaterThan(1000);
  }

  private List<ContentEntry> golden() {
    List<ContentEntry> entries = new ArrayList<>();
    List<String> there = new ArrayList<>(some(FOLDERS, 14));
    for (String folder : there) {
      entries.add(entry(TarEntry.Type.DIRECTORY, folder, ""));
    }
    for (int at = random.nextInt(8); at > 0; at--) {
      String path = path();
      String target = random.nextBoolean() ? "/" + path() : "../" + pick(NAMES);
      if (there.stream().noneMatch(one -> (one + "/").startsWith(path + "/"))
          && entries.stream().noneMatch(one -> isNoFolderAbove(one, path))) {
        there.add(path);
        entries.add(
            random.nextInt(3) == 0
                ? entry(TarEntry.Type.SYMBOLIC_LINK, path, target)
                : entry(TarEntry.Type.FILE, path, ""));
      }
    }
    return entries;
  }

  private static boolean isNoFolderAbove(ContentEntry entry, String path) {
    return entry.type() != TarEntry.Type.DIRECTORY && path.startsWith(entry.path() + "/");
  }

  private String path() {
    String path = pick(random.nextInt(4) == 0 ? NAMES : FOLDERS);
    for (int at = random.nextInt(3); at > 0; at--) {
      path += "/" + pick(NAMES);
    }
    return path;
  }

  private String pick(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private List<String> some(List<String> all, int most) {
    return all.stream().filter(one -> random.nextInt(all.size()) < most).toList();
  }

  /** As a bake stamps it. */
  private static String label(GoldenContents tree, ImageConfig config, List<String> given) {
    PathSet jvms = new PathSet(JvmSearch.homesOfAll(tree, tree.below("")));
    PathSet kept =
        new GoldenNeeds(
                config,
                tree.protect(),
                tree,
                new Given(tree, given, jvms),
                jvms,
                tree.links().paths(),
                List.of())
            .kept();
    List<String> possible =
        given.stream()
            .filter(path -> Given.fault(tree, path.substring(1), jvms).isEmpty())
            .toList();
    List<String> names = StampedTree.names(tree, possible, kept);
    return new GoldenTree(
            names,
            possible,
            Map.of(),
            null,
            StampedTree.links(tree, names, possible),
            StampedTree.kept(kept, jvms, possible))
        .toString();
  }

  private static ImageConfig config(List<String> env, Map<String, String> labels) {
    return new ImageConfig(
        JsonObject.EMPTY
            .with("os", "linux")
            .with("architecture", "amd64")
            .with(
                "config",
                JsonObject.EMPTY.with("Env", JsonValue.ofTexts(env)).with("Labels", labels))
            .with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with("diff_ids", JsonValue.ofTexts(List.of()))));
  }

  private static LayerContents layer(List<ContentEntry> entries) {
    return ReadLayers.of(entries);
  }

  private static ContentEntry entry(TarEntry.Type type, String path, String link) {
    return new ContentEntry(type, path, link, 0755, 0, 0, List.of());
  }
}
