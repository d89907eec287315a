package io.github.goldenmaven.oci.layer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** What the tests of this subject share. */
abstract class LayerPropertiesFixture {

  static Path folder = Path.of(".");

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("layers");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    Files.deleteIfExists(folder.resolve("layer"));
    Files.delete(folder);
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

  static boolean isPart(String part) {
    return !part.equals(".")
        && !part.equals("..")
        && part.indexOf('/') < 0
        && !part.startsWith(".wh.")
        && isText(part);
  }

  static boolean isText(String text) {
    return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  static LayerEntry entry(
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

  static LayerEntry file(String path, byte[] bytes, int mode, int uid, int gid, long modified) {
    return new LayerEntry.File(
        path,
        bytes.length,
        () -> new ByteArrayInputStream(bytes),
        mode,
        new LayerEntry.Owner(uid, gid),
        Instant.ofEpochSecond(modified));
  }

  /** Each path once, and only directories above others. */
  static List<LayerEntry> consistent(List<LayerEntry> entries) {
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

  static byte[] write(List<LayerEntry> entries, Compression compression) throws IOException {
    Path file = folder.resolve("layer");
    LayerWriter.write(entries, compression, file);
    return Files.readAllBytes(file);
  }
}
