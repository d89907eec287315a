package io.github.goldenmaven.bake.files;

import io.github.goldenmaven.text.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A zip with the modes and links that Unix tools write into it, which the JDK reads past.
 *
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE.TXT, 4.3.12
 *     central directory, 4.3.16 its end, 4.4.4 general purpose bits, 4.4.15 external attributes,
 *     appendix D names</a>
 */
final class ZipArchive implements AutoCloseable {

  /** It cannot be read; the message is what a sentence about it goes on with. */
  static final class NotAZip extends Exception {

    private static final long serialVersionUID = 1L;

    NotAZip(String fault, Exception cause) {
      super(fault, cause);
    }

    NotAZip(String fault) {
      super(fault);
    }
  }

  /** An entry is encrypted; the message is its name. */
  static final class Encrypted extends Exception {

    private static final long serialVersionUID = 1L;

    Encrypted(String name) {
      super(name);
    }
  }

  enum Type {
    FILE,
    DIRECTORY,
    SYMBOLIC_LINK,
    OTHER
  }

  /**
   * One entry.
   *
   * @param name a folder's ends in a slash
   * @param mode permission bits; 0644 or 0755 where no Unix tool wrote it
   */
  record Entry(String name, Type type, int mode) {}

  private static final int END = 0x06054b50;
  private static final int END_SIZE = 22;
  private static final int MAX_COMMENT = 0xFFFF;
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_SIZE = 46;
  private static final int MAX_CENTRAL = 64 * 1024 * 1024;
  private static final int UNIX = 3;
  private static final int TYPE_BITS = 0170000;
  private static final int MODE_BITS = 07777;
  private static final int ENCRYPTED = 1;
  private static final int UTF_8_NAME = 1 << 11;

  /** Of names that are not said to be UTF-8; tools of Unix write UTF-8 without saying so. */
  private static final String OLD_NAMES = "IBM437";

  private final ZipFile zip;
  private final Map<String, Integer> unixModes;
  private final Charset names;

  /**
   * Opens it.
   *
   * @throws NotAZip when it is none
   * @throws Encrypted when an entry is
   */
  ZipArchive(Path archive) throws IOException, NotAZip, Encrypted {
    ByteBuffer central = central(archive);
    this.names = isUtf8(central) ? StandardCharsets.UTF_8 : Charset.forName(OLD_NAMES);
    // Before the JDK looks, which calls all that it does not read no zip.
    this.unixModes = unixModes(central, names);
    try {
      this.zip = new ZipFile(archive.toFile(), names);
    } catch (ZipException e) {
      throw new NotAZip("is not a zip", e);
    }
  }

  /** In the archive's order. */
  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    zip.stream().forEach(entry -> entries.add(entry(entry)));
    return entries;
  }

  private Entry entry(ZipEntry entry) {
    int unix = unixModes.getOrDefault(entry.getName(), 0);
    Type type =
        switch (unix & TYPE_BITS) {
          case 0120000 -> Type.SYMBOLIC_LINK;
          case 0, 0100000, 0040000 -> entry.isDirectory() ? Type.DIRECTORY : Type.FILE;
          default -> Type.OTHER;
        };
    int mode = unix == 0 ? (entry.isDirectory() ? 0755 : 0644) : unix & MODE_BITS;
    return new Entry(entry.getName(), type, mode);
  }

  /** Its bytes; whoever reads to the end hears whether they are the ones that were packed. */
  InputStream content(Entry entry) throws IOException {
    ZipEntry packed = zip.getEntry(entry.name());
    InputStream content = zip.getInputStream(packed);
    if (content == null) {
      throw new ZipException("'" + entry.name() + "' has no content");
    }
    return new Checked(content, packed);
  }

  /** What names and links are written in. */
  Charset names() {
    return names;
  }

  /** The JDK compares neither the checksum nor the size of what it unpacks. */
  private static final class Checked extends CheckedInputStream {

    private final ZipEntry packed;
    private long bytes;

    Checked(InputStream content, ZipEntry packed) {
      super(content, new CRC32());
      this.packed = packed;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read;
      try {
        read = super.read(buffer, offset, length);
      } catch (EOFException e) {
        throw damaged("ends before its end", e);
      }
      bytes += Math.max(0, read);
      if (read < 0 && (bytes != packed.getSize() || getChecksum().getValue() != packed.getCrc())) {
        throw damaged("is not what was packed", null);
      }
      return read;
    }

    private ZipException damaged(String fault, @Nullable Exception cause) {
      ZipException damaged = new ZipException("'" + Printable.of(packed.getName()) + "' " + fault);
      damaged.initCause(cause);
      return damaged;
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  /** Where each entry of the central directory begins. */
  private static List<Integer> entries(ByteBuffer central) {
    List<Integer> entries = new ArrayList<>();
    int at = 0;
    while (central.limit() - at >= CENTRAL_SIZE && central.getInt(at) == CENTRAL) {
      int next =
          at
              + CENTRAL_SIZE
              + unsigned(central, at + 28)
              + unsigned(central, at + 30)
              + unsigned(central, at + 32);
      if (next > central.limit()) {
        break;
      }
      entries.add(at);
      at = next;
    }
    return entries;
  }

  private static byte[] name(ByteBuffer central, int entry) {
    byte[] name = new byte[unsigned(central, entry + 28)];
    central.get(entry + CENTRAL_SIZE, name);
    return name;
  }

  /** Whether all names can be UTF-8. */
  private static boolean isUtf8(ByteBuffer central) {
    for (int entry : entries(central)) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name(central, entry)));
      } catch (CharacterCodingException e) {
        return false;
      }
    }
    return true;
  }

  /** By name, the mode of each entry that a Unix tool wrote. */
  private static Map<String, Integer> unixModes(ByteBuffer central, Charset names)
      throws NotAZip, Encrypted {
    Map<String, Integer> modes = new HashMap<>();
    for (int entry : entries(central)) {
      int flags = unsigned(central, entry + 8);
      Charset charset = (flags & UTF_8_NAME) == 0 ? names : StandardCharsets.UTF_8;
      String name = new String(name(central, entry), charset);
      if ((flags & ENCRYPTED) != 0) {
        throw new Encrypted(name);
      }
      int method = unsigned(central, entry + 10);
      if (method != ZipEntry.STORED && method != ZipEntry.DEFLATED) {
        throw new NotAZip(
            "has '"
                + Printable.of(name)
                + "' compressed by method "
                + method
                + "; stored and deflated files are read");
      }
      if (central.get(entry + 5) == UNIX) {
        modes.put(name, central.getInt(entry + 38) >>> 16);
      }
    }
    return modes;
  }

  private static ByteBuffer central(Path archive) throws IOException, NotAZip {
    try (SeekableByteChannel channel = Files.newByteChannel(archive)) {
      int tail = (int) Math.min(channel.size(), END_SIZE + MAX_COMMENT);
      ByteBuffer end = read(channel, channel.size() - tail, tail);
      for (int at = tail - END_SIZE; at >= 0; at--) {
        if (end.getInt(at) == END) {
          long size = end.getInt(at + 12) & 0xFFFFFFFFL;
          long offset = end.getInt(at + 16) & 0xFFFFFFFFL;
          if (size > MAX_CENTRAL || offset + size > channel.size()) {
            throw new NotAZip("is a zip too large to be read");
          }
          return read(channel, offset, (int) size);
        }
      }
    }
    throw new NotAZip("is not a zip");
  }

  private static ByteBuffer read(SeekableByteChannel channel, long offset, int size)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    channel.position(offset);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // Until it is full, or the file ends.
    }
    return bytes.flip();
  }

  private static int unsigned(ByteBuffer bytes, int at) {
    return bytes.getShort(at) & 0xFFFF;
  }
}
