package io.github.goldenmaven.statements;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.oci.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What SLSA provenance of ours says. */
class ProvenanceTest {

  private static final StatedImage ORDERS =
      StatedImages.application(
          "registry.company.example/apps/orders",
          StatedImages.manifest("index"),
          StatedImages.manifest("amd"),
          StatedImages.manifest("arm"));
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
                    },
                    {
                      "name": "plugin",
                      "uri": "pkg:maven/io.github.goldenmaven/plugin@1",
                      "digest": {
                        "sha256": "OFFICIAL"
                      }
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
  void isOfTheFormThatItsSchemaSays() {
    for (StatedImage image : List.of(ORDERS, StatedImages.golden())) {
      assertThat(Schemas.faults("provenance", Provenance.of(image, RUN).toJson())).isEmpty();
    }
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
        .containsExactly("source", "official", "official-manifest", "JDK", "plugin");
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
}
