package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.provenance.git.Warning;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What golden.yaml says of containers, over what the official image says. */
class BakedContainerTest {

  private static final String OFFICIAL =
      "{'Cmd':['jshell'],'Entrypoint':['/entry.sh'],'Env':['PATH=/usr/bin'],"
          + "'ExposedPorts':{'53/udp':{}},'StopSignal':'SIGTERM'}";

  @TempDir private Path folder;

  @Test
  void eachKeySetsItsFieldAndTheRestStays() throws IOException {
    assertThat(
            over(
                """
                user: "10001:10001"
                workingDirectory: /app
                entrypoint: [/usr/bin/tini, --]
                ports: ["8080"]
                healthcheck: {command: "curl -f http://localhost:8080/", interval: PT30S, retries: 3}
                """))
        .isEqualTo(
            json(
                "{'Entrypoint':['/usr/bin/tini','--'],'Env':['PATH=/usr/bin'],"
                    + "'ExposedPorts':{'53/udp':{},'8080/tcp':{}},'StopSignal':'SIGTERM',"
                    + "'WorkingDir':'/app','Healthcheck':{'Test':['CMD-SHELL','curl -f"
                    + " http://localhost:8080/'],'Interval':30000000000,'Retries':3},"
                    + "'User':'10001:10001'}"));
  }

  @Test
  void nothingSaidChangesNothing() throws IOException {
    assertThat(over("")).isEqualTo(json(OFFICIAL));
  }

  @Test
  void labelsAreTheCompanysOwn() throws IOException {
    GoldenDefinition definition =
        definition(
            "labels: {com.company.team: platform, IO.github.goldenmaven.Role: golden,"
                + " org.opencontainers.image.version: '1'}\n");

    assertThatThrownBy(() -> BakedContainer.requireOwnLabels(definition))
        .hasMessageContaining("' 2 things are wrong:\n  golden.yaml:6:38  the label ")
        .hasMessageContaining("'IO.github.goldenmaven.Role' is stamped by this plugin.")
        .hasMessageContaining("'org.opencontainers.image.version' is stamped by this plugin.");
  }

  @Test
  void warnsOfRootOfModesAndOfAHomeWithoutAJvm() throws IOException {
    Files.writeString(folder.resolve("x"), "x");

    assertThat(
            warnings(
                "environment: {JAVA_HOME: /opt/none}\n"
                    + "files: [{from: x, into: /x, mode: \"0777\"}, {from: x, into: /y, mode:"
                    + " \"0755\"}]\n"
                    + "agents: [{file: x}]\n"))
        .containsExactly(
            "Containers of the golden image run as root: golden.yaml has no 'user', and the"
                + " official image names no other. Write a user and a group into 'user', like"
                + " \"10001:10001\": services take them over.",
            "'files[0].mode' is '0777', so everyone in the container may change these files. Write"
                + " one whose last digit is 0, 1, 4 or 5, like \"0644\" or \"0755\".",
            "'JAVA_HOME' is '/opt/none', and there is no JVM in that folder. Write a JVM's folder"
                + " into 'JAVA_HOME' of 'environment', or \"\" to empty it.",
            "With 'agents' each JVM starts slower: a JVM with an agent shares less class data, and"
                + " an AOT cache that was made without the agent is not used at all. Nothing has to"
                + " be done where that is known; have services make their caches on this golden"
                + " image.");
    assertThat(warnings("user: \"root:root\"\n"))
        .first()
        .asString()
        .startsWith("Containers of the golden image run as root: 'user' is 'root:root'.");
    assertThat(warnings("user: \"10001\"\n")).isEmpty();
  }

  /** A JVM that nothing leads to keeps its own trust store, and nobody hears of it for months. */
  @Test
  void warnsOfAJvmThatNoVariableLeadsToAnyMore() throws IOException {
    MemoryImageFiles official =
        new MemoryImageFiles()
            .file("opt/java/release", "JAVA_VERSION=\"21.0.9\"\n")
            .file("opt/java/bin/java", new byte[] {1}, 0755, LayerEntry.Owner.ROOT)
            .file("opt/java/lib/modules", "x");
    String variables = "['JAVA_HOME=/opt/java','PATH=/opt/java/bin:/usr/bin']";

    assertThat(
            warnings(
                "user: '10001'\nenvironment: {JAVA_HOME: /opt/none, PATH: /usr/bin}\n",
                official,
                variables))
        .containsExactly(
            "'JAVA_HOME' is '/opt/none', and there is no JVM in that folder. Write a JVM's folder"
                + " into 'JAVA_HOME' of 'environment', or \"\" to empty it.",
            "No variable of the golden image leads to the JVM in '/opt/java' any more, so it gets"
                + " no certificates, proxy and agents. Write its folder into 'JAVA_HOME', or its"
                + " folder of programs into 'PATH' of 'environment'.");
    assertThat(
            warnings(
                "user: '10001'\nenvironment: {JAVA_HOME: '', PATH: /usr/bin}\n",
                official,
                variables))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("No variable of the golden image leads to the JVM in '/opt/java' any more");
    assertThat(warnings("user: '10001'\nenvironment: {PATH: /usr/bin}\n", official, variables))
        .isEmpty();
  }

  private List<String> warnings(String yaml) throws IOException {
    return warnings(yaml, new MemoryImageFiles(), "[]");
  }

  /** As a bake finds the JVMs: by what golden.yaml leaves of the official image's variables. */
  private List<String> warnings(String yaml, MemoryImageFiles official, String variables)
      throws IOException {
    GoldenDefinition definition = definition(yaml);
    ImageConfig config =
        ImageConfig.read(
            "test",
            ("{'architecture':'amd64','os':'linux','config':{'Env':"
                    + variables
                    + "},'rootfs':{'type':'layers','diff_ids':[]}}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8));
    Map<String, String> environment = new HashMap<>(config.environment());
    environment.putAll(definition.environment());
    Additions additions = new Additions(official, definition::refused);
    BakeWarnings.add(definition, config, additions, JvmHome.of(official, environment), true);
    return additions.warnings().stream().map(BakedContainerTest::sentence).toList();
  }

  private static String sentence(Warning warning) {
    return warning.problem() + " " + warning.remedy();
  }

  private JsonObject over(String yaml) throws IOException {
    return BakedContainer.over(json(OFFICIAL), definition(yaml));
  }

  private static JsonObject json(String text) {
    return StrictJson.read("test", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private GoldenDefinition definition(String yaml) throws IOException {
    return GoldenDefinition.read(
        Files.writeString(
            folder.resolve("golden.yaml"),
            "name: java\nversion: 'a'\nline: 'b'\nfrom: oci:official\nto: oci:golden\n" + yaml));
  }
}
