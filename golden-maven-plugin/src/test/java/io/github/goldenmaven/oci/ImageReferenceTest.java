package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {

  private static final String HEX = "a".repeat(64);
  private static final Digest DIGEST = new Digest(HEX);

  @Test
  void knowsTheTransports() {
    assertThat(ImageReference.parse("java")).isInstanceOf(RegistryReference.class);
    assertThat(ImageReference.parse("oci:java")).isInstanceOf(LayoutReference.class);
    assertThat(ImageReference.parse("docker-daemon:java")).isInstanceOf(DaemonReference.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void refusesNothing(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The image reference is empty. Write one like"
                + " 'registry.company.example/golden/java:21', 'oci:PATH:TAG' or"
                + " 'docker-daemon:NAME:TAG'.");
  }

  // oci:

  @ParameterizedTest
  @CsvSource({
    "oci:target/golden/image,target/golden/image,",
    "oci:target/image:latest,target/image,latest",
    "oci:/abs/path:1.0,/abs/path,1.0",
    "oci:a:latest,a,latest",
    "oci:.,.,",
    "oci:../up:x,../up,x",
    "oci:with space:t,with space,t",
    "oci:C:\\images\\java,C:\\images\\java,",
    "oci:C:\\images\\java:21,C:\\images\\java,21",
    "oci:C:/images/java,C:/images/java,",
    "oci:C:/images/java:21,C:/images/java,21",
    "oci:a:b/c,a:b/c,"
  })
  void readsALayoutFolderAndItsTag(String text, String path, String tag) {
    ImageReference reference = ImageReference.parse(text);

    assertThat(reference)
        .isEqualTo(new LayoutReference(Path.of(path), tag, null))
        .hasToString("oci:" + Path.of(path) + (tag == null ? "" : ":" + tag));
    assertThat(reference.tag().orElse(null)).isEqualTo(tag);
    assertThat(reference.name()).isEqualTo("oci:" + path);
  }

  @Test
  void aLayoutReferenceCanBePinned() {
    ImageReference reference = ImageReference.parse("oci:image:21@sha256:" + HEX);

    assertThat(reference.digest()).contains(DIGEST);
    assertThat(reference.tag()).contains("21");
    assertThat(ImageReference.parse("oci:image:21").pinnedTo(DIGEST)).isEqualTo(reference);
    assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "oci:",
        "oci::",
        "oci::tag",
        "oci:path:",
        "oci:path:a b",
        "oci:path:é",
        "oci:a\0b",
        "oci:C:"
      })
  void refusesWhatIsNoLayout(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + Printable.of(text)
                + "' is not an OCI layout reference. Write 'oci:PATH' or 'oci:PATH:TAG', like"
                + " 'oci:target/golden/image:latest'.");
  }

  @Test
  void refusesALayoutPinnedToWhatIsNoDigest() {
    assertThatThrownBy(() -> ImageReference.parse("oci:path@sha256:abc"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("'sha256:abc' is not a digest this build can check.");
  }

  @Test
  void refusesAUrlWhereAFolderIsMeant() {
    assertThatThrownBy(() -> ImageReference.parse("oci://registry.example/java:21"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'oci://registry.example/java:21' is not an image reference: it begins with a scheme."
                + " Leave the scheme out: 'host/repository:tag'.");
  }

  // docker-daemon:

  @Test
  void readsAnImageOfADockerEngine() {
    ImageReference reference = ImageReference.parse("docker-daemon:apps/orders:1.0");

    assertThat(reference).hasToString("docker-daemon:docker.io/apps/orders:1.0");
    assertThat(reference.name()).isEqualTo("docker-daemon:docker.io/apps/orders");
    assertThat(reference.tag()).contains("1.0");
    assertThat(reference.digest()).isEmpty();
    assertThat(reference.pinnedTo(DIGEST)).isEqualTo(reference);
  }

  @Test
  void refusesADigestOnADockerEngine() {
    assertThatThrownBy(() -> ImageReference.parse("docker-daemon:java@sha256:" + HEX))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'docker-daemon:docker.io/library/java@sha256:"
                + HEX
                + "' is pinned to a manifest digest. A Docker Engine keeps images by tag and image"
                + " ID only; leave the digest out.");
  }

  @Test
  void refusesAnUnnamedImageOfADockerEngine() {
    assertThatThrownBy(() -> ImageReference.parse("docker-daemon:"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'docker-daemon:' names no image. Write 'docker-daemon:NAME' or"
                + " 'docker-daemon:NAME:TAG'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "docker-daemon:user:hunter2@host/x",
        "docker-daemon:docker://u:hunter2@h/x",
        "oci://u:hunter2@h/x:1"
      })
  void neverShowsAPassword(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessageNotContaining("hunter2");
  }

  /** Docker Hub has no such names, and an engine may have them. */
  @ParameterizedTest
  @ValueSource(strings = {"ghcr.io", "localhost:5000", "registry.company.example:5000", "a.b:1"})
  void refusesAHostWithoutARepository(String text) {
    assertThatThrownBy(() -> ImageReference.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + text
                + "' names a registry's host and no repository there. Write 'host/repository:tag',"
                + " like 'registry.company.example/golden/java:21'.");
    assertThat(ImageReference.parse("docker-daemon:" + text)).isInstanceOf(DaemonReference.class);
  }
}
