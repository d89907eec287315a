package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Single changes to a good image: to the bytes of its index, manifest, config and layers, and to
 * the order of the layers. Each is refused, could not be told, or is harmless: the image still
 * stands on the golden's layers, with the golden's protected settings.
 */
@SuppressWarnings("NullAway.Init")
class ByteMutations {

  private static final int BLOCK = 512;

  private static final List<String> GOLDEN_FILES =
      List.of(
          "etc/os-release",
          "etc/passwd",
          "etc/group",
          "etc/security/security-policy.json",
          "opt/golden/company-ca.pem",
          "opt/java/openjdk/release",
          "bin");

  private static GoodImages images;
  private static byte[] serviceBytes;
  private static byte[] serviceTar;

  @BeforeContainer
  static void makeGoodImages() throws IOException {
    images = new GoodImages();
    serviceBytes = images.apps.bytes(serviceLayer().digest());
    serviceTar = decompressed(serviceBytes);
  }

  @AfterContainer
  static void forget() {
    images.close();
  }

  @Property(tries = 300)
  void noChangedByteOfTheConfigMovesTheImageOffItsGolden(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 32, max = 126) int letter) {
    byte[] changed = images.config.clone();
    changed[at % changed.length] = (byte) letter;
    Descriptor descriptor = images.apps.put(MediaTypes.OCI_CONFIG, changed);
    images.apps.put(
        RawManifest.of(images.manifest.json().with("config", descriptor.json())), "changed");

    requireRefusedOrHarmless();
  }

  @Property(tries = 300)
  void noChangedByteOfTheManifestMovesTheImageOffItsGolden(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 32, max = 126) int letter) {
    byte[] changed = images.manifest.bytes().clone();
    changed[at % changed.length] = (byte) letter;
    images.apps.tag(images.apps.put(MediaTypes.OCI_MANIFEST, changed), "changed");

    requireRefusedOrHarmless();
  }

  /**
   * The change told to nobody: the blob lies under its old digest. Nothing is remembered of earlier
   * checks, as a layer that was read once is known by its digest.
   */
  @Property(tries = 150)
  void noChangedByteOfALayerUnderItsOldDigestPasses(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 1, max = 255) int bits)
      throws IOException {
    Path blob = images.apps.blob(serviceLayer().digest());
    Path cache = Files.createTempDirectory(images.folder, "cache");
    byte[] changed = serviceBytes.clone();
    changed[at % changed.length] ^= (byte) bits;
    Files.write(blob, changed);
    try {
      assertThat(images.check("apps", "good", cache).verdict()).isNotEqualTo(Verdict.PASS);
    } finally {
      Files.write(blob, serviceBytes);
    }
  }

  /**
   * The manifest names the changed bytes, the config what they were: only the tar's bytes count.
   */
  @Property(tries = 300)
  void aChangedByteOfACompressedLayerPassesOnlyWithTheSameTar(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 1, max = 255) int bits)
      throws IOException {
    byte[] changed = serviceBytes.clone();
    changed[at % changed.length] ^= (byte) bits;
    List<JsonObject> layers = new ArrayList<>(images.manifest.json().objects("layers"));
    layers.set(layers.size() - 1, images.apps.put(serviceLayer().mediaType(), changed).json());
    images.apps.put(
        RawManifest.of(images.manifest.json().with("layers", JsonValue.ofObjects(layers))),
        "changed");

    if (images.check("changed").verdict() == Verdict.PASS) {
      assertThat(Digest.of(decompressed(changed))).isEqualTo(Digest.of(serviceTar));
    }
  }

  /** All digests follow the change, and its header's checksum too where wanted. */
  @Property(tries = 600)
  void aChangedByteOfALayersTarIsRefusedOrHarmless(
      @ForAll @IntRange(max = 100_000) int at,
      @ForAll @IntRange(max = 255) int letter,
      @ForAll boolean checksum)
      throws IOException {
    byte[] tar = serviceTar.clone();
    int place = at % tar.length;
    tar[place] = (byte) letter;
    if (checksum) {
      writeChecksum(tar, place / BLOCK * BLOCK);
    }
    Layer layer = new Layer(Blob.of(compressed(tar)), Digest.of(tar), serviceLayer().mediaType());
    new ApplicationFixture(
            images.golden,
            "21",
            "",
            List.of(layer),
            Map.of(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity())
        .writeTo(images.apps, "changed");

    if (images.check("changed").verdict() == Verdict.PASS) {
      requireOnlyFilesOfTheService(tar);
    }
  }

  @Property(tries = 300)
  void noLayerDroppedDoubledOrMovedMovesTheImageOffItsGolden(
      @ForAll LayerChange manifestChange,
      @ForAll LayerChange configChange,
      @ForAll boolean both,
      @ForAll @IntRange(max = 3) int first,
      @ForAll @IntRange(max = 3) int second) {
    List<JsonObject> layers = new ArrayList<>(images.manifest.json().objects("layers"));
    manifestChange.apply(layers, first, second);
    ImageConfig whole = images.apps.config(new ImageManifest(images.manifest));
    List<String> diffIds = new ArrayList<>(whole.diffIds().stream().map(Digest::toString).toList());
    if (both) {
      manifestChange.apply(diffIds, first, second);
    } else {
      configChange.apply(diffIds, second, first);
    }
    JsonObject changed = StrictJson.read("the config", images.config);
    changed =
        changed.with(
            "rootfs",
            changed.object("rootfs").orElseThrow().with("diff_ids", JsonValue.ofTexts(diffIds)));
    Descriptor descriptor = images.apps.put(MediaTypes.OCI_CONFIG, changed.toBytes());
    images.apps.put(
        RawManifest.of(
            images
                .manifest
                .json()
                .with("config", descriptor.json())
                .with("layers", JsonValue.ofObjects(layers))),
        "changed");

    requireRefusedOrHarmless();
  }

  @Property(tries = 300)
  void noChangedByteOfTheIndexBringsAnotherImage(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 32, max = 126) int letter) {
    byte[] changed = images.index.bytes().clone();
    changed[at % changed.length] = (byte) letter;
    images.manyApps.tag(images.manyApps.put(MediaTypes.OCI_INDEX, changed), "changed");

    if (images.check("many", "changed").verdict() != Verdict.PASS) {
      return;
    }
    // Whatever passes brings the images that were there, each for the platform its config names.
    ImageIndex passed = new ImageIndex(images.manyApps.manifest("changed"));
    assertThat(passed.manifests())
        .extracting(Descriptor::digest)
        .containsExactlyElementsOf(
            new ImageIndex(images.index).manifests().stream().map(Descriptor::digest).toList());
    for (Descriptor entry : passed.manifests()) {
      ImageConfig inside =
          images.manyApps.config(new ImageManifest(images.manyApps.manifest(entry)));
      // One that states none is for what its config says, to the gate as to containerd.
      assertThat(entry.platform().orElse(inside.platform())).isEqualTo(inside.platform());
    }
  }

  /** A change to a list of layers. */
  enum LayerChange {
    KEEP,
    DROP,
    DOUBLE,
    SWAP;

    <T> void apply(List<T> layers, int first, int second) {
      int at = first % layers.size();
      switch (this) {
        case KEEP -> {}
        case DROP -> layers.remove(at);
        case DOUBLE -> layers.add(at, layers.get(second % layers.size()));
        case SWAP -> Collections.swap(layers, at, second % layers.size());
      }
    }
  }

  private static Descriptor serviceLayer() {
    List<Descriptor> layers = new ImageManifest(images.manifest).layers();
    return layers.get(layers.size() - 1);
  }

  /** As another reader of tars sees it: plain files and folders that the golden does not have. */
  private static void requireOnlyFilesOfTheService(byte[] tar) throws IOException {
    try (TarArchiveInputStream entries =
        new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
      for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        String name = entry.getName();
        assertThat(name.replaceAll("/$", "")).isNotIn(GOLDEN_FILES);
        assertThat(name.split("/")).doesNotContain("..").noneMatch(part -> part.startsWith(".wh."));
        assertThat(entry.isFile() || entry.isDirectory()).as(name).isTrue();
        assertThat(entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO())
            .as(name)
            .isFalse();
        // On a folder the bits give nobody rights: they say which group new files get.
        assertThat(entry.isFile() ? entry.getMode() & 06000 : 0).as(name).isZero();
      }
    }
  }

  private static void writeChecksum(byte[] tar, int header) {
    Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
    int sum = 0;
    for (int at = header; at < header + BLOCK; at++) {
      sum += tar[at] & 0xff;
    }
    byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(octal, 0, tar, header + 148, octal.length);
  }

  private static byte[] compressed(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static byte[] decompressed(byte[] bytes) throws IOException {
    try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return gzip.readAllBytes();
    }
  }

  private static void requireRefusedOrHarmless() {
    GateReport report = images.check("changed");
    if (report.verdict() != Verdict.PASS) {
      return;
    }
    // Whatever passes stands on the golden by the bytes that any runtime reads.
    RawManifest passed = images.apps.manifest("changed");
    ImageManifest image = new ImageManifest(passed);
    ImageManifest base = new ImageManifest(images.golden.manifest("21"));
    assertThat(image.layers().subList(0, base.layers().size()))
        .extracting(Descriptor::digest)
        .containsExactlyElementsOf(base.layers().stream().map(Descriptor::digest).toList());
    var theirs = images.golden.config(base);
    var ours = images.apps.config(image);
    assertThat(ours.diffIds().subList(0, theirs.diffIds().size())).isEqualTo(theirs.diffIds());
    Map<String, String> environment = ours.environment();
    assertThat(environment.get("PATH")).isEqualTo(theirs.environment().get("PATH"));
    assertThat(environment.get("JAVA_HOME")).isEqualTo(theirs.environment().get("JAVA_HOME"));
    assertThat(ours.user().orElse("")).matches("[1-9][0-9]*");
    assertThat(ours.runtime().strings("OnBuild")).isEmpty();
    assertThat(Objects.requireNonNull(report.images().get(0).lineage().golden()))
        .contains(images.golden.manifest("21").digest().toString());
  }
}
