package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import io.github.goldenmaven.provenance.jar.JarReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A layer that is being read, in one pass and within bounds. */
final class LayerReading implements AutoCloseable {

  /** So many names are held in memory at once; a JRE on Debian has some 10 000. */
  static final LayerReader.Limits LIMITS =
      new LayerReader.Limits(
          300_000, LayerReader.Limits.DEFAULT.maxBytes(), LayerReader.Limits.DEFAULT.maxRatio());

  /** Characters of the names of a layer, links and attributes counted: 200 000 files' deep down. */
  private static final long MAX_NAMES = 16L << 20;

  /** Of all kept files of a layer together, in bytes; later ones are as if they were too large. */
  private static final long MAX_KEPT = 32L << 20;

  /**
   * In bytes: larger files are not hashed one by one, only with their layer. A JRE is nine tenths
   * of such files, and a bake that adds one of them again just says so.
   */
  private static final long MAX_HASHED = 1L << 20;

  private static final byte[] NONE = {};

  private final String what;
  private final LayerPurpose purpose;
  private final List<ContentEntry> entries = new ArrayList<>();
  private final KeptContent content = new KeptContent();
  private final ClassVersions.Gathered classes = new ClassVersions.Gathered();
  private final Map<String, JarFacts> jars = new TreeMap<>();
  private final JarReader jarReader = new JarReader();
  private final MessageDigest sha256 = Digest.sha256();
  private final byte[] buffer = new byte[64 * 1024];
  private long names;
  private long kept;

  private LayerReading(String what, LayerPurpose purpose) {
    this.what = what;
    this.purpose = purpose;
  }

  /**
   * Reads a layer to its end.
   *
   * @param what the layer, as a sentence begins
   * @param stored closed at the end
   * @param spent told of each entry, and ends the reading where it throws
   * @throws RefusedException when it is no layer that every runtime understands alike, or is beyond
   *     the bounds
   */
  static LayerContents read(
      String what,
      LayerPurpose purpose,
      Descriptor layer,
      InputStream stored,
      Consumer<ContentEntry> spent) {
    try (LayerReader reader = LayerReader.open(what, layer.mediaType(), stored, LIMITS);
        LayerReading reading = new LayerReading(what, purpose)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        ContentEntry entry = reading.entry(next.orElseThrow(), reader.content());
        spent.accept(entry);
        reading.entries.add(entry);
      }
      return new LayerContents(
          layer.digest(), layer.size(), reader.diffId(), reading.entries, reading.facts());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    jarReader.close();
  }

  private ContentEntry entry(TarEntry entry, InputStream stream) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new UnavailableException(
          what + " was not read to its end: the goal was interrupted.", "Run the goal again.");
    }
    ContentEntry read =
        entry.type() == TarEntry.Type.FILE ? file(entry, stream) : ContentEntry.of(entry);
    names += read.names();
    if (names > MAX_NAMES) {
      throw new RefusedException(
          what + " has names of more than " + MAX_NAMES + " characters.", purpose.remedy());
    }
    return read;
  }

  private ContentEntry file(TarEntry entry, InputStream stream) throws IOException {
    if (keeps(entry)) {
      kept += entry.size();
      byte[] bytes = stream.readNBytes((int) entry.size());
      look(entry, new ByteArrayInputStream(bytes));
      return ContentEntry.of(entry, sha256.digest(bytes), bytes);
    }
    if (entry.size() > MAX_HASHED) {
      look(entry, stream);
      return ContentEntry.of(entry);
    }
    HashedInput hashed = new HashedInput(stream, sha256, buffer);
    look(entry, hashed);
    hashed.drain();
    return ContentEntry.of(entry, sha256.digest(), NONE);
  }

  private boolean keeps(TarEntry entry) {
    return RetainedFiles.keeps(entry.path())
        && entry.size() <= RetainedFiles.MAX_BYTES
        && kept + entry.size() <= MAX_KEPT;
  }

  private void look(TarEntry entry, InputStream stream) throws IOException {
    if (!purpose.facts()) {
      return;
    }
    if (ClassVersion.isCounted(entry.path())) {
      ClassVersion.read(stream.readNBytes(ClassVersion.HEADER))
          .ifPresent(version -> classes.add(entry.path(), version));
    } else if (JarReader.isJar(entry.path())) {
      jarReader.read(stream, entry.size()).ifPresent(facts -> jars.put(entry.path(), facts));
    } else {
      content.look(entry, stream);
    }
  }

  private @Nullable LayerFacts facts() {
    return purpose.facts() ? new LayerFacts(content, classes.versions(), jars) : null;
  }
}
