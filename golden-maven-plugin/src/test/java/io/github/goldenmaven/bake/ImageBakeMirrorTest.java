package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBakeMirrorTest extends ImageBakeFixture {

  @Test
  void readsAMirrorOfAPinnedImageOnly() throws IOException {
    Path definition = definition("java", "");
    ImageReference mirror = ImageReference.parse("mirror.example/java:17");

    assertThatThrownBy(() -> GoldenDefinition.read(definition).at(mirror))
        .hasMessage(
            "'from' of '"
                + definition
                + "' is not pinned, so nothing proves that the mirror 'mirror.example/java:17' has"
                + " that image. Pin 'from' to a digest ('…@sha256:…'), or leave <from> and"
                + " -Dgolden.from out.");

    Digest digest = officialOf("java").digest();
    Files.writeString(
        definition, Files.readString(definition).replace("java:17-jre", "java:17-jre@" + digest));
    assertThat(GoldenDefinition.read(definition).at(mirror)).isEqualTo(mirror.pinnedTo(digest));
  }

  @Test
  void refusesAPublisherThatThePolicyDoesNotAllow() throws IOException {
    Path file = folder.resolve("golden-policy.yaml");
    Files.writeString(
        file, "official: [docker.io/library/*]\ngolden: [registry.company.example/golden/*]\n");
    Path definition = definition("java", "");

    assertThatThrownBy(() -> run(definition, GoldenPolicy.read(file), false, false))
        .hasMessageStartingWith("In '" + definition + "', line 4, column 7: The official image '")
        .hasMessageContaining("is in none of the official repositories of '" + file + "'");
  }

  @Test
  void aMirrorIsReadAndTheImageIsStampedWithItsOwnName() throws IOException {
    Path definition = definition("java", "");
    String from = "official.invalid/library/java:17-jre@" + officialOf("java").digest();
    Files.writeString(
        definition,
        Files.readString(definition).replace(registry.host() + "/official/java:17-jre", from));
    ImageReference mirror = ImageReference.parse(registry.host() + "/official/java");

    run(definition, GoldenDefinition.read(definition).at(mirror), null, false, false);

    assertThat(config(new ImageManifest(tag("21"))).labels())
        .containsEntry(
            "io.github.goldenmaven.official.name", "official.invalid/library/java:17-jre")
        .containsEntry(
            "io.github.goldenmaven.official.digest", officialOf("java").digest().toString());
  }

  /** The pin's author chooses the digest, and a cache does not know whose it is. */
  @Test
  void withAPolicyThePublishersOwnRepositoryIsAskedForThePinnedDigest() throws IOException {
    Digest elsewhere = bakedAndPinned("official/publisher").digest();
    Path definition = folder.resolve("golden.yaml");

    assertThatThrownBy(() -> run(definition, policy("official/publisher"), false, false))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '"
                + definition
                + "', line 4, column 7: "
                + "The official image '"
                + registry.host()
                + "/official/publisher:17-jre@"
                + elsewhere
                + "' does not exist. Name one that does in 'from' of '"
                + definition
                + "'.");
    assertThat(console.lines).noneMatch(line -> line.contains("the official image's publisher"));
  }

  @Test
  void withAPolicyAPinnedImageThatDidNotChangeNeedsThreeRequests() throws IOException {
    Digest digest = bakedAndPinned("official/java").digest();
    registry.mark();

    BakeResult result = run(folder.resolve("golden.yaml"), policy("official/java"), false, false);

    assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(registry.requests())
        .extracting(Request::toString)
        .containsExactly(
            "GET /v2/official/java/manifests/" + digest + " 200",
            "GET /v2/" + repository + "/manifests/21.0.9 200",
            "GET /v2/" + repository + "/manifests/21 200");
    assertThat(console.lines)
        .contains("By golden-policy.yaml: the official image's publisher was checked");
  }

  @Test
  void withAPolicyAMirrorHasToBeOfTheOfficialRepositoriesItself() throws IOException {
    bakedAndPinned("official/java");
    Path definition = folder.resolve("golden.yaml");
    ImageReference mirror =
        GoldenDefinition.read(definition)
            .at(ImageReference.parse(registry.host() + "/official/twins"));

    assertThatThrownBy(() -> run(definition, mirror, policy("official/java"), false, false))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The mirror '"
                + mirror
                + "' is in none of the official repositories of '"
                + folder.resolve("golden-policy.yaml")
                + "', so nothing proves that a publisher of these has what 'from' is pinned to."
                + " Write the mirror under 'official' too if it holds nothing but copies of theirs,"
                + " or leave <from> and -Dgolden.from out.");
  }

  /** Bakes what {@code official/java} is, and pins {@code from} to it under another name. */
  private RawManifest bakedAndPinned(String official) throws IOException {
    RawManifest image = officialOf("java");
    Path definition = definition("java", "");
    Files.writeString(
        definition,
        Files.readString(definition)
            .replace("official/java:17-jre", "official/java:17-jre@" + image.digest()));
    bake(definition);
    Files.writeString(definition, Files.readString(definition).replace("official/java", official));
    console.lines.clear();
    return image;
  }
}
