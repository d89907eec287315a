package io.github.goldenmaven.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Debian 12 in a folder, without and with some packages, made with mmdebstrap from the machine's
 * own package mirror; needs root.
 *
 * @param before Debian alone
 * @param after the same with the packages
 */
record DebianRoot(Path before, Path after) {

  private static final String SUITE = "bookworm";
  private static final Duration MAKING = Duration.ofMinutes(20);

  private static final Pattern MIRROR =
      Pattern.compile("(?m)^(?:URIs:|deb(?: \\[[^]]*])?)\\s+(https?://\\S+/debian)/?(?:\\s|$)");

  /**
   * Makes both below a folder.
   *
   * @param packages parted by blanks, without what they recommend
   */
  static DebianRoot in(Path work, String packages) throws IOException {
    if (!Machine.isRoot()) {
      throw new PeerMissingException("A base made with mmdebstrap needs root.");
    }
    String mmdebstrap = Machine.require("mmdebstrap").toString();
    System.out.println("[peers] Making Debian 12 with " + packages + "; kept for later runs.");
    DebianRoot made = new DebianRoot(work.resolve("before"), work.resolve("root"));
    Command.of(mmdebstrap, "--mode=root", "--variant=minbase", "--format=directory")
        .with("--aptopt=Acquire::Languages \"none\"")
        .with("--aptopt=APT::Install-Recommends \"false\"")
        .with("--dpkgopt=path-exclude=/usr/share/man/*")
        .with("--dpkgopt=path-exclude=/usr/share/doc/*")
        .with("--dpkgopt=path-include=/usr/share/doc/*/copyright")
        .with("--dpkgopt=path-exclude=/usr/share/info/*")
        .with("--dpkgopt=path-exclude=/usr/share/locale/*")
        .with("--customize-hook=cp -ax \"$1\" '" + made.before() + "'")
        .with("--customize-hook=mkdir -p \"$1/usr/share/man/man1\"")
        // In the new root and nowhere else: an apt-get outside would install into this machine.
        .with("--customize-hook=chroot \"$1\" apt-get -q -y install " + packages)
        .with(SUITE, made.after().toString(), mirror())
        .timeout(MAKING)
        .run();
    return made;
  }

  /** The mirror that /etc/apt names first; Debian's own where it names none. */
  private static String mirror() throws IOException {
    Path parts = Path.of("/etc/apt/sources.list.d");
    try (Stream<Path> files = Files.exists(parts) ? Files.list(parts) : Stream.empty()) {
      List<Path> lists =
          Stream.concat(Stream.of(Path.of("/etc/apt/sources.list")), files.sorted())
              .filter(Files::isReadable)
              .toList();
      for (Path list : lists) {
        Matcher matcher = MIRROR.matcher(Files.readString(list));
        if (matcher.find()) {
          return matcher.group(1);
        }
      }
    }
    return "http://deb.debian.org/debian";
  }
}
