package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.oci.LayerEntry;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Instant;
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
  private static GateHouse house;
  private static LayoutFolder golden;

  @BeforeAll
  static void open() {
    house = new GateHouse(shared);
    golden =
        house.push(
            GoldenFixture.of(house.official)
                .line("70")
                .version("70.0.1")
                .label("io.github.goldenmaven.golden.java", "17,21"),
            "70");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static ApplicationFixture service(String... entrypoint) {
    return ApplicationFixture.on(golden, "70", house.registry.host() + "/golden/java:70")
        .label(Label.GOLDEN_JAVA, "17,21")
        .runtime(runtime -> runtime.with("Entrypoint", JsonValue.ofTexts(List.of(entrypoint))));
  }

  private static LayerEntry of(String path, int java) {
    byte[] header = {
      (byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (java + 44), 1, 2
    };
    return new LayerEntry.File(
        path,
        header.length,
        () -> new ByteArrayInputStream(header),
        0644,
        LayerEntry.Owner.ROOT,
        Instant.EPOCH);
  }

  /** Twice: what was read of a layer is kept, and says the same. */
  @Test
  void refusesClassesThatTheJavaOfPathDoesNotLoad() {
    ApplicationFixture service =
        service("java", "-cp", "/app/classes", "com.example.Main")
            .with(of("app/classes/com/example/Main.class", 21))
            .with(of("app/classes/com/example/Old.class", 17), of("app/classes/New.class", 25));
    String reference = house.push(service);

    for (int time = 0; time < 2; time++) {
      assertThat(house.check(reference).findings())
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

    assertThat(house.check(service).findings())
        .noneMatch(finding -> finding.rule().id().equals("CLASSES_LOADABLE"));
  }
}
