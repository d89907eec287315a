package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {

  @TempDir Path folder;

  @Test
  void isGoneAfterwardsWithAllThatIsInIt() throws IOException {
    Path path;
    try (WorkFolder work = WorkFolder.in(folder.resolve("work"))) {
      path = work.path();
      Files.writeString(Files.createDirectory(path.resolve("tool-0")).resolve("x"), "x");
    }
    assertThat(path).doesNotExist();
    assertThat(folder.resolve("work")).isEmptyDirectory();
  }

  @Test
  void whatAKilledRunLeftGoesAfterADay() throws IOException {
    Path killed = aged("run-1", Duration.ofHours(25));
    Path running = aged("run-2", Duration.ofHours(23));
    Path foreign = aged("mine", Duration.ofDays(400));

    WorkFolder.in(folder).close();

    assertThat(killed).doesNotExist();
    assertThat(running.resolve("tool-0")).exists();
    assertThat(foreign.resolve("tool-0")).exists();
  }

  private Path aged(String name, Duration age) throws IOException {
    Path run = Files.createDirectory(folder.resolve(name));
    Files.writeString(run.resolve("tool-0"), "x");
    return Files.setLastModifiedTime(run, FileTime.from(Instant.now().minus(age)));
  }
}
