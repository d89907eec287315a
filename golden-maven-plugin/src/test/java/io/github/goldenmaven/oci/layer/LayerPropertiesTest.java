package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** What we write is what we, and others, read; whatever we read, we end well. */
class LayerPropertiesTest {

  private static Path folder = Path.of(".");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("layers");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("layer"));
    Files.delete(folder);
  }

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

  // Hostile input

  @Property(tries = 2000)
  void randomBytesEndInAGoldenException(@ForAll byte[] bytes) {
    endsWell(bytes);
  }

  @Property(tries = 2000)
  void randomBytesBehindAGzipHeaderEndInAGoldenException(@ForAll byte[] bytes) {
    byte[] gzip = new byte[10 + bytes.length];
    gzip[0] = 0x1f;
    gzip[1] = (byte) 0x8b;
    gzip[2] = 8;
    System.arraycopy(bytes, 0, gzip, 10, bytes.length);
    endsWell(gzip);
  }

  @Property(tries = 200)
  void aChangedByteOfAnArchiveEndsWell(
      @ForAll("layers") List<LayerEntry> entries, @ForAll Random random) throws IOException {
    byte[] gzip = write(entries, Compression.DEFLATED);
    byte[] tar = Gunzip.all(gzip);
    for (int i = 0; i < 20; i++) {
      endsWell(changed(gzip, random));
      endsWell(changed(tar, random));
      endsWell(resealed(changed(tar, random)));
      endsWell(Arrays.copyOf(tar, random.nextInt(tar.length)));
      endsWell(Arrays.copyOf(gzip, random.nextInt(gzip.length)));
    }
  }

  private static byte[] changed(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    // Headers are where it hurts.
    int at =
        random.nextBoolean()
            ? random.nextInt(Math.min(1024, bytes.length))
            : random.nextInt(bytes.length);
    changed[at] = (byte) random.nextInt(256);
    return changed;
  }

  /** Mends the checksums, so that a changed field is looked at. */
  private static byte[] resealed(byte[] tar) {
    for (int block = 0; block + 512 <= tar.length; block += 512) {
      if (tar[block + 257] == 'u' && tar[block + 258] == 's') {
        Arrays.fill(tar, block + 148, block + 156, (byte) ' ');
        int sum = 0;
        for (int i = block; i < block + 512; i++) {
          sum += tar[i] & 0xFF;
        }
        byte[] octal = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, tar, block + 148, 8);
      }
    }
    return tar;
  }

  private static void endsWell(byte[] bytes) {
    long before = System.nanoTime();
    try (LayerReader reader =
        LayerReader.open(
            "The layer 'x'",
            new ByteArrayInputStream(bytes),
            new LayerReader.Limits(10_000, 64 << 20, 200))) {
      Optional<TarEntry> entry;
      do {
        entry = reader.next();
        entry.ifPresent(LayerPropertiesTest::assertPlain);
      } while (entry.isPresent());
      reader.diffId();
    } catch (GoldenException expected) {
      assertThat(expected.problem()).startsWith("The layer 'x' ").endsWith(".");
      assertThat(expected.problem()).doesNotContainPattern("\\p{Cntrl}");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  private static void assertPlain(TarEntry entry) {
    assertThat(entry.path().split("/", -1)).doesNotContain(".", "..");
    assertThat(entry.path()).doesNotStartWith("/").doesNotContain("//").doesNotEndWith("/");
    assertThat(entry.size()).isNotNegative();
    assertThat(entry.mode()).isBetween(0, 07777);
    assertThat(entry.xattrs()).isNotNull();
    assertThat(entry.removes().isPresent())
        .isEqualTo(
            entry.type() == TarEntry.Type.WHITEOUT
                || entry.type() == TarEntry.Type.OPAQUE_WHITEOUT);
  }

  // Layers

  @Provide
  Arbitrary<List<LayerEntry>> layers() {
    Arbitrary<String> part =
        Arbitraries.oneOf(
                Arbitraries.strings().withChars("ab.").ofMinLength(1).ofMaxLength(3),
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(120),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20))
            .filter(LayerPropertiesTest::isPart);
    Arbitrary<List<String>> places = part.list().ofMinSize(1).ofMaxSize(5);
    Arbitrary<LayerEntry> entries =
        Combinators.combine(
                places,
                Arbitraries.integers().between(0, 2),
                Arbitraries.strings()
                    .ofMinLength(1)
                    .ofMaxLength(150)
                    .filter(LayerPropertiesTest::isText),
                Arbitraries.integers().between(0, 07777),
                Arbitraries.oneOf(
                    Arbitraries.integers().between(0, 70_000),
                    Arbitraries.integers().greaterOrEqual(0)),
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.longs().between(-10_000_000_000L, 100_000_000_000L))
            .as(LayerPropertiesTest::entry);
    return entries.list().ofMaxSize(12).map(LayerPropertiesTest::consistent);
  }

  private static boolean isPart(String part) {
    return !part.equals(".")
        && !part.equals("..")
        && part.indexOf('/') < 0
        && !part.startsWith(".wh.")
        && isText(part);
  }

  private static boolean isText(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static LayerEntry entry(
      List<String> parts, int kind, String text, int mode, int uid, int gid, long modified) {
    String path = String.join("/", parts);
    LayerEntry.Owner owner = new LayerEntry.Owner(uid, gid);
    Instant time = Instant.ofEpochSecond(modified, 999_999_999);
    return switch (kind) {
      case 0 -> new LayerEntry.Directory(path, mode, owner, time);
      case 1 -> new LayerEntry.SymbolicLink(path, text, owner, time);
      default -> file(path, text.getBytes(StandardCharsets.UTF_8), mode, uid, gid, modified);
    };
  }

  private static LayerEntry file(
      String path, byte[] bytes, int mode, int uid, int gid, long modified) {
    return new LayerEntry.File(
        path,
        bytes.length,
        () -> new ByteArrayInputStream(bytes),
        mode,
        new LayerEntry.Owner(uid, gid),
        Instant.ofEpochSecond(modified));
  }

  /** Each path once, and only directories above others. */
  private static List<LayerEntry> consistent(List<LayerEntry> entries) {
    Map<String, LayerEntry> kept = new LinkedHashMap<>();
    for (LayerEntry entry : entries) {
      String path = entry.path();
      boolean below =
          kept.values().stream()
              .anyMatch(
                  other ->
                      !(other instanceof LayerEntry.Directory)
                          && path.startsWith(other.path() + "/"));
      boolean above =
          !(entry instanceof LayerEntry.Directory)
              && kept.keySet().stream().anyMatch(other -> other.startsWith(path + "/"));
      if (!below && !above) {
        kept.putIfAbsent(path, entry);
      }
    }
    return new ArrayList<>(kept.values());
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

  private static byte[] write(List<LayerEntry> entries, Compression compression)
      throws IOException {
    Path file = folder.resolve("layer");
    LayerWriter.write(entries, compression, file);
    return Files.readAllBytes(file);
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
