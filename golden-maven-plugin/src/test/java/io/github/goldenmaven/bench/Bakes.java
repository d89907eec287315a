package io.github.goldenmaven.bench;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.RealBase;
import io.github.goldenmaven.peers.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Bakes one golden image with {@code golden:bake} and with {@code docker build}, turn by turn. */
final class Bakes {

  private static final String GOAL =
      "io.github.goldenmaven:golden-maven-plugin:0.1.0-SNAPSHOT:bake";
  private static final long LARGE_BYTES = 1L << 30;
  private static final long REST_MILLIS = 3000;

  private final Path work;
  private final Stopwatch stopwatch;
  private final DockerRegistry registry;
  private final DockerEngine engine;
  private final int runs;
  private int version;

  Bakes(Path work, Stopwatch stopwatch, DockerEngine engine, int runs) {
    this.work = work;
    this.stopwatch = stopwatch;
    this.registry = stopwatch.registry();
    this.engine = engine;
    this.runs = runs;
  }

  /** Measures, and tells it in paragraphs. */
  List<String> measure() throws IOException {
    registry.push(RealBase.layout(), RealBase.TAG, "official/java", "17");
    String official = registry.host() + "/official/java:17";
    Path platform = platform(official);
    engine.docker("pull", official);
    List<Measurement> cold = new ArrayList<>();
    List<Measurement> cached = new ArrayList<>();
    List<Measurement> unchanged = new ArrayList<>();
    List<Measurement> dockerWarm = new ArrayList<>();
    List<Measurement> dockerCold = new ArrayList<>();
    bake(platform, "");
    for (int run = 0; run < runs; run++) {
      delete(work.resolve("bake-cache"));
      anotherVersion(platform);
      cold.add(bake(platform, ""));
      dockerCold.add(dockerFromNothing(platform, official));
      dockerWarm.add(dockerBuild(platform));
      anotherVersion(platform);
      cached.add(bake(platform, ""));
      unchanged.add(bake(platform, ""));
    }
    long warm = Measurement.median(dockerWarm).wallMillis();
    long nothing = Measurement.median(dockerCold).wallMillis();
    return List.of(
        "## Baking a golden image\n\n"
            + "A company CA, a policy file, a variable and a user onto the same official image"
            + " (Debian 12 with a JRE 17, two layers), pushed to a registry. Beside it a Dockerfile"
            + " that does the same with `update-ca-certificates` and `keytool`, which gives another"
            + " digest each time. On a machine that has nothing yet, `docker build --no-cache`"
            + " (which pulls the official image) and `docker push` take "
            + nothing
            + " ms; on a daemon that has the official image already, `docker build --no-cache`"
            + " alone, without a push, "
            + warm
            + " ms. Medians of "
            + runs
            + ".\n\n"
            + "| bake | goal | of docker, from nothing, with push | of docker build, warm daemon,"
            + " no push | wall | requests | down | to reach | reached |\n"
            + "|---|---:|---:|---:|---:|---:|---:|---|---|\n"
            + new Row("cold: no cache of ours", "at most as slow as docker from nothing", 1.0, 9, 0)
                .of(cold, nothing, warm)
            + new Row("the same", "at most as slow as docker build on a warm daemon", 9, 1.0, 0)
                .of(cold, nothing, warm)
            + new Row(
                    "official layers read before, definition changed",
                    "at most 0.3 of docker build on a warm daemon",
                    9,
                    0.3,
                    0)
                .of(cached, nothing, warm)
            + new Row("nothing changed", "at most 3 requests", 9, 9, 3)
                .of(unchanged, nothing, warm),
        large());
  }

  /** One line of the table, and what it is to reach; {@code mostRequests} 0 is no bound. */
  private record Row(
      String what, String aim, double mostOfNothing, double mostOfWarm, long mostRequests) {

    String of(List<Measurement> measured, long nothing, long warm) {
      Measurement median = Measurement.median(measured);
      double ofNothing = (double) median.goalMillis() / nothing;
      double ofWarm = (double) median.goalMillis() / warm;
      boolean reached =
          ofNothing <= mostOfNothing
              && ofWarm <= mostOfWarm
              && (mostRequests == 0 || median.requests() <= mostRequests);
      return String.format(
          Locale.ROOT,
          "| %s | %d ms | %.2f | %.2f | %.1f s | %d | %.1f MB | %s | %s |%n",
          what,
          median.goalMillis(),
          ofNothing,
          ofWarm,
          median.wallMillis() / 1000.0,
          median.requests(),
          median.bytesDown() / 1_000_000.0,
          aim,
          reached ? "yes" : "no");
    }
  }

  private Measurement bake(Path platform, String jvm) {
    rest();
    return stopwatch.goals(
        platform, jvm, Map.of(), List.of(GOAL, "-Dgolden.cache=" + work.resolve("bake-cache")));
  }

  /** A daemon tidies up when a command has ended: that is no part of what is measured next. */
  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Measurement dockerBuild(Path platform) {
    rest();
    long begin = System.nanoTime();
    engine.docker("build", "--no-cache", "--tag", "bench/golden:1", platform.toString());
    long wall = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    return new Measurement(wall, wall, 0, 0);
  }

  /**
   * What a machine does that has never seen the official image; the last pull stays for the next.
   */
  private Measurement dockerFromNothing(Path platform, String official) {
    String image = registry.host() + "/bench/docker-golden:1";
    engine.docker("system", "prune", "--all", "--force");
    rest();
    long begin = System.nanoTime();
    engine.docker("build", "--no-cache", "--tag", image, platform.toString());
    engine.docker("push", image);
    long wall = Duration.ofNanos(System.nanoTime() - begin).toMillis();
    engine.docker("image", "inspect", official);
    return new Measurement(wall, wall, 0, 0);
  }

  private void anotherVersion(Path platform) throws IOException {
    version++;
    Files.writeString(platform.resolve("security-policy.json"), "{\"version\": " + version + "}\n");
    Path definition = platform.resolve("golden.yaml");
    Files.writeString(
        definition,
        Files.readString(definition)
            .replaceFirst("version: \"[^\"]*\"", "version: \"17." + version + "\""));
  }

  private Path platform(String official) throws IOException {
    Path folder = Files.createDirectories(work.resolve("platform"));
    Files.copy(TestCertificates.in(work.resolve("company")).ca(), folder.resolve("company-ca.crt"));
    Files.writeString(folder.resolve("security-policy.json"), "{}\n");
    Files.writeString(
        folder.resolve("golden.yaml"),
        definition(
            official,
            "bench/golden",
            "files: [{from: security-policy.json, into: /etc/security/}]"));
    Files.writeString(
        folder.resolve("Dockerfile"),
        """
        FROM %s
        COPY company-ca.crt /usr/local/share/ca-certificates/
        RUN update-ca-certificates && keytool -importcert -noprompt -trustcacerts -cacerts -storepass changeit -alias company -file /usr/local/share/ca-certificates/company-ca.crt
        COPY security-policy.json /etc/security/
        ENV TZ=Asia/Seoul
        USER 10001
        """
            .formatted(official));
    return folder;
  }

  private String definition(String official, String repository, String more) {
    return """
    name: java
    version: "17.0"
    line: "17"
    from: %s
    to: %s/%s
    certificates: [company-ca.crt]
    environment: {TZ: Asia/Seoul}
    user: "10001"
    %s
    """
        .formatted(official, registry.host(), repository, more);
  }

  /** An official image with one gigabyte more, which no bake may hold in memory. */
  private String large() throws IOException {
    LayoutFolder layout = largeOfficial(work.resolve("large-official"));
    registry.push(layout, "large", "official/large", "17");
    delete(layout.path());
    Path folder = Files.createDirectories(work.resolve("large-platform"));
    Files.copy(work.resolve("company/ca.pem"), folder.resolve("company-ca.crt"));
    Files.writeString(
        folder.resolve("golden.yaml"),
        definition(registry.host() + "/official/large:17", "bench/large-golden", ""));
    Measurement measured = bake(folder, "-Xmx128m");
    return String.format(
        Locale.ROOT,
        "Heap: an official image of %.1f GB was baked with `MAVEN_OPTS=-Xmx128m` in %.1f s (goal,"
            + " one run).",
        measured.bytesDown() / 1e9,
        measured.goalMillis() / 1000.0);
  }

  private static LayoutFolder largeOfficial(Path folder) throws IOException {
    LayoutFolder real = RealBase.layout();
    LayoutFolder layout = LayoutFolder.at(folder);
    ImageManifest below = new ImageManifest(real.manifest(RealBase.TAG));
    Layer ore =
        LayerWriter.write(
            List.of(
                new LayerEntry.File(
                    "opt/ore",
                    LARGE_BYTES,
                    () -> new Ore(LARGE_BYTES),
                    0644,
                    Owner.ROOT,
                    Instant.EPOCH)),
            Compression.STORED,
            folder.resolveSibling("ore.tar.gz"));
    ImageConfig config =
        real.config(below).withLayers(List.of(ore.diffId()), List.of(JsonObject.EMPTY));
    List<Descriptor> layers = new ArrayList<>();
    for (Descriptor layer : below.layers()) {
      layout.copy(layer, real);
      layers.add(layer);
    }
    layers.add(layout.put(ore));
    layout.put(
        Manifests.image(layout.put(MediaTypes.OCI_CONFIG, config.toBytes()), layers), "large");
    Files.delete(folder.resolveSibling("ore.tar.gz"));
    return layout;
  }

  /** Bytes that nothing compresses, the same at every reading. */
  private static final class Ore extends InputStream {
    private final Random random = new Random(7);
    private long left;

    Ore(long bytes) {
      this.left = bytes;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      byte[] ore = new byte[(int) Math.min(length, left)];
      random.nextBytes(ore);
      System.arraycopy(ore, 0, bytes, offset, ore.length);
      left -= ore.length;
      return ore.length;
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
