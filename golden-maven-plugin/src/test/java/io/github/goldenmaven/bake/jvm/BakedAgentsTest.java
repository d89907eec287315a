package io.github.goldenmaven.bake.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.BakedFiles;
import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BakedAgentsTest {

  private static final JvmHome JVM = new JvmHome("opt/java", 21);
  private static final JvmHome JAVA_8 = new JvmHome("opt/java", 8);
  private static final JvmHome OPENJ9 = new JvmHome("opt/java", 21, JvmHome.Kind.OPENJ9);

  @TempDir private Path folder;

  private final Additions additions = Definitions.additions(new MemoryImageFiles());

  @Test
  void putsTheJarsInAndTheOptionsIntoOneFile() throws IOException {
    Path jar = agent("metrics.jar");
    GoldenDefinition definition =
        Definitions.of(
            folder,
            "agents: [{artifact: 'g:otel:2.9.0', options: ['-Da=b c', -ea]}, {file: metrics.jar,"
                + " arguments: '9404:/m.yaml'}]");

    new BakedAgents(
            definition,
            new LocalFiles(
                definition,
                (coordinates, origin) -> {
                  assertThat(coordinates).hasToString("g:otel:jar:2.9.0");
                  assertThat(origin).isEqualTo("agents[0].artifact");
                  return jar;
                }))
        .addTo(additions, List.of(JVM), Map.of());

    assertThat(additions.entries())
        .extracting(addition -> addition.entry().path())
        .containsExactly(
            "opt/golden/agents/metrics.jar",
            "opt/golden/agents/otel.jar",
            "opt/golden/jvm.options");
    assertThat(options())
        .isEqualTo(
            """
            -javaagent:/opt/golden/agents/otel.jar
            '-Da=b c'
            -ea
            -javaagent:/opt/golden/agents/metrics.jar=9404:/m.yaml
            """);
    assertThat(additions.environment())
        .isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=/opt/golden/jvm.options"));
  }

  @Test
  void agentsOfOneNameHaveAPlaceEach() throws IOException {
    Path first = agent("first.jar");
    Path second = agent("second.jar");
    agent("otel-2.jar");
    GoldenDefinition definition =
        Definitions.of(
            folder,
            "agents: [{artifact: 'g:otel:1.0'}, {artifact: 'other:otel:2.0'}, {file: otel-2.jar}]");

    new BakedAgents(
            definition,
            new LocalFiles(
                definition,
                (coordinates, origin) -> coordinates.toString().startsWith("g:") ? first : second))
        .addTo(additions, List.of(JVM), Map.of());

    assertThat(options())
        .isEqualTo(
            """
            -javaagent:/opt/golden/agents/otel.jar
            -javaagent:/opt/golden/agents/otel-2.jar
            -javaagent:/opt/golden/agents/otel-2-2.jar
            """);
    assertThat(additions.entries())
        .filteredOn(addition -> addition.entry().path().endsWith(".jar"))
        .extracting(addition -> addition.origin() + " " + addition.entry().path())
        .containsExactlyInAnyOrder(
            "agents[0] opt/golden/agents/otel.jar",
            "agents[1] opt/golden/agents/otel-2.jar",
            "agents[2] opt/golden/agents/otel-2-2.jar");
  }

  @Test
  void oneAgentInTwoVersionsIsRefused() throws IOException {
    Path jar = agent("first.jar");
    GoldenDefinition definition =
        Definitions.of(folder, "agents: [{artifact: 'g:otel:1.0'}, {artifact: 'g:otel:2.0'}]");

    assertThatThrownBy(
            () ->
                new BakedAgents(
                        definition, new LocalFiles(definition, (coordinates, origin) -> jar))
                    .addTo(additions, List.of(JVM), Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            "'g:otel:jar:2.0' is the agent of 'agents[0]' again. Keep one of the two.");
  }

  @Test
  void theVariableIsTheSameWithoutAgents() throws IOException {
    add("", JVM, Map.of());

    assertThat(options()).isEmpty();
    assertThat(additions.environment())
        .isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=/opt/golden/jvm.options"));
  }

  @Test
  void whatTheOfficialImageSaysStaysInFront() {
    add("", JVM, Map.of("JAVA_TOOL_OPTIONS", "-Xshare:auto "));

    assertThat(additions.environment())
        .isEqualTo(
            Map.of("JAVA_TOOL_OPTIONS", "-Xshare:auto -XX:VMOptionsFile=/opt/golden/jvm.options"));
  }

  @Test
  void whatGoldenYamlSaysStandsInForTheOfficialImages() {
    GoldenDefinition definition =
        add("environment: {JAVA_TOOL_OPTIONS: -ea}", JVM, Map.of("JAVA_TOOL_OPTIONS", "-Xint"));
    BakedFiles.read(definition, Definitions.local(definition), folder).addVariablesTo(additions);

    assertThat(additions.environment())
        .isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-ea -XX:VMOptionsFile=/opt/golden/jvm.options"));
  }

  @Test
  void aGoldenImagesOwnVariableIsKept() {
    String own = "-ea -XX:VMOptionsFile=/opt/golden/jvm.options";

    add("", JVM, Map.of("JAVA_TOOL_OPTIONS", own));

    assertThat(additions.environment()).isEqualTo(Map.of("JAVA_TOOL_OPTIONS", own));
  }

  @Test
  void refusesASecondFileOfOptions() {
    Map<String, String> environment = Map.of("JAVA_TOOL_OPTIONS", "-XX:VMOptionsFile=/etc/o");

    assertThatThrownBy(() -> add("", JVM, environment))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 1, column 51: The image's 'JAVA_TOOL_OPTIONS' names a file of VM options"
                + " already: '-XX:VMOptionsFile=/etc/o'. A JVM reads one. Give 'JAVA_TOOL_OPTIONS'"
                + " another value in 'environment' of golden.yaml, and the file's options to"
                + " 'options' of an agent.",
            folder.resolve("golden.yaml"));
  }

  @Test
  void java8HasTheOptionsInTheVariable() throws IOException {
    agent("a.jar");

    add(
        "agents: [{file: a.jar, options: ['-Da=b c']}]",
        JAVA_8,
        Map.of("JAVA_TOOL_OPTIONS", "-ea"));

    assertThat(additions.environment())
        .isEqualTo(
            Map.of("JAVA_TOOL_OPTIONS", "-ea -javaagent:/opt/golden/agents/a.jar '-Da=b c'"));
    assertThat(additions.entries()).hasSize(1);
  }

  @Test
  void java8IsLeftAloneWithoutAgents() {
    add("", JAVA_8, Map.of());

    assertThat(additions.environment()).isEmpty();
    assertThat(additions.entries()).isEmpty();
  }

  @Test
  void refusesWhatJava8WouldPassOverWithoutAWord() throws IOException {
    agent("a.jar");
    String yaml = "agents: [{file: a.jar, options: ['-Da=" + "b".repeat(1000) + "']}]";

    assertThatThrownBy(() -> add(yaml, JAVA_8, Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 9: 'agents' need more than the 1023 bytes or 64 options that a"
                + " JVM of Java 8 reads in 'JAVA_TOOL_OPTIONS'. Leave options out, or name an"
                + " official image with a newer JVM in 'from'.",
            folder.resolve("golden.yaml"));
  }

  @Test
  void refusesAgentsWithoutAJvm() {
    assertThatThrownBy(() -> add("agents: [{file: a.jar}]", null, Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 9: 'agents' are for a JVM, and no JVM was found in the"
                + " official image 'official.example/java:21'. Leave 'agents' out, or name an"
                + " official image with a JVM in 'from'.",
            folder.resolve("golden.yaml"));
    add("", null, Map.of());
    assertThat(additions.environment()).isEmpty();
  }

  @Test
  void refusesAgentsOnOpenJ9WhichWouldStartWithoutThem() {
    assertThatThrownBy(() -> add("agents: [{file: a.jar}]", OPENJ9, Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 9: The JVM of the official image 'official.example/java:21' is"
                + " OpenJ9, which ignores the file of VM options that loads 'agents'."
                + " Name an official image with a HotSpot JVM in 'from', or leave 'agents' out and"
                + " load them with 'files' and 'JAVA_TOOL_OPTIONS' in 'environment'.",
            folder.resolve("golden.yaml"));
  }

  @Test
  void openJ9IsLeftAloneWithoutAgentsAndHasTheVariableThatGoldenYamlSays() {
    GoldenDefinition definition =
        add("environment: {JAVA_TOOL_OPTIONS: '-javaagent:/opt/a.jar'}", OPENJ9, Map.of());
    BakedFiles.read(definition, Definitions.local(definition), folder).addVariablesTo(additions);

    assertThat(additions.environment())
        .isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/opt/a.jar"));
    assertThat(additions.entries()).isEmpty();
  }

  @Test
  void ofSeveralJvmsTheOldestDecidesHowTheyAreTold() throws IOException {
    agent("a.jar");
    GoldenDefinition definition = Definitions.of(folder, "agents: [{file: a.jar}]");

    new BakedAgents(definition, Definitions.local(definition))
        .addTo(additions, List.of(JVM, JAVA_8), Map.of());

    assertThat(additions.environment())
        .isEqualTo(Map.of("JAVA_TOOL_OPTIONS", "-javaagent:/opt/golden/agents/a.jar"));
  }

  @Test
  void refusesAQuoteThatIsNotClosed() {
    assertThatThrownBy(() -> add("environment: {JAVA_TOOL_OPTIONS: \"-Dx='a\"}", JVM, Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 34: 'environment.JAVA_TOOL_OPTIONS' has a quote that is not"
                + " closed, with which no JVM starts: '-Dx='a'. Close the quote; nothing escapes"
                + " one, and one kind may stand within the other.",
            folder.resolve("golden.yaml"));
    assertThatThrownBy(() -> add("", JVM, Map.of("JAVA_TOOL_OPTIONS", "-Dx=\"it's")))
        .hasMessage(
            "In '%s', line 1, column 51: The official image's 'JAVA_TOOL_OPTIONS' has a quote that"
                + " is not closed, with which no JVM starts: '-Dx=\"it's'. Give 'JAVA_TOOL_OPTIONS'"
                + " another value in 'environment'.",
            folder.resolve("golden.yaml"));
    add("environment: {JAVA_TOOL_OPTIONS: '-Dx=\"it''s\"'}", JVM, Map.of());
  }

  @Test
  void refusesAJarThatIsNoAgent() throws IOException {
    new JarOutputStream(Files.newOutputStream(folder.resolve("a.jar")), new Manifest()).close();
    Files.writeString(folder.resolve("b.jar"), "no jar");

    assertThatThrownBy(() -> add("agents: [{file: a.jar}]", JVM, Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 10: 'a.jar' is no Java agent: its manifest has no"
                + " 'Premain-Class'. Name the jar that '-javaagent' wants; some projects publish it"
                + " with a classifier.",
            folder.resolve("golden.yaml"));
    assertThatThrownBy(() -> add("agents: [{file: b.jar}]", JVM, Map.of()))
        .message()
        .contains("'b.jar' is no Java agent: it is not a jar.");
  }

  @Test
  void refusesAJarWhoseNameTheJvmWouldReadAsSomethingElse() throws IOException {
    agent("a=b.jar");

    assertThatThrownBy(() -> add("agents: [{file: ./a=b.jar}]", JVM, Map.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 17: './a=b.jar' has a name that '-javaagent' may read wrongly."
                + " Use only letters, digits, '.', '_', '+' and '-' in its name.",
            folder.resolve("golden.yaml"));
  }

  private GoldenDefinition add(
      String yaml,
      @org.jspecify.annotations.Nullable JvmHome jvmOrNull,
      Map<String, String> environment) {
    GoldenDefinition definition = Definitions.of(folder, yaml);
    new BakedAgents(definition, Definitions.local(definition))
        .addTo(additions, jvmOrNull == null ? List.of() : List.of(jvmOrNull), environment);
    return definition;
  }

  private Path agent(String name) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", "com.example.Agent");
    Path jar = folder.resolve(name);
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private String options() throws IOException {
    LayerEntry.File file =
        additions.entries().stream()
            .map(Additions.Addition::entry)
            .filter(entry -> entry.path().equals("opt/golden/jvm.options"))
            .map(LayerEntry.File.class::cast)
            .findFirst()
            .orElseThrow();
    try (var in = file.content().open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
