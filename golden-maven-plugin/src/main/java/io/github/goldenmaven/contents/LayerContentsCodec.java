package io.github.goldenmaven.contents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * How what a layer holds is written into a file: a heading, chunks of entries, a checksum. A chunk
 * is a table of numbers, all names as one text, all hashes, the kept bytes; each is read at one go,
 * because a bake reads tens of thousands of entries in a JVM that has only just started, where a
 * loop over characters is the slowest thing there is.
 */
final class LayerContentsCodec {

  /** Raise when the form changes. */
  private static final String FORMAT =
      "golden layer contents 5, kept files "
          + RetainedFiles.VERSION
          + ", reader "
          + LayerReader.VERSION;

  /** By the number that stands for them in a file. */
  private static final List<TarEntry.Type> TYPES =
      List.of(
          TarEntry.Type.FILE,
          TarEntry.Type.DIRECTORY,
          TarEntry.Type.SYMBOLIC_LINK,
          TarEntry.Type.HARD_LINK,
          TarEntry.Type.CHARACTER_DEVICE,
          TarEntry.Type.BLOCK_DEVICE,
          TarEntry.Type.FIFO,
          TarEntry.Type.WHITEOUT,
          TarEntry.Type.OPAQUE_WHITEOUT);

  private static final int SHA256 = 32;
  private static final byte[] NONE = {};

  /** Of an entry in the table, each four bytes. */
  private static final int COLUMNS = 11;

  /** In entries: their numbers and names are in memory twice while they are read. */
  private static final int CHUNK = 4096;

  private LayerContentsCodec() {}

  /** Writes it; the stream stays open. */
  static void write(LayerContents contents, OutputStream file) throws IOException {
    CheckedOutputStream summed = new CheckedOutputStream(file, new CRC32C());
    DataOutputStream out = new DataOutputStream(summed);
    out.write(heading(contents.digest()).getBytes(US_ASCII));
    out.writeLong(contents.size());
    out.write(contents.diffId().hex().getBytes(US_ASCII));
    List<ContentEntry> changes = contents.entries();
    out.writeInt(changes.size());
    for (int begin = 0; begin < changes.size(); begin += CHUNK) {
      chunk(changes.subList(begin, Math.min(begin + CHUNK, changes.size())), out);
    }
    byte[] facts = LayerFactsCodec.encoded(contents);
    out.writeInt(facts.length);
    out.write(facts);
    out.writeLong(summed.getChecksum().getValue());
    out.flush();
  }

  private static void chunk(List<ContentEntry> changes, DataOutputStream out) throws IOException {
    boolean latin = true;
    long letters = 0;
    for (ContentEntry change : changes) {
      letters += change.names();
      latin &= isLatin(change.path()) && isLatin(change.link());
      for (String attribute : change.attributes()) {
        latin &= isLatin(attribute);
      }
    }
    out.writeInt(Math.toIntExact(letters));
    out.writeBoolean(latin);
    for (ContentEntry change : changes) {
      row(change, out);
    }
    names(changes, latin, out);
    for (ContentEntry change : changes) {
      out.write(change.sha256());
    }
    for (ContentEntry change : changes) {
      out.write(kept(change));
    }
  }

  private static void names(List<ContentEntry> changes, boolean latin, DataOutputStream out)
      throws IOException {
    for (ContentEntry change : changes) {
      for (String attribute : change.attributes()) {
        out.writeInt(attribute.length());
      }
    }
    for (ContentEntry change : changes) {
      name(change.path(), latin, out);
      name(change.link(), latin, out);
      for (String attribute : change.attributes()) {
        name(attribute, latin, out);
      }
    }
  }

  private static void row(ContentEntry change, DataOutputStream out) throws IOException {
    out.writeInt(TYPES.indexOf(change.type()));
    out.writeInt(change.path().length());
    out.writeInt(change.link().length());
    out.writeInt(change.mode());
    out.writeInt((int) change.uid());
    out.writeInt((int) change.gid());
    out.writeLong(change.size());
    out.writeInt(change.sha256().length);
    out.writeInt(kept(change).length);
    out.writeInt(change.attributes().size());
  }

  private static byte[] kept(ContentEntry change) {
    return change.bytes().orElse(new byte[0]);
  }

  private static boolean isLatin(String name) {
    for (int at = 0; at < name.length(); at++) {
      if (name.charAt(at) > 0xFF) {
        return false;
      }
    }
    return true;
  }

  private static void name(String name, boolean latin, DataOutputStream out) throws IOException {
    if (latin) {
      out.write(name.getBytes(ISO_8859_1));
    } else {
      out.writeChars(name);
    }
  }

  /**
   * Reads it; the stream stays open.
   *
   * @param bytes how many the stream has, so that nothing larger is ever asked for
   * @throws IOException when it is of another form or layer, or is not whole
   */
  static LayerContents read(Digest layer, InputStream file, long bytes) throws IOException {
    CheckedInputStream summed = new CheckedInputStream(file, new CRC32C());
    Reading reading = new Reading(new DataInputStream(summed), bytes);
    if (!reading.ascii(heading(layer).length()).equals(heading(layer))) {
      throw new IOException("of another form, or of another layer");
    }
    long size = reading.in.readLong();
    Digest diffId = new Digest(reading.ascii(2 * SHA256));
    List<ContentEntry> changes = reading.changes();
    byte[] facts = reading.block(reading.in.readInt());
    long sum = summed.getChecksum().getValue();
    if (reading.in.readLong() != sum || file.read() >= 0) {
      throw new IOException("not whole");
    }
    return new LayerContents(layer, size, diffId, changes, LayerFactsCodec.decoded(facts, changes));
  }

  private static String heading(Digest layer) {
    return FORMAT + "\n" + layer.hex() + "\n";
  }

  /** A file that was read so far. */
  private static final class Reading {

    private final DataInputStream in;
    private final long most;

    Reading(DataInputStream in, long most) {
      this.in = in;
      this.most = most;
    }

    private byte[] block(long length) throws IOException {
      if (length < 0 || length > most) {
        throw new IOException("longer than what is there");
      }
      byte[] block = new byte[(int) length];
      in.readFully(block);
      return block;
    }

    String ascii(int length) throws IOException {
      return new String(block(length), US_ASCII);
    }

    List<ContentEntry> changes() throws IOException {
      int count = in.readInt();
      if (count < 0 || count > most / (COLUMNS * Integer.BYTES)) {
        throw new IOException("more entries than there is room for");
      }
      List<ContentEntry> changes = new ArrayList<>(count);
      while (changes.size() < count) {
        chunk(Math.min(CHUNK, count - changes.size()), changes);
      }
      return changes;
    }

    private void chunk(int count, List<ContentEntry> changes) throws IOException {
      int letters = in.readInt();
      boolean latin = in.readBoolean();
      int[] table = table(count);
      int[] attributes = attributes(table);
      String names = names(letters, latin);
      byte[][] hashes = blocks(table, count, 8);
      byte[][] kept = blocks(table, count, 9);
      int letter = 0;
      int attribute = 0;
      for (int change = 0, at = 0; change < count; change++, at += COLUMNS) {
        int path = end(letter, table[at + 1], names);
        int link = end(path, table[at + 2], names);
        int end = link;
        List<String> told = new ArrayList<>(0);
        for (int left = table[at + 10]; left > 0; left--) {
          int begin = end;
          end = end(begin, attributes[attribute++], names);
          told.add(names.substring(begin, end));
        }
        changes.add(
            entry(
                table,
                at,
                names.substring(letter, path),
                names.substring(path, link),
                told,
                hashes[change],
                kept[change]));
        letter = end;
      }
      requireEnd(letter, names);
    }

    private static void requireEnd(int letter, String names) throws IOException {
      if (letter != names.length()) {
        throw new IOException("names that no entry has");
      }
    }

    private static ContentEntry entry(
        int[] table,
        int at,
        String path,
        String link,
        List<String> attributes,
        byte[] hash,
        byte[] kept)
        throws IOException {
      return new ContentEntry(
          type(table[at]),
          path,
          link,
          ((long) table[at + 6] << 32) | (table[at + 7] & 0xFFFFFFFFL),
          table[at + 3],
          table[at + 4] & 0xFFFFFFFFL,
          table[at + 5] & 0xFFFFFFFFL,
          attributes,
          hash,
          kept);
    }

    private int[] table(int count) throws IOException {
      return numbers((long) count * COLUMNS);
    }

    /** The lengths of the names of all attributes. */
    private int[] attributes(int[] table) throws IOException {
      long count = 0;
      for (int at = 10; at < table.length; at += COLUMNS) {
        if (table[at] < 0) {
          throw new IOException("less than nothing");
        }
        count += table[at];
      }
      return numbers(count);
    }

    private int[] numbers(long count) throws IOException {
      byte[] block = block(count * Integer.BYTES);
      int[] numbers = new int[block.length / Integer.BYTES];
      ByteBuffer.wrap(block).asIntBuffer().get(numbers);
      return numbers;
    }

    private String names(int letters, boolean latin) throws IOException {
      if (latin) {
        return new String(block(letters), ISO_8859_1);
      }
      byte[] block = block(2L * letters);
      char[] names = new char[letters];
      ByteBuffer.wrap(block).asCharBuffer().get(names);
      return new String(names);
    }

    /** A block for each entry, of the length that its column says. */
    private byte[][] blocks(int[] table, int count, int column) throws IOException {
      long length = 0;
      for (int at = column; at < table.length; at += COLUMNS) {
        if (table[at] < 0) {
          throw new IOException("less than nothing");
        }
        length += table[at];
      }
      byte[] all = block(length);
      byte[][] blocks = new byte[count][];
      int begin = 0;
      for (int change = 0; change < count; change++) {
        int end = begin + table[change * COLUMNS + column];
        blocks[change] = begin == end ? NONE : Arrays.copyOfRange(all, begin, end);
        begin = end;
      }
      return blocks;
    }

    private static int end(int begin, int length, String names) throws IOException {
      if (length < 0 || length > names.length() - begin) {
        throw new IOException("a name that is not there");
      }
      return begin + length;
    }

    private static TarEntry.Type type(int number) throws IOException {
      if (number < 0 || number >= TYPES.size()) {
        throw new IOException("an entry of no type");
      }
      return TYPES.get(number);
    }
  }
}
