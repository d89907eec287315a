package io.github.goldenmaven.bake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class BakedFilesFixture {

  @TempDir Path folder;
  @TempDir Path elsewhere;

  final MemoryImageFiles official =
      new MemoryImageFiles()
          .directory("etc")
          .directory("tmp", 01777, LayerEntry.Owner.ROOT)
          .link("srv", "/var/srv")
          .file("etc/hosts", "official")
          .file("bin/busybox", "official")
          .link("usr/bin/wget", "/bin/busybox")
          .directory("usr/lib")
          .link("lib", "usr/lib");

  final Additions additions = Definitions.additions(official);

  void add(String yaml) {
    GoldenDefinition definition = Definitions.of(folder, yaml);
    BakedFiles files =
        BakedFiles.read(definition, Definitions.local(definition), folder.resolve("work"));
    files.addTo(additions);
    files.addVariablesTo(additions);
  }

  Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, name);
  }

  java.util.List<String> entries() {
    return additions.entries().stream().map(addition -> shown(addition.entry())).toList();
  }

  static String shown(LayerEntry entry) {
    String owner = " " + entry.owner().uid() + ":" + entry.owner().gid() + " ";
    if (entry instanceof LayerEntry.SymbolicLink link) {
      return "l" + owner + link.path() + " -> " + link.target();
    }
    String letters = "rwxrwxrwx";
    StringBuilder mode = new StringBuilder(entry instanceof LayerEntry.Directory ? "d" : "-");
    for (int i = 0; i < letters.length(); i++) {
      boolean set = (entry.mode() >> (8 - i) & 1) == 1;
      mode.append(set ? letters.charAt(i) : '-');
    }
    if ((entry.mode() & 04000) != 0) {
      mode.setCharAt(3, 's');
    }
    return mode + owner + entry.path();
  }

  String content(String path) throws IOException {
    LayerEntry.File file =
        additions.entries().stream()
            .map(Additions.Addition::entry)
            .filter(entry -> entry.path().equals(path))
            .map(LayerEntry.File.class::cast)
            .findFirst()
            .orElseThrow();
    try (var in = file.content().open()) {
      byte[] bytes = in.readAllBytes();
      assertThat(file.size()).isEqualTo(bytes.length);
      return new String(bytes, UTF_8);
    }
  }

  record Member(TarArchiveEntry entry, String content) {}

  static Member entry(String name, int mode, String content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setMode(mode);
    entry.setSize(content.length());
    return new Member(entry, content);
  }

  static Member link(String name, byte type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setMode(0644);
    entry.setLinkName(target);
    return new Member(entry, "");
  }

  void tar(String name, Member... members) throws IOException {
    OutputStream file = Files.newOutputStream(folder.resolve(name));
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(name.endsWith(".gz") ? new GZIPOutputStream(file) : file)) {
      for (Member member : Stream.of(members).toList()) {
        tar.putArchiveEntry(member.entry());
        tar.write(member.content().getBytes(UTF_8));
        tar.closeArchiveEntry();
      }
    }
  }
}
