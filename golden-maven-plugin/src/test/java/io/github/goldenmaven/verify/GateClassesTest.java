package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.environment;
import static io.github.goldenmaven.verify.Reported.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes that a build from elsewhere put on a golden image whose Java does not load them. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateClassesTest {

  @TempDir static Path shared;
  private static GateFixture fixture;
  private static LayoutFolder golden;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
    golden =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("70")
                .version("70.0.1")
                .label("io.github.goldenmaven.golden.java", "17,21")
                .with(file("usr/lib/jvm/21/release", "JAVA_VERSION=\"21.0.4\"\n"))
                .with(file("usr/lib/jvm/21/bin/java", "", 0755))
                .with(file("usr/lib/jvm/21/lib/modules", ""))
                .with(file("docker-entrypoint.sh", "", 0755))
                .runtime(environment("JAVA_HOME=/usr/lib/jvm/21")),
            "70");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  private static ApplicationFixture service(String... entrypoint) {
    return ApplicationFixture.on(golden, "70", fixture.registry.host() + "/golden/java:70")
        .label(Label.GOLDEN_JAVA, "17,21")
        .runtime(runtime -> runtime.with("Entrypoint", JsonValue.ofTexts(List.of(entrypoint))));
  }

  private static LayerEntry of(String path, int java) {
    return ClassFiles.entry(path, ClassFiles.header(java));
  }

  /** Twice: what was read of a layer is kept, and says the same. */
  @Test
  void refusesClassesThatTheJavaOfPathDoesNotLoad() {
    ApplicationFixture service =
        service("java", "-cp", "/app/classes", "com.example.Main")
            .with(of("app/classes/com/example/Main.class", 21))
            .with(of("app/classes/com/example/Old.class", 17), of("app/classes/New.class", 25));
    String reference = fixture.push(service);

    for (int time = 0; time < 2; time++) {
      assertThat(fixture.check(reference).findings())
          .filteredOn(finding -> finding.rule().id().equals("CLASSES_LOADABLE"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.expected()).isEqualTo("classes of Java 17 and older");
                assertThat(finding.found())
                    .isEqualTo(
                        "'app.classes.New' is for Java 25 (class file version 69), and 1 more are"
                            + " too new");
                assertThat(finding.where()).isEqualTo(reference);
              });
    }
  }

  @Test
  void takesWhatSomeJavaOfTheGoldenLoadsWhereAnotherMayBeMeantAndWhatIsForNewerOnesOnly() {
    ApplicationFixture service =
        service("/docker-entrypoint.sh")
            .with(of("app/classes/com/example/Main.class", 21))
            .with(
                of("app/classes/META-INF/versions/25/com/example/Main.class", 25),
                of("app/classes/module-info.class", 25));

    assertThat(fixture.check(service).findings())
        .noneMatch(finding -> finding.rule().id().equals("CLASSES_LOADABLE"));
  }

  private static List<Finding> told(ApplicationFixture service) {
    return fixture.check(service).findings().stream()
        .filter(finding -> finding.rule().id().equals("CLASSES_LOADABLE"))
        .toList();
  }

  /** Twice: the second check opens no jar. */
  @Test
  void refusesJarsMostOfWhoseClassesAreTooNewAndWarnsOnceOfThoseWithSome() {
    String reference =
        fixture.push(
            service("java", "-cp", "/app/libs/*:/app/classes", "lib.Main")
                .with(
                    new ClassFiles().with(3, 25).with(2, 8).entry("app/libs/new.jar"),
                    new ClassFiles().with("lib/Main.class", 21).entry("app/libs/one.jar"),
                    new ClassFiles().with(21, 22).with(469, 8).entry("app/libs/jline.jar"),
                    new ClassFiles().with(1, 22).with(9, 17).entry("app/libs/some.jar"),
                    new ClassFiles()
                        .with("A.class", 17)
                        .with("META-INF/versions/25/A.class", 25)
                        .with("META-INF/versions/25/B.class", 25)
                        .with("module-info.class", 25)
                        .entry("app/libs/releases.jar")));

    for (int time = 0; time < 2; time++) {
      List<Finding> findings =
          fixture.check(reference).findings().stream()
              .filter(finding -> finding.rule().id().equals("CLASSES_LOADABLE"))
              .toList();
      assertThat(findings)
          .extracting(Finding::severity)
          .containsExactly(Severity.REFUSE, Severity.REFUSE, Severity.WARN);
      assertThat(findings)
          .extracting(Finding::found)
          .containsExactly(
              "3 of the 5 classes of '/app/libs/new.jar' are for Java 25 (class file version 69)",
              "the class of '/app/libs/one.jar' is for Java 21 (class file version 65)",
              "21 of the 490 classes of '/app/libs/jline.jar' are for Java 22 (class file version"
                  + " 66); 1 of the 10 classes of '/app/libs/some.jar' is for Java 22 (class file"
                  + " version 66)");
      assertThat(findings.get(2).remedy())
          .isEqualTo(
              "Nothing has to be done where the service runs without those classes; else take"
                  + " another version of the library, or a golden image of a newer Java.");
    }
  }

  /** A tool in the image, an agent of another JVM: golden:build takes them too. */
  @Test
  void aJarThatTheClassPathLeavesOutIsAWarning() {
    LayerEntry tool = new ClassFiles().with(3, 25).entry("app/tools/tool.jar");

    assertThat(told(service("java", "-cp", "/app/classes", "Main").with(tool)))
        .extracting(Finding::severity)
        .containsExactly(Severity.WARN);
    assertThat(told(service("java", "-cp", "/app", "Main").with(tool)))
        .extracting(Finding::severity)
        .containsExactly(Severity.REFUSE);
    assertThat(told(service("/docker-entrypoint.sh").with(tool)))
        .extracting(Finding::severity)
        .containsExactly(Severity.REFUSE);
  }

  /** Of other people's classes all are old: the one that starts tells. */
  @Test
  void refusesAJarWhoseMainClassIsTooNew() {
    ApplicationFixture service =
        service("java", "-jar", "/app/shop.jar")
            .with(
                new ClassFiles()
                    .manifest("Main-Class: shop.Orders")
                    .with("shop/Orders.class", 21)
                    .with(400, 8)
                    .entry("app/shop.jar"));

    assertThat(told(service))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.severity()).isEqualTo(Severity.REFUSE);
              assertThat(finding.found())
                  .isEqualTo(
                      "1 of the 401 classes of '/app/shop.jar' is for Java 21 (class file version"
                          + " 65)");
            });
  }

  @Test
  void looksIntoTheJarsOfSpringBootsJarAndOfAWar() {
    byte[] library = new ClassFiles().with(3, 25).jar();
    LayerEntry boot =
        new ClassFiles()
            .manifest("Main-Class: loader.Launcher", "Start-Class: shop.Orders")
            .with("loader/Launcher.class", 17)
            .with("BOOT-INF/classes/shop/Orders.class", 17)
            .with("BOOT-INF/lib/new.jar", library)
            .entry("app/boot.jar");
    LayerEntry war = new ClassFiles().with("WEB-INF/lib/new.jar", library).entry("app/shop.war");

    assertThat(told(service("java", "-jar", "/app/boot.jar").with(boot)))
        .extracting(Finding::found)
        .containsExactly(
            "all 3 classes of '/app/boot.jar!/BOOT-INF/lib/new.jar' are for Java 25 (class file"
                + " version 69)");
    assertThat(told(service("/docker-entrypoint.sh").with(war)))
        .extracting(Finding::found)
        .containsExactly(
            "all 3 classes of '/app/shop.war!/WEB-INF/lib/new.jar' are for Java 25 (class file"
                + " version 69)");
  }

  /** Hostile, broken or no jars at all: each says nothing of its own. */
  @Test
  void aJarThatCannotBeReadIsNoRefusal() {
    byte[] jar = new ClassFiles().with(30, 25).jar();
    assertThat(
            told(
                service("/docker-entrypoint.sh")
                    .with(
                        ClassFiles.entry("app/cut.jar", Arrays.copyOf(jar, jar.length - 30)),
                        ClassFiles.entry("app/empty.jar", new byte[0]),
                        file("app/text.jar", "no jar"))))
        .isEmpty();
  }

  /** A golden image baked before the label: its JVM's own files tell. */
  @Test
  void aGoldenWithoutTheLabelIsHeldToWhatItsJvmsSay() {
    LayoutFolder old =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("71")
                .version("71.0.1")
                .label("io.github.goldenmaven.golden.java", "")
                .with(file("opt/java/openjdk/lib/modules", "")),
            "71");
    ApplicationFixture service =
        ApplicationFixture.on(old, "71", fixture.registry.host() + "/golden/java:71")
            .runtime(
                runtime ->
                    runtime.with(
                        "Entrypoint",
                        JsonValue.ofTexts(List.of("java", "-cp", "/app/classes", "Main"))))
            .with(of("app/classes/Main.class", 21));

    assertThat(told(service))
        .extracting(Finding::found)
        .containsExactly("'app.classes.Main' is for Java 21 (class file version 65)");
  }

  /** The second JVM by its path, where the first of the PATH would not do. */
  @Test
  void theJvmThatIsNamedByItsPathCounts() {
    LayerEntry main = of("app/classes/Main.class", 21);

    assertThat(told(service("/usr/lib/jvm/21/bin/java", "-cp", "/app/classes", "Main").with(main)))
        .isEmpty();
    assertThat(
            told(service("/opt/java/openjdk/bin/java", "-cp", "/app/classes", "Main").with(main)))
        .hasSize(1);
  }
}
