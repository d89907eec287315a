package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GNU tar and gzip read what we write; we read what GNU tar writes. */
@NeedsPeer({"tar", "gzip"})
class GnuTarTest {

  private static final DateTimeFormatter FULL_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final LayerEntry.Owner ROOT = LayerEntry.Owner.ROOT;

  @TempDir Path folder;

  @BeforeEach
  void requireGnu() {
    assumeTrue(tar("--version").contains("GNU tar"), "'tar' is not GNU tar.");
  }

  @ParameterizedTest
  @EnumSource
  void listsWhatWeWrote(Compression compression) throws IOException {
    Instant time = Instant.parse("2026-11-23T10:15:30Z");
    Instant early = Instant.parse("1965-03-04T05:06:07Z");
    Instant late = Instant.parse("2500-01-01T00:00:00Z");
    LayerEntry.Owner big = new LayerEntry.Owner(Integer.MAX_VALUE, 2097152);
    List<LayerEntry> entries =
        List.of(
            file("app", 0, 0644, ROOT, time),
            new LayerEntry.Directory("bin", 01777, ROOT, early),
            file("bin/" + "name".repeat(24), 1, 04755, ROOT, time),
            file("bin/" + "names".repeat(48), 511, 02711, big, late),
            file("bin/한국어 ☕.txt", 512, 0, big, early),
            new LayerEntry.SymbolicLink("bin/\uD83D\uDE00", "/" + "x".repeat(200), ROOT, time),
            new LayerEntry.Directory("d".repeat(99), 0755, ROOT, time),
            new LayerEntry.Directory("d".repeat(100), 0755, ROOT, time),
            file("e".repeat(100), 70_000, 0644, ROOT, time),
            file("f".repeat(101), 513, 0644, ROOT, time),
            new LayerEntry.SymbolicLink("link", "../target of it", big, late));

    LayerWriter.write(entries, compression, folder.resolve("layer"));

    assertThat(gnu(folder.resolve("layer")))
        .containsExactlyElementsOf(entries.stream().map(GnuTarTest::line).toList());
    assertThat(ours(folder.resolve("layer"))).isEqualTo(gnu(folder.resolve("layer")));
    assertThat(tar("-xOzf", folder.resolve("layer").toString(), "e".repeat(100)))
        .isEqualTo("e".repeat(70_000));
  }

  @Test
  void gzipReadsBothFormsAsTheSameTar() throws IOException {
    List<LayerEntry> entries =
        List.of(
            file("a", 65535 - 512, 0644, ROOT, Instant.EPOCH),
            file("b", 200_000, 0644, ROOT, Instant.EPOCH));
    Layer stored = LayerWriter.write(entries, Compression.STORED, folder.resolve("stored.tar.gz"));
    Layer deflated =
        LayerWriter.write(entries, Compression.DEFLATED, folder.resolve("deflated.tar.gz"));
    for (String name : List.of("stored.tar.gz", "deflated.tar.gz")) {
      Command.of(Machine.require("gzip").toString(), "--test", name).in(folder).run();
      Command.of(Machine.require("gzip").toString(), "--decompress", name).in(folder).run();
    }

    byte[] tar = Files.readAllBytes(folder.resolve("stored.tar"));
    assertThat(Files.readAllBytes(folder.resolve("deflated.tar"))).isEqualTo(tar);
    assertThat(stored.diffId()).isEqualTo(Digest.of(tar)).isEqualTo(deflated.diffId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu", "oldgnu", "posix", "ustar", "v7"})
  void readsWhatItWrites(String format) throws IOException {
    Path tree = tree(format);
    Path archive = folder.resolve("archive");
    tar("--format=" + format, "-cf", archive.toString(), "-C", tree.toString(), ".");

    assertThat(ours(archive)).isEqualTo(gnu(archive)).hasSizeGreaterThan(8);
    try (LayerReader reader = open(archive)) {
      assertThat(reader.diffId()).isEqualTo(Digest.of(Files.readAllBytes(archive)));
    }
  }

  @Test
  void readsAnArchiveThatWasAppendedToAndGlobalCommentsOfIt() throws IOException {
    Path tree = tree("posix");
    Path archive = folder.resolve("archive");
    tar(
        "--format=posix",
        "--pax-option=comment=made by a test,globexthdr.name=pax_global_header",
        "-cf",
        archive.toString(),
        "-C",
        tree.toString(),
        "plain");
    tar("--format=gnu", "-rf", archive.toString(), "-C", tree.toString(), "./folder");

    assertThat(ours(archive)).isEqualTo(gnu(archive)).hasSizeGreaterThan(2);
  }

  @Test
  void readsExtendedAttributes() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "content");
    UserDefinedFileAttributeView attributes =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    assumeTrue(
        attributes != null && Files.getFileStore(file).supportsFileAttributeView("user"),
        "the file system has no extended attributes");
    attributes.write("golden", StandardCharsets.UTF_8.encode("\0binary\n=\u00ff"));
    Path archive = folder.resolve("archive");
    tar("--format=posix", "--xattrs", "-cf", archive.toString(), "-C", folder.toString(), "file");

    try (LayerReader reader = open(archive)) {
      TarEntry entry = reader.next().orElseThrow();
      assertThat(entry.xattrs()).containsExactly("user.golden");
      assertThat(entry.pax())
          .contains(Map.entry("SCHILY.xattr.user.golden", "\0binary\n=\u00c3\u00bf"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--format=gnu",
        "--format=oldgnu",
        "--format=posix --sparse-version=0.0",
        "--format=posix --sparse-version=0.1",
        "--format=posix --sparse-version=1.0"
      })
  void refusesItsSparseFiles(String options) throws IOException {
    Path sparse = folder.resolve("sparse");
    try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
      file.setLength(10L << 20);
      file.seek(5L << 20);
      file.write(1);
    }
    Path archive = folder.resolve("archive");
    List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
    arguments.addAll(List.of("-S", "-cf", archive.toString(), "-C", folder.toString(), "sparse"));
    tar(arguments.toArray(String[]::new));

    assertThatThrownBy(() -> ours(archive))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has a sparse file, which readers unfold differently.");
  }

  /** Everything a format can hold and a file system lets us make. */
  private Path tree(String format) throws IOException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    Files.writeString(tree.resolve("plain"), "content");
    Files.writeString(tree.resolve("setuid"), "#!/bin/sh\n");
    Files.createLink(tree.resolve("zz-hard"), tree.resolve("plain"));
    Files.createSymbolicLink(tree.resolve("soft"), Path.of("../plain"));
    Files.writeString(tree.resolve(".wh.gone"), "");
    Files.writeString(tree.resolve(".wh..wh..opq"), "");
    Files.createDirectory(tree.resolve("folder"));
    Files.write(tree.resolve("folder/data"), new byte[123_456]);
    Path deep = tree;
    if (!format.equals("v7")) {
      for (int i = 0; i < 3; i++) {
        deep = Files.createDirectory(deep.resolve("deep-" + i + "-".repeat(40)));
      }
      Files.writeString(deep.resolve("name".repeat(20)), "deep");
      Command.of("mkfifo", tree.resolve("pipe").toString()).run();
      if (Machine.isRoot()) {
        Command.of("mknod", tree.resolve("device").toString(), "c", "1", "3").run();
      }
    }
    if (format.contains("gnu") || format.equals("posix")) {
      Files.writeString(deep.resolve("n".repeat(250)), "longest");
      Files.createSymbolicLink(deep.resolve("far"), Path.of("/" + "far/".repeat(60)));
      Files.createLink(tree.resolve("zz-long"), deep.resolve("n".repeat(250)));
      Files.writeString(tree.resolve("한국어 ☕"), "coffee");
    }
    Files.setPosixFilePermissions(
        tree.resolve("plain"), PosixFilePermissions.fromString("r-x-w---x"));
    Command.of("chmod", "6751", tree.resolve("setuid").toString()).run();
    Command.of("chmod", "1777", tree.resolve("folder").toString()).run();
    for (String name : List.of("plain", "folder/data", "setuid", "folder")) {
      Files.setLastModifiedTime(
          tree.resolve(name), FileTime.from(Instant.parse("2001-02-03T04:05:06Z")));
    }
    return tree;
  }

  private String tar(String... arguments) {
    return Command.of(Machine.require("tar").toString())
        .with(arguments)
        .environment("LC_ALL", "C.UTF-8")
        .run();
  }

  private List<String> gnu(Path archive) {
    String listing =
        tar(
            "--utc",
            "--full-time",
            "--numeric-owner",
            "--quoting-style=literal",
            "-tvf",
            archive.toString());
    return lines(listing);
  }

  /** Without what aligns columns, and parts of a second. */
  static List<String> lines(String listing) {
    return listing
        .lines()
        .map(line -> line.replaceFirst("(:[0-9]{2})(\\.[0-9]+)? +", "$1 "))
        .map(line -> line.replaceFirst("(?<=[0-9]/[0-9]{1,12}) +", " "))
        .toList();
  }

  static List<String> ours(Path archive) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LayerReader reader = open(archive)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        lines.add(line(next.get()));
      }
    }
    return lines;
  }

  private static LayerReader open(Path archive) throws IOException {
    return LayerReader.open(
        "The layer 'x'", Files.newInputStream(archive), LayerReader.Limits.DEFAULT);
  }

  private static String line(LayerEntry entry) {
    char type = '-';
    String name = entry.path();
    long size = 0;
    if (entry instanceof LayerEntry.File file) {
      size = file.size();
    } else if (entry instanceof LayerEntry.SymbolicLink link) {
      type = 'l';
      name += " -> " + link.target();
    } else {
      type = 'd';
      name += "/";
    }
    return line(
        type,
        entry.mode(),
        entry.owner().uid() + "/" + entry.owner().gid(),
        Long.toString(size),
        entry.modified(),
        name);
  }

  private static String line(TarEntry entry) {
    char type =
        switch (entry.type()) {
          case DIRECTORY -> 'd';
          case SYMBOLIC_LINK -> 'l';
          case HARD_LINK -> 'h';
          case CHARACTER_DEVICE -> 'c';
          case BLOCK_DEVICE -> 'b';
          case FIFO -> 'p';
          default -> '-';
        };
    String name = entry.rawPath();
    String size = Long.toString(entry.size());
    if (type == 'l') {
      name += " -> " + entry.link();
    } else if (type == 'h') {
      // Ours is spelled like a path; every name here was archived below ".".
      name += " link to ./" + entry.link();
    } else if (type == 'c') {
      size = entry.deviceMajor() + "," + entry.deviceMinor();
    }
    return line(
        type,
        entry.mode(),
        entry.uid() + "/" + entry.gid(),
        size,
        Instant.ofEpochSecond(entry.modified()),
        name);
  }

  private static String line(
      char type, int mode, String owner, String size, Instant time, String name) {
    return type
        + permissions(mode)
        + " "
        + owner
        + " "
        + size
        + " "
        + FULL_TIME.format(time)
        + " "
        + name;
  }

  /** As ls(1) shows a mode. */
  private static String permissions(int mode) {
    char[] shown = "rwxrwxrwx".toCharArray();
    for (int i = 0; i < 9; i++) {
      if ((mode & (0400 >> i)) == 0) {
        shown[i] = '-';
      }
    }
    mark(shown, 2, mode & 04000, 's');
    mark(shown, 5, mode & 02000, 's');
    mark(shown, 8, mode & 01000, 't');
    return new String(shown);
  }

  private static void mark(char[] shown, int at, int bit, char mark) {
    if (bit != 0) {
      shown[at] = shown[at] == '-' ? Character.toUpperCase(mark) : mark;
    }
  }

  private static LayerEntry file(
      String path, int size, int mode, LayerEntry.Owner owner, Instant time) {
    byte[] bytes = "e".repeat(size).getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        path, size, () -> new ByteArrayInputStream(bytes), mode, owner, time);
  }
}
