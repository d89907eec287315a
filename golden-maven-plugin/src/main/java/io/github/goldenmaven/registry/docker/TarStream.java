package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tar that is made while it is read: nothing of it is in memory or on disk but the part that just
 * passes. Files only, with names of at most 100 bytes.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_14">POSIX,
 *     ustar Interchange Format</a>
 */
final class TarStream {

  private static final int BLOCK = 512;
  private static final long MAX_OCTAL = (1L << 33) - 1;

  private final List<Part> parts = new ArrayList<>();

  private record Part(String name, long size, LayerEntry.Content content) {}

  /**
   * @param content opened only when the reader comes to it
   */
  void add(String name, long size, LayerEntry.Content content) {
    parts.add(new Part(name, size, content));
  }

  void add(String name, byte[] bytes) {
    add(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /** The tar; a part of another size than announced is an {@link UnavailableException}. */
  InputStream open() {
    List<InputStream> streams = new ArrayList<>();
    for (Part part : parts) {
      streams.add(new ByteArrayInputStream(header(part)));
      streams.add(new Content(part));
      streams.add(new ByteArrayInputStream(new byte[(int) (-part.size() & (BLOCK - 1))]));
    }
    streams.add(new ByteArrayInputStream(new byte[2 * BLOCK]));
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  private static byte[] header(Part part) {
    byte[] header = new byte[BLOCK];
    text(header, 0, part.name());
    text(header, 100, "0000644");
    text(header, 108, "0000000");
    text(header, 116, "0000000");
    size(header, part.size());
    text(header, 136, "00000000000");
    header[156] = '0';
    text(header, 257, "ustar");
    text(header, 263, "00");
    int sum = 8 * ' ';
    for (byte unsigned : header) {
      sum += unsigned & 0xFF;
    }
    text(header, 148, String.format("%06o", sum));
    header[155] = ' ';
    return header;
  }

  /** In octal, or from 8 GiB on as GNU and Go write it, in base 256. */
  private static void size(byte[] header, long size) {
    if (size <= MAX_OCTAL) {
      text(header, 124, String.format("%011o", size));
      return;
    }
    header[124] = (byte) 0x80;
    for (int at = 0; at < 8; at++) {
      header[135 - at] = (byte) (size >>> (8 * at));
    }
  }

  private static void text(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  /** A part's content, opened at the first read, held to its announced size. */
  private static final class Content extends InputStream {

    private final Part part;
    private @Nullable InputStream in;
    private long left;

    Content(Part part) {
      this.part = part;
      this.left = part.size();
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (in == null) {
        in = part.content().open();
      }
      int read = in.read(bytes, offset, length);
      left -= Math.max(read, 0);
      if (left < 0 || (read < 0 && left > 0)) {
        throw new UnavailableException(
            "'" + part.name() + "' changed while the Docker Engine was given it.",
            "Build again, and let nothing write into the build's output at the same time.");
      }
      return read;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
