package io.github.goldenmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageResolverTest {

  private static final String NAME = "registry.example/golden/java:21";

  @TempDir Path folder;

  private final MemoryStore store = new MemoryStore("memory");

  /** An image whose config says it is for this platform, its blobs and manifest stored. */
  private RawManifest image(String platform) {
    return image(platform, 1, 1);
  }

  private RawManifest image(String text, int layers, int diffIds) {
    Platform platform = Platform.parse(text);
    JsonObject config =
        JsonObject.EMPTY
            .with("architecture", platform.architecture())
            .with("os", platform.os())
            .with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with("diff_ids", JsonValue.ofTexts(digests(diffIds))));
    if (platform.variantOrNull() != null) {
      config = config.with("variant", platform.variantOrNull());
    }
    Blob blob = Blob.of(config.toBytes());
    store.blobs.put(blob.digest(), config.toBytes());
    RawManifest manifest =
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_MANIFEST)
                .with("config", SmallImage.descriptor(MediaTypes.OCI_CONFIG, blob).json())
                .with(
                    "layers",
                    JsonValue.ofObjects(
                        digests(layers).stream()
                            .map(Digest::parse)
                            .map(digest -> Descriptor.of(MediaTypes.OCI_LAYER, digest, 1).json())
                            .toList())));
    store.put(manifest);
    return manifest;
  }

  private static List<String> digests(int count) {
    String[] digests = new String[count];
    Arrays.setAll(digests, at -> Digest.of(new byte[] {(byte) at}).toString());
    return List.of(digests);
  }

  private static Descriptor entry(RawManifest manifest, String text) {
    Platform platform = Platform.parse(text);
    JsonObject json =
        JsonObject.EMPTY.with("architecture", platform.architecture()).with("os", platform.os());
    return manifest
        .descriptor()
        .withPlatform(
            platform.variantOrNull() == null
                ? json
                : json.with("variant", platform.variantOrNull()));
  }

  private static RawManifest index(Descriptor... entries) {
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_INDEX)
            .with(
                "manifests",
                JsonValue.ofObjects(Arrays.stream(entries).map(Descriptor::json).toList())));
  }

  private ResolvedImage resolve(RawManifest top) {
    store.put(top, "21");
    return resolver().resolve(ImageReference.parse(NAME)).orElseThrow();
  }

  private ImageResolver resolver() {
    return new ImageResolver(store, new DocumentCache(folder));
  }

  private void refuses(RawManifest top, String fault) {
    assertThatThrownBy(() -> resolve(top))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The image '"
                + NAME
                + "' "
                + fault
                + ". Have it pushed again by the tool that built it.");
  }

  @Test
  void aTagThatIsNotThereIsNoImage() {
    assertThat(resolver().resolve(ImageReference.parse(NAME))).isEmpty();
  }

  @Test
  void anImageForOneMachineIsForWhatItsConfigSays() {
    RawManifest image = image("linux/arm/v7");
    ResolvedImage resolved = resolve(image);
    assertThat(resolved.isIndex()).isFalse();
    assertThat(resolved.digest()).isEqualTo(image.digest());
    assertThat(resolved.platforms())
        .extracting(PlatformImage::platform)
        .containsExactly(Platform.parse("linux/arm/v7"));
  }

  /** containerd runs such an entry by its config's platform, so nobody may overlook it. */
  @Test
  void anEntryThatStatesNoPlatformIsForWhatItsConfigSays() {
    RawManifest hidden = image("linux/amd64", 2, 2);
    RawManifest stated = image("linux/arm64");
    ResolvedImage resolved = resolve(index(hidden.descriptor(), entry(stated, "linux/arm64")));
    assertThat(resolved.platforms())
        .extracting(platform -> platform.platform() + " " + platform.manifest().digest())
        .containsExactlyInAnyOrder(
            "linux/amd64 " + hidden.digest(), "linux/arm64 " + stated.digest());
  }

  @Test
  void anEntryThatStatesNoPlatformMayNotBeASecondOneForAPlatform() {
    refuses(
        index(image("linux/amd64", 2, 2).descriptor(), entry(image("linux/amd64"), "linux/amd64")),
        "has two entries for 'linux/amd64'");
  }

  @Test
  void anImageThatCallsItsConfigEmptyIsNoArtifact() {
    RawManifest image = image("linux/amd64", 2, 2);
    RawManifest disguised =
        RawManifest.of(
            image
                .json()
                .with(
                    "config",
                    image
                        .json()
                        .object("config")
                        .orElseThrow()
                        .with("mediaType", MediaTypes.OCI_EMPTY)));
    store.put(disguised);
    ResolvedImage resolved =
        resolve(index(disguised.descriptor(), entry(image("linux/arm64"), "linux/arm64")));
    assertThat(resolved.platformNames()).contains(Platform.parse("linux/amd64"));
  }

  @Test
  void anArtifactBesideTheImagesIsNoPlatform() {
    Blob nothing = Blob.of("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    RawManifest artifact =
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_MANIFEST)
                .with("artifactType", "application/spdx+json")
                .with("config", SmallImage.descriptor(MediaTypes.OCI_EMPTY, nothing).json())
                .with("layers", JsonValue.ofObjects(List.of())));
    store.put(artifact);
    ResolvedImage resolved =
        resolve(index(artifact.descriptor(), entry(image("linux/arm64"), "linux/arm64")));
    assertThat(resolved.platformNames()).containsExactly(Platform.parse("linux/arm64"));
  }

  @Test
  void tellsTwoVariantsApartWhoseConfigsDoNot() {
    RawManifest six = image("linux/arm", 1, 1);
    RawManifest seven = image("linux/arm", 2, 2);
    ResolvedImage resolved =
        resolve(index(entry(six, "linux/arm/v6"), entry(seven, "linux/arm/v7")));
    assertThat(resolved.platforms())
        .extracting(platform -> platform.platform() + " " + platform.manifest().digest())
        .containsExactly("linux/arm/v6 " + six.digest(), "linux/arm/v7 " + seven.digest());
  }

  @Test
  void aPlatformIsCalledWhatItsIndexCallsIt() {
    RawManifest image = image("linux/arm64");
    RawManifest stated = image("linux/arm64/v8", 2, 2);
    assertThat(resolve(index(entry(image, "linux/arm64/v8"))).platforms())
        .extracting(PlatformImage::platform)
        .containsExactly(Platform.parse("linux/arm64/v8"));
    assertThat(resolve(index(entry(stated, "linux/arm64"))).platforms())
        .extracting(PlatformImage::platform)
        .containsExactly(Platform.parse("linux/arm64"));
  }

  @Test
  void refusesVariantsThatDisagree() {
    refuses(
        index(entry(image("linux/arm/v6"), "linux/arm/v7")),
        "says 'linux/arm/v7' in its index and 'linux/arm/v6' in a config");
  }

  @Test
  void refusesAnotherMachineThanItsIndexStates() {
    refuses(
        index(entry(image("linux/amd64"), "linux/arm64")),
        "says 'linux/arm64' in its index and 'linux/amd64' in a config");
    refuses(
        index(entry(image("windows/amd64"), "linux/amd64")),
        "says 'linux/amd64' in its index and 'windows/amd64' in a config");
  }

  @Test
  void refusesTwoImagesForOneMachine() {
    refuses(
        index(
            entry(image("linux/amd64"), "linux/amd64"),
            entry(image("linux/amd64", 2, 2), "linux/amd64")),
        "has two entries for 'linux/amd64'");
  }

  @Test
  void refusesAnIndexInAnIndex() {
    RawManifest inner = index(entry(image("linux/amd64"), "linux/amd64"));
    store.put(inner);
    refuses(
        index(entry(inner, "linux/amd64")),
        "describes the manifest '" + inner.digest() + "' wrongly");
  }

  /** Runtimes pass over entries of types that they do not know, and would run another one. */
  @Test
  void refusesAManifestOfAnotherTypeThanStated() {
    RawManifest image = image("linux/amd64");
    Descriptor lie = entry(image, "linux/amd64").withMediaType("pplication/unknown");
    refuses(index(lie), "describes the manifest '" + image.digest() + "' wrongly");
  }

  @Test
  void refusesAManifestOfAnotherSizeThanStated() {
    RawManifest image = image("linux/amd64");
    Descriptor lie =
        new Descriptor(entry(image, "linux/amd64").json().with("size", image.size() + 1));
    refuses(index(lie), "describes the manifest '" + image.digest() + "' wrongly");
  }

  @Test
  void refusesAnIndexWhoseManifestIsMissing() {
    RawManifest image = image("linux/amd64");
    store.manifests.remove(image.digest());
    refuses(
        index(entry(image, "linux/amd64")),
        "names the manifest '" + image.digest() + "', which is missing");
  }

  @Test
  void refusesMoreOrFewerLayersThanDiffIds() {
    refuses(image("linux/amd64", 2, 1), "has 2 layers in its manifest and 1 in its config");
    refuses(image("linux/amd64", 1, 2), "has 1 layers in its manifest and 2 in its config");
    refuses(image("linux/amd64", 0, 0), "has no layers");
  }

  @Test
  void passesOverWhatNoMachineRunsAndRefusesAnIndexOfNothingElse() {
    RawManifest image = image("linux/amd64");
    Descriptor attestation = entry(image("unknown/unknown"), "unknown/unknown");
    assertThat(resolve(index(attestation, entry(image, "linux/amd64"))).platforms())
        .extracting(PlatformImage::platform)
        .containsExactly(Platform.parse("linux/amd64"));
    refuses(index(attestation), "is an index of 0 runnable platforms");
  }

  @Test
  void refusesAnIndexOfMoreMachinesThanThereAre() {
    RawManifest image = image("linux/amd64");
    Descriptor[] entries = new Descriptor[65];
    Arrays.setAll(entries, at -> entry(image, "linux/amd64/v" + at));
    refuses(index(entries), "is an index of 65 runnable platforms");
  }

  @Test
  void asksForAPinnedImageOnce() {
    RawManifest image = image("linux/amd64");
    ImageReference pinned = ImageReference.parse("registry.example/golden/java@" + image.digest());
    assertThat(resolver().resolve(pinned)).isPresent();
    store.calls.clear();
    assertThat(resolver().resolve(pinned)).isPresent();
    assertThat(store.calls).isEmpty();
  }
}
