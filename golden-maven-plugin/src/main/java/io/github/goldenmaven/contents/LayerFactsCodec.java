package io.github.goldenmaven.contents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How what the gate asks of a layer is written behind its entries; nothing where it is not known.
 */
final class LayerFactsCodec {

  private static final byte[] UNKNOWN = {};

  private LayerFactsCodec() {}

  static byte[] encoded(LayerContents contents) throws IOException {
    LayerFacts facts = contents.factsOrNull();
    if (facts == null) {
      return UNKNOWN;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    text(facts.kept().encoded().getBytes(ISO_8859_1), out);
    text(facts.classes().toNote().getBytes(UTF_8), out);
    // A jar is told by its place among the entries: names may be longer than a text here.
    out.writeInt(facts.jars().size());
    Set<String> written = new HashSet<>();
    for (int at = 0; at < contents.entries().size(); at++) {
      String path = contents.entries().get(at).path();
      JarFacts jar = facts.jars().get(path);
      if (jar != null && written.add(path)) {
        out.writeInt(at);
        jar.writeTo(out);
      }
    }
    return bytes.toByteArray();
  }

  private static void text(byte[] text, DataOutputStream out) throws IOException {
    out.writeInt(text.length);
    out.write(text);
  }

  /**
   * Reads it back.
   *
   * @throws IOException when it is nothing that was written
   * @throws IllegalArgumentException the same
   */
  static @Nullable LayerFacts decoded(byte[] facts, List<ContentEntry> entries) throws IOException {
    if (facts.length == 0) {
      return null;
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(facts));
    KeptContent kept = KeptContent.decoded(new String(text(in), ISO_8859_1));
    ClassVersions classes =
        ClassVersions.ofNote(new String(text(in), UTF_8))
            .orElseThrow(() -> new IOException("no note of classes"));
    Map<String, JarFacts> jars = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      int at = in.readInt();
      if (at < 0 || at >= entries.size()) {
        throw new IOException("a jar that is not there");
      }
      jars.put(entries.get(at).path(), JarFacts.readFrom(in));
    }
    if (in.available() > 0) {
      throw new IOException("more than was written");
    }
    return new LayerFacts(kept, classes, jars);
  }

  private static byte[] text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("longer than what is there");
    }
    return in.readNBytes(length);
  }
}
