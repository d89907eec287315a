package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.cache.Ownership;
import io.github.goldenmaven.console.Console;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the gate keeps what it found in layers. A digest does not prove these records, so they are
 * trusted only in a folder that nobody else can write to, and there only from files of the user's
 * own.
 *
 * @param madeForTheRun deleted at its end
 */
record ScanFolder(Path folder, boolean madeForTheRun) implements AutoCloseable {

  static ScanFolder of(Path cache, boolean believed, Console console) {
    Path scans = new Cache(cache).folder(Cache.Kind.SCANS);
    if (!believed) {
      return forTheRun();
    }
    if (!Ownership.isOwnFolder(scans) || !Ownership.isOwnFolder(cache)) {
      console.warn(
          "Other users can write to '" + scans + "', so all layers are read again.",
          "Remove their write permission with 'chmod -R go-w'; what they put there is read again"
              + " all the same. Or name another folder in <cache> or with -Dgolden.cache.");
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
          "Free some space or fix the permissions of the folder for temporary files, or name a"
              + " cache with -Dgolden.cache.",
          e);
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
