package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.ImageFiles.Node;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayeredImageLinksTest extends LayeredImageFilesFixture {

  // Links

  @Test
  void aTrustStoreIsFoundThroughLinksOverTwoLayers() {
    ImageFiles files =
        LayerStack.of(
                "f etc/ssl/certs/java/cacerts trust\nd usr/lib/jvm/java-17/lib/security",
                "l usr/lib/jvm/java-17/lib/security/cacerts /etc/ssl/certs/java/cacerts\n"
                    + "l opt/java ../usr/lib/jvm/java-17")
            .files();

    assertThat(files.resolve("opt/java/lib/security/cacerts"))
        .isEqualTo("etc/ssl/certs/java/cacerts");
    assertThat(text(files, "opt/java/lib/security/cacerts")).isEqualTo("trust");
    assertThat(files.find("opt/java/lib/security/cacerts").orElseThrow().type())
        .isEqualTo(ImageFiles.Type.FILE);
    Node link = files.lookup("opt/java/lib/security/cacerts").orElseThrow();
    assertThat(link.path()).isEqualTo("usr/lib/jvm/java-17/lib/security/cacerts");
    assertThat(link.link()).isEqualTo("/etc/ssl/certs/java/cacerts");
  }

  @Test
  void aLinkMayComeBeforeItsTarget() {
    ImageFiles files =
        LayerStack.of("l etc/os-release ../usr/lib/os-release\nf usr/lib/os-release ID=x").files();

    assertThat(text(files, "etc/os-release")).isEqualTo("ID=x");
  }

  @Test
  void noLinkLeadsAboveTheRoot() {
    ImageFiles files = LayerStack.of("l a/b ../../../../etc/passwd\nf etc/passwd root").files();

    assertThat(files.resolve("a/b")).isEqualTo("etc/passwd");
    assertThat(files.resolve("../../etc/./passwd")).isEqualTo("etc/passwd");
  }

  @Test
  void aDotDotBehindALinkLeavesTheLinksTarget() {
    ImageFiles files = LayerStack.of("d x/y\nl a x/y\nf x/passwd 1").files();

    assertThat(files.resolve("a/../passwd")).isEqualTo("x/passwd");
  }

  /** The second entry's way leads through the first one. */
  @Test
  void aLinkThatIsNewLeadsTheNextEntry() {
    ImageFiles files =
        LayerStack.of("d b\nd etc", "l a b/n/..\nf a/first 1\nl a/n /etc\nf a/f 1").files();

    assertThat(files.find("b/first")).isPresent();
    assertThat(files.find("f")).isPresent();
    assertThat(files.find("b/f")).isEmpty();
  }

  @Test
  void partsThatAreNotThereStayAsTheyAreWritten() {
    ImageFiles files = LayerStack.of("l lib usr/lib").files();

    assertThat(files.resolve("lib/jvm/new")).isEqualTo("usr/lib/jvm/new");
    assertThat(files.find("lib")).isEmpty();
    assertThat(files.lookup("lib")).isPresent();
  }

  @Test
  void anEntryBelowALinkGoesWhereTheLinkLeads() {
    ImageFiles files =
        LayerStack.of("d usr/lib", "l lib usr/lib\nf lib/x 1\nf lib/deep/y 1").files();

    assertThat(files.lookup("lib").orElseThrow().type()).isEqualTo(ImageFiles.Type.SYMBOLIC_LINK);
    assertThat(files.names("usr/lib")).containsExactly("deep", "x");
  }

  @Test
  void hardLinksAreWhatTheyLinkTo() {
    ImageFiles files =
        LayerStack.of(
                "f a/passwd root", "h b/passwd a/passwd\nh c/passwd b/passwd", "f a/passwd new")
            .files();

    assertThat(text(files, "b/passwd")).isEqualTo("root");
    assertThat(text(files, "c/passwd")).isEqualTo("root");
    assertThat(text(files, "a/passwd")).isEqualTo("new");
    assertThat(files.lookup("b/passwd").orElseThrow())
        .isEqualTo(
            new Node(
                "b/passwd",
                ImageFiles.Type.FILE,
                0644,
                Owner.ROOT,
                4,
                "",
                Digest.of(utf8("root"))));
  }

  // Hostile layers

  @Test
  void refusesLinksThatGoRoundInACircle() {
    ImageFiles files = LayerStack.of("l a b\nl b a\nl self self/x").files();

    for (String path : List.of("a", "b/c", "self")) {
      assertThatThrownBy(() -> files.resolve(path))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'/"
                  + path
                  + "' of the official image leads through more than 40 symbolic links, perhaps in"
                  + " a circle. Name another path, or another official image in 'from' of"
                  + " golden.yaml.");
    }
    assertThat(files.lookup("a")).isPresent();
  }

  @Test
  void followsFortyLinksAndNoMore() {
    String layer =
        IntStream.range(0, 10_000)
            .mapToObj(at -> "l n" + at + " n" + (at + 1))
            .collect(Collectors.joining("\n"));
    ImageFiles files = LayerStack.of(layer + "\nf n10000 end").files();

    assertThat(files.resolve("n9960")).isEqualTo("n10000");
    assertThatThrownBy(() -> files.resolve("n9959")).isInstanceOf(RefusedException.class);
  }

  @Test
  void refusesAPathBelowAFile() {
    LayerStack stack = LayerStack.of("f a x", "f a/b/c 1");

    assertThatThrownBy(stack::files)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The layer '"
                + stack.descriptors().get(1)
                + "' of the official image has '/a/b/c' below something that is not a folder."
                + REMEDY);
  }

  @Test
  void refusesAHardLinkToWhatIsNoFile() {
    LayerStack missing = LayerStack.of("h a b\nf b 1");
    LayerStack folder = LayerStack.of("d b\nh a b");
    LayerStack itself = LayerStack.of("f a 1", "h a a");

    assertThatThrownBy(missing::files)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The layer '"
                + missing.descriptors().get(0)
                + "' of the official image has a hard link '/a' to '/b', which is not there."
                + REMEDY);
    assertThatThrownBy(folder::files)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The layer '"
                + folder.descriptors().get(0)
                + "' of the official image has a hard link '/a' to '/b', which is a folder."
                + REMEDY);
    assertThatThrownBy(itself::files).hasMessageContaining("'/a' to '/a', which is not there.");
  }

  @Test
  void refusesALinkInPlaceOfTheRoot() {
    LayerStack stack = LayerStack.of("l . etc");

    assertThatThrownBy(stack::files)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The layer '"
                + stack.descriptors().get(0)
                + "' of the official image replaces the root folder with something else."
                + REMEDY);
  }
}
