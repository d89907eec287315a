package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.laboratory.Habit;
import io.github.goldenmaven.laboratory.Laboratory;
import io.github.goldenmaven.laboratory.Personality;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.packaging.BuildResult.Outcome;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.promote.Promotion;
import io.github.goldenmaven.promote.Statements;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.verify.Gate;
import io.github.goldenmaven.verify.GateRequest;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Build, gate and promotion against a registry with each habit, and with those of each product. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class RegistriesTest {

  @TempDir Path folder;
  private DockerRegistry registry;

  @BeforeEach
  void startRegistry() {
    registry = DockerRegistry.start();
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @ParameterizedTest
  @EnumSource
  void everyGoalWorksWithTheHabit(Habit habit) throws IOException {
    Set<Habit> habits = EnumSet.of(habit);
    if (habit == Habit.BLOBS_ARE_NOT_ASKED_FOR) {
      // Nobody asks for a blob that was mounted.
      habits.add(Habit.MOUNTS_ARE_NOT_ALLOWED);
    }
    try (Laboratory laboratory = new Laboratory(registry, habits)) {
      runs(laboratory);
      assertThat(laboratory.played())
          .as("habits that were met")
          .containsExactlyInAnyOrderElementsOf(habits);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyGoalWorksWithTheRegistry(Personality personality) throws IOException {
    try (Laboratory laboratory = new Laboratory(registry, personality.habits())) {
      runs(laboratory);
      assertThat(laboratory.played()).containsExactlyInAnyOrderElementsOf(personality.habits());
    }
  }

  private void runs(Laboratory laboratory) throws IOException {
    GoldenFixture.of(TinyBase.writeTo(folder.resolve("tiny"))).pushTo(registry, "golden/java");
    RegistryAccess access =
        AccessOfTests.anonymous()
            .withCredentials(
                host -> Optional.of(new Credentials(Laboratory.USER, Laboratory.PASSWORD)))
            .withTokenServers(Set.of(laboratory.otherHost()))
            .access();
    Function<ImageReference, ImageStore> opening = LyingRegistry.opening(access);
    String host = laboratory.host();

    BuildResult built =
        new ImageBuild(
                SampleService.on(
                    host + "/golden/java:21", host + "/apps/orders:1.4.2", folder.resolve("cache")),
                opening,
                new RecordingConsole())
            .run();
    assertThat(built.outcome()).isEqualTo(Outcome.PUSHED);
    ImageReference image = ImageReference.parse(host + "/apps/orders:1.4.2");
    assertThat(read(host, image, opening).digest()).isNotNull();
    promotes(host, image, opening);
  }

  /** Whatever the gate thinks of the image: it could tell. */
  private ImageReport read(
      String host, ImageReference image, Function<ImageReference, ImageStore> opening)
      throws IOException {
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            "official: [docker.io/library/*]\ngolden: [" + host + "/golden/*]\n");
    ImageReport report =
        new Gate(
                new GateRequest(
                    List.of(image),
                    List.of(),
                    GoldenPolicy.read(policy),
                    folder.resolve("gate"),
                    Instant.parse("2026-11-24T00:00:00Z")),
                opening::apply,
                new RecordingConsole())
            .check()
            .images()
            .get(0);
    assertThat(report.verdict().name()).isNotEqualTo("UNKNOWN");
    return report;
  }

  private void promotes(
      String host, ImageReference image, Function<ImageReference, ImageStore> opening) {
    try (ImageStore from = opening.apply(image);
        ImageStore into = opening.apply(ImageReference.parse(host + "/release/orders"))) {
      RawManifest top = from.manifest("1.4.2").orElseThrow();
      attach(from, top);
      DocumentCache cache = new DocumentCache(folder.resolve("documents"));
      Promotion.Result promoted =
          new Promotion(from, into, cache, new RecordingConsole())
              .promote(
                  Statements.of(top.digest(), from, cache),
                  ImageReference.parse(host + "/release/orders:1.4.2"),
                  false,
                  false);
      assertThat(promoted.outcome()).isEqualTo(Promotion.Outcome.PROMOTED);
      assertThat(promoted.referrers()).isEqualTo(1);
      assertThat(registry.manifest("release/orders", "1.4.2")).contains(top);
    }
  }

  private static void attach(ImageStore store, RawManifest subject) {
    Blob empty = Blob.of("{}".getBytes(StandardCharsets.UTF_8));
    Blob text = Blob.of("an sbom".getBytes(StandardCharsets.UTF_8));
    store.put(empty, Progress.SILENT);
    store.put(text, Progress.SILENT);
    store.attach(
        List.of(
            RawManifest.of(
                JsonObject.EMPTY
                    .with("schemaVersion", 2)
                    .with("mediaType", MediaTypes.OCI_MANIFEST)
                    .with("artifactType", "application/vnd.example.sbom")
                    .with(
                        "config",
                        Descriptor.of(MediaTypes.OCI_EMPTY, empty.digest(), empty.size()).json())
                    .with(
                        "layers",
                        JsonValue.ofObjects(
                            List.of(
                                Descriptor.of("text/plain", text.digest(), text.size()).json())))
                    .with("subject", subject.descriptor().json()))));
  }

  /** The tables of {@code docs/registries.md} are these. */
  @Test
  void theDocumentationHasTheTable() throws IOException {
    Path page = Path.of(System.getProperty("basedir", ".")).resolve("../docs/registries.md");
    String table =
        Stream.of(Personality.values())
            .map(
                one ->
                    "| %s | %s | %s |\n"
                        .formatted(
                            one.title(),
                            one.habits().stream()
                                .map(Habit::does)
                                .collect(Collectors.joining("; ")),
                            one.asked()))
            .collect(
                Collectors.joining(
                    "",
                    "| registry | habits that are played, and with which all goals work | asked of"
                        + " you |\n|---|---|---|\n",
                    ""));
    String habits =
        Stream.of(Habit.values())
            .map(habit -> "| %s | %s |\n".formatted(habit.does(), habit.source()))
            .collect(Collectors.joining("", "| habit | source |\n|---|---|\n", ""));
    assertThat(Files.readString(page)).contains(table).contains(habits);
  }
}
