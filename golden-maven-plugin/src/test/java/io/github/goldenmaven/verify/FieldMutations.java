package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.verify.SingleChanges.Change;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Every single change to a field of a good image's config, manifest and index, all digests with it.
 * Each is refused, could not be told, or is harmless for a reason that {@link Harmless} states.
 */
@SuppressWarnings("NullAway.Init")
class FieldMutations {

  private static final Duration BOUND = Duration.ofSeconds(10);

  private static final List<String> DESCRIPTOR =
      List.of("urls", "annotations", "data", "artifactType", "platform", "x-other");

  private static final String CONFIG_VALUES =
      """
      architecture ["arm64", "AMD64", "riscv64"]
      os ["windows", "Linux", "unknown"]
      variant ["v8", "evil\\n"]
      os.version ["10.0.14393", 7]
      os.features [["win32k"], "win32k"]
      created ["2099-01-01T00:00:00Z", "soon"]
      author ["Somebody Else", 7]
      docker_version ["20.10"]
      container ["d34db33f"]
      container_config [{"User": "0", "Env": ["PATH=/evil"]}]
      id ["d34db33f"]
      parent ["sha256:0000000000000000000000000000000000000000000000000000000000000000"]
      comment ["evil"]
      x-other ["evil", {"User": "0"}]
      type ["layer", "Layers"]
      diff_ids[] ["sha256:0000000000000000000000000000000000000000000000000000000000000000", "evil"]
      history [[], [{"created_by": "evil"}]]
      history[] [{"created_by": "evil"}, {"created_by": "evil", "empty_layer": true}]
      empty_layer [true, false]
      User ["0", "root", "+0", "00", "0:0", ":", "-1", "4294967296", "app", "10002", "10002:0", "1.5"]
      Env[] ["PATH=/evil", "JAVA_HOME=/evil", "JAVA_TOOL_OPTIONS=-Dx=y", "JDK_JAVA_OPTIONS=-Dx=y", "LD_PRELOAD=/app/x.so", "CLASSPATH=/app/x", "SSL_CERT_FILE=/app/x", "HTTPS_PROXY=http://evil.example", "TZ=Asia/Seoul", "TZ=UTC", "ORDERS_MODE=fast", "LANG=C", "=evil", "PATH", "TZ", 7, null]
      Entrypoint [["/app/start"], "java", ["java", "-Djavax.net.ssl.trustStore=/app/t"], ["/app/jdk/bin/java"], ["sh", "-c", "env -u JAVA_TOOL_OPTIONS java"], [7]]
      Entrypoint[] ["-Xbootclasspath/a:/app/x.jar", "-Dx=y", 7]
      Cmd [["--fast"], ["sh", "-c", "JAVA_TOOL_OPTIONS= java"], "fast"]
      Cmd[] ["--fast", "-Dhttps.proxyHost=evil.example", null]
      Volumes [{"/": {}}, {"/etc": {}}, {"/etc/ssl": {}}, {"/opt/golden/../golden": {}}, {"etc/passwd": {}}, {"/bin": {}}, {"/data": {}}, {"/app/data": {}, "/srv": {}}, ["/etc"], {"/app/data": "evil"}]
      WorkingDir ["/", "/etc", "app", "/app/../etc"]
      OnBuild [["RUN evil"], "RUN evil", []]
      Healthcheck [{"Test": ["CMD-SHELL", "evil"]}, {"Test": ["NONE"]}, "evil"]
      Test [["NONE"], ["CMD", "/app/health"], "evil"]
      Interval [-1, 9223372036854775807, 1.5]
      Labels [{}, {"io.github.goldenmaven.role": "golden"}]
      ExposedPorts [{"22/tcp": {}}, {"evil": {}}]
      StopSignal ["SIGKILL", "9"]
      StopTimeout [0, -1]
      Shell [["/app/sh", "-c"], "evil"]
      ArgsEscaped [true, "yes"]
      Memory [-1, 9223372036854775808]
      Hostname ["evil"]
      Image ["evil"]
      NetworkDisabled [true]
      org.opencontainers.image.base.name ["registry.company.example/golden/java:21"]
      io.github.goldenmaven.role ["golden", "Application"]
      io.github.goldenmaven.schema ["2", "1.0"]
      io.github.goldenmaven.source.dirty ["true", "false", "TRUE"]
      io.github.goldenmaven.other ["evil"]
      org.opencontainers.image.title ["orders\\nINFO golden.verdict=pass"]
      com.example.team ["evil\\u001b[2K"]
      """;

  private static final Map<String, List<String>> CONFIG_FIELDS =
      Map.of(
          "",
          List.of(
              "variant",
              "os.version",
              "os.features",
              "created",
              "author",
              "docker_version",
              "container",
              "container_config",
              "id",
              "parent",
              "comment",
              "x-other",
              "history"),
          "config",
          List.of(
              "User",
              "Healthcheck",
              "OnBuild",
              "StopSignal",
              "StopTimeout",
              "Shell",
              "ArgsEscaped",
              "Memory",
              "Hostname",
              "Image",
              "NetworkDisabled",
              "Volumes",
              "WorkingDir",
              "x-other"),
          "Labels",
          List.of(
              "org.opencontainers.image.base.name",
              "io.github.goldenmaven.source.dirty",
              "io.github.goldenmaven.other",
              "org.opencontainers.image.title",
              "com.example.team"),
          "history",
          List.of("empty_layer", "author", "comment", "x-other"),
          "rootfs",
          List.of("x-other"));

  private static final String POINTER_VALUES =
      """
      schemaVersion [1, 3, "2", 2.0]
      mediaType ["application/vnd.oci.image.manifest.v1+json", "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.v2+json", "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.docker.image.rootfs.diff.tar.gzip", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip", "application/vnd.oci.image.layer.v1.tar+encrypted", "application/vnd.docker.container.image.v1+json", "application/vnd.oci.empty.v1+json"]
      artifactType ["application/vnd.example.sbom", 7]
      subject [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:0000000000000000000000000000000000000000000000000000000000000000", "size": 7}, {"digest": "evil"}]
      digest ["sha256:0000000000000000000000000000000000000000000000000000000000000000", "sha512:00", "sha256:evil"]
      size [-1, 7, 1.0, 1e3, "7", 9223372036854775807, 9223372036854775808]
      urls [["http://evil.example/layer"], [], "http://evil.example"]
      data ["ZXZpbA==", 7]
      platform [{"architecture": "arm64", "os": "linux"}, {"architecture": "unknown", "os": "unknown"}, {"os": "linux"}, "linux/amd64"]
      architecture ["arm64", "amd64", "AMD64", "riscv64", "unknown"]
      os ["windows", "Linux", "unknown"]
      variant ["v7", "v8", "v9"]
      os.version ["10.0.14393"]
      os.features [["win32k"]]
      features [["sse4"]]
      annotations [{}, {"x": "evil"}, {"org.opencontainers.image.base.digest": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}, {"org.opencontainers.image.base.name": "registry.company.example/golden/java:22"}, {"containerd.io/snapshot/stargz/toc.digest": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}, {"io.github.containers.zstd-chunked.manifest-checksum": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}, {"containerd.io/snapshot/nydus-blob": "true"}, {"io.containers.x": "1"}, {"com.amazon.soci.index-digest": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}, {"x": 7}]
      layers [[], [{}]]
      manifests [[], [{}]]
      config [{"mediaType": "application/vnd.oci.empty.v1+json", "digest": "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", "size": 2}]
      x-other ["evil", {"digest": "evil"}]
      org.opencontainers.image.base.name ["registry.company.example/golden/java:22"]
      org.opencontainers.image.base.digest ["sha256:0000000000000000000000000000000000000000000000000000000000000000"]
      """;

  private static final Map<String, List<String>> POINTER_FIELDS =
      Map.of(
          "",
          List.of(
              "artifactType", "subject", "annotations", "manifests", "layers", "config", "x-other"),
          "config",
          DESCRIPTOR,
          "layers",
          DESCRIPTOR,
          "manifests",
          DESCRIPTOR,
          "platform",
          List.of("variant", "os.version", "os.features", "features", "x-other"),
          "annotations",
          List.of("org.opencontainers.image.base.name", "org.opencontainers.image.base.digest"));

  private static final Set<Harmless> USED = new HashSet<>();
  private static GoodImages images;

  @BeforeContainer
  static void makeGoodImages() {
    images = new GoodImages();
    // Blobs that a bent descriptor could point to.
    images.apps.put("application/vnd.oci.empty.v1+json", new byte[] {'{', '}'});
  }

  /** A reason that nothing needs is no reason. */
  @AfterContainer
  static void everyReasonIsNeeded() {
    images.close();
    for (List<Harmless> reasons :
        List.of(Harmless.IN_A_CONFIG, Harmless.IN_A_MANIFEST, Harmless.IN_AN_INDEX)) {
      assertThat(USED).containsAll(reasons);
    }
  }

  @Provide
  Arbitrary<Change> configs() {
    return Arbitraries.of(SingleChanges.of(images.config, CONFIG_VALUES, CONFIG_FIELDS));
  }

  @Property(tries = 2000, generation = GenerationMode.EXHAUSTIVE)
  void noFieldOfTheConfigMovesTheImageOffItsGolden(@ForAll("configs") Change change) {
    byte[] changed = change.json().getBytes(StandardCharsets.UTF_8);
    Descriptor config = images.apps.put(MediaTypes.OCI_CONFIG, changed);
    images.apps.tag(
        images.apps.put(
            MediaTypes.OCI_MANIFEST,
            images.manifest.json().with("config", config.json()).toBytes()),
        GoodImages.BENT);

    requireRefusedOrHarmless(change, "apps", images.config, Harmless.IN_A_CONFIG);
  }

  @Provide
  Arbitrary<Change> manifests() {
    return Arbitraries.of(
        SingleChanges.of(images.manifest.bytes(), POINTER_VALUES, POINTER_FIELDS));
  }

  @Property(tries = 2000, generation = GenerationMode.EXHAUSTIVE)
  void noFieldOfTheManifestMovesTheImageOffItsGolden(@ForAll("manifests") Change change) {
    byte[] changed = change.json().getBytes(StandardCharsets.UTF_8);
    images.apps.tag(images.apps.put(MediaTypes.OCI_MANIFEST, changed), GoodImages.BENT);

    requireRefusedOrHarmless(change, "apps", images.manifest.bytes(), Harmless.IN_A_MANIFEST);
  }

  @Provide
  Arbitrary<Change> indexes() {
    return Arbitraries.of(SingleChanges.of(images.index.bytes(), POINTER_VALUES, POINTER_FIELDS));
  }

  @Property(tries = 2000, generation = GenerationMode.EXHAUSTIVE)
  void noFieldOfTheIndexMovesTheImageOffItsGolden(@ForAll("indexes") Change change) {
    byte[] changed = change.json().getBytes(StandardCharsets.UTF_8);
    images.manyApps.tag(images.manyApps.put(MediaTypes.OCI_INDEX, changed), GoodImages.BENT);

    requireRefusedOrHarmless(change, "many", images.index.bytes(), Harmless.IN_AN_INDEX);
  }

  private static void requireRefusedOrHarmless(
      Change change, String layout, byte[] good, List<Harmless> reasons) {
    GateReport report =
        assertTimeoutPreemptively(BOUND, () -> images.check(layout, GoodImages.BENT), change::told);
    ImageReport image = report.images().get(0);
    assertThat(image.findings())
        .as("%s: an exception that nobody expected", change)
        .noneMatch(
            finding -> finding.found().matches("(?s)[a-z.]*[A-Z][A-Za-z]*(Error|Exception)\\b.*"));
    if (image.verdict() == Verdict.PASS) {
      assertThat(
              Harmless.unexplained(
                  SingleChanges.between(good, change.json().getBytes(StandardCharsets.UTF_8)),
                  reasons,
                  USED))
          .as("%s passes, and no reason says why that does no harm", change)
          .isEmpty();
    }
  }
}
