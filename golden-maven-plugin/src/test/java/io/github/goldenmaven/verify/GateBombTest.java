package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdOutputStream;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Layers of a few megabytes that are one file of 10 GiB of zeros once they are unpacked, each
 * before a gate that runs in a JVM of its own with 256 MiB, and half a minute to say no.
 */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateBombTest {

  private static final int CHUNK = 16 << 20;
  private static final int CHUNKS = 640;
  private static final Duration BOUND = Duration.ofSeconds(30);

  private static final String GROWS = "grows to more than 200 times its size when decompressed.";

  @TempDir static Path shared;
  private static GateFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** How 10 GiB become a few megabytes. */
  enum Bomb {
    GZIP("a layer bomb", MediaTypes.OCI_LAYER_GZIP) {
      @Override
      void write(byte[] header, OutputStream out) throws IOException {
        out.write(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0});
        out.write(deflated(header));
        repeat(deflated(new byte[CHUNK]), out);
        // The last block, empty; nobody gets as far as the checksum.
        out.write(new byte[] {1, 0, 0, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0});
      }
    },

    GZIP_MEMBERS("a layer bomb of hundreds of gzip members", MediaTypes.OCI_LAYER_GZIP) {
      @Override
      void write(byte[] header, OutputStream out) throws IOException {
        out.write(gzip(header));
        repeat(gzip(new byte[CHUNK]), out);
      }
    },

    ZSTD_FRAMES("a layer bomb of hundreds of zstd frames", MediaTypes.OCI_LAYER_ZSTD) {
      @Override
      void write(byte[] header, OutputStream out) throws IOException {
        out.write(zstd(header));
        repeat(zstd(new byte[CHUNK]), out);
      }
    };

    final String attack;
    final String mediaType;

    Bomb(String attack, String mediaType) {
      this.attack = attack;
      this.mediaType = mediaType;
    }

    abstract void write(byte[] header, OutputStream out) throws IOException;

    byte[] bytes() throws IOException {
      byte[] header =
          new RawTar()
              .entry(
                  '0',
                  "app/zeros",
                  "",
                  block -> RawTar.put(block, 124, "\u0080\0\0\0\0\0\0\u0002\u0080\0\0\0"))
              .cut();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(header, bytes);
      return bytes.toByteArray();
    }

    private static void repeat(byte[] part, OutputStream out) throws IOException {
      for (int at = 0; at < CHUNKS; at++) {
        out.write(part);
      }
    }

    /** Blocks that stand for themselves, and are not the last. */
    private static byte[] deflated(byte[] bytes) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
      DeflaterOutputStream blocks = new DeflaterOutputStream(out, deflater, 8192, true);
      blocks.write(bytes);
      blocks.flush();
      deflater.end();
      return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      }
      return out.toByteArray();
    }

    private static byte[] zstd(byte[] bytes) throws IOException {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream frame = new ZstdOutputStream(out)) {
        frame.write(bytes);
      }
      return out.toByteArray();
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesTenGibibytesOfZerosInALayerOfTheService(Bomb bomb) throws IOException {
    Layer layer = new Layer(Blob.of(bomb.bytes()), Digest.of(new byte[0]), bomb.mediaType);

    assertThat(checked(bomb.attack, fixture.service().with(layer)))
        .matches("REFUSED IMAGE_READABLE: The layer 'sha256:[0-9a-f]{64}' " + GROWS + "\n");
  }

  /** What the config calls the golden's layer is told by its digest once unpacked. */
  @ParameterizedTest
  @EnumSource(names = "GZIP_MEMBERS")
  void refusesTenGibibytesOfZerosInThePlaceOfALayerOfTheGolden(Bomb bomb) throws IOException {
    byte[] bytes = bomb.bytes();
    Layer layer = new Layer(Blob.of(bytes), Digest.of(bytes), bomb.mediaType);
    ApplicationFixture inPlace =
        fixture
            .service()
            .with(layer)
            .config(GateBombTest::withoutTheLast)
            .manifest(
                json -> {
                  List<JsonObject> layers = new ArrayList<>(json.objects("layers"));
                  layers.set(2, layers.remove(layers.size() - 1));
                  return json.with("layers", JsonValue.ofObjects(layers));
                });

    fixture.registry.mark();

    assertThat(checked(bomb.attack + ", in the place of a layer of the golden image", inPlace))
        .matches(
            "REFUSED IMAGE_READABLE: The layer 'sha256:[0-9a-f]{64}' "
                + GROWS
                + "\\n"
                + " GOLDEN_LAYERS: others; the nearest golden image is '.*', of whose 3 layers it"
                + " has the lowest 2\\n");
    // Once, whatever number of golden images it could be of.
    assertThat(fixture.registry.requests())
        .extracting(Request::toString)
        .filteredOn(
            request -> request.startsWith("GET ") && request.contains(layer.blob().digest().hex()))
        .hasSize(1);
  }

  private static ImageConfig withoutTheLast(ImageConfig config) {
    JsonObject rootfs = config.json().object("rootfs").orElseThrow();
    List<String> ids = rootfs.strings("diff_ids");
    List<JsonObject> history = config.json().objects("history");
    return new ImageConfig(
        config
            .json()
            .with("history", JsonValue.ofObjects(history.subList(0, history.size() - 1)))
            .with(
                "rootfs",
                rootfs.with("diff_ids", JsonValue.ofTexts(ids.subList(0, ids.size() - 1)))));
  }

  /** What a gate says that has not more memory, and not more time, than this. */
  private static String checked(String attack, ApplicationFixture image) throws IOException {
    String write = "-Dgolden.docs.write=" + Boolean.getBoolean("golden.docs.write");
    return Command.java("-Xmx256m", "-Dfile.encoding=UTF-8", write)
        .with(Child.class.getName(), attack, fixture.push(image))
        .with(fixture.policy("").file().toString())
        .with(Files.createTempDirectory(shared, "cache").toString())
        .timeout(BOUND)
        .run();
  }

  /** The gate: {@code attack reference policy cache}. */
  static final class Child {

    private Child() {}

    public static void main(String... arguments) {
      ImageReport report =
          new Gate(
                  new GateRequest(
                      List.of(ImageReference.parse(arguments[1])),
                      List.of(),
                      GoldenPolicy.read(Path.of(arguments[2])),
                      Path.of(arguments[3]),
                      GateFixture.NOW),
                  AccessOfTests.stores(
                          AccessOfTests.ANONYMOUS,
                          daemon -> {
                            throw new AssertionError(daemon);
                          })
                      ::open,
                  new RecordingConsole())
              .check()
              .images()
              .get(0);
      AttackPage.holds("B16", arguments[0], report);
      System.out.print(report.verdict());
      for (Finding finding : report.findings()) {
        System.out.println(" " + finding.rule().id() + ": " + finding.found());
      }
    }
  }
}
