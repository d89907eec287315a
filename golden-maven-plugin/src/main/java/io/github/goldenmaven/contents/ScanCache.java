package io.github.goldenmaven.contents;

import io.github.goldenmaven.cache.CacheFailure;
import io.github.goldenmaven.cache.CacheFiles;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What layers were found to hold, by the layer's digest. A file counts only while it is whole, of
 * the form this version writes, and of this user.
 */
public final class ScanCache {

  /** Raise when the form below changes. */
  private static final String FORMAT = "golden layer scan 9, reader " + LayerReader.VERSION;

  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.scan");
  private static final int SHA256 = 32;

  /** In bytes: more than any layer within the scanner's limits comes to. */
  private static final int MAX_FILE = 64 << 20;

  private final Path folder;

  /**
   * @param folder created at the first write
   */
  public ScanCache(Path folder) {
    this.folder = folder;
  }

  Optional<ScannedLayer> find(Digest layer) {
    return CacheFiles.readOwn(folder.resolve(name(layer)), MAX_FILE)
        .flatMap(bytes -> decoded(layer, bytes));
  }

  void keep(ScannedLayer layer) {
    byte[] bytes;
    try {
      bytes = encoded(layer);
    } catch (UTFDataFormatException e) {
      // A text too long for this form: the layer is read each time.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("to memory", e);
    }
    try {
      CacheFiles.write(folder, name(layer.digest()), bytes);
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  /** Deletes what was first seen before this time. */
  public void prune(Instant oldest) {
    CacheFiles.prune(folder, OURS, oldest);
  }

  private static String name(Digest layer) {
    return layer.hex() + ".scan";
  }

  private static byte[] encoded(ScannedLayer layer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(FORMAT);
    out.writeUTF(layer.digest().hex());
    out.writeLong(layer.size());
    out.writeLong(layer.contentBytes());
    out.writeUTF(layer.diffId().hex());
    byte[] protect = layer.kept().orElse(new byte[0]);
    out.writeInt(layer.kept().isPresent() ? protect.length : -1);
    out.write(protect);
    out.writeInt(layer.entries().size());
    for (ScannedEntry entry : layer.entries()) {
      write(entry, out);
    }
    byte[] classes = layer.classes().toNote().getBytes(StandardCharsets.UTF_8);
    out.writeInt(classes.length);
    out.write(classes);
    out.writeInt(layer.jars().size());
    for (Map.Entry<String, JarFacts> jar : new TreeMap<>(layer.jars()).entrySet()) {
      out.writeUTF(jar.getKey());
      jar.getValue().writeTo(out);
    }
    bytes.writeBytes(Digest.sha256().digest(bytes.toByteArray()));
    return bytes.toByteArray();
  }

  private static void write(ScannedEntry entry, DataOutputStream out) throws IOException {
    out.writeUTF(entry.type().name());
    out.writeUTF(entry.path());
    out.writeUTF(entry.link());
    out.writeInt(entry.mode());
    out.writeLong(entry.uid());
    out.writeLong(entry.gid());
    out.writeInt(entry.attributes().size());
    for (String attribute : entry.attributes()) {
      out.writeUTF(attribute);
    }
  }

  private static Optional<ScannedLayer> decoded(Digest layer, byte[] bytes) {
    int length = bytes.length - SHA256;
    if (length < 0 || !isWhole(bytes, length)) {
      return Optional.empty();
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
      if (!in.readUTF().equals(FORMAT) || !in.readUTF().equals(layer.hex())) {
        return Optional.empty();
      }
      long size = in.readLong();
      long content = in.readLong();
      Digest diffId = new Digest(in.readUTF());
      int kept = in.readInt();
      if (kept < -1 || kept > in.available()) {
        return Optional.empty();
      }
      String protect =
          kept < 0 ? null : new String(in.readNBytes(kept), StandardCharsets.ISO_8859_1);
      List<ScannedEntry> entries = entries(in);
      Optional<ClassVersions> classes = classes(in);
      Map<String, JarFacts> jars = jars(in);
      return in.available() == 0
          ? classes.map(
              known ->
                  new ScannedLayer(layer, size, content, diffId, entries, protect, known, jars))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // Whole, and yet not what this version writes: read the layer again.
      return Optional.empty();
    }
  }

  private static boolean isWhole(byte[] bytes, int length) {
    MessageDigest sha256 = Digest.sha256();
    sha256.update(bytes, 0, length);
    return MessageDigest.isEqual(sha256.digest(), Arrays.copyOfRange(bytes, length, bytes.length));
  }

  private static List<ScannedEntry> entries(DataInputStream in) throws IOException {
    List<ScannedEntry> entries = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      entries.add(
          new ScannedEntry(
              TarEntry.Type.valueOf(in.readUTF()),
              in.readUTF(),
              in.readUTF(),
              in.readInt(),
              in.readLong(),
              in.readLong(),
              attributes(in)));
    }
    return entries;
  }

  private static Optional<ClassVersions> classes(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 || length > in.available()
        ? Optional.empty()
        : ClassVersions.ofNote(new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static Map<String, JarFacts> jars(DataInputStream in) throws IOException {
    Map<String, JarFacts> jars = new TreeMap<>();
    for (int left = count(in); left > 0; left--) {
      jars.put(in.readUTF(), JarFacts.readFrom(in));
    }
    return jars;
  }

  private static List<String> attributes(DataInputStream in) throws IOException {
    List<String> attributes = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      attributes.add(in.readUTF());
    }
    return attributes;
  }

  private static int count(DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > in.available()) {
      throw new IOException("more than there is room for");
    }
    return count;
  }
}
