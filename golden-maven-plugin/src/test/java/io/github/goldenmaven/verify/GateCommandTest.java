package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.environment;
import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateCommandTest extends GateConfigFixture {

  /** What no variable says, the command line can. */
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
        fixture.check(
            fixture
                .runnable()
                .runtime(
                    r -> r.with("Entrypoint", JsonValue.ofTexts(List.of(command.split(" ", -1))))));
    ImageReport shell =
        fixture.check(
            fixture
                .runnable()
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

  private static ApplicationFixture serviceWith(String... entries) {
    List<LayerEntry> files = new ArrayList<>();
    for (String entry : entries) {
      String[] parts = entry.split("=", 2);
      files.add(file(parts[0], parts.length > 1 ? parts[1] : "x"));
    }
    return fixture.runnable().with(files.toArray(new LayerEntry[0]));
  }

  /** As golden:build, jib and Spring's Dockerfiles start services. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java -XX:+ExitOnOutOfMemoryError -Xmx256m -cp @/app/jib-classpath-file shop.Orders",
        "java -cp @/app/jib-classpath-file @/app/jib-main-class-file",
        "java -cp /app/resources:/app/classes:/app/libs/* shop.Orders --spring.profiles.active=x",
        "/opt/java/openjdk/bin/java -Duser.timezone=UTC -jar /app/java/app.jar",
        "/opt/java/openjdk/bin//java -XX:MaxRAMPercentage=75 -Xss512k -jar /app/java/app.jar",
        "java -Djava.security.egd=file:/dev/urandom -Djava.awt.headless=true -jar /app/x.jar",
        "java -XX:+HeapDumpOnOutOfMemoryError -XX:HeapDumpPath=/tmp/x -jar /app/x.jar",
        "java -XX:SharedArchiveFile=/app/x.jsa -Xlog:gc*:file=/app/gc.log -jar /app/x.jar",
        "java --add-opens java.base/java.lang=ALL-UNNAMED --enable-preview -jar /app/x.jar",
        "java -jar /app/x.jar --home=/app/java -v",
        "tini -- java -jar /app/x.jar",
        "env ORDERS_MODE=fast java -jar /app/x.jar",
        "java -cp /app/loader.jar org.springframework.boot.loader.launch.JarLauncher"
      })
  void commandsOfOrdinaryServicesAreHarmless(String command) {
    ApplicationFixture service =
        serviceWith(
            "app/jib-classpath-file=/app/resources:/app/classes:/app/libs/a.jar",
            "app/jib-main-class-file=shop.Orders");

    assertThat(start(service, command.split(" ", -1)).findings()).isEmpty();
    if (!command.contains("*")) {
      assertThat(start(service, "sh", "-c", "exec " + command).findings()).isEmpty();
    }
  }

  /** What nobody can read is told of, and refused where the policy says so. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sh -c|exec java -jar /app/x.jar $X",
        "sh -c|cd /app && java -jar x.jar",
        "/app/bin/orders --home=/app/java",
        "sh /app/start.sh",
        "wget http://localhost/"
      })
  void warnsOfACommandThatTheGateCannotRead(String command) {
    ApplicationFixture service =
        serviceWith("app/start.sh", "app/bin/orders")
            .runtime(
                r ->
                    r.with(
                        "Entrypoint",
                        JsonValue.ofTexts(
                            command.contains("|")
                                ? List.of("sh", "-c", command.substring(command.indexOf('|') + 1))
                                : List.of(command.split(" ", -1)))));
    String reference = fixture.push(service);

    ImageReport warned = fixture.check(reference);
    assertThat(warned.findings()).extracting(Finding::severity).containsOnly(Severity.WARN);
    assertThat(ids(warned)).containsOnly("CONFIG_COMMAND");
    assertThat(warned.verdict()).isEqualTo(Verdict.PASS);
    ImageReport refused =
        fixture
            .check(fixture.policy("application: {scripts: refuse}\n"), reference)
            .images()
            .get(0);
    AttackPage.holds(
        "I4", "`scripts: refuse`, and the command `" + command.replace("|", " ") + "`", refused);
    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java -Djava.home=/app/jdk -jar /app/x.jar",
        "java -XXaltjvm=/app/jvm -jar /app/x.jar",
        "/app/jdk/bin//java -jar /app/x.jar",
        "jdk/bin/java -jar /app/x.jar",
        "./../mnt/jdk/bin/java -jar /app/x.jar",
        "env -uJAVA_TOOL_OPTIONS java -jar /app/x.jar",
        "env --unset=X java -jar /app/x.jar",
        "/usr/bin/env -i java -jar /app/x.jar",
        "env SSL_CERT_FILE=/app/c java -jar /app/x.jar",
        "env JAVA_OPTS=-Djava.home=/app/jdk start",
        "exec -c java",
        "tini -- /app/jdk/bin/java -jar /app/x.jar",
        "dumb-init -- java -XX:OnError=/app/x -jar /app/x.jar",
        "busybox env -i java",
        "java -XX:OnOutOfMemoryError=/app/x -jar /app/x.jar",
        "java -agentpath:/app/x.so -jar /app/x.jar",
        "java -agentlib:jdwp=transport=dt_socket -jar /app/x.jar",
        "java --upgrade-module-path /app/x -jar /app/x.jar",
        "java -Djdk.tls.server.protocols=SSLv3 -jar /app/x.jar",
        "java -Dhttp.nonProxyHosts=* -jar /app/x.jar",
        "java -DproxyHost=evil.example -jar /app/x.jar",
        "java -Dsun.boot.library.path=/app -jar /app/x.jar",
        "java -Xunknown/app/x -jar /app/x.jar",
        "java --unknown -jar /app/x.jar",
        "java -cp /var/tmp/x.jar Main",
        "java -cp /app/x.jar:/dev/shm/y.jar Main",
        "java @/app/options -jar /app/x.jar",
        "java @options Main",
        "/lib64/ld-linux-x86-64.so.2 /app/x",
        "ld-musl-x86_64.so.1 /app/x",
        "chroot /app java",
        "/app/other/run -jar /app/x.jar",
        "java -jar /app/x.jar -Djavax.net.ssl.trustStore=/app/t",
        "/app/run -Djavax.net.ssl.trustStore=/app/t"
      })
  void refusesACommandThatLeavesTheGoldensJvm(String command) {
    ApplicationFixture service =
        serviceWith(
                "app/options=-Xmx1g # more\n\"-Djavax.net.ssl.trust\\\nStore=/app/t\"",
                "app/jvm/libjvm.so",
                "jdk/bin/java",
                "app/other/run",
                "lib/jli/x")
            .with(file("app/lib/libjvm.so", "x"))
            .runtime(
                r ->
                    r.with("WorkingDir", command.contains("@options") ? "/app" : "/")
                        .with("Entrypoint", JsonValue.ofTexts(List.of(command.split(" ", -1)))));
    ImageReport report = fixture.check(service);

    if (!command.startsWith("exec")) {
      AttackPage.holds("I4", "the command `" + command + "`", report);
      assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
      assertThat(ids(report)).contains("CONFIG_COMMAND");
    }
    ImageReport shell =
        fixture.check(
            service.runtime(
                r ->
                    r.with("WorkingDir", command.contains("@options") ? "/app" : "/")
                        .with("Cmd", JsonValue.ofTexts(List.of("sh", "-c", command)))));
    assertThat(shell.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** By another name, a hard link or a link, it is the same file. */
  @ParameterizedTest
  @ValueSource(strings = {"@/app/hard", "@/app/link", "@/app/hard-to-hard", "@/app/there/options"})
  void readsAnArgumentFileByWhateverName(String word) {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(
                    new RawLayer()
                        .file("app/options", "-Djavax.net.ssl.trustStore=/app/t")
                        .hardLink("app/hard", "app/options")
                        .hardLink("app/hard-to-hard", "app/hard")
                        .link("app/link", "hard")
                        .link("app/there", "/app/.")
                        .layer())
                .runtime(
                    r -> r.with("Entrypoint", JsonValue.ofTexts(List.of("java", word, "Main")))));

    AttackPage.holds("I4", "an argument file by another name, `" + word + "`", report);
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** A JVM does not start with such an option, whatever is there when the container runs. */
  @Test
  void refusesOptionsInAFileThatIsNotThere() {
    String command = "java @/app/not-there -jar /app/x.jar";
    ImageReport report = start(serviceWith(), command.split(" ", -1));

    AttackPage.holds("I4", "`scripts: refuse`, and the command `" + command + "`", report);
    assertThat(ids(report)).containsExactly("CONFIG_COMMAND", "COMMAND_PRESENT");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** The golden's own flag with another value. */
  @Test
  void theGoldensOwnFlagsAreItsOwnWithItsOwnValuesOnly() {
    String flag = "-Djavax.net.ssl.trustStore=/opt/golden/trust.p12";
    LayoutFolder golden =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("62")
                .version("62.0.1")
                .with(file("srv/run/start.sh", "#!/bin/sh"))
                .runtime(
                    runtime ->
                        runtime
                            .with("Entrypoint", JsonValue.ofTexts(List.of("java", flag)))
                            .with("WorkingDir", "/srv")
                            .with(
                                "Healthcheck",
                                JsonObject.EMPTY.with(
                                    "Test", JsonValue.ofTexts(List.of("CMD", "run/start.sh"))))),
            "62");
    ApplicationFixture service =
        ApplicationFixture.on(golden, "62", fixture.registry.host() + "/golden/java:62")
            .with(
                new ClassFiles()
                    .manifest("Main-Class: Main")
                    .with("Main.class", 17)
                    .entry("app/x.jar"));
    ImageReport same =
        fixture.check(
            service.runtime(
                r ->
                    r.with(
                        "Entrypoint",
                        JsonValue.ofTexts(List.of("java", flag, "-jar", "/app/x.jar")))));
    ImageReport other =
        fixture.check(
            service.runtime(
                r ->
                    r.with(
                        "Entrypoint",
                        JsonValue.ofTexts(
                            List.of("java", "-Djavax.net.ssl.trustStore=/app/evil.p12")))));
    ImageReport moved =
        fixture.check(
            service
                .with(file("app/run/start.sh", "mine"))
                .runtime(r -> r.with("WorkingDir", "/app")));

    assertThat(same.findings()).isEmpty();
    AttackPage.holds("I4", "the golden image's own flag with another value", other);
    // The golden's own arguments come behind it: to a JVM the first of them is a class.
    assertThat(ids(other)).containsExactly("CONFIG_COMMAND", "COMMAND_PRESENT");
    AttackPage.holds("I4", "a relative health check in another working directory", moved);
    assertThat(moved.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(moved.findings())
        .extracting(Finding::found)
        .contains("the working directory '/app'");
  }

  @Test
  void holdsHealthCheckAndShellToTheSame() {
    for (List<String> test :
        List.of(
            List.of("CMD", "/app/jdk/bin/java", "-version"),
            List.of("CMD-SHELL", "java -Djava.home=/app/jdk -version"),
            List.of("CMD-SHELL", "x=1; java -Djava.home=/app/jdk -version"))) {
      ImageReport report =
          fixture.check(
              fixture
                  .service()
                  .runtime(
                      r ->
                          r.with(
                              "Healthcheck",
                              JsonObject.EMPTY.with("Test", JsonValue.ofTexts(test)))));
      AttackPage.holds("I4", "the health check `" + String.join(" ", test) + "`", report);
      assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    }
    ImageReport shell =
        fixture.check(
            fixture
                .service()
                .runtime(
                    r -> r.with("Shell", JsonValue.ofTexts(List.of("/app/jdk/bin/java", "-jar")))));
    AttackPage.holds("I4", "a Shell of the service's own", shell);
    assertThat(shell.verdict()).isEqualTo(Verdict.REFUSED);
    ImageReport none =
        fixture.check(
            fixture
                .service()
                .runtime(
                    r ->
                        r.with(
                            "Healthcheck",
                            JsonObject.EMPTY.with(
                                "Test", JsonValue.ofTexts(List.of("CMD", "java", "-version"))))));
    assertThat(none.findings()).isEmpty();
  }

  @Test
  void warnsOfAnAgentOfTheServicesOwnAndRefusesItByPolicy() {
    String reference =
        fixture.push(
            serviceWith("app/agent.jar")
                .runtime(
                    r ->
                        r.with(
                            "Entrypoint",
                            JsonValue.ofTexts(
                                List.of(
                                    "java",
                                    "-javaagent:/app/agent.jar=x",
                                    "-jar",
                                    "/app/x.jar")))));

    assertThat(fixture.check(reference).verdict()).isEqualTo(Verdict.PASS);
    assertThat(only(fixture.check(reference), "CONFIG_COMMAND").severity())
        .isEqualTo(Severity.WARN);
    ImageReport refused =
        fixture.check(fixture.policy("application: {agents: refuse}\n"), reference).images().get(0);
    AttackPage.holds("I4", "`agents: refuse`, and an agent of the service's own", refused);
    assertThat(refused.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** Whatever a variable is called. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CATALINA_OPTS=-Xmx1g -Djavax.net.ssl.trustStore=/app/t",
        "JAVA_OPTS_APPEND=-Djava.home=/app/jdk",
        "ANY=\"-Dhttps.proxyHost=evil.example\"",
        "X=-XX:OnError=/app/x"
      })
  void refusesAVariableWithAnOptionThatIsTheGoldensAlone(String variable) {
    ImageReport report = fixture.check(fixture.service().runtime(environment(variable)));

    AttackPage.holds("I4", "`" + variable + "`", report);
    assertThat(ids(report)).containsExactly("CONFIG_ENVIRONMENT");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }
}
