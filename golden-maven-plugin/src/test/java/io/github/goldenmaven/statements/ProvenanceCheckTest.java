package io.github.goldenmaven.statements;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.statements.StatedImage.StatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What provenance of somebody else's pen must say, and no more, before it is signed. */
class ProvenanceCheckTest {

  private static final StatedImage ORDERS =
      StatedImages.application(
          "registry.company.example/apps/orders",
          StatedImages.manifest("index"),
          StatedImages.manifest("amd"),
          StatedImages.manifest("arm"));
  private static final Optional<String> ANYBODY = Optional.empty();
  private static final RunFacts RUN = StatedImages.run("2026-12-01T10:00:00Z");

  @Test
  void describesTheImageThatItWasMadeFor() {
    assertThatCode(
            () -> ProvenanceCheck.requireDescribes(Provenance.of(ORDERS, RUN), ORDERS, ANYBODY))
        .doesNotThrowAnyException();
  }

  @Test
  void isRefusedForAnotherImage() {
    StatedImage other =
        StatedImages.application(
            "registry.company.example/apps/orders", StatedImages.manifest("other"));

    assertThatThrownBy(
            () -> ProvenanceCheck.requireDescribes(Provenance.of(ORDERS, RUN), other, ANYBODY))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The statement is about [sha256:")
        .hasMessageEndingWith(
            "Sign the statement that the build of this very image left in target/golden.");
  }

  @Test
  void isRefusedWhereItSaysWhatTheImageDoesNot() {
    Statement honest = Provenance.of(ORDERS, RUN);
    JsonObject definition = honest.predicate().object("buildDefinition").orElseThrow();
    List<JsonObject> more = new ArrayList<>(definition.objects("resolvedDependencies"));
    more.add(JsonObject.EMPTY.with("name", "golden").with("uri", "pkg:oci/evil"));
    List<JsonObject> fewer = definition.objects("resolvedDependencies").subList(1, 4);
    JsonObject parameters = definition.object("externalParameters").orElseThrow();

    assertThatThrownBy(() -> require(honest, "resolvedDependencies", JsonValue.ofObjects(more)))
        .hasMessageContaining(
            "has the dependency '{\"name\":\"golden\",\"uri\":\"pkg:oci/evil\"}', which the image"
                + " does not name");
    assertThatThrownBy(() -> require(honest, "resolvedDependencies", JsonValue.ofObjects(fewer)))
        .hasMessageContaining("lacks the dependency '{\"name\":\"source\",");
    assertThatThrownBy(
            () ->
                require(
                    honest, "externalParameters", JsonValue.of(parameters.with("unknown", "x"))))
        .hasMessageContaining("of its externalParameters, where the image says");
    assertThatThrownBy(() -> require(honest, "buildType", JsonValue.of("https://evil.example/")))
        .hasMessageContaining("of its buildType, where the image says");
  }

  @Test
  void isRefusedWhereItNamesAnotherBuilderOrSaysMoreOfItsRun() {
    Statement honest = Provenance.of(ORDERS, RUN);
    JsonObject run = honest.predicate().object("runDetails").orElseThrow();

    assertThatThrownBy(
            () ->
                ProvenanceCheck.requireDescribes(
                    honest, ORDERS, Optional.of("https://ci.example/")))
        .hasMessageStartingWith(
            "The statement names the builder 'https://ci.company.example/golden', where"
                + " 'https://ci.example/' is expected (golden.builder).");
    for (JsonObject predicate :
        List.of(
            honest.predicate().with("more", "x"),
            honest.predicate().with("runDetails", run.with("byproducts", "x")),
            honest
                .predicate()
                .with("runDetails", run.with("builder", JsonObject.EMPTY.with("version", "1"))))) {
      Statement longer = new Statement(honest.subjects(), honest.predicateType(), predicate);
      assertThatThrownBy(() -> ProvenanceCheck.requireDescribes(longer, ORDERS, ANYBODY))
          .hasMessageContaining("which ours has not");
    }
  }

  private static void require(Statement honest, String key, JsonValue value) {
    JsonObject definition = honest.predicate().object("buildDefinition").orElseThrow();
    ProvenanceCheck.requireDescribes(
        new Statement(
            honest.subjects(),
            honest.predicateType(),
            honest.predicate().with("buildDefinition", definition.with(key, value))),
        ORDERS,
        ANYBODY);
  }

  @Test
  void isRefusedWhereItNamesAnotherRepository() {
    Statement honest = Provenance.of(ORDERS, RUN);
    List<Statement.Subject> elsewhere =
        honest.subjects().stream()
            .map(subject -> new Statement.Subject("registry.evil.example/x", subject.digest()))
            .toList();

    assertThatThrownBy(
            () ->
                ProvenanceCheck.requireDescribes(
                    new Statement(elsewhere, honest.predicateType(), honest.predicate()),
                    ORDERS,
                    ANYBODY))
        .hasMessage(
            "The statement names its subject 'registry.evil.example/x', where the image is"
                + " 'registry.company.example/apps/orders'. Sign the statement that the build of"
                + " this very image left in target/golden.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                     | names the builder '', which is no absolute URI
          {"builder":{"id":"here"}}              | names the builder 'here', which is no absolute URI
          {"builder":"https://ci.example/"}      | has a 'builder' that is not an object
          {"builder":{"id":"https://u:p@ci/"}}   | which is no absolute URI
          {"builder":{"id":"https://ci/"}}       | has '' for startedOn, which is no time that ends in Z
          {"builder":{"id":"https://ci/"},"metadata":{"startedOn":"2026-12-01T10:00:00+01:00"}} | for startedOn, which is no time
          {"builder":{"id":"https://ci/"},"metadata":{"startedOn":"2026-12-01T10:00:00Z"}} | has '' for finishedOn
          {"builder":{"id":"https://ci/"},"metadata":{"startedOn":"2026-12-01T10:00:00Z","finishedOn":"2026-12-01T10:00:00Z","invocationId":"7"}} | has an invocationId that is no absolute URI
          """)
  void isRefusedWhereItsRunIsNotSaidAsOursIs(String run, String fault) {
    Statement honest = Provenance.of(ORDERS, RUN);
    JsonObject other = StrictJson.read("run", SmallImage.utf8(run));

    assertThatThrownBy(
            () ->
                ProvenanceCheck.requireDescribes(
                    new Statement(
                        honest.subjects(),
                        honest.predicateType(),
                        honest.predicate().with("runDetails", other)),
                    ORDERS,
                    ANYBODY))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(fault);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"name":"JDK","uri":"pkg:generic/openjdk@17"}
          {"name":"Maven"}
          {"name":"Maven","uri":"https://evil.example/"}
          {"name":"Maven","uri":"pkg:maven/a/b@1","content":"x"}
          {"name":"Maven","uri":"pkg:maven/a/b@1","digest":{"sha256":"ABC"}}
          {"name":"Maven","uri":"pkg:maven/a/b@1","digest":{"md5":"abc"}}
          {"name":"Maven","uri":"pkg:maven/a/b@1","digest":"x"}
          """)
  void isRefusedWhereAToolIsThereTwiceOrIsMoreThanATool(String tool) {
    Statement honest = Provenance.of(ORDERS, RUN);
    JsonObject definition = honest.predicate().object("buildDefinition").orElseThrow();
    List<JsonObject> more = new ArrayList<>(definition.objects("resolvedDependencies"));
    more.add(StrictJson.read("tool", SmallImage.utf8(tool)));

    assertThatThrownBy(() -> require(honest, "resolvedDependencies", JsonValue.ofObjects(more)))
        .hasMessageContaining("which the image does not name");
  }

  /** Else the first platform's labels would speak for a second one, on whatever that stands. */
  @Test
  void isRefusedWhereAPlatformSaysSomethingElseOfItself() {
    StatedPlatform amd = ORDERS.platforms().get(0);
    Map<String, String> labels = new TreeMap<>(amd.labels());
    labels.put(Label.REVISION.key(), "f".repeat(40));
    StatedPlatform arm =
        new StatedPlatform("linux/arm64", ORDERS.platforms().get(1).manifest(), labels);
    StatedImage torn = new StatedImage(ORDERS.name(), ORDERS.top(), List.of(amd, arm));

    assertThatThrownBy(
            () -> ProvenanceCheck.requireDescribes(Provenance.of(torn, RUN), torn, ANYBODY))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The platforms 'linux/amd64' and 'linux/arm64' of"
                + " 'registry.company.example/apps/orders' differ in the label"
                + " 'org.opencontainers.image.revision'. Build all platforms of the image at once,"
                + " by golden:build or golden:bake.");
  }

  @Test
  void isRefusedWhereTheLayersAreNotThoseThatTheLabelsSpeakOf() {
    assertThatThrownBy(() -> StatedImage.proven(read(Map.of())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("it has no label 'io.github.goldenmaven.base.chain'");
    String chain = Digest.of(SmallImage.utf8("another base")).toString();
    assertThatThrownBy(
            () ->
                StatedImage.proven(
                    read(Map.of(Label.BASE_LAYERS.key(), "1", Label.BASE_CHAIN.key(), chain))))
        .hasMessageStartingWith(
            "The layers of 'registry.company.example/apps/orders:1' for 'linux/amd64' do not prove"
                + " what its labels say: the label 'io.github.goldenmaven.base.chain' says '"
                + chain
                + "', but its lowest 1 layers are 'sha256:")
        .hasMessageEndingWith(
            "Have it built again by golden:build or golden:bake, or name another image in <image>"
                + " or with -Dgolden.image.");
  }

  private static ResolvedImage read(Map<String, String> labels) {
    RawManifest manifest = SmallImage.named("orders").manifest();
    JsonObject config =
        StrictJson.read(
            "config",
            SmallImage.utf8(
                """
                {"architecture": "amd64", "os": "linux",
                 "rootfs": {"type": "layers", "diff_ids": ["%s"]}}\
                """
                    .formatted(Digest.of(SmallImage.utf8("orders")))));
    return new ResolvedImage(
        ImageReference.parse("registry.company.example/apps/orders:1"),
        manifest,
        List.of(
            new ResolvedImage.PlatformImage(
                JsonObject.EMPTY.with("os", "linux").with("architecture", "amd64"),
                new ImageManifest(manifest),
                new ImageConfig(config.with("config", JsonObject.EMPTY.with("Labels", labels))))));
  }
}
