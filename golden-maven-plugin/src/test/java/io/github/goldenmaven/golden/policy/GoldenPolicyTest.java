package io.github.goldenmaven.golden.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.signing.TestKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenPolicyTest extends GoldenPolicyFixture {

  private static final String WHOLE =
      """
      official: [docker.io/library/*, mcr.microsoft.com/*]
      golden: [registry.company.example/golden/*, "oci:kept"]
      labels: [com.example.team]
      freshness: {maxAge: P45D, behind: 2}
      sources: {registry.company.example/apps/orders: "https://git.company.example/shop/orders"}
      effective: {CONFIG_ENVIRONMENT: 2027-01-15}            # warns until then
      waivers: [{rule: CONFIG_USER, digest: "sha256:%s", until: 2026-12-31, owner: platform, reason: "moving"}]
      application: {paths: [/var/lib/jetty/webapps, /usr/local/tomcat/conf/server.xml], scripts: refuse, agents: warn}
      """
          .formatted("a".repeat(64));

  @Test
  void readsEveryKeyOfTheSchema() throws IOException {
    Path file = write(WHOLE);

    assertThat(GoldenPolicy.read(file))
        .isEqualTo(
            new GoldenPolicy(
                file,
                Digest.of(WHOLE.getBytes(StandardCharsets.UTF_8)),
                List.of(pattern("docker.io/library/*"), pattern("mcr.microsoft.com/*")),
                List.of(pattern("registry.company.example/golden/*")),
                List.of((LayoutReference) ImageReference.parse("oci:" + folder.resolve("kept"))),
                List.of("com.example.team"),
                new GoldenPolicy.Freshness(Duration.ofDays(45), 2),
                Map.of(
                    "registry.company.example/apps/orders",
                    "https://git.company.example/shop/orders"),
                Map.of("CONFIG_ENVIRONMENT", LocalDate.of(2027, 1, 15)),
                List.of(
                    new GoldenPolicy.Waiver(
                        "CONFIG_USER",
                        new Digest("a".repeat(64)),
                        LocalDate.of(2026, 12, 31),
                        "platform",
                        "moving")),
                new GoldenPolicy.Application(
                    List.of("/var/lib/jetty/webapps", "/usr/local/tomcat/conf/server.xml"),
                    true,
                    false),
                List.of()));
  }

  @Test
  void readsTheGoldenRepositoriesAlone() throws IOException {
    GoldenPolicy policy =
        GoldenPolicy.read(write("\uFEFF# ours\ngolden:\n- registry.company.example/golden/*\n"));

    assertThat(policy.golden()).containsExactly(pattern("registry.company.example/golden/*"));
    assertThat(policy.official()).isEmpty();
    assertThat(policy.freshness()).isEmpty();
  }

  @Test
  void requiresABaseOfAGoldenRepository() throws IOException {
    Path file = write("golden: [registry.company.example/golden/*, mirror.example/golden/*]");
    GoldenPolicy policy = GoldenPolicy.read(file);

    assertThatCode(() -> policy.requireGolden(base("registry.company.example/golden/java:21")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> policy.requireGolden(base("registry.company.example/apps/java:21")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The base 'registry.company.example/apps/java:21' is in none of the golden repositories"
                + " of '"
                + file
                + "'. Name a base of 'registry.company.example/golden/*', 'mirror.example/golden/*'"
                + " in <base> or with -Dgolden.base.");
  }

  @Test
  void takesAFolderThatItNamesItselfForGolden() throws IOException {
    GoldenPolicy policy = GoldenPolicy.read(write("golden: [\"oci:kept\"]"));

    assertThatCode(() -> policy.requireGolden(base("oci:" + folder.resolve("kept") + ":21")))
        .doesNotThrowAnyException();
    assertThat(policy.allowsGolden(base("oci:" + folder.resolve("other") + ":21"))).isFalse();
    assertThatThrownBy(() -> GoldenPolicy.read(write("golden: [\"oci:kept:21\"]")))
        .hasMessageContaining("names a tag or a digest");
  }

  @ParameterizedTest
  @CsvSource({"oci:golden:21", "docker-daemon:registry.company.example/golden/java:21"})
  void refusesABaseThatProvesNoRepository(String reference) throws IOException {
    Path file = write("golden: [registry.company.example/golden/*]");
    GoldenPolicy policy = GoldenPolicy.read(file);

    assertThatThrownBy(() -> policy.requireGolden(base(reference)))
        .hasMessage(
            "The base '"
                + reference
                + "' is in no registry, so it proves no repository that '"
                + file
                + "' allows. Name a base of 'registry.company.example/golden/*' in <base> or with"
                + " -Dgolden.base, or leave <policy> out.");
  }

  @Test
  void allowsOfficialImagesOfItsPublishersOnly() throws IOException {
    Path file =
        write("official: [docker.io/library/*]\ngolden: [registry.company.example/golden/*]");
    GoldenPolicy policy = GoldenPolicy.read(file);

    assertThatCode(() -> policy.requireOfficial(base("eclipse-temurin:21-jre")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> policy.requireOfficial(base("docker.io/someone/java:21")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The official image 'docker.io/someone/java:21' is in none of the official repositories"
                + " of '"
                + file
                + "'. Name an image of 'docker.io/library/*' in 'from'.");
    assertThatThrownBy(() -> policy.requireOfficial(base("oci:official:21")))
        .hasMessage(
            "The official image 'oci:official:21' is in no registry, so it proves no publisher that"
                + " '"
                + file
                + "' allows. Name an image of 'docker.io/library/*' in 'from', or leave <policy>"
                + " out.");
  }

  @Test
  void allowsNoOfficialImageWhereItNamesNoPublisher() throws IOException {
    Path file = write("golden: [registry.company.example/golden/*]");
    GoldenPolicy policy = GoldenPolicy.read(file);

    assertThatThrownBy(() -> policy.requireOfficial(base("eclipse-temurin:21-jre")))
        .hasMessage(
            "'"
                + file
                + "' names no repositories of official images. Write them under 'official', like"
                + " '[docker.io/library/*]'.");
  }

  /** Accepted and not used, they would promise what nobody checks. */
  @Test
  void refusesTheCatalogUntilItWorksAndKeysOfWhichNoneIsForProvenance() throws IOException {
    Files.writeString(folder.resolve("ci.pub"), TestKeys.make().verificationKey().toPem());
    assertRefused(
        "golden: [r.example/golden/*]\ncatalog: {}\n",
        "line 2, column 10: 'catalog' is not used yet: no catalog is looked at. Remove it; a policy"
            + " must not promise what nobody checks.");
    assertRefused(
        "golden: [r.example/golden/*]\nkeys: [{id: ci, pem: ci.pub, role: vsa}]\n",
        "line 2, column 7: 'keys' has no key for 'provenance', which is what the gate asks for."
            + " Add one, or remove 'keys'; a policy must not promise what nobody checks.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/|is one of the system's own folders",
        "/usr/share|is one of the system's own folders",
        "/etc/jetty|is one of the system's own folders",
        "/.config|is one of the system's own folders",
        "/etc/ssl/mine|holds trust, users, programs or libraries",
        "/usr/local/lib/x|holds trust, users, programs or libraries",
        "/opt|holds trust, users, programs or libraries"
      })
  void refusesToGiveWhatNoServiceMayChange(String path, String why) throws IOException {
    assertRefused(
        "golden: [r.example/golden/*]\napplication: {paths: [" + path + "]}\n",
        "line 2, column 23: '%s' cannot be given to applications: it %s. Name a folder that a server reads applications from, at least two components below one of the system's, like '/var/lib/jetty/webapps'."
            .formatted(path, why));
  }

  private static ImageReference base(String text) {
    return ImageReference.parse(text);
  }
}
