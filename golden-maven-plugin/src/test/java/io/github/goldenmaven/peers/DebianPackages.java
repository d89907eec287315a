package io.github.goldenmaven.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Debian's packages, unpacked into a folder and not installed; what they depend on is left out. */
final class DebianPackages {

  private DebianPackages() {}

  /**
   * Downloads packages from the machine's own mirror.
   *
   * @param folder gets what they hold
   * @throws PeerMissingException where this is not Debian, or the mirror does not have them
   */
  static void unpack(Path folder, String... names) throws IOException {
    if (Machine.find("apt-get").isEmpty() || Machine.find("dpkg-deb").isEmpty()) {
      throw new PeerMissingException(
          "'" + String.join("', '", names) + "' are Debian's, and this is not Debian.");
    }
    Path downloads = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-debs"));
    try {
      download(downloads, names);
    } catch (CommandFailedException stale) {
      // The package lists may be older than the mirror, or were never fetched.
      try {
        Command.of("apt-get", "-q", "update").run();
        download(downloads, names);
      } catch (CommandFailedException e) {
        throw new PeerMissingException(
            "'" + String.join("', '", names) + "' could not be downloaded: " + e.getMessage());
      }
    }
    for (Path deb : debs(downloads)) {
      Command.of("dpkg-deb", "-x", deb.toString(), folder.toString()).run();
    }
  }

  private static void download(Path folder, String... names) {
    Command.of("apt-get", "-q", "download").with(names).in(folder).run();
  }

  private static List<Path> debs(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    }
  }
}
