package io.github.goldenmaven.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What an editor is told a file may hold is what the goals take. */
class SchemaTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path DOCS = Path.of("..", "docs");
  private static final JsonNode DEFINITION = schema("golden.schema.json");
  private static final JsonNode POLICY = schema("golden-policy.schema.json");

  private static final Pattern KNOWN = Pattern.compile("Known are '(.*)'\\.");
  private static final String UNKNOWN = "zzzzzzzzzzzzzzzzzzzz: 1";

  private static final String LEAST =
      """
      name: java
      version: '21.0.9'
      line: '21'
      from: java:21
      to: registry.example/golden/java
      """;

  @TempDir private Path folder;

  private static JsonNode schema(String name) {
    try {
      return JSON.readTree(DOCS.resolve("schema").resolve(name).toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theDefinitionsSchemaHasTheReadersKeys() {
    Map<String, String> places =
        Map.of(
            "", UNKNOWN,
            "/proxy", "proxy: {" + UNKNOWN + "}",
            "/agents/items", "agents: [{" + UNKNOWN + "}]",
            "/tools/items", "tools: [{" + UNKNOWN + "}]",
            "/files/items", "files: [{" + UNKNOWN + "}]",
            "/protect", "protect: {" + UNKNOWN + "}",
            "/application", "application: {" + UNKNOWN + "}",
            "/healthcheck", "healthcheck: {" + UNKNOWN + "}");

    assertThat(keys(DEFINITION))
        .isEqualTo(known(places, yaml -> LEAST + yaml, GoldenDefinition::read));
  }

  @Test
  void thePolicysSchemaHasTheReadersKeys() {
    Map<String, String> places =
        Map.of(
            "", UNKNOWN,
            "/application", "application: {" + UNKNOWN + "}",
            "/freshness", "freshness: {" + UNKNOWN + "}",
            "/keys/items", "keys: [{" + UNKNOWN + "}]",
            "/waivers/items", "waivers: [{" + UNKNOWN + "}]");

    assertThat(keys(POLICY))
        .isEqualTo(
            known(
                places,
                yaml -> "golden: [registry.example/golden/*]\n" + yaml,
                GoldenPolicy::read));
  }

  @Test
  void eachSchemaHasANameOfItsOwn() {
    assertThat(DEFINITION.get("$id").asText()).isEqualTo("urn:golden-maven:schema:golden");
    assertThat(POLICY.get("$id").asText()).isEqualTo("urn:golden-maven:schema:golden-policy");
  }

  /** The files that the README begins with complete themselves in an editor. */
  @Test
  void theQuickstartsFilesNameTheirSchemas() throws IOException {
    Path quickstart = DOCS.resolveSibling("it/quickstart");
    for (String name : List.of("golden", "golden-policy")) {
      String yaml = Files.readString(quickstart.resolve(name + ".yaml"));
      Matcher schema = Pattern.compile("# yaml-language-server: \\$schema=(\\S+)").matcher(yaml);

      assertThat(schema.find()).as(name).isTrue();
      assertThat(quickstart.resolve(schema.group(1)))
          .hasSameTextualContentAs(DOCS.resolve("schema/" + name + ".schema.json"));
      assertThat(faults(name.equals("golden") ? DEFINITION : POLICY, yaml)).isEmpty();
    }
  }

  @Test
  void everyKeyIsDescribed() {
    assertThat(undescribed(DEFINITION, DEFINITION, "")).isEmpty();
    assertThat(undescribed(POLICY, POLICY, "")).isEmpty();
  }

  @Test
  void theDocumentedDefinitionIsValidForBoth() throws IOException {
    String page = Files.readString(DOCS.resolve("golden-yaml.md"));
    Matcher example = Pattern.compile("(?s)```yaml\n(.*?)```").matcher(page);
    assertThat(example.find()).isTrue();

    assertThat(faults(DEFINITION, example.group(1))).isEmpty();
    GoldenDefinition read = GoldenDefinition.read(write(example.group(1)));
    assertThat(read.tools()).hasSize(2);
    DEFINITION
        .get("properties")
        .fieldNames()
        .forEachRemaining(
            key -> assertThat(example.group(1)).as("the example's").contains("\n" + key + ":"));
  }

  @Test
  void theDocumentedPageNamesEveryKey() throws IOException {
    String page = Files.readString(DOCS.resolve("golden-yaml.md"));

    keys(DEFINITION)
        .values()
        .forEach(names -> names.forEach(name -> assertThat(page).contains("`" + name + "`")));
  }

  @Test
  void aWholePolicyIsValidForBoth() throws IOException {
    String policy =
        """
        official: [docker.io/library/*, mcr.microsoft.com/*]
        golden: [registry.company.example/golden/*]
        freshness: {maxAge: P45D, behind: 2}
        sources: {registry.company.example/apps/orders: "https://git.company.example/shop/orders"}
        effective: {CONFIG_ENVIRONMENT: 2027-01-15}
        waivers: [{rule: CONFIG_USER, digest: "sha256:%s", until: 2026-12-31, owner: platform, reason: moving}]
        application: {paths: [/var/lib/jetty/webapps], scripts: refuse, agents: warn}
        """
            .formatted("a".repeat(64));

    assertThat(faults(POLICY, policy)).isEmpty();
    assertThat(GoldenPolicy.read(write(policy)).application().refusesScripts()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "platforms: [linux/arm/v7]",
        "proxy: {https: 'HTTPS://[fd00::1]:3129/', noProxy: ['*', 'a.b:80', '*.x.example', '::1',"
            + " '10.0.0.0/8']}",
        "agents: [{file: a b.jar, options: ['-Da=b c', -ea,"
            + " '--add-opens=java.base/java.lang=ALL-UNNAMED']}]",
        "tools: [{file: x.zip, into: /, unpack: false, mode: '755'}]",
        "files: [{from: 'x/**/{a,b}', into: '//etc//x/', owner: '10:20'}]",
        "links: {/a/.b: ../c}",
        "environment: {A: '', b.c-d: 'x y', NO_PROXY_LIST: x}",
        "user: nginx:nginx",
        "run: ['a', \"b\\nc\"]",
        "protect: {}",
        "application: {paths: [/var/lib/jetty/webapps, /deployments]}",
        "certificates: []"
      })
  void whatIsAllowedIsAllowedByBoth(String yaml) throws IOException {
    assertThat(faults(DEFINITION, LEAST + yaml)).isEmpty();
    assertThat(GoldenDefinition.read(write(LEAST + yaml))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour: red",
        "platforms: []",
        "platforms: [linux]",
        "platforms: [linux/amd64, linux/amd64]",
        "certificates: x",
        "certificates: ['']",
        "proxy: {noProxy: [x]}",
        "proxy: {http: 'proxy:3128'}",
        "proxy: {http: 'http://user:secret@proxy:3128'}",
        "proxy: {http: 'http://proxy/path'}",
        "proxy: {http: 'http://proxy', noProxy: ['http://x']}",
        "proxy: {http: 'http://proxy', noProxy: ['10.*']}",
        "agents: [{options: [-ea]}]",
        "agents: [{file: a.jar, artifact: 'a:b:1'}]",
        "agents: [{artifact: 'a:b'}]",
        "agents: [{artifact: 'a:b:c:d:e:f'}]",
        "agents: [{artifact: 'a:b c:1'}]",
        "agents: [{file: a.jar, options: ['x']}]",
        "agents: [{file: a.jar, options: ['-Xmx1g -Xms1g']}]",
        "agents: [{file: a.jar, options: ['-jar']}]",
        "agents: [{file: a.jar, options: ['-javaagent:b.jar']}]",
        "agents: [{file: a.jar, options: ['-XX:VMOptionsFile=x']}]",
        "tools: [{file: a.jar}]",
        "tools: [{file: a.jar, into: opt}]",
        "tools: [{file: a.jar, into: /opt/../etc}]",
        "tools: [{file: a.jar, into: /opt/.wh.x}]",
        "tools: [{file: a.zip, into: /opt, unpack: 'true'}]",
        "tools: [{file: a.zip, into: /opt, unpack: true, mode: '755'}]",
        "files: [{into: /opt}]",
        "files: [{from: x, into: /opt, mode: '0999'}]",
        "files: [{from: x, into: /opt, owner: root}]",
        "links: {opt: x}",
        "links: {/opt/: x}",
        "links: {/opt: ''}",
        "environment: {HTTPS_PROXY: 'http://x'}",
        "environment: {no_Proxy: x}",
        "environment: {1A: x}",
        "environment: {A: 1}",
        "environment: {A: \"x\\ny\"}",
        "user: 10001",
        "user: a b",
        "run: x",
        "protect: {paths: [etc]}",
        "protect: {environment: ['A=B']}",
        "protect: {entrypoint: open}",
        "application: {paths: [webapps]}",
        "application: {paths: [/var/lib]}",
        "application: {scripts: refuse}",
        "workingDirectory: app",
        "entrypoint: java -jar",
        "entrypoint: []",
        "ports: ['80/sctp']",
        "ports: [8080]",
        "labels: {team: x}",
        "labels: {com.company.team: 1}",
        "healthcheck: off",
        "healthcheck: {interval: PT1S}",
        "healthcheck: {command: x, interval: 30s}",
        "healthcheck: {command: []}"
      })
  void whatIsRefusedIsRefusedByBoth(String yaml) throws IOException {
    assertThat(faults(DEFINITION, LEAST + yaml)).isNotEmpty();
    Path file = write(LEAST + yaml);
    assertThatThrownBy(() -> GoldenDefinition.read(file))
        .isInstanceOf(RefusedException.class)
        .message()
        .contains("line 6, column ")
        .doesNotContain("secret");
  }

  @ParameterizedTest
  @MethodSource("brokenTops")
  void whatIsMissingOrNoWordIsRefusedByBoth(String yaml) throws IOException {
    assertThat(faults(DEFINITION, yaml)).isNotEmpty();
    Path file = write(yaml);
    assertThatThrownBy(() -> GoldenDefinition.read(file)).isInstanceOf(RefusedException.class);
  }

  static java.util.stream.Stream<String> brokenTops() {
    return java.util.stream.Stream.concat(
        LEAST.lines().map(line -> LEAST.replace(line + "\n", "")),
        java.util.stream.Stream.of(
            LEAST.replace("'21.0.9'", "21.0"),
            LEAST.replace("'21'", "'-21'"),
            LEAST.replace("name: java", "name: ja va")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour: red",
        "official: []",
        "official: [docker]",
        "catalog: {ref: registry.example/x, maxAge: P2D}",
        "keys: [{id: a, pem: b, role: gate}]",
        "application: {paths: [var/lib/x]}",
        "application: {paths: [/usr/local]}",
        "application: {scripts: allow}",
        "application: {agents: true}",
        "freshness: {}",
        "freshness: {behind: '2'}",
        "freshness: {maxAge: 45}",
        "sources: {registry.example/*: x}",
        "effective: {golden: 2027-01-15}",
        "effective: {GOLDEN: soon}",
        "waivers: [{rule: GOLDEN}]"
      })
  void whatAPolicyMayNotSayIsRefusedByBoth(String yaml) throws IOException {
    String policy = "golden: [registry.example/golden/*]\n" + yaml;
    assertThat(faults(POLICY, policy)).isNotEmpty();
    Path file = write(policy);
    assertThatThrownBy(() -> GoldenPolicy.read(file)).isInstanceOf(RefusedException.class);
  }

  private Map<String, Set<String>> known(
      Map<String, String> places, Function<String, String> whole, Function<Path, ?> reader) {
    Map<String, Set<String>> known = new TreeMap<>();
    places.forEach(
        (place, yaml) -> {
          GoldenException refused =
              catchThrowableOfType(
                  GoldenException.class, () -> reader.apply(write(whole.apply(yaml))));
          Matcher matcher = KNOWN.matcher(refused.getMessage());
          assertThat(matcher.find()).as(refused.getMessage()).isTrue();
          known.put(place, new TreeSet<>(Set.of(matcher.group(1).split("', '"))));
        });
    return known;
  }

  /** The keys of every object in a schema that says which it has. */
  private static Map<String, Set<String>> keys(JsonNode schema) {
    Map<String, Set<String>> keys = new TreeMap<>();
    keys(schema, "", keys);
    return keys;
  }

  private static void keys(JsonNode node, String place, Map<String, Set<String>> keys) {
    JsonNode properties = node.path("properties");
    if (properties.isObject()) {
      assertThat(node.path("additionalProperties").isBoolean()).as(place + " is closed").isTrue();
      keys.put(place, new TreeSet<>());
      properties
          .properties()
          .forEach(
              property -> {
                keys.get(place).add(property.getKey());
                keys(property.getValue(), place + "/" + property.getKey(), keys);
              });
    }
    if (node.has("items")) {
      keys(node.get("items"), place + "/items", keys);
    }
    node.path("oneOf").forEach(either -> keys(either, place, keys));
  }

  private static Set<String> undescribed(JsonNode root, JsonNode node, String place) {
    Set<String> undescribed = new TreeSet<>();
    node.path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode value = property.getValue();
              JsonNode shared =
                  root.at(value.path("$ref").asText("#/absent").substring(1)).path("description");
              if (!value.has("description") && shared.isMissingNode()) {
                undescribed.add(place + "/" + property.getKey());
              }
              undescribed.addAll(undescribed(root, value, place + "/" + property.getKey()));
            });
    if (node.has("items")) {
      undescribed.addAll(undescribed(root, node.get("items"), place + "/items"));
    }
    return undescribed;
  }

  private static Set<ValidationMessage> faults(JsonNode schema, String yaml) {
    Object value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(schema)
        .validate(JSON.valueToTree(value));
  }

  private Path write(String yaml) {
    try {
      return Files.writeString(folder.resolve("golden.yaml"), yaml);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
