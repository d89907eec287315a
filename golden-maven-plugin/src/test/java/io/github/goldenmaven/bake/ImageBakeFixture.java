package io.github.goldenmaven.bake;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.bake.certificates.TrustStoreFile;
import io.github.goldenmaven.contents.ReadLayers;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("ImageBakeFixture")
abstract class ImageBakeFixture {

  static final GitFacts CLEAN = new GitFacts("a".repeat(40), WorkTree.CLEAN, null, null, List.of());

  @TempDir static Path shared;
  @TempDir Path folder;
  static DockerRegistry registry;

  static int images;

  final RecordingConsole console = new RecordingConsole();

  GitFacts git = CLEAN;

  Instant now = Instant.parse("2026-11-23T00:00:00Z");

  String failing = "none";

  CommandRunner runs =
      commands -> {
        throw new IllegalStateException("nothing is run");
      };

  String repository;

  String to;

  @BeforeAll
  static void startRegistry() {
    registry = DockerRegistry.start();
    registry.push(
        TinyBase.writeTo(shared.resolve("tiny")), TinyBase.TAG, "official/java", "17-jre");
    LayoutFolder twins =
        TinyBase.writeTo(
            shared.resolve("twins"),
            new Platform("linux", "amd64", null),
            new Platform("linux", "arm64", null));
    registry.push(twins, TinyBase.TAG, "official/twins", "17-jre");
    LayoutFolder mixed =
        TinyBase.writeTo(
            shared.resolve("mixed"),
            new Platform("linux", "amd64", null),
            new Platform("windows", "amd64", null));
    registry.push(mixed, TinyBase.TAG, "official/mixed", "17-jre");
  }

  @AfterAll
  static void stopRegistry() {
    registry.close();
  }

  @BeforeEach
  void nameATarget() {
    images++;
    repository = "golden/java" + images;
    to = registry.host() + "/" + repository;
  }

  /** A bake that is refused early leaves a request of its own behind, which writes its answer. */
  @AfterEach
  void waitForTheBackground() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("golden-background")) {
        thread.join();
      }
    }
  }

  static void tarOfAJvm(Path file, String version) {
    LayerWriter.write(
        List.of(
            text("jdk/bin/java", ""),
            text("jdk/release", "JAVA_VERSION=\"" + version + "\"\n"),
            text("jdk/conf/net.properties", "a=b\n")),
        Compression.STORED,
        file);
  }

  static LayerEntry text(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), 0644, Owner.ROOT, Instant.EPOCH);
  }

  ByteArrayInputStream stream(Digest blob) {
    return new ByteArrayInputStream(registry.blob(repository, blob).orElseThrow());
  }

  /** Of the trust store that the layer below the settings has; none where it has none. */
  List<Certificate> trusted(Descriptor platform) {
    List<Descriptor> layers =
        new ImageManifest(registry.manifest(repository, platform.digest().toString()).orElseThrow())
            .layers();
    return ReadLayers.read("it", stream(layers.get(layers.size() - 2).digest())).entries().stream()
        .filter(change -> change.path().equals("opt/java/openjdk/lib/security/cacerts"))
        .flatMap(
            change -> TrustStoreFile.read("it", change.bytes().orElseThrow()).values().stream())
        .toList();
  }

  GoldenPolicy policy(String official) throws IOException {
    return GoldenPolicy.read(
        Files.writeString(
            folder.resolve("golden-policy.yaml"),
            "official: ["
                + registry.host()
                + "/"
                + official
                + "]\ngolden: [registry.company.example/golden/*]\n"));
  }

  BakeResult bake(Path definition) {
    return run(definition, null, false, false);
  }

  BakeResult run(Path definition, @Nullable GoldenPolicy policy, boolean release, boolean dryRun) {
    return run(definition, GoldenDefinition.read(definition).from(), policy, release, dryRun);
  }

  BakeResult run(
      Path definition,
      ImageReference source,
      @Nullable GoldenPolicy policy,
      boolean release,
      boolean dryRun) {
    GoldenDefinition read = GoldenDefinition.read(definition);
    BakeRequest request =
        new BakeRequest(
            read,
            source,
            read.to(),
            policy,
            null,
            () -> git,
            (coordinates, origin) -> {
              throw new IllegalStateException("no artifact is asked for");
            },
            runs,
            folder.resolve("cache"),
            folder.resolve("work"),
            Clock.fixed(now, ZoneOffset.UTC),
            release,
            dryRun);
    ImageStores stores =
        AccessOfTests.stores(
            AccessOfTests.ANONYMOUS,
            daemon -> {
              throw new IllegalStateException("no engine is asked for");
            });
    return new ImageBake(request, reference -> failingAt(failing, stores.open(reference)), console)
        .run();
  }

  /** The store, but that no manifest gets this tag. */
  static ImageStore failingAt(String tag, ImageStore store) {
    return (ImageStore)
        Proxy.newProxyInstance(
            ImageStore.class.getClassLoader(),
            new Class<?>[] {ImageStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().startsWith("put")
                  && arguments.length == 2
                  && tag.equals(arguments[1])) {
                throw new UnavailableException("The registry fails.", "Bake again.");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  Path definition(String official, String more) throws IOException {
    Files.writeString(folder.resolve("security-policy.json"), "{}\n");
    String environment = more.startsWith("environment") ? "" : "environment: {TZ: Asia/Seoul}\n";
    return Files.writeString(
        folder.resolve("golden.yaml"),
        """
        name: java
        version: "21.0.9"
        line: "21"
        from: %s/official/%s:17-jre
        to: %s
        files: [{from: security-policy.json, into: /etc/security/}]
        user: "10001"
        %s%s
        """
            .formatted(registry.host(), official, to, environment, more));
  }

  RawManifest tag(String tag) {
    return registry.manifest(repository, tag).orElseThrow();
  }

  static RawManifest officialOf(String name) {
    return registry.manifest("official/" + name, "17-jre").orElseThrow();
  }

  ImageConfig config(ImageManifest manifest) {
    return config(manifest, repository);
  }

  static ImageConfig config(ImageManifest manifest, String repository) {
    Digest digest = manifest.config().digest();
    return ImageConfig.read("the config", registry.blob(repository, digest).orElseThrow());
  }
}
