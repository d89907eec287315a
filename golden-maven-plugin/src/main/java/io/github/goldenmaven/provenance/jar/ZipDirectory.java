package io.github.goldenmaven.provenance.jar;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/**
 * The entries of a zip as its central directory tells them, which is what a JVM goes by, wherever
 * in a file the zip begins.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT, 4.3.7
 *     local headers, 4.3.12 central directory, 4.3.14 to 4.3.16 its end</a>
 */
final class ZipDirectory {

  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_SIZE = 30;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_SIZE = 20;
  private static final int LARGE_END = 0x06064b50;
  private static final int LARGE_END_SIZE = 56;
  private static final int MAX_CENTRAL = 32 << 20;
  private static final int ENCRYPTED = 1;

  /** Compressed bytes that hold the first of a class: a table of codes may come before them. */
  private static final int HEAD = 1024;

  private final ZipBytes zip;
  private final long begin;
  private final List<Entry> entries;
  private final byte[] head = new byte[HEAD];

  /**
   * A file in it.
   *
   * @param offset of its local header, from where the zip begins
   * @param packed bytes as they are stored
   * @param size bytes once they are unpacked, as the directory says
   */
  record Entry(String name, int method, long offset, long packed, long size) {}

  /** Where the directory is. */
  private record Place(long at, int size, long offset) {}

  private ZipDirectory(ZipBytes zip, long begin, List<Entry> entries) {
    this.zip = zip;
    this.begin = begin;
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads it.
   *
   * @throws IOException when it is no zip, or none that a JVM reads
   */
  static ZipDirectory of(ZipBytes zip) throws IOException {
    Place place = place(zip);
    if (place.size() < 0 || place.size() > MAX_CENTRAL || place.at() < place.offset()) {
      throw new ZipException("has no directory that can be read");
    }
    ByteBuffer central = little(zip.all(place.at(), place.size()));
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < central.limit()) {
      if (central.limit() - at < CENTRAL_SIZE || central.getInt(at) != CENTRAL) {
        throw new ZipException("has something else in its directory");
      }
      int name = unsigned(central, at + 28);
      int next = at + CENTRAL_SIZE + name + unsigned(central, at + 30) + unsigned(central, at + 32);
      if (next > central.limit()) {
        throw new ZipException("ends in the midst of its directory");
      }
      if ((unsigned(central, at + 8) & ENCRYPTED) == 0) {
        entries.add(entry(central, at, name));
      }
      at = next;
    }
    entries.sort(Comparator.comparingLong(Entry::offset));
    return new ZipDirectory(zip, place.at() - place.offset(), entries);
  }

  private static Entry entry(ByteBuffer central, int at, int nameLength) {
    byte[] name = new byte[nameLength];
    central.get(at + CENTRAL_SIZE, name);
    return new Entry(
        new String(name, StandardCharsets.UTF_8),
        unsigned(central, at + 10),
        central.getInt(at + 42) & 0xFFFFFFFFL,
        central.getInt(at + 20) & 0xFFFFFFFFL,
        central.getInt(at + 24) & 0xFFFFFFFFL);
  }

  /** The last end that is one: a comment behind it may look like another. */
  private static Place place(ZipBytes zip) throws IOException {
    int tail = (int) Math.min(zip.size(), END_SIZE + MAX_COMMENT);
    long from = zip.size() - tail;
    ByteBuffer end = little(zip.all(from, tail));
    for (int at = tail - END_SIZE; at >= 0; at--) {
      if (end.getInt(at) == END && at + END_SIZE + unsigned(end, at + 20) == tail) {
        int size = end.getInt(at + 12);
        long offset = end.getInt(at + 16) & 0xFFFFFFFFL;
        boolean large = unsigned(end, at + 10) == 0xFFFF || offset == 0xFFFFFFFFL || size == -1;
        return large ? large(zip, from + at) : new Place(from + at - size, size, offset);
      }
    }
    throw new ZipException("is not a zip");
  }

  /** Of a zip of more than 65 534 entries. */
  private static Place large(ZipBytes zip, long end) throws IOException {
    ByteBuffer locator = little(zip.all(end - LOCATOR_SIZE, LOCATOR_SIZE));
    long at = end - LOCATOR_SIZE - LARGE_END_SIZE;
    ByteBuffer record = little(zip.all(at, LARGE_END_SIZE));
    if (locator.getInt(0) != LOCATOR || record.getInt(0) != LARGE_END) {
      throw new ZipException("is a large zip without its end");
    }
    long size = record.getLong(40);
    long offset = record.getLong(48);
    if (size < 0 || size > MAX_CENTRAL || offset < 0) {
      throw new ZipException("has too large a directory");
    }
    return new Place(at - size, (int) size, offset);
  }

  /** By their place in the zip. */
  List<Entry> entries() {
    return entries;
  }

  /** Where the bytes of an entry begin. */
  private long content(Entry entry) throws IOException {
    ByteBuffer local = little(zip.all(begin + entry.offset(), LOCAL_SIZE));
    if (local.getInt(0) != LOCAL) {
      throw new ZipException("has no entry where its directory says");
    }
    return begin + entry.offset() + LOCAL_SIZE + unsigned(local, 26) + unsigned(local, 28);
  }

  /** The first bytes of an entry, fewer where it has no more or they cannot be unpacked. */
  byte[] first(Entry entry, int length, Inflater inflater) {
    byte[] bytes = new byte[length];
    int there = 0;
    try {
      int packed = zip.read(content(entry), head, (int) Math.min(HEAD, entry.packed()));
      if (entry.method() == ZipEntry.STORED) {
        there = Math.min(length, packed);
        System.arraycopy(head, 0, bytes, 0, there);
      } else if (entry.method() == ZipEntry.DEFLATED) {
        inflater.reset();
        inflater.setInput(head, 0, packed);
        there = inflater.inflate(bytes);
      }
    } catch (IOException | DataFormatException damaged) {
      // No JVM loads it either.
    }
    return there == length ? bytes : new byte[0];
  }

  /** All of an entry that is no larger than this, as the directory says; its bytes as they are. */
  byte[] all(Entry entry, int atMost, Inflater inflater) throws IOException {
    if (entry.packed() > atMost || entry.size() > atMost) {
      throw new ZipException("has too large an entry");
    }
    byte[] packed = zip.all(content(entry), (int) entry.packed());
    if (entry.method() == ZipEntry.STORED) {
      return packed;
    }
    byte[] bytes = new byte[(int) entry.size()];
    try {
      inflater.reset();
      inflater.setInput(packed);
      int there = 0;
      int more = entry.method() == ZipEntry.DEFLATED ? 1 : 0;
      while (there < bytes.length && more > 0) {
        more = inflater.inflate(bytes, there, bytes.length - there);
        there += more;
      }
      if (there < bytes.length) {
        throw new ZipException("has an entry that ends before its end");
      }
      return bytes;
    } catch (DataFormatException e) {
      throw new IOException(e);
    }
  }

  /** A stored entry, read where it lies. */
  ZipBytes stored(Entry entry) throws IOException {
    return zip.slice(content(entry), entry.packed());
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xFFFF;
  }
}
