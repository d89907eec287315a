package io.github.goldenmaven.oci.layer;

import com.jcraft.jzlib.Deflater;
import com.jcraft.jzlib.GZIPException;
import com.jcraft.jzlib.JZlib;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32;

/**
 * A gzip stream of one member whose bytes depend on its content alone: no time, no name, "unknown"
 * as operating system, and input handed on in blocks of one size however it was written.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952">RFC 1952, GZIP file format</a>
 */
abstract class GzipOutput extends OutputStream {

  /** The most a stored deflate block can hold (RFC 1951, section 3.2.4). */
  private static final int BLOCK = 65535;

  private static final byte[] HEADER = {
    0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255,
  };

  final OutputStream out;
  private final CRC32 crc = new CRC32();
  private final byte[] block = new byte[BLOCK];
  private int filled;
  private long total;
  private boolean finished;

  private GzipOutput(OutputStream out) throws IOException {
    this.out = out;
    out.write(HEADER);
  }

  static GzipOutput of(Compression compression, OutputStream out) throws IOException {
    return switch (compression) {
      case DEFLATED -> new Deflated(out);
      case STORED -> new Stored(out);
    };
  }

  /** Hands on the next {@link #BLOCK} bytes, fewer only when it is the last of the stream. */
  abstract void block(byte[] bytes, int length, boolean last) throws IOException;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int left = length;
    while (left > 0) {
      if (filled == BLOCK) {
        flushBlock(false);
      }
      int part = Math.min(left, BLOCK - filled);
      System.arraycopy(bytes, at, block, filled, part);
      filled += part;
      at += part;
      left -= part;
    }
  }

  private void flushBlock(boolean last) throws IOException {
    crc.update(block, 0, filled);
    total += filled;
    block(block, filled, last);
    filled = 0;
  }

  /** Writes what is left and the trailer; does not close the stream below. */
  void finish() throws IOException {
    if (!finished) {
      finished = true;
      flushBlock(true);
      writeLittleEndian(crc.getValue(), 4);
      writeLittleEndian(total, 4);
    }
  }

  /** Finishes; the stream below stays open. */
  @Override
  public void close() throws IOException {
    finish();
  }

  final void writeLittleEndian(long value, int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    out.write(bytes);
  }

  /** Deflate's stored blocks: nothing is compressed, every reader of gzip reads it. */
  private static final class Stored extends GzipOutput {

    Stored(OutputStream out) throws IOException {
      super(out);
    }

    @Override
    void block(byte[] bytes, int length, boolean last) throws IOException {
      out.write(last ? 1 : 0);
      writeLittleEndian(length, 2);
      writeLittleEndian(~length, 2);
      out.write(bytes, 0, length);
    }
  }

  /** Deflate by jzlib: Java's own differs with the zlib its build was linked to. */
  private static final class Deflated extends GzipOutput {

    private static final int LEVEL = 6;

    private final Deflater deflater;
    private final byte[] deflated = new byte[BLOCK];

    Deflated(OutputStream out) throws IOException {
      super(out);
      try {
        this.deflater = new Deflater(LEVEL, JZlib.MAX_WBITS, true);
      } catch (GZIPException e) {
        throw new IllegalStateException("jzlib has level 6", e);
      }
    }

    @Override
    void block(byte[] bytes, int length, boolean last) throws IOException {
      deflater.setInput(bytes, 0, length, false);
      int status;
      do {
        deflater.setOutput(deflated, 0, deflated.length);
        status = deflater.deflate(last ? JZlib.Z_FINISH : JZlib.Z_NO_FLUSH);
        if (status != JZlib.Z_OK && status != JZlib.Z_STREAM_END && status != JZlib.Z_BUF_ERROR) {
          throw new IllegalStateException("jzlib fails with " + status);
        }
        out.write(deflated, 0, deflated.length - deflater.avail_out);
      } while (last ? status != JZlib.Z_STREAM_END : deflater.avail_out == 0);
    }
  }
}
