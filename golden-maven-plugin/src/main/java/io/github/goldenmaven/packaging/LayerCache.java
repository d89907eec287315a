package io.github.goldenmaven.packaging;

import io.github.goldenmaven.oci.Blob;
import io.github.goldenmaven.oci.Compression;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Layer;
import io.github.goldenmaven.oci.LayerEntry;
import io.github.goldenmaven.oci.LayerWriter;
import io.github.goldenmaven.registry.CacheFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Layers written before, found again by what went into them: every path, mode, owner, time and
 * every byte of content. File times are not trusted to tell that content changed.
 */
public final class LayerCache {

  /** Raise when the writer would write other bytes for the same entries. */
  private static final String WRITER = "layer writer 1";

  private static final Duration KEPT = Duration.ofDays(30);

  private final Path folder;
  private final Clock clock;

  /** A layer and whether it had been written before. */
  public record Cached(Layer layer, boolean found) {}

  public LayerCache(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The layer of these entries, written now if it was not yet. */
  public Cached layer(List<LayerEntry> entries, Compression compression) {
    try {
      Files.createDirectories(folder);
      Path note = folder.resolve(key(entries, compression).hex() + ".layer");
      Optional<Layer> known = read(note);
      if (known.isPresent()) {
        return new Cached(known.orElseThrow(), true);
      }
      return new Cached(write(entries, compression, note), false);
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  private Layer write(List<LayerEntry> entries, Compression compression, Path note)
      throws IOException {
    Path partial = Files.createTempFile(folder, ".partial-", ".tar.gz");
    try {
      Layer written = LayerWriter.write(entries, compression, partial);
      Blob blob = written.blob();
      Path stored = stored(blob.digest());
      Files.move(
          partial, stored, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Layer layer =
          new Layer(
              Blob.of(stored, blob.digest(), blob.size()), written.diffId(), written.mediaType());
      writeNote(note, layer);
      return layer;
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  private Path stored(Digest digest) {
    return folder.resolve(digest.hex() + ".tar.gz");
  }

  private void writeNote(Path note, Layer layer) throws IOException {
    Path partial = Files.createTempFile(folder, ".partial-", ".layer");
    Files.writeString(
        partial,
        String.join(
            "\n",
            layer.blob().digest().hex(),
            Long.toString(layer.blob().size()),
            layer.diffId().hex(),
            layer.mediaType()));
    Files.move(partial, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A note counts only while its layer's file is there in its full length. */
  private Optional<Layer> read(Path note) throws IOException {
    Layer layer;
    try {
      List<String> lines = Files.readAllLines(note);
      if (lines.size() != 4) {
        return Optional.empty();
      }
      Digest digest = new Digest(lines.get(0));
      Blob blob = Blob.of(stored(digest), digest, Long.parseLong(lines.get(1)));
      layer = new Layer(blob, new Digest(lines.get(2)), lines.get(3));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    }
    Path file = stored(layer.blob().digest());
    if (!Files.isRegularFile(file) || Files.size(file) != layer.blob().size()) {
      return Optional.empty();
    }
    FileTime now = FileTime.from(clock.instant());
    Files.setLastModifiedTime(note, now);
    Files.setLastModifiedTime(file, now);
    return Optional.of(layer);
  }

  private static Digest key(List<LayerEntry> entries, Compression compression) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    say(sha256, WRITER, compression.name());
    for (LayerEntry entry :
        entries.stream().sorted(Comparator.comparing(LayerEntry::path)).toList()) {
      say(
          sha256,
          entry.path(),
          Integer.toString(entry.mode()),
          entry.owner().uid() + ":" + entry.owner().gid(),
          Long.toString(entry.modified().getEpochSecond()));
      if (entry instanceof LayerEntry.File file) {
        say(sha256, "file", Long.toString(file.size()));
        contentOf(file, sha256);
      } else if (entry instanceof LayerEntry.SymbolicLink link) {
        say(sha256, "link", link.target());
      } else {
        say(sha256, "directory");
      }
    }
    return Digest.of(sha256);
  }

  /** Each word with its length before it: no two lists of words read the same. */
  private static void say(MessageDigest sha256, String... words) {
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      sha256.update(bytes);
    }
  }

  private static void contentOf(LayerEntry.File file, MessageDigest sha256) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = file.content().open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        sha256.update(buffer, 0, read);
      }
    }
  }

  /** Deletes what no build has used for 30 days, leftovers of killed builds among it. */
  public void prune() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    Instant oldest = clock.instant().minus(KEPT);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      // Another build pruned it first.
      return;
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }
}
