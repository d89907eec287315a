package io.github.goldenmaven.mojo;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.UnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;

/**
 * Where the gate keeps what it found in layers. A digest does not prove those notes, so they are
 * believed only from a folder that nobody else can write to.
 *
 * @param madeForTheRun deleted at its end
 */
record ScanFolder(Path folder, boolean madeForTheRun) implements AutoCloseable {

  private static final String SCANS = "scans";

  static ScanFolder of(Path cache, boolean believed, Console console) {
    Path scans = cache.resolve(SCANS);
    if (!believed) {
      return forTheRun();
    }
    if (isOpenToOthers(scans) || isOpenToOthers(cache)) {
      console.warn(
          "Others than this user can write to '" + scans + "', so all layers are read anew.",
          "Take their rights away with 'chmod -R go-w', or name another folder in <cache> or with"
              + " -Dgolden.cache.");
      return forTheRun();
    }
    return new ScanFolder(scans, false);
  }

  private static ScanFolder forTheRun() {
    try {
      return new ScanFolder(Files.createTempDirectory("golden-scans-"), true);
    } catch (IOException e) {
      throw new UnavailableException(
          "No folder for the run can be made: " + e.getMessage() + ".",
          "Make room or rights in the folder for temporary files, or name a cache with"
              + " -Dgolden.cache.",
          e);
    }
  }

  /** False where there is no such folder yet, and where the file system knows no rights. */
  private static boolean isOpenToOthers(Path folder) {
    try {
      PosixFileAttributeView view =
          Files.getFileAttributeView(folder, PosixFileAttributeView.class);
      if (view == null || !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
      PosixFileAttributes attributes = view.readAttributes();
      String owner = attributes.owner().getName();
      boolean ofAGroup =
          attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
              && !attributes.group().getName().equals(owner);
      return ofAGroup
          || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)
          || !owner.equals(user());
    } catch (IOException e) {
      return true;
    }
  }

  /** Who files made by this process belong to. */
  private static String user() throws IOException {
    Path probe = Files.createTempFile("golden-user-", null);
    try {
      return Files.getOwner(probe).getName();
    } finally {
      Files.delete(probe);
    }
  }

  @Override
  public void close() {
    if (!madeForTheRun) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // Nobody reads it again; the system tidies its temporary files up.
      return;
    }
  }
}
