package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.environment;
import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.link;
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
import io.github.goldenmaven.verify.report.ImageReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs, jars, main classes and servers that are in the image, and some that are not. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateStartTest {

  private static final String FILES = "a command whose files are in the image";
  private static final String CLASSES = "a main class that is in the image";

  @TempDir static Path shared;
  private static GateFixture fixture;
  private static LayoutFolder server;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
    server =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("80")
                .version("80.0.1")
                .with(
                    file("opt/server/bin/server.sh", "", 0755),
                    link("usr/bin/linked", "/opt/server/bin/server.sh"),
                    link("usr/bin/dangling", "/opt/gone"))
                .runtime(
                    runtime ->
                        runtime
                            .with("Entrypoint", JsonValue.ofTexts(List.of("server.sh")))
                            .with("Cmd", JsonValue.ofTexts(List.of("run")))
                            .with("Volumes", JsonObject.EMPTY.with("/data", JsonObject.EMPTY))),
            "80");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** What real services are made of, in the places where tools put it. */
  private static ApplicationFixture whole() {
    byte[] library = new ClassFiles().with("lib/Tool.class", 17).with("Main.class", 17).jar();
    return fixture
        .service()
        .with(
            ClassFiles.entry("app/classes/shop/Orders.class", ClassFiles.header(17)),
            ClassFiles.entry("app/libs/lib.jar", library),
            file("app/Script.java", "class Script {}"),
            file("app/start.sh", "#!/bin/sh", 0755),
            file("app/args", "-cp\n/app/classes\nshop.Orders\n"),
            new ClassFiles()
                .manifest("Main-Class: org.springframework.boot.loader.launch.JarLauncher")
                .with("org/springframework/boot/loader/launch/JarLauncher.class", 17)
                .with("BOOT-INF/classes/shop/Orders.class", 17)
                .entry("app/boot.jar"),
            new ClassFiles()
                .manifest(
                    "Main-Class: io.quarkus.bootstrap.runner.QuarkusEntryPoint",
                    "Class-Path: lib/boot/run%20ner.jar")
                .entry("app/quarkus/quarkus-run.jar"),
            new ClassFiles()
                .with("io/quarkus/bootstrap/runner/QuarkusEntryPoint.class", 17)
                .entry("app/quarkus/lib/boot/run ner.jar"),
            new ClassFiles()
                .manifest("Main-Class: shop.Orders", "Class-Path: thin/ classes/")
                .entry("app/thin.jar"),
            new ClassFiles().manifest("Main-Class: shop.Gone").entry("app/gone.jar"),
            new ClassFiles().with("A.class", 17).entry("app/plain.jar"),
            file("app/broken.jar", "no jar"));
  }

  private static List<Finding> findings(ApplicationFixture service, List<String> command) {
    return fixture
        .check(
            service.runtime(
                runtime ->
                    runtime
                        .with("Entrypoint", JsonValue.ofTexts(command))
                        .without("Cmd")
                        .with("WorkingDir", "/app")))
        .findings()
        .stream()
        .filter(finding -> finding.rule().id().equals("COMMAND_PRESENT"))
        .toList();
  }

  private static List<Finding> findings(String command) {
    return findings(whole(), List.of(command.split(" ", -1)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java -cp /app/classes:/app/libs/* shop.Orders",
        "java -cp classes shop/Orders",
        "java -cp /app/nothing:libs/* lib.Tool",
        "java -cp libs/lib.jar Main --port 8080",
        "java -classpath /app/libs/lib.jar -Xmx1g Main",
        "java --class-path=/app/libs/lib.jar Main",
        "java -Djava.class.path=/app/libs/lib.jar Main",
        "java @/app/args",
        "java @args",
        "java -jar boot.jar",
        "java -jar /app/quarkus/quarkus-run.jar",
        "java -jar /app/thin.jar",
        "java -cp /app/broken.jar:/app/libs/lib.jar Main",
        "java Script.java",
        "java --source 17 args",
        "java -p /app/libs -m lib/lib.Tool",
        "java --module-path /app/libs --module lib/lib.Tool",
        "java -version",
        "java com.sun.tools.attach.Nothing",
        "sh /app/start.sh",
        "sh start.sh one two",
        "/app/start.sh",
        "./start.sh",
        "tini -g -- java -jar boot.jar",
        "env X=1 java -jar boot.jar",
        "busybox httpd -f",
        "sh -c|cd /nowhere",
        "sh -c|exec java -jar boot.jar",
        "sh -c|java -jar gone-by-then.jar && echo $X",
        "/opt/java/openjdk/bin/java -jar boot.jar"
      })
  void whatIsThereIsFound(String command) {
    List<String> words =
        command.contains("|")
            ? List.of("sh", "-c", command.substring(command.indexOf('|') + 1))
            : List.of(command.split(" ", -1));
    List<Finding> findings = findings(whole(), words);

    if (command.contains("com.sun")) {
      assertThat(findings).extracting(Finding::severity).containsExactly(Severity.WARN);
    } else {
      assertThat(findings).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "python3 app.py | 'python3': no layer of the image has it",
        "/usr/bin/java -jar boot.jar | '/usr/bin/java': no layer of the image has it",
        "/app/bin/orders | '/app/bin/orders': no layer of the image has it",
        "./orders | './orders': no layer of the image has it",
        "sh /app/gone.sh | '/app/gone.sh': no layer of the image has it",
        "java -jar /app/x.jar | '/app/x.jar': no layer of the image has it",
        "tini -- java -jar x.jar | 'x.jar': no layer of the image has it",
        "tini -- orders | 'orders': no layer of the image has it",
        "env A=b orders | 'orders': no layer of the image has it",
        "java @/app/gone -jar boot.jar | '/app/gone': no layer of the image has it",
        "java Gone.java | 'Gone.java': no layer of the image has it"
      })
  void aFileThatIsNotThereIsRefused(String command, String found) {
    assertThat(findings(command))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.expected()).isEqualTo(FILES);
              assertThat(finding.found()).isEqualTo(found);
              assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
              assertThat(finding.remedy())
                  .isEqualTo(
                      "Correct <container><entrypoint>, <container><args> or <mainClass>, bring the"
                          + " file with <extraDirectories>, or have the service stand on a golden"
                          + " image that has the program or the server.");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java -cp /app/classes:/app/libs/* shop.Gone | 'shop.Gone': it is nowhere on the class"
            + " path",
        "java -cp /app/libs/* shop.Orders | 'shop.Orders': it is nowhere on the class path",
        "java shop.Orders | 'shop.Orders': it is nowhere on the class path",
        "java -p /app/libs -m lib/lib.Gone | 'lib.Gone': it is nowhere on the class path",
        "java -jar gone.jar | 'gone.jar': its main class 'shop.Gone' is neither in it nor on its"
            + " manifest's class path",
        "java -cp /app/classes -jar gone.jar | 'gone.jar': its main class 'shop.Gone' is neither in"
            + " it nor on its manifest's class path",
        "java -jar plain.jar | 'plain.jar': its manifest has no Main-Class"
      })
  void aMainClassThatIsNotThereIsRefused(String command, String found) {
    assertThat(findings(command))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.expected()).isEqualTo(CLASSES);
              assertThat(finding.found()).isEqualTo(found);
              assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
            });
  }

  /** A jar that nobody can read, options in a file of the golden's, a module's own class. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java -jar /app/broken.jar | '/app/broken.jar': could not tell whether it is there",
        "java -cp /app/broken.jar Gone | 'Gone': could not tell whether it is there",
        "java @/etc/os-release Gone | 'Gone': could not tell whether it is there",
        "java -p /app/libs -m lib | 'lib': could not tell whether it is there",
        "/proc/self/exe | '/proc/self/exe': could not tell whether it is there",
        "/data/start | '/data/start': could not tell whether it is there"
      })
  void whatNobodyCanTellIsAWarning(String command, String found) {
    ApplicationFixture service =
        command.startsWith("/data")
            ? ApplicationFixture.on(server, "80", fixture.registry.host() + "/golden/java:80")
            : whole();
    assertThat(findings(service, List.of(command.split(" ", -1))))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.found()).isEqualTo(found);
              assertThat(finding.severity()).isEqualTo(Severity.WARN);
              assertThat(finding.remedy())
                  .isEqualTo(
                      "Start the image once before it is released: its files do not tell whether"
                          + " it starts.");
            });
  }

  /** The variable CLASSPATH, and one that may bring a class path. */
  @Test
  void classPathsOfVariablesCount() {
    List<String> command = List.of("java", "shop.Gone");

    assertThat(findings(whole().config(c -> c), command)).hasSize(1);
    ImageReport told =
        fixture.check(
            whole()
                .runtime(
                    runtime ->
                        environment("JDK_JAVA_OPTIONS=-cp /app/x")
                            .apply(runtime)
                            .with("Entrypoint", JsonValue.ofTexts(command))));
    assertThat(Reported.only(told, "COMMAND_PRESENT").severity()).isEqualTo(Severity.WARN);
  }

  @Test
  void aScriptsArgumentsAreAWarningAtMost() {
    LayerEntry start = file("app/run", "", 0755);

    assertThat(findings(whole().with(start), List.of("/app/run", "java", "-jar", "/app/gone")))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.found()).isEqualTo("'/app/gone': no layer of the image has it");
              assertThat(finding.severity()).isEqualTo(Severity.WARN);
            });
    assertThat(findings(whole().with(start), List.of("/app/run", "orders", "start"))).isEmpty();
  }

  /** The golden's own command is looked at too: a server that it does not have. */
  @Test
  void theGoldensOwnServerMustBeThere() {
    String name = fixture.registry.host() + "/golden/java:80";
    ApplicationFixture service =
        ApplicationFixture.on(server, "80", name)
            .with(file("app/ROOT/WEB-INF/web.xml", "<web-app/>"));

    assertThat(Reported.only(fixture.check(service), "COMMAND_PRESENT").found())
        .isEqualTo("'server.sh': no layer of the image has it");
    assertThat(findings(service, List.of("/opt/server/bin/server.sh", "run"))).isEmpty();
    assertThat(findings(service, List.of("linked", "run"))).isEmpty();
    assertThat(findings(service, List.of("dangling", "run"))).hasSize(1);
  }

  @Test
  void aWebApplicationWithoutAServerIsRefused() {
    ApplicationFixture exploded =
        fixture.service().with(file("app/ROOT/WEB-INF/web.xml", "<web-app/>"));
    ApplicationFixture packed =
        fixture
            .service()
            .with(new ClassFiles().with("WEB-INF/classes/A.class", 17).entry("app/shop.war"));

    for (ApplicationFixture war : List.of(exploded, packed)) {
      Finding finding = Reported.only(fixture.check(war), "COMMAND_PRESENT");
      assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
      assertThat(finding.expected())
          .isEqualTo("a golden image with a server for the service's WAR");
      assertThat(finding.found()).isEqualTo("'java', which starts none");
    }
    assertThat(findings(exploded, List.of("sh"))).hasSize(1);
    assertThat(findings(exploded, List.of("java", "-jar", "/app/x.jar")))
        .extracting(Finding::expected)
        .containsExactly(FILES);
  }
}
