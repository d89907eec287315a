package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Archives of every format with entries of all kinds, names, sizes, owners and times, listed by our
 * reader and by GNU tar: the same lines. One shell lists dozens of them.
 */
@Tag("peer")
@SuppressWarnings("NullAway.Init")
class GnuTarPropertiesTest {

  private static final int ARCHIVES = 40;

  /** How {@code tar -tv} is told to list each archive of a folder, in their order. */
  private static final String LIST =
      "for archive in *; do echo \"== $archive\"; '%s' --utc --full-time --numeric-owner"
          + " --quoting-style=literal -tvf \"$archive\" || exit 1; done";

  /** Who says how what the first format of tar cannot hold is held. */
  enum Format {
    GNU,
    PAX,
    USTAR
  }

  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("gm-tars-");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Property(tries = 12)
  void listsEveryArchiveAsGnuTarDoes(@ForAll Random random) throws IOException {
    Path archives = Files.createTempDirectory(folder, "archives");
    List<String> ours = new ArrayList<>();
    for (int at = 0; at < ARCHIVES; at++) {
      Format format = Format.values()[random.nextInt(Format.values().length)];
      Path archive = archives.resolve(100 + at + "-" + format);
      write(archive, format, random);
      ours.add("== " + archive.getFileName());
      ours.addAll(GnuTarTest.ours(archive));
    }

    String listing =
        Command.of("sh", "-c", LIST.formatted(Machine.require("tar")))
            .in(archives)
            .environment("LC_ALL", "C.UTF-8")
            .run();

    List<String> theirs = GnuTarTest.lines(listing);
    // Line by line: a difference is found in one of thousands.
    for (int at = 0; at < Math.min(ours.size(), theirs.size()); at++) {
      assertThat(ours.get(at)).isEqualTo(theirs.get(at));
    }
    assertThat(ours).hasSameSizeAs(theirs);
  }

  private static void write(Path archive, Format format, Random random) throws IOException {
    try (OutputStream out = Files.newOutputStream(archive);
        TarArchiveOutputStream tar =
            new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name())) {
      if (format == Format.GNU) {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
      } else {
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(random.nextBoolean());
      }
      for (int left = random.nextInt(8); left >= 0; left--) {
        add(tar, format, random);
      }
    }
  }

  private static void add(TarArchiveOutputStream tar, Format format, Random random)
      throws IOException {
    String name = name(format, random);
    byte[] content = new byte[0];
    TarArchiveEntry entry;
    switch (random.nextInt(8)) {
      case 0, 1 -> entry = new TarArchiveEntry(name + "/");
      case 2 -> {
        entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName(any(random, "/", "../", "") + name(format, random));
      }
      case 3 -> {
        entry = new TarArchiveEntry(name, TarConstants.LF_LINK);
        String target = name(format, random);
        entry.setLinkName(target.startsWith("./") ? target : "./" + target);
      }
      case 4 -> entry = new TarArchiveEntry(name, TarConstants.LF_FIFO);
      default -> {
        entry = new TarArchiveEntry(name);
        content = new byte[any(random, 0, 1, 511, 512, 513, random.nextInt(100_000))];
        random.nextBytes(content);
      }
    }
    boolean plain = format == Format.USTAR;
    entry.setSize(content.length);
    entry.setMode(random.nextInt(010000));
    entry.setUserId(plain ? random.nextInt(1 << 21) : random.nextInt(Integer.MAX_VALUE));
    entry.setGroupId(any(random, 0, 65534, 07777777));
    entry.setModTime(1000L * any(random, 0, 1, 1_800_000_000, random.nextInt(Integer.MAX_VALUE)));
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** From one letter to several hundred bytes, at and around what headers can hold. */
  private static String name(Format format, Random random) {
    int length =
        format == Format.USTAR
            ? 1 + random.nextInt(90)
            : any(random, 1, 8, 98, 99, 100, 101, 155, 254, 255, 256, random.nextInt(1200) + 1);
    StringBuilder name = new StringBuilder(any(random, "a", "é", "./☕"));
    while (name.length() < length) {
      name.append(
          any(
              random,
              "a",
              "b1",
              "name-of-it",
              " ",
              "'",
              "\"",
              "é",
              "한국어",
              "☕",
              "\uD83D\uDE00",
              "e\u0301"));
      // Parts of names have bounds of their own, which are looked at elsewhere.
      if (random.nextInt(6) == 0) {
        name.append("/").append(any(random, "x", "y", "z"));
      }
    }
    return name + "n";
  }

  @SafeVarargs
  private static <T> T any(Random random, T... words) {
    return words[random.nextInt(words.length)];
  }
}
