package io.github.goldenmaven.packaging.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ImageAssembly.Format;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceContainerTest {

  private static ServiceContainer of(WrittenContainer settings) {
    return ServiceContainer.of(settings.build(), List.of("java"), "Main");
  }

  private static String refusal(WrittenContainer settings) {
    return catchThrowableOfType(RefusedException.class, () -> of(settings)).getMessage();
  }

  private static WrittenContainer settings() {
    return WrittenContainer.empty();
  }

  @Test
  void nothingWrittenLeavesTheBaseAsItIs() {
    assertThat(of(settings()))
        .isEqualTo(
            new ServiceContainer(
                List.of("java"),
                null,
                "Main",
                null,
                null,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                null,
                null));
  }

  @Test
  void portsAreListedOneByOneAndSorted() {
    assertThat(of(settings().ports(List.of("8080", "53/udp", "53-54/tcp", "8080/tcp"))).ports())
        .containsExactly("53/tcp", "53/udp", "54/tcp", "8080/tcp");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "65536",
        "99999999999",
        "-1",
        "9-8",
        "80/sctp",
        "80/TCP",
        "eighty",
        "８０",
        "80\n"
      })
  void refusesWhatIsNoPort(String port) {
    assertThat(refusal(settings().ports(List.of(port))))
        .isEqualTo(
            "'"
                + port.replace("\n", "\\u000A")
                + "' in <container><ports> is not a port. Write ports of 1 to 65535 in"
                + " <container><ports>, like '8080', '8000-8010' or '53/udp'.");
  }

  @Test
  void volumesAreSortedPaths() {
    assertThat(of(settings().volumes(List.of("/var//data/", "/cache", "/cache"))).volumes())
        .containsExactly("/cache", "/var/data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "", "/data/../etc", "/./data", "/da\nta"})
  void refusesAVolumeThatIsNoAbsolutePath(String volume) {
    assertThat(refusal(settings().volumes(List.of(volume))))
        .isEqualTo(
            "'"
                + volume.replace("\n", "\\u000A")
                + "' in <container><volumes> is not an absolute path of an image. Write it in"
                + " <container><volumes> from the root and without dots, like '/app/data'.");
  }

  @Test
  void refusesAWorkingDirectoryThatIsNoAbsolutePath() {
    assertThat(refusal(settings().workingDirectory("work")))
        .isEqualTo(
            "'work' in <container><workingDirectory> is not an absolute path of an image. Write it"
                + " in <container><workingDirectory> from the root and without dots, like"
                + " '/app/data'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "A=B", "A\nB", "A\u0000"})
  void refusesANameThatNoVariableCanHave(String name) {
    assertThat(refusal(settings().environment(Map.of(name, "x"))))
        .isEqualTo(
            "'"
                + name.replace("\n", "\\u000A").replace("\u0000", "\\u0000")
                + "' in <container><environment> cannot name an environment variable. Write a name"
                + " without '=' and control characters in <container><environment>.");
  }

  @Test
  void refusesAVariableOfTwoLines() {
    assertThat(refusal(settings().environment(Map.of("MOTD", "one\ntwo"))))
        .isEqualTo(
            "The environment variable 'MOTD' in <container><environment> has a line break or"
                + " another control character in its value. Write the value on one line in"
                + " <container><environment>.");
  }

  @Test
  void aValueMayHoldEqualsSigns() {
    assertThat(of(settings().environment(Map.of("OPTS", "a=b=c"))).environment())
        .isEqualTo(Map.of("OPTS", "a=b=c"));
  }

  @Test
  void theEnvironmentIsSorted() {
    assertThat(
            of(settings().environment(Map.of("B", "2", "A", "1", "C", "3"))).environment().keySet())
        .containsExactly("A", "B", "C");
  }

  @ParameterizedTest
  @ValueSource(strings = {"10001", "app", "app:app", "1000:1000"})
  void takesUsersAsTheConfigWantsThem(String user) {
    assertThat(of(settings().user(user)).user()).isEqualTo(user);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a:b:c", ":1", "1:", "root\n"})
  void refusesWhatIsNoUser(String user) {
    assertThat(refusal(settings().user(user)))
        .isEqualTo(
            "'"
                + user.replace("\n", "\\u000A")
                + "' in <container><user> is not a user. Write a name or number, with a group if"
                + " need be, like '10001' or 'app:app', in <container><user>.");
  }

  @Test
  void readsTimesAsJibWritesThem() {
    assertThat(of(settings().creationTime("EPOCH")).created()).isEqualTo(Instant.EPOCH);
    assertThat(of(settings().creationTime("2026-01-02T03:04:05Z")).created())
        .isEqualTo("2026-01-02T03:04:05Z");
    assertThat(of(settings().creationTime("2026-01-02T03:04:05+0900")).created())
        .isEqualTo("2026-01-01T18:04:05Z");
    assertThat(WrittenTime.ofFiles("EPOCH_PLUS_SECOND")).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(WrittenTime.ofFiles(null)).isEqualTo("1970-01-01T00:00:01Z");
  }

  @Test
  void refusesTheClock() {
    assertThat(refusal(settings().creationTime("USE_CURRENT_TIMESTAMP")))
        .isEqualTo(
            "'USE_CURRENT_TIMESTAMP' in <container><creationTime> makes another image of every"
                + " build. Leave <container><creationTime> out: the time is"
                + " project.build.outputTimestamp, else the commit's.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2026-01-02", "2026-01-02T03:04:05", "1969-12-31T23:59:59Z"})
  void refusesWhatIsNoTime(String time) {
    assertThat(refusal(settings().creationTime(time)))
        .isEqualTo(
            "'"
                + time
                + "' in <container><creationTime> is not a time. Write 'EPOCH' or an ISO 8601 time"
                + " since 1970 with its offset, like '2026-11-23T00:00:00Z', in"
                + " <container><creationTime>.");
    assertThat(
            catchThrowableOfType(RefusedException.class, () -> WrittenTime.ofFiles(time))
                .getMessage())
        .isEqualTo(
            "'"
                + time
                + "' in <container><filesModificationTime> is not a time. Write"
                + " 'EPOCH_PLUS_SECOND' or an ISO 8601 time since 1970 with its offset, like"
                + " '2026-11-23T00:00:00Z', in <container><filesModificationTime>.");
  }

  @Test
  void readsFormats() {
    assertThat(of(settings().format("OCI")).format()).isEqualTo(Format.OCI);
    assertThat(of(settings().format("Docker")).format()).isEqualTo(Format.DOCKER);
    assertThat(refusal(settings().format("docker")))
        .isEqualTo(
            "'docker' in <container><format> is not an image format. Write 'OCI' or 'Docker' in"
                + " <container><format>.");
  }
}
