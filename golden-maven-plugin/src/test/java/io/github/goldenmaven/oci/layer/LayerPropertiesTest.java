package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What we write is what we, and others, read; whatever we read, we end well. */
class LayerPropertiesTest extends LayerPropertiesFixture {

  /** An entry as both sides can tell it. */
  record Told(
      String kind,
      String path,
      String link,
      int mode,
      long uid,
      long gid,
      long modified,
      String content) {}

  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll("layers") List<LayerEntry> entries, @ForAll Compression compression)
      throws IOException {
    byte[] stored = write(entries, compression);

    assertThat(ours(stored)).containsExactlyElementsOf(told(entries));
  }

  @Property(tries = 300)
  void commonsCompressReadsTheSame(
      @ForAll("layers") List<LayerEntry> entries, @ForAll Compression compression)
      throws IOException {
    byte[] tar = Gunzip.all(write(entries, compression));

    assertThat(theirs(tar)).containsExactlyElementsOf(told(entries));
    assertThat(tar.length % 512).isZero();
  }

  @Property(tries = 100)
  void theSameEntriesAreTheSameBytes(
      @ForAll("layers") List<LayerEntry> entries,
      @ForAll Random random,
      @ForAll("zones") TimeZone zone,
      @ForAll("locales") Locale locale,
      @ForAll Compression compression)
      throws IOException {
    byte[] before = write(entries, compression);
    List<LayerEntry> shuffled = new ArrayList<>(entries);
    Collections.shuffle(shuffled, random);
    TimeZone zoneBefore = TimeZone.getDefault();
    Locale localeBefore = Locale.getDefault();
    try {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
      assertThat(write(shuffled, compression)).isEqualTo(before);
    } finally {
      TimeZone.setDefault(zoneBefore);
      Locale.setDefault(localeBefore);
    }
  }

  @Property(tries = 100)
  void bothFormsDecompressToTheSameTar(@ForAll("layers") List<LayerEntry> entries)
      throws IOException {
    assertThat(Gunzip.all(write(entries, Compression.DEFLATED)))
        .isEqualTo(Gunzip.all(write(entries, Compression.STORED)));
  }

  /** Long runs, noise and their mixture, across jzlib's windows and our blocks. */
  @Property(tries = 100)
  void jzlibLosesNothing(@ForAll Random random) throws IOException {
    byte[] content = new byte[random.nextInt(600_000)];
    int at = 0;
    while (at < content.length) {
      int run = Math.min(content.length - at, 1 + random.nextInt(70_000));
      byte[] piece = new byte[run];
      if (random.nextBoolean()) {
        random.nextBytes(piece);
      } else {
        Arrays.fill(piece, (byte) random.nextInt(256));
      }
      System.arraycopy(piece, 0, content, at, run);
      at += run;
    }
    LayerEntry file = file("a", content, 0644, 0, 0, 0);

    byte[] tar = Gunzip.all(write(List.of(file), Compression.DEFLATED));

    assertThat(Arrays.copyOfRange(tar, 512, 512 + content.length)).isEqualTo(content);
  }

  @Provide
  Arbitrary<TimeZone> zones() {
    return Arbitraries.of(TimeZone.getAvailableIDs()).map(TimeZone::getTimeZone);
  }

  @Provide
  Arbitrary<Locale> locales() {
    return Arbitraries.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "de-DE")
        .map(Locale::forLanguageTag);
  }

  private static List<Told> told(List<LayerEntry> entries) throws IOException {
    Map<byte[], Told> told = new TreeMap<>(Arrays::compareUnsigned);
    for (LayerEntry entry : entries) {
      String kind = "directory";
      String link = "";
      String content = "";
      if (entry instanceof LayerEntry.File file) {
        kind = "file";
        content = new String(file.content().open().readAllBytes(), StandardCharsets.UTF_8);
      } else if (entry instanceof LayerEntry.SymbolicLink symbolic) {
        kind = "link";
        link = symbolic.target();
      }
      told.put(
          entry.path().getBytes(StandardCharsets.UTF_8),
          new Told(
              kind,
              entry.path(),
              link,
              entry.mode(),
              entry.owner().uid(),
              entry.owner().gid(),
              entry.modified().getEpochSecond(),
              content));
    }
    return new ArrayList<>(told.values());
  }

  private static List<Told> ours(byte[] stored) throws IOException {
    List<Told> told = new ArrayList<>();
    try (LayerReader reader =
        LayerReader.open(
            "The layer 'x'", new ByteArrayInputStream(stored), LayerReader.Limits.DEFAULT)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        TarEntry entry = next.get();
        String kind =
            switch (entry.type()) {
              case FILE -> "file";
              case DIRECTORY -> "directory";
              case SYMBOLIC_LINK -> "link";
              default -> entry.type().toString();
            };
        told.add(
            new Told(
                kind,
                entry.path(),
                entry.link(),
                entry.mode(),
                entry.uid(),
                entry.gid(),
                entry.modified(),
                new String(reader.content().readAllBytes(), StandardCharsets.UTF_8)));
      }
      assertThat(reader.diffId()).isEqualTo(Digest.of(Gunzip.all(stored)));
    }
    return told;
  }

  private static List<Told> theirs(byte[] tar) throws IOException {
    List<Told> told = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
      TarArchiveEntry entry;
      while ((entry = in.getNextEntry()) != null) {
        String name = entry.getName();
        told.add(
            new Told(
                entry.isSymbolicLink() ? "link" : entry.isDirectory() ? "directory" : "file",
                entry.isDirectory() ? name.substring(0, name.length() - 1) : name,
                entry.isSymbolicLink() ? entry.getLinkName() : "",
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                entry.getLastModifiedTime().toMillis() / 1000,
                new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        assertThat(entry.getUserName()).isEmpty();
        assertThat(entry.getGroupName()).isEmpty();
      }
    }
    return told;
  }
}
