package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.bake.DefinitionLint;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.mojo.service.BuildReferences;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.packaging.maven.ProjectLayering;
import io.github.goldenmaven.provenance.CreationTime;
import io.github.goldenmaven.verify.rules.Rules;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.maven.model.Model;
import org.apache.maven.project.MavenProject;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docs/troubleshooting.md} is made of mistakes that are made here; {@code
 * -Dgolden.docs.write} makes it anew.
 */
class TroubleshootingPageTest {

  private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");

  private static final String LEAST =
      """
      name: java
      version: "21.0.9"
      line: "21"
      from: docker.io/library/eclipse-temurin:21-jre
      to: registry.company.example/golden/java
      """;

  private static final String GOLDEN = "golden: [registry.company.example/golden/*]\n";

  @TempDir private Path folder;

  /** What somebody wrote, in which language, and what comes of it. */
  private record Mistake(String language, String written, ThrowingCallable use) {}

  private final Map<String, Mistake> mistakes = new LinkedHashMap<>();

  @Test
  void thePageShowsTheMessagesOfToday() throws Exception {
    commandLine();
    pom();
    references();
    definitions();
    policies();
    String page = page();
    if (Boolean.getBoolean("golden.docs.write")) {
      Files.writeString(PAGE, page);
    }

    assertThat(mistakes).hasSizeGreaterThanOrEqualTo(20);
    assertThat(PAGE).hasContent(page);
  }

  private void commandLine() {
    typed("A truth is `true` or `false`", "-Dgolden.dryRun=yes", "golden.dryRun", "yes");
    typed("A property that no goal has, in a release", "-Dgolden.polcy=…", "golden.polcy", "x");
    command("A date is none", "-Dgolden.created=yesterday", this::yesterday);
    command(
        "A tag is none",
        "-Dgolden.tags=1.4,latest!",
        () ->
            BuildReferences.further(
                ImageReference.parse("registry.company.example/apps/orders:1.4.2"),
                List.of("1.4", "latest!"),
                List.of(),
                told -> {}));
    command(
        "A platform is none",
        "-Dgolden.platforms=amd64",
        () -> BuildReferences.told("platforms", () -> Platform.parse("amd64")));
    command("A choice is none", "-Dgolden.layering=jip", () -> ProjectLayering.Choice.parse("jip"));
    command(
        "Another choice is none",
        "-Dgolden.containerizingMode=fat",
        () -> ProjectLayering.isPackaged("fat"));
  }

  private void yesterday() {
    CreationTime.parse("yesterday", Instant.parse("2026-12-01T00:00:00Z"));
  }

  private void pom() {
    pom("An element that no goal has, in a release", "<policyy>golden-policy.yaml</policyy>");
    pom(
        "An element within `<container>`, in a release",
        "<container><mainClas>com.example.Orders</mainClas></container>");
  }

  private void references() {
    command("No golden image is named", "mvn golden:build", () -> base(null));
    command(
        "Upper case in a reference",
        "-Dgolden.base=registry.company.example/Golden/Java:21",
        () -> base("registry.company.example/Golden/Java:21"));
    command(
        "A password in a reference",
        "-Dgolden.base=ci:secret@registry.company.example/golden/java:21",
        () -> base("ci:secret@registry.company.example/golden/java:21"));
  }

  private void definitions() {
    definition(
        "Several mistakes in golden.yaml",
        LEAST
            + """
            usr: "10001"
            files:
              - {from: policy.json, into: etc, mode: 644}
            environment: {HTTP_PROXY: "http://proxy:3128"}
            """);
    definition("A number where text is meant", LEAST.replace("\"21\"", "21"));
    definition("A list where text is meant", LEAST.replace("name: java", "name: [java]"));
    definition("A tab", LEAST + "proxy:\n\thttp: \"http://proxy:3128\"\n");
    definition("A key twice", LEAST + "user: \"1\"\nuser: \"2\"\n");
    definition("An anchor", LEAST + "environment: {TZ: &zone Asia/Seoul, ZONE: *zone}\n");
    definition("A file that is not there", LEAST + "files: [{from: polcy.json, into: /etc/x/}]\n");
    definition("A label of ours", LEAST + "labels: {io.github.goldenmaven.role: golden}\n");
    definition("A folder that cannot be given", LEAST + "application: {paths: [/usr/lib]}\n");
    yaml(
        "An editor's own letters",
        LEAST + "user: \"m\u00fcller\"\n",
        StandardCharsets.ISO_8859_1,
        () -> GoldenDefinition.read(folder.resolve("golden.yaml")));
  }

  private void policies() {
    policy("An empty golden-policy.yaml", "");
    policy("A rule that there is not", GOLDEN + "effective: {CONFIG_USR: 2027-01-15}\n");
    policy("A waiver without an end", GOLDEN + "waivers: [{rule: CONFIG_USER, owner: shop}]\n");
  }

  private void typed(String title, String shown, String property, String value) {
    Properties typed = new Properties();
    typed.setProperty(property, value);
    command(title, shown, () -> check(typed, ""));
  }

  private void pom(String title, String configuration) {
    mistakes.put(
        title, new Mistake("xml", configuration, () -> check(new Properties(), configuration)));
  }

  private void check(Properties typed, String configuration) throws Exception {
    ParameterCheck check =
        ParameterCheckTest.check(
            folder,
            typed,
            new MavenProject(new Model()),
            configuration.contains("container") ? "build" : "promote",
            configuration);
    check.requireTruths();
    check.requireNames(true, new RecordingConsole());
  }

  private void command(String title, String shown, ThrowingCallable use) {
    mistakes.put(title, new Mistake("sh", shown, use));
  }

  private void base(@Nullable String named) {
    new BuildReferences(named, null, folder, folder, true, null, null).base();
  }

  private void definition(String title, String yaml) {
    yaml(
        title,
        yaml,
        StandardCharsets.UTF_8,
        () -> {
          GoldenDefinition read = GoldenDefinition.read(folder.resolve("golden.yaml"));
          ProblemCollector together = new ProblemCollector();
          DefinitionLint.check(read, Instant.now(), together);
          together.refuse();
        });
  }

  private void policy(String title, String yaml) {
    yaml(
        title,
        yaml,
        StandardCharsets.UTF_8,
        () ->
            Rules.requireKnown(
                GoldenPolicy.read(folder.resolve("golden-policy.yaml")), Instant.now()));
  }

  private void yaml(String title, String yaml, Charset charset, ThrowingCallable use) {
    mistakes.put(
        title,
        new Mistake(
            "yaml",
            yaml.replace(LEAST, "…\n").stripTrailing(),
            () -> {
              for (String name : List.of("golden.yaml", "golden-policy.yaml")) {
                Files.writeString(folder.resolve(name), yaml, charset);
              }
              use.call();
            }));
  }

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # When something is refused

            Each message names the file with line and column, or the parameter, the value in quotes, and below or behind it what to do. Here are the commonest mistakes, each made by a
            test, with what is said of it. `golden:lint` says what is wrong with golden.yaml and golden-policy.yaml at once, without a registry; `golden:build` looks at its
            parameters, its policy and its golden image before anything is compiled. A misspelt name is refused in a release (`golden.release`) and warned of once elsewhere.
            All parameters: `mvn io.github.goldenmaven:golden-maven-plugin:help -Ddetail`.
            What a registry, a proxy or a certificate is at fault for: [registries.md](registries.md). What the gate refuses: [its rules](rules/README.md).
            """);
    mistakes.forEach(
        (title, mistake) -> {
          page.append("\n## ").append(title).append("\n\n```").append(mistake.language());
          page.append('\n').append(mistake.written()).append("\n```\n\n```text\n");
          page.append(message(mistake)).append("\n```\n");
        });
    return page.toString();
  }

  private String message(Mistake mistake) {
    GoldenException told = catchThrowableOfType(GoldenException.class, mistake.use());
    assertThat(told).as(mistake.written()).isNotNull();
    return told.getMessage()
        .replace(folder + "/", "")
        .replaceAll("like '2026-[^']*Z'", "like '2026-11-23T00:00:00Z'");
  }
}
