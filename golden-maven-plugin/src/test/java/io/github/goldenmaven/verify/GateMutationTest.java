package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.ImageStores;
import io.github.goldenmaven.registry.RegistryAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.Test;

/**
 * Single changes to the bytes of a good image's documents. Each is refused, could not be told, or
 * is harmless: the image still stands on the golden's layers, with the golden's protected settings.
 */
@SuppressWarnings("NullAway.Init")
class GateMutationTest {

  private static Path folder;
  private static LayoutFolder golden;
  private static LayoutFolder apps;
  private static RawManifest good;
  private static byte[] config;
  private static GoldenPolicy policy;

  @BeforeContainer
  static void makeAGoodImage() throws IOException {
    folder = Files.createTempDirectory("gm-mutation-");
    golden =
        GoldenFixture.of(TinyBase.writeTo(folder.resolve("official")))
            .writeTo(folder.resolve("golden"));
    apps = LayoutFolder.at(folder.resolve("apps"));
    good = ApplicationFixture.on(golden, "21", "").writeTo(apps, "good");
    config = apps.bytes(new ImageManifest(good).config().digest());
    Path file = folder.resolve("golden-policy.yaml");
    Files.writeString(file, "golden: [\"oci:golden\"]\n");
    policy = GoldenPolicy.read(file);
  }

  @AfterContainer
  static void forget() throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 300)
  void noChangedByteOfTheConfigMovesTheImageOffItsGolden(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 32, max = 126) int letter) {
    byte[] changed = config.clone();
    changed[at % changed.length] = (byte) letter;
    Descriptor descriptor = apps.put(MediaTypes.OCI_CONFIG, changed);
    apps.put(RawManifest.of(good.json().with("config", descriptor.json())), "changed");

    requireRefusedOrHarmless();
  }

  @Property(tries = 300)
  void noChangedByteOfTheManifestMovesTheImageOffItsGolden(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @IntRange(min = 32, max = 126) int letter) {
    byte[] changed = good.bytes().clone();
    changed[at % changed.length] = (byte) letter;
    apps.tag(apps.put(MediaTypes.OCI_MANIFEST, changed), "changed");

    requireRefusedOrHarmless();
  }

  private static void requireRefusedOrHarmless() {
    GateReport report = check("changed");
    if (report.verdict() != Verdict.PASS) {
      return;
    }
    // Whatever passes stands on the golden by the bytes that any runtime reads.
    RawManifest passed = apps.manifest("changed");
    ImageManifest image = new ImageManifest(passed);
    ImageManifest base = new ImageManifest(golden.manifest("21"));
    assertThat(image.layers().subList(0, base.layers().size()))
        .extracting(Descriptor::digest)
        .containsExactlyElementsOf(base.layers().stream().map(Descriptor::digest).toList());
    var theirs = golden.config(base);
    var ours = apps.config(image);
    assertThat(ours.diffIds().subList(0, theirs.diffIds().size())).isEqualTo(theirs.diffIds());
    Map<String, String> environment = ours.environment();
    assertThat(environment.get("PATH")).isEqualTo(theirs.environment().get("PATH"));
    assertThat(environment.get("JAVA_HOME")).isEqualTo(theirs.environment().get("JAVA_HOME"));
    assertThat(ours.user().orElse("")).matches("[1-9][0-9]*");
    assertThat(ours.runtime().strings("OnBuild")).isEmpty();
    assertThat(Objects.requireNonNull(report.images().get(0).lineage().golden()))
        .contains(golden.manifest("21").digest().toString());
  }

  @Test
  void theGoodImageItselfPasses() throws IOException {
    makeAGoodImage();
    try {
      assertThat(check("good").images().get(0).findings()).isEmpty();
    } finally {
      forget();
    }
  }

  private static GateReport check(String tag) {
    return new Gate(
            new GateRequest(
                List.of(ImageReference.parse("oci:" + folder.resolve("apps") + ":" + tag)),
                List.of(),
                policy,
                folder.resolve("cache"),
                GateHouse.NOW),
            new ImageStores(
                    RegistryAccess.ANONYMOUS,
                    daemon -> {
                      throw new AssertionError(daemon);
                    })
                ::open,
            new RecordingConsole())
        .check();
  }
}
