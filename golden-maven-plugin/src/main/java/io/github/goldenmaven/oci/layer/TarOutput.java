package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tar headers: USTAR, preceded by a PAX header for what does not fit into USTAR's fields. No user
 * or group names, no devices.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13">POSIX,
 *     pax Interchange Format</a>
 */
public final class TarOutput {

  static final int BLOCK = 512;

  private static final int NAME = 100;
  private static final long MAX_OCTAL_7 = (1L << 21) - 1;
  private static final long MAX_OCTAL_11 = (1L << 33) - 1;
  private static final byte[] ZEROS = new byte[BLOCK];

  private final OutputStream out;

  public TarOutput(OutputStream out) {
    this.out = out;
  }

  /** Writes an entry's headers; a file's content follows, then {@link #pad}. */
  public void header(LayerEntry entry) throws IOException {
    header(entry, LayerPath.toBytes(entry.path()));
  }

  /**
   * Writes an entry's headers; a file's content follows, then {@link #pad}.
   *
   * @param path as {@link LayerPath#toBytes} gave it
   */
  void header(LayerEntry entry, byte[] path) throws IOException {
    Map<String, byte[]> pax = new TreeMap<>();
    byte[] name = path;
    byte[] link = new byte[0];
    long size = 0;
    char type;
    if (entry instanceof LayerEntry.File file) {
      type = '0';
      size = file.size();
    } else if (entry instanceof LayerEntry.SymbolicLink symbolic) {
      type = '2';
      link = target(symbolic);
    } else {
      type = '5';
      name = Arrays.copyOf(path, path.length + 1);
      name[path.length] = '/';
    }
    byte[] header = new byte[BLOCK];
    text(header, 0, "path", name, pax);
    octal(header, 100, 7, entry.mode());
    number(header, 108, 7, MAX_OCTAL_7, "uid", entry.owner().uid(), pax);
    number(header, 116, 7, MAX_OCTAL_7, "gid", entry.owner().gid(), pax);
    number(header, 124, 11, MAX_OCTAL_11, "size", size, pax);
    number(header, 136, 11, MAX_OCTAL_11, "mtime", entry.modified().getEpochSecond(), pax);
    text(header, 157, "linkpath", link, pax);
    if (!pax.isEmpty()) {
      paxHeader(pax);
    }
    seal(header, type);
  }

  /** Fills the last block of a content of this size. */
  public void pad(long size) throws IOException {
    int over = (int) (size % BLOCK);
    if (over != 0) {
      out.write(ZEROS, 0, BLOCK - over);
    }
  }

  /** The two zero blocks that end an archive. */
  public void end() throws IOException {
    out.write(ZEROS);
    out.write(ZEROS);
  }

  private static byte[] target(LayerEntry.SymbolicLink link) {
    return LayerPath.nameBytes(link.target())
        .filter(target -> target.length > 0)
        .orElseThrow(
            () ->
                new RefusedException(
                    "The symbolic link '"
                        + Printable.of(link.path())
                        + "' points to '"
                        + Printable.of(link.target())
                        + "', which no file system can hold.",
                    "Give it a target that is not empty and has no NUL character."));
  }

  private void paxHeader(Map<String, byte[]> records) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (Map.Entry<String, byte[]> pax : records.entrySet()) {
      byte[] key = (" " + pax.getKey() + "=").getBytes(StandardCharsets.US_ASCII);
      body.write(decimal(recordLength(key.length + pax.getValue().length + 1)));
      body.write(key);
      body.write(pax.getValue());
      body.write('\n');
    }
    byte[] header = new byte[BLOCK];
    byte[] name = "PaxHeaders/entry".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, header, 0, name.length);
    octal(header, 100, 7, 0644);
    octal(header, 108, 7, 0);
    octal(header, 116, 7, 0);
    octal(header, 124, 11, body.size());
    octal(header, 136, 11, 0);
    seal(header, 'x');
    body.writeTo(out);
    pad(body.size());
  }

  /** A record's length counts its own digits. */
  private static int recordLength(int rest) {
    int length = rest + decimal(rest).length;
    return rest + decimal(length).length;
  }

  private void seal(byte[] header, char type) throws IOException {
    header[156] = (byte) type;
    byte[] magic = {'u', 's', 't', 'a', 'r', 0, '0', '0'};
    System.arraycopy(magic, 0, header, 257, magic.length);
    octal(header, 329, 7, 0);
    octal(header, 337, 7, 0);
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    octal(header, 148, 6, sum);
    header[154] = 0;
    out.write(header);
  }

  private static void text(
      byte[] header, int at, String key, byte[] value, Map<String, byte[]> pax) {
    boolean plain = true;
    byte[] ascii = value.clone();
    for (int i = 0; i < ascii.length; i++) {
      if (ascii[i] < 0x20 || ascii[i] == 0x7F) {
        ascii[i] = '_';
        plain = false;
      }
    }
    if (!plain || value.length > NAME) {
      pax.put(key, value);
    }
    System.arraycopy(ascii, 0, header, at, Math.min(ascii.length, NAME));
  }

  private static void number(
      byte[] header,
      int at,
      int digits,
      long max,
      String key,
      long value,
      Map<String, byte[]> pax) {
    boolean fits = value >= 0 && value <= max;
    if (!fits) {
      pax.put(key, decimal(value));
    }
    octal(header, at, digits, fits ? value : 0);
  }

  private static void octal(byte[] header, int at, int digits, long value) {
    long left = value;
    for (int i = at + digits - 1; i >= at; i--) {
      header[i] = (byte) ('0' + (left & 7));
      left >>>= 3;
    }
  }

  private static byte[] decimal(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }
}
