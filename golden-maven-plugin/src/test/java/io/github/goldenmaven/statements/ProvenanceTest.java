package io.github.goldenmaven.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What SLSA provenance of ours says, and what is no provenance of an image. */
class ProvenanceTest {

  private static final StatedImage ORDERS =
      StatedImages.application(
          "registry.company.example/apps/orders",
          StatedImages.manifest("index"),
          StatedImages.manifest("amd"),
          StatedImages.manifest("arm"));
  private static final Optional<String> ANYBODY = Optional.empty();
  private static final RunFacts RUN = StatedImages.run("2026-12-01T10:00:00Z");

  @Test
  void saysWhatTheImageIsMadeOfAndByWhom() {
    assertThat(Provenance.of(ORDERS, RUN).toJson().toPrettyString())
        .isEqualTo(
            """
            {
              "_type": "https://in-toto.io/Statement/v1",
              "subject": [
                {
                  "name": "registry.company.example/apps/orders",
                  "digest": {
                    "sha256": "INDEX"
                  }
                },
                {
                  "name": "registry.company.example/apps/orders",
                  "digest": {
                    "sha256": "AMD"
                  }
                },
                {
                  "name": "registry.company.example/apps/orders",
                  "digest": {
                    "sha256": "ARM"
                  }
                }
              ],
              "predicateType": "https://slsa.dev/provenance/v1",
              "predicate": {
                "buildDefinition": {
                  "buildType": "https://github.com/goldenmaven/golden-maven/blob/main/docs/build-types/application-v1.md",
                  "externalParameters": {
                    "base": "registry.company.example/golden/java:21",
                    "module": "shop:orders:1.0",
                    "image": "registry.company.example/apps/orders",
                    "platforms": [
                      "linux/amd64",
                      "linux/arm64"
                    ]
                  },
                  "internalParameters": {},
                  "resolvedDependencies": [
                    {
                      "name": "source",
                      "uri": "git+https://git.company.example/shop/orders",
                      "digest": {
                        "gitCommit": "0123456789abcdef0123456789abcdef01234567"
                      }
                    },
                    {
                      "name": "golden",
                      "uri": "pkg:oci/java@sha256%3AGOLDEN?repository_url=registry.company.example/golden/java&tag=21",
                      "digest": {
                        "sha256": "GOLDEN"
                      }
                    },
                    {
                      "name": "golden-manifest",
                      "digest": {
                        "sha256": "GOLDEN"
                      },
                      "annotations": {
                        "platform": "linux/amd64"
                      }
                    },
                    {
                      "name": "golden-manifest",
                      "digest": {
                        "sha256": "GOLDEN"
                      },
                      "annotations": {
                        "platform": "linux/arm64"
                      }
                    },
                    {
                      "name": "official",
                      "uri": "pkg:oci/eclipse-temurin@sha256%3AOFFICIAL?repository_url=docker.io/library/eclipse-temurin&tag=21-jre",
                      "digest": {
                        "sha256": "OFFICIAL"
                      }
                    },
                    {
                      "name": "JDK",
                      "uri": "pkg:generic/openjdk@21.0.9%2B10"
                    }
                  ]
                },
                "runDetails": {
                  "builder": {
                    "id": "https://ci.company.example/golden"
                  },
                  "metadata": {
                    "invocationId": "https://ci.company.example/job/orders/7/",
                    "startedOn": "2026-12-01T10:00:00Z",
                    "finishedOn": "2026-12-01T10:00:09Z"
                  }
                }
              }
            }
            """
                .strip()
                .replace("INDEX", StatedImages.manifest("index").digest().hex())
                .replace("AMD", StatedImages.manifest("amd").digest().hex())
                .replace("ARM", StatedImages.manifest("arm").digest().hex())
                .replace("GOLDEN", StatedImages.GOLDEN.hex())
                .replace("OFFICIAL", StatedImages.OFFICIAL.hex()));
  }

  @Test
  void ofAGoldenImageNamesItsOfficialImageAndItsDefinition() {
    JsonObject definition =
        Provenance.of(StatedImages.golden(), RUN)
            .predicate()
            .object("buildDefinition")
            .orElseThrow();

    assertThat(definition.string("buildType").orElseThrow()).endsWith("/golden-v1.md");
    assertThat(definition.object("externalParameters").orElseThrow().toString())
        .isEqualTo(
            "{\"from\":\"docker.io/library/eclipse-temurin:21-jre\",\"line\":\"21\",\"name\":\"java\","
                + "\"version\":\"21.0.9\",\"to\":\"registry.company.example/golden/java\","
                + "\"platforms\":[\"linux/amd64\"]}");
    assertThat(definition.objects("resolvedDependencies"))
        .extracting(one -> one.string("name").orElseThrow())
        .containsExactly("source", "official", "official-manifest", "JDK");
  }

  /** The addresses of the types lead to pages of this repository that name each parameter. */
  @Test
  void hasAPageForEachTypeThatNamesItsParameters() throws Exception {
    for (StatedImage image : List.of(ORDERS, StatedImages.golden())) {
      JsonObject definition =
          Provenance.of(image, RUN).predicate().object("buildDefinition").orElseThrow();
      String type = definition.string("buildType").orElseThrow();
      Path page =
          Path.of(System.getProperty("basedir", ""), "..")
              .resolve(type.substring(type.indexOf("docs/")));
      String text = Files.readString(page);
      definition
          .object("externalParameters")
          .orElseThrow()
          .fields()
          .keySet()
          .forEach(name -> assertThat(text).contains("| `" + name + "` |"));
      definition
          .objects("resolvedDependencies")
          .forEach(one -> assertThat(text).contains("| `" + one.string("name").get() + "` |"));
    }
  }

  @Test
  void describesTheImageThatItWasMadeFor() {
    assertThatCode(() -> Provenance.requireDescribes(Provenance.of(ORDERS, RUN), ORDERS, ANYBODY))
        .doesNotThrowAnyException();
  }

  @Test
  void isRefusedForAnotherImage() {
    StatedImage other =
        StatedImages.application(
            "registry.company.example/apps/orders", StatedImages.manifest("other"));

    assertThatThrownBy(
            () -> Provenance.requireDescribes(Provenance.of(ORDERS, RUN), other, ANYBODY))
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
            () -> Provenance.requireDescribes(honest, ORDERS, Optional.of("https://ci.example/")))
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
      assertThatThrownBy(() -> Provenance.requireDescribes(longer, ORDERS, ANYBODY))
          .hasMessageContaining("which ours has not");
    }
  }

  private static void require(Statement honest, String key, JsonValue value) {
    JsonObject definition = honest.predicate().object("buildDefinition").orElseThrow();
    Provenance.requireDescribes(
        new Statement(
            honest.subjects(),
            honest.predicateType(),
            honest.predicate().with("buildDefinition", definition.with(key, value))),
        ORDERS,
        ANYBODY);
  }
}
