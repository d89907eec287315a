package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.environment;
import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.link;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by the config: what runs, as whom, with which environment and volumes. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateConfigTest {

  @TempDir static Path shared;
  private static GateHouse house;
  private static LayoutFolder strict;

  @BeforeAll
  static void open() {
    house = new GateHouse(shared);
    strict =
        house.push(
            GoldenFixture.of(house.official)
                .line("60")
                .version("60.0.1")
                .protect(
                    "{\"paths\":[\"/srv/company\"],\"environment\":[\"COMPANY_ZONE\"],"
                        + "\"entrypoint\":\"fixed\"}")
                .runtime(
                    runtime -> {
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.add("COMPANY_ZONE=blue");
                      return runtime
                          .with("Env", JsonValue.ofTexts(env))
                          .with("WorkingDir", "/opt/golden")
                          .with("Entrypoint", JsonValue.ofTexts(List.of("./start.sh")));
                    }),
            "60");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static ApplicationFixture onStrict() {
    return ApplicationFixture.on(strict, "60", house.registry.host() + "/golden/java:60");
  }

  @Test
  void aServiceThatKeepsWhatItsGoldenProtectsPasses() {
    assertThat(house.check(onStrict()).findings()).isEmpty();
  }

  @Test
  void holdsAServiceToThePathsTheVariablesAndTheEntrypointThatItsGoldenProtects() {
    ImageReport path = house.check(onStrict().with(file("srv/company/x", "x")));
    ImageReport variable = house.check(onStrict().runtime(environment("COMPANY_ZONE=red")));
    ImageReport entrypoint =
        house.check(
            onStrict()
                .runtime(r -> r.with("Entrypoint", JsonValue.ofTexts(List.of("/app/start")))));

    AttackPage.holds("B11", "a layer puts what the golden image's `protect` names", path);
    AttackPage.holds("G3", "a variable that the golden image's `protect` names", variable);
    assertThat(ids(path)).containsExactly("UPPER_PLACE");
    assertThat(ids(variable)).containsExactly("CONFIG_ENVIRONMENT");
    assertThat(ids(entrypoint)).containsExactly("CONFIG_ENTRYPOINT");
    assertThat(only(entrypoint, "CONFIG_ENTRYPOINT").expected()).isEqualTo("[./start.sh]");
  }

  @Test
  void holdsTheWorkingDirectoryOfAFixedEntrypointThatIsRelative() {
    ImageReport report = house.check(onStrict().runtime(r -> r.with("WorkingDir", "/app")));

    assertThat(ids(report)).containsExactly("CONFIG_ENTRYPOINT");
    assertThat(only(report, "CONFIG_ENTRYPOINT").found()).isEqualTo("the working directory '/app'");
  }

  @Test
  void refusesAnImageBuiltFromAChangedWorkTree() {
    ImageReport report = house.check(house.service().label(Label.SOURCE_DIRTY, "true"));

    assertThat(ids(report)).containsExactly("SOURCE_CLEAN");
    assertThat(only(report, "SOURCE_CLEAN").remedy())
        .isEqualTo(
            "Commit the changes and build the image again; golden.release refuses such builds at"
                + " once.");
  }

  /** G3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPENJ9_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=/app/t",
        "IBM_JAVA_OPTIONS=-Xmx1g",
        "CLASSPATH=/app/evil.jar",
        "ALL_PROXY=http://evil.example",
        "all_proxy=http://evil.example",
        "BASH_ENV=/app/x",
        "OPENSSL_CONF=/app/x",
        "LD_PROFILE_OUTPUT=/app",
        "LD_ORIGIN_PATH=/app",
        "GLIBC_TUNABLES=glibc.malloc.check=3",
        "GCONV_PATH=/app",
        "AWS_CA_BUNDLE=/app/x",
        "GIT_SSL_NO_VERIFY=1",
        "NODE_TLS_REJECT_UNAUTHORIZED=0"
      })
  void refusesMoreVariablesThatDecideWhatRunsAndWhomItTrusts(String variable) {
    ImageReport report = house.check(house.service().runtime(environment(variable)));

    AttackPage.holds("G3", "`" + variable + "`", report);
    assertThat(ids(report)).containsExactly("CONFIG_ENVIRONMENT");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** A time zone of its own is a service's right; whoever looks at the report is told. */
  @Test
  void warnsOfAnotherVariableOfTheGoldenThatIsChanged() {
    ImageReport report = house.check(house.service().runtime(environment("TZ=UTC")));

    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    Finding finding = only(report, "CONFIG_ENVIRONMENT");
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.expected()).isEqualTo("'Asia/Seoul'");
    assertThat(finding.found()).isEqualTo("'UTC'");
    assertThat(finding.where()).endsWith(", variable TZ");
    assertThat(finding.remedy())
        .isEqualTo(
            "Leave it if the service means it; to refuse it, name the variable in 'protect' of the"
                + " golden image.");
  }

  /** G3. */
  @Test
  void refusesJavaToolOptionsGivenTwice() {
    ImageReport report =
        house.check(
            house
                .service()
                .runtime(
                    runtime -> {
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.add("JAVA_TOOL_OPTIONS=-Dx=1");
                      env.add("JAVA_TOOL_OPTIONS=-Dx=2");
                      return runtime.with("Env", JsonValue.ofTexts(env));
                    }));

    assertThat(ids(report)).containsExactly("CONFIG_ENVIRONMENT");
    assertThat(report.findings()).extracting(Finding::found).contains("twice");
  }

  /** G3: what no variable says, the command line can. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java -Djavax.net.ssl.trustStore=/app/t -jar /app/x.jar",
        "java -Djavax.net.ssl.trustStoreType=KeychainStore -jar /app/x.jar",
        "java -Djava.security.properties=/app/s -jar /app/x.jar",
        "java -XX:VMOptionsFile=/app/o -jar /app/x.jar",
        "java -XX:Flags=/app/o -jar /app/x.jar",
        "java -Xbootclasspath/a:/app/x.jar Main",
        "java --patch-module java.base=/app/x Main",
        "java -Dhttps.proxyHost=evil.example -jar /app/x.jar",
        "java -DsocksProxyHost=evil.example -jar /app/x.jar",
        "/app/jdk/bin/java -jar /app/x.jar",
        "env -u JAVA_TOOL_OPTIONS java -jar /app/x.jar",
        "env JAVA_TOOL_OPTIONS= java -jar /app/x.jar"
      })
  void refusesACommandThatGoesAroundTheGolden(String command) {
    ImageReport plain =
        house.check(
            house
                .service()
                .runtime(
                    r -> r.with("Entrypoint", JsonValue.ofTexts(List.of(command.split(" ", -1))))));
    ImageReport shell =
        house.check(
            house
                .service()
                .runtime(
                    r ->
                        r.with(
                            "Cmd",
                            JsonValue.ofTexts(List.of("sh", "-c", "unset X; exec " + command)))));

    AttackPage.holds("G3", "the command `" + command + "`", plain);
    assertThat(ids(plain)).containsExactly("CONFIG_COMMAND");
    assertThat(ids(shell)).containsExactly("CONFIG_COMMAND");
    assertThat(plain.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void findsAVariableBehindTensOfThousandsOfOthers() {
    String unset = "unset " + "a ".repeat(50_000) + "JAVA_TOOL_OPTIONS; exec java -jar /app/x.jar";
    ImageReport report =
        house.check(
            house
                .service()
                .runtime(r -> r.with("Cmd", JsonValue.ofTexts(List.of("sh", "-c", unset)))));

    assertThat(ids(report)).containsExactly("CONFIG_COMMAND");
  }

  /** As golden:build, jib and Spring's Dockerfiles start services. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java -XX:+ExitOnOutOfMemoryError -Xmx256m -cp @/app/jib-classpath-file shop.Orders",
        "java -cp /app/resources:/app/classes:/app/libs/* shop.Orders --spring.profiles.active=x",
        "/opt/java/openjdk/bin/java -Duser.timezone=UTC -jar /app/java/app.jar",
        "java org.springframework.boot.loader.launch.JarLauncher",
        "/app/bin/orders --home=/app/java"
      })
  void commandsOfOrdinaryServicesAreHarmless(String command) {
    ImageReport plain =
        house.check(
            house
                .service()
                .runtime(
                    r -> r.with("Entrypoint", JsonValue.ofTexts(List.of(command.split(" ", -1))))));
    ImageReport shell =
        house.check(
            house
                .service()
                .runtime(
                    r ->
                        r.with(
                            "Entrypoint",
                            JsonValue.ofTexts(List.of("sh", "-c", "exec " + command + " $X")))));

    assertThat(plain.findings()).isEmpty();
    assertThat(shell.findings()).isEmpty();
  }

  /** G6. */
  @Test
  void refusesAVolumeThatLeadsThroughALinkOfTheService() {
    ImageReport report =
        house.check(
            house
                .service()
                .with(link("app/data", "/etc/ssl"))
                .runtime(
                    r -> r.with("Volumes", JsonObject.EMPTY.with("/app/data", JsonObject.EMPTY))));

    AttackPage.holds("G6", "a volume through a link of the service", report);
    assertThat(ids(report)).containsExactly("CONFIG_VOLUMES");
    assertThat(only(report, "CONFIG_VOLUMES").found())
        .isEqualTo("a volume at '/app/data', which is '/etc/ssl'");
  }

  /** G1: the golden names its user, and the service says who that is. */
  @Test
  void refusesAServiceThatMakesItsGoldensUserRoot() {
    LayoutFolder named =
        house.push(
            GoldenFixture.of(house.official)
                .line("61")
                .version("61.0.1")
                .runtime(runtime -> runtime.with("User", "app")),
            "61");
    String name = house.registry.host() + "/golden/java:61";
    ApplicationFixture service = ApplicationFixture.on(named, "61", name);

    assertThat(house.check(service).findings()).isEmpty();
    ImageReport remapped =
        house.check(
            service.with(
                file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:0:0::/:/bin/sh\n")));
    AttackPage.holds("G1", "the golden's user by name, made root in /etc/passwd", remapped);
    assertThat(ids(remapped)).containsExactly("UPPER_PLACE");
    ImageReport other = house.check(service.runtime(r -> r.with("User", "admin")));
    AttackPage.holds("G1", "another name than the golden's user", other);
    assertThat(ids(other)).containsExactly("CONFIG_USER");
  }
}
