package io.github.goldenmaven.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class FileDigestsTest {

  private static final Digest OLD = Digest.of("OLD!".getBytes(StandardCharsets.UTF_8));
  private static final Digest NEW = Digest.of("NEW!".getBytes(StandardCharsets.UTF_8));

  /** Files written by this test lie in its past. */
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeTheFile() throws IOException {
    file = Files.writeString(folder.resolve("a.jar"), "OLD!");
  }

  @Test
  void readsNoFileAgainThatIsTheSameByTheFileSystemsAccount() throws IOException {
    FileDigests first = new FileDigests(Optional.empty(), LATER);
    assertThat(first.of(file)).isEqualTo(OLD);
    assertThat(first.hasNews()).isTrue();
    String forged =
        new String(first.toNote(), StandardCharsets.UTF_8).replace(OLD.hex(), NEW.hex());

    FileDigests second =
        new FileDigests(Optional.of(forged.getBytes(StandardCharsets.UTF_8)), LATER);

    assertThat(second.of(file)).isEqualTo(NEW);
    assertThat(second.hasNews()).isFalse();
  }

  @Test
  void seesNewContentOfTheSameSizeWhoseTimeWasSetBack() throws IOException {
    FileDigests first = new FileDigests(Optional.empty(), LATER);
    FileTime time = Files.getLastModifiedTime(file);
    assertThat(first.of(file)).isEqualTo(OLD);

    Files.writeString(file, "NEW!");
    Files.setLastModifiedTime(file, time);

    assertThat(new FileDigests(Optional.of(first.toNote()), LATER).of(file)).isEqualTo(NEW);
    assertThat(first.of(file)).isEqualTo(NEW);
  }

  @Test
  void notesNoFileThatChangedAMomentAgo() throws IOException {
    FileDigests digests = new FileDigests(Optional.empty(), Clock.systemUTC());

    assertThat(digests.of(file)).isEqualTo(OLD);

    assertThat(digests.toNote()).isEmpty();
    assertThat(digests.hasNews()).isFalse();
  }

  @Test
  void passesOverWhatItCannotUnderstand() throws IOException {
    for (String note : new String[] {"", "x", "\n\n", "g".repeat(64) + " 1 2", OLD.hex() + " "}) {
      FileDigests digests =
          new FileDigests(Optional.of(note.getBytes(StandardCharsets.UTF_8)), LATER);
      assertThat(digests.of(file)).isEqualTo(OLD);
    }
  }
}
