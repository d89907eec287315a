package io.github.goldenmaven.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.peers.PeerMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherJdkTest {

  @TempDir private Path folder;

  @Test
  void theNewestIsTakenThatIsNotTheOneAtWork() throws IOException {
    List<Path> homes = List.of(jdk("8", "1.8.0_412"), jdk("17", "17.0.15"), jdk("25", "25.0.1"));

    assertThat(OtherJdk.of(homes, 17)).contains(folder.resolve("25"));
    assertThat(OtherJdk.of(homes, 25)).contains(folder.resolve("17"));
    assertThat(OtherJdk.of(homes.subList(0, 2), 17)).isEmpty();
  }

  @Test
  void inContinuousIntegrationNothingIsLeftOutForWantOfOne() {
    assertThat(OtherJdk.or(Optional.empty(), "There is no other JDK", false)).isEmpty();
    assertThatThrownBy(() -> OtherJdk.or(Optional.empty(), "There is no other JDK", true))
        .isInstanceOf(PeerMissingException.class)
        .hasMessage(
            "There is no other JDK. Put one below '/usr/lib/jvm', or name its folder in"
                + " 'JAVA_HOME_21_X64'.");
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    Files.createFile(
        Files.createDirectories(home.resolve("bin")).resolve("javac"),
        java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
            java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }
}
