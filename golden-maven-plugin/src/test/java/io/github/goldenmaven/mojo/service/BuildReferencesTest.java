package io.github.goldenmaven.mojo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildReferencesTest {

  private static final Path MODULE = Path.of("/reactor/orders").toAbsolutePath();
  private static final Path OUTPUT = Path.of("/elsewhere/golden").toAbsolutePath();

  private final RecordingConsole console = new RecordingConsole();

  @Test
  void aRegistrysImagesAreTakenAsTheyAreNamed() {
    BuildReferences references =
        named("registry.example/golden/java:21", "registry.example/apps/orders:1");

    assertThat(references.base())
        .isEqualTo(ImageReference.parse("registry.example/golden/java:21"));
    assertThat(references.target(console::info))
        .isEqualTo(ImageReference.parse("registry.example/apps/orders:1"));
    assertThat(console.lines).isEmpty();
  }

  @Test
  void aRelativeLayoutFolderStartsAtTheProjectsFolder() {
    Digest digest = Digest.of(new byte[0]);
    BuildReferences references = named("oci:../golden:21@" + digest, "oci:target/image:1");

    assertThat(references.base())
        .isEqualTo(new LayoutReference(MODULE.resolve("../golden"), "21", digest));
    assertThat(references.target(console::info))
        .isEqualTo(new LayoutReference(MODULE.resolve("target/image"), "1", null));
  }

  @Test
  void anAbsoluteLayoutFolderIsTakenAsItIs() {
    assertThat(named("oci:" + OUTPUT.resolve("java") + ":21", null).base())
        .isEqualTo(new LayoutReference(OUTPUT.resolve("java"), "21", null));
  }

  private List<ImageReference> further(String target, List<String> tags, List<String> jibTags) {
    return BuildReferences.further(ImageReference.parse(target), tags, jibTags, console::info);
  }

  @Test
  void furtherTagsAreTagsOfTheSamePlace() {
    assertThat(
            further(
                "registry.example/apps/orders:1.4.2", List.of("1.4", "1.4.2", "1.4"), List.of()))
        .containsExactly(ImageReference.parse("registry.example/apps/orders:1.4"));
    assertThat(further("oci:image", List.of("latest", "1.4"), List.of()))
        .containsExactly(ImageReference.parse("oci:image:1.4"));
    assertThat(further("docker-daemon:orders:1", List.of("1.4"), List.of("old")))
        .containsExactly(ImageReference.parse("docker-daemon:orders:1.4"));
    assertThat(console.lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a/b", "a:b", "a b", "a@sha256:00", "ä", "${revision}"})
  void refusesWhatIsNoTagBeforeAnythingIsBuilt(String tag) {
    assertThat(
            catchThrowableOfType(
                    RefusedException.class,
                    () -> further("registry.example/a:1", List.of("ok", tag), List.of()))
                .getMessage())
        .isEqualTo(
            "'"
                + tag
                + "' in <tags> is not a tag. Write letters, digits, '_', '.' and '-', at most 128,"
                + " the first a letter, digit or '_', in <tags> or -Dgolden.tags.");
  }

  @Test
  void jibsFurtherTagsAreNamedAndNotTaken() {
    assertThat(further("registry.example/a:1", List.of(), List.of("latest", "stable"))).isEmpty();
    assertThat(console.lines)
        .containsExactly(
            "jib's <tags> 'latest', 'stable' are not used; for further tags, name them in <tags>"
                + " or with -Dgolden.tags");
  }

  @Test
  void withoutAnImageItGoesToALayoutOfTheOutputDirectory() {
    assertThat(named("registry.example/golden/java:21", " ").target(console::info))
        .isEqualTo(new LayoutReference(OUTPUT.resolve("image"), "latest", null));
    assertThat(console.lines).isEmpty();
  }

  @Test
  void anImageThatIsNotToBePushedGoesToALayoutWhateverIsNamed() {
    BuildReferences references =
        new BuildReferences(
            "registry.example/golden/java:21",
            "registry.example/apps/orders:1",
            MODULE,
            OUTPUT,
            false,
            null,
            null);
    assertThat(references.target(console::info))
        .isEqualTo(new LayoutReference(OUTPUT.resolve("image"), "latest", null));
    assertThat(console.lines)
        .containsExactly(
            "golden.push is false: the image goes to the OCI layout folder '"
                + OUTPUT.resolve("image")
                + "', not to 'registry.example/apps/orders:1'");
  }

  @Test
  void withoutABaseItIsRefused() {
    assertThat(refusal(named(null, null)))
        .isEqualTo(
            "No golden image is named. Name the one to build on in <base> or with -Dgolden.base.");
  }

  @Test
  void jibsBaseIsNotTakenAndTheRefusalSaysWhy() {
    assertThat(refusal(besideJib(" ", "registry.example/apps/orders:1")))
        .isEqualTo(
            "No golden image is named. Name the one to build on in <base> or with -Dgolden.base."
                + " jib's 'eclipse-temurin:21-jre' is not used, because it may be no golden"
                + " image.");
  }

  @Test
  void jibsTargetIsNotTakenAndALineSaysWhereTheImageGoes() {
    BuildReferences references = besideJib("registry.example/golden/java:21", null);

    assertThat(references.target(console::info))
        .isEqualTo(new LayoutReference(OUTPUT.resolve("image"), "latest", null));
    assertThat(console.lines)
        .containsExactly(
            "No <image> is named: the image goes to the OCI layout folder '"
                + OUTPUT.resolve("image")
                + "'. jib's 'registry.example/jib/orders' is not used; to push, name an image in"
                + " <image> or with -Dgolden.image");
  }

  @Test
  void jibsImagesAreNotSpokenOfWhereOursAreNamed() {
    BuildReferences references =
        besideJib("registry.example/golden/java:21", "registry.example/apps/orders:1");

    assertThat(references.base())
        .isEqualTo(ImageReference.parse("registry.example/golden/java:21"));
    assertThat(references.target(console::info))
        .isEqualTo(ImageReference.parse("registry.example/apps/orders:1"));
    assertThat(console.lines).isEmpty();
  }

  private static String refusal(BuildReferences references) {
    return catchThrowableOfType(RefusedException.class, references::base).getMessage();
  }

  private static BuildReferences named(@Nullable String base, @Nullable String image) {
    return new BuildReferences(base, image, MODULE, OUTPUT, true, null, null);
  }

  private static BuildReferences besideJib(@Nullable String base, @Nullable String image) {
    return new BuildReferences(
        base, image, MODULE, OUTPUT, true, "eclipse-temurin:21-jre", "registry.example/jib/orders");
  }
}
