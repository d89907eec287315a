package io.github.goldenmaven.verify.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.contents.ContentEntry;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.contents.ReadLayers;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.verify.layers.LayerIssue.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ServiceLayersTest {

  /** However many links lead there, of the golden or of the service's own layers. */
  @Property(tries = 300)
  void aFileThatTakesEffectAtAProtectedPathIsFoundThroughAnyChainOfLinks(
      @ForAll("chains") List<String> chain, @ForAll boolean absolute) {
    List<ContentEntry> entries = new ArrayList<>();
    String target = absolute ? "/etc/ssl" : "../etc/ssl";
    for (String name : chain) {
      entries.add(link("app/" + name, target));
      target = name;
    }
    entries.add(file("app/" + chain.get(chain.size() - 1) + "/cert.pem"));

    assertThat(judge(entries))
        .extracting(LayerIssue::kind, LayerIssue::path)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(Kind.PLACE, "/etc/ssl/cert.pem"));
  }

  @Provide
  Arbitrary<List<String>> chains() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofLength(6)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20)
        .uniqueElements();
  }

  /** What jib's layers are made of. */
  @Property(tries = 300)
  void whateverIsBelowAppIsNoSuspicion(@ForAll("names") List<String> names) {
    List<ContentEntry> entries = new ArrayList<>(List.of(folder("app", 0755)));
    names.forEach(name -> entries.add(file("app/libs/" + name + ".jar")));

    assertThat(judge(entries)).isEmpty();
  }

  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .ofMinLength(1)
        .ofMaxLength(12)
        .list()
        .ofMaxSize(30)
        .uniqueElements();
  }

  @Test
  void aLinkThatLeadsInACircleIsFound() {
    assertThat(judge(List.of(link("app/a", "b"), link("app/b", "a"), file("app/a/x"))))
        .extracting(LayerIssue::kind)
        .containsExactly(Kind.PLACE);
  }

  /** Docker makes a folder of it, containerd follows it: what was read would not be what runs. */
  @Test
  void aPathThroughALinkOfALayerBelowIsFoundWhereverItLeads() {
    assertThat(
            judge(
                List.of(link("app/b", "a"), file("app/a/options"), file("app/b/other")),
                List.of(file("app/b/options"))))
        .extracting(LayerIssue::kind, LayerIssue::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Kind.PLACE, "adds '/app/a/options', written as '/app/b/options'"));
  }

  /** Docker makes a folder of the file, containerd gives up. */
  @Test
  void aPathBelowAFileOfALayerBelowIsFound() {
    assertThat(
            judge(
                List.of(file("app/a")),
                List.of(file("app/a/b"), file("app/ab")),
                List.of(folder("app/a", 0755), file("app/a/c"))))
        .extracting(LayerIssue::kind, LayerIssue::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Kind.PLACE, "'/app/a/b' is below a file"));
  }

  @Test
  void hardLinksToProtectedFilesDevicesAndDuplicatesAreFound() {
    assertThat(
            judge(
                List.of(
                    entry(TarEntry.Type.HARD_LINK, "app/users", "etc/passwd", 0644),
                    entry(TarEntry.Type.FIFO, "app/pipe", "", 0644),
                    file("app/twice"),
                    file("app/twice"))))
        .extracting(LayerIssue::kind)
        .containsExactly(Kind.PLACE, Kind.PRIVILEGE, Kind.DUPLICATE);
  }

  @Test
  void aHundredThousandSuspicionsAreToldInFewLines() {
    List<ContentEntry> entries = new ArrayList<>();
    for (int at = 0; at < 100_000; at++) {
      entries.add(file("etc/ssl/" + at));
    }

    List<LayerIssue> found = judge(entries);

    assertThat(found).hasSize(51);
    assertThat(found.get(50).detail()).isEqualTo("and 99950 more of its kind");
  }

  @SafeVarargs
  private static List<LayerIssue> judge(List<ContentEntry>... upper) {
    List<ContentEntry> golden =
        List.of(
            folder("etc", 0755),
            folder("etc/ssl", 0755),
            file("etc/passwd"),
            file("etc/ssl/cert.pem"));
    ImageConfig config =
        ImageConfig.read(
            "config",
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
                .getBytes(StandardCharsets.UTF_8));
    ServiceLayers layers =
        new ServiceLayers(new GoldenContents(List.of(layer(golden)), config, List.of()));
    for (List<ContentEntry> entries : upper) {
      layers.add(layer(entries));
    }
    return layers.suspicions();
  }

  private static LayerContents layer(List<ContentEntry> entries) {
    return ReadLayers.of(entries);
  }

  private static ContentEntry folder(String path, int mode) {
    return entry(TarEntry.Type.DIRECTORY, path, "", mode);
  }

  private static ContentEntry file(String path) {
    return entry(TarEntry.Type.FILE, path, "", 0644);
  }

  private static ContentEntry link(String path, String target) {
    return entry(TarEntry.Type.SYMBOLIC_LINK, path, target, 0777);
  }

  private static ContentEntry entry(TarEntry.Type type, String path, String link, int mode) {
    return new ContentEntry(type, path, link, mode, 0, 0, List.of());
  }
}
