package io.github.goldenmaven.mojo.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RecordingConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ScanFolderTest {

  @TempDir Path cache;
  private final RecordingConsole console = new RecordingConsole();

  @Test
  void aFolderOfTheUsersOwnIsBelieved() throws IOException {
    Path scans = Files.createDirectory(cache.resolve("scans"));
    rights(scans, "rwxr-xr-x");

    try (ScanFolder folder = ScanFolder.of(cache, true, console)) {
      assertThat(folder.folder()).isEqualTo(scans);
    }
    assertThat(scans).exists();
    assertThat(console.lines).isEmpty();
  }

  @Test
  void aFolderThatOthersCanWriteToIsNotBelievedAndThatIsSaid() throws IOException {
    Path scans = Files.createDirectory(cache.resolve("scans"));
    rights(scans, "rwxr-xrwx");

    Path made;
    try (ScanFolder folder = ScanFolder.of(cache, true, console)) {
      made = folder.folder();
      assertThat(made).isDirectory().isNotEqualTo(scans);
    }
    assertThat(made).doesNotExist();
    assertThat(console.lines)
        .containsExactly(
            "warning: Other users can write to '"
                + scans
                + "', so all layers are read again. Remove their write permission with 'chmod -R"
                + " go-w'; what they put there is read again all the same. Or name another folder"
                + " in <cache> or with -Dgolden.cache.");
  }

  @Test
  void aReleaseThatNamesNoCacheReadsAllLayersAnew() throws IOException {
    Path scans = Files.createDirectory(cache.resolve("scans"));
    Files.writeString(scans.resolve("planted.scan"), "no entries");

    Path made;
    try (ScanFolder folder = ScanFolder.of(cache, false, console)) {
      made = folder.folder();
      assertThat(made).isEmptyDirectory();
      Files.writeString(made.resolve("found.scan"), "entries");
    }
    assertThat(made).doesNotExist();
  }

  private static void rights(Path folder, String rights) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
  }
}
