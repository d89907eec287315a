package io.github.goldenmaven.cache;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Layers written before, found again by what went into them: every path, mode, owner, time and
 * every byte of content. A file's modification time is not trusted to tell that it changed; see
 * {@link FileDigests} for what is.
 */
public final class LayerCache {

  /** Raise when the writer would write other bytes for the same entries. */
  private static final String WRITER = "layer writer 1";

  private static final int MAX_NOTE = 4096;

  /** In bytes: below it, hashing is as quick as looking up. */
  private static final int LARGE = 64 * 1024;

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
      Digest key = key(entries, compression);
      Path note = folder.resolve(key.hex() + ".layer");
      Optional<Layer> known = read(note);
      if (known.isPresent()) {
        return new Cached(known.orElseThrow(), true);
      }
      Layer written = write(entries, compression);
      requireUnchanged(key, entries, compression);
      writeNote(note, written);
      return new Cached(written, false);
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  private Layer write(List<LayerEntry> entries, Compression compression) throws IOException {
    Path partial = CacheFiles.partial(folder);
    try {
      Layer written = LayerWriter.write(entries, compression, partial);
      Blob blob = written.blob();
      Files.move(
          partial,
          stored(blob.digest()),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return new Layer(checked(blob.digest(), blob.size()), written.diffId(), written.mediaType());
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /** The key tells of one reading of the files and the layer of a later one. */
  private void requireUnchanged(Digest key, List<LayerEntry> entries, Compression compression)
      throws IOException {
    if (!key(entries, compression).equals(key)) {
      throw new RefusedException(
          "A file changed while its layer was written.",
          "Run it again, and let nothing write to the files that go into the image at the same"
              + " time.");
    }
  }

  private Path stored(Digest digest) {
    return folder.resolve(digest.hex() + ".tar.gz");
  }

  /** The stored layer; one that was damaged since it was written is removed when that is seen. */
  private Blob checked(Digest digest, long size) {
    Path file = stored(digest);
    return new Blob(digest, size, () -> new CheckedLayerStream(file, digest, size));
  }

  private void writeNote(Path note, Layer layer) throws IOException {
    String facts =
        String.join(
            "\n",
            layer.blob().digest().hex(),
            Long.toString(layer.blob().size()),
            layer.diffId().hex(),
            layer.mediaType());
    CacheFiles.write(
        folder,
        note.getFileName().toString(),
        (facts + "\n" + checksum(facts)).getBytes(StandardCharsets.UTF_8));
  }

  private static String checksum(String facts) {
    return Digest.of(facts.getBytes(StandardCharsets.UTF_8)).hex();
  }

  /** A note counts only while it is whole and its layer's file is there in its full length. */
  private Optional<Layer> read(Path note) throws IOException {
    Optional<byte[]> bytes = CacheFiles.read(note, MAX_NOTE);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    String text = new String(bytes.orElseThrow(), StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n');
    if (end < 0 || !text.substring(end + 1).equals(checksum(text.substring(0, end)))) {
      return Optional.empty();
    }
    String[] facts = text.substring(0, end).split("\n", -1);
    Blob blob = checked(new Digest(facts[0]), Long.parseLong(facts[1]));
    Path file = stored(blob.digest());
    if (!Files.isRegularFile(file) || Files.size(file) != blob.size()) {
      return Optional.empty();
    }
    CacheFiles.touch(note, clock.instant());
    CacheFiles.touch(file, clock.instant());
    return Optional.of(new Layer(blob, new Digest(facts[2]), facts[3]));
  }

  private Digest key(List<LayerEntry> entries, Compression compression) throws IOException {
    FileDigests digests = FileDigests.in(folder, noteOfFiles(entries), clock);
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
        contentOf(file, sha256, digests);
      } else if (entry instanceof LayerEntry.SymbolicLink link) {
        say(sha256, "link", link.target());
      } else {
        say(sha256, "directory");
      }
    }
    if (digests.hasNews()) {
      CacheFiles.write(folder, noteOfFiles(entries), digests.toNote());
    }
    return Digest.of(sha256);
  }

  /** One note for each set of paths: it stays while a project's dependencies do. */
  private static String noteOfFiles(List<LayerEntry> entries) {
    MessageDigest sha256 = Digest.sha256();
    for (LayerEntry entry : entries) {
      say(sha256, entry.path());
      if (entry instanceof LayerEntry.File file
          && file.content() instanceof LayerEntry.OnDisk onDisk) {
        say(sha256, onDisk.file().toString());
      }
    }
    return Digest.of(sha256).hex() + ".files";
  }

  /** Each word with its length before it: no two lists of words read the same. */
  private static void say(MessageDigest sha256, String... words) {
    for (String word : words) {
      byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
      sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      sha256.update(bytes);
    }
  }

  private static void contentOf(LayerEntry.File file, MessageDigest sha256, FileDigests digests)
      throws IOException {
    if (file.size() >= LARGE && file.content() instanceof LayerEntry.OnDisk onDisk) {
      say(sha256, "large", digests.of(onDisk.file()).toString());
      return;
    }
    try (InputStream in = file.content().open()) {
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
    }
  }
}
