package io.github.goldenmaven.provenance.jar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The bytes of an archive, read from anywhere in it. */
interface ZipBytes extends AutoCloseable {

  long size();

  /** Reads as many bytes as there are from this place on, at most those there is room for. */
  int read(long at, byte[] into, int length) throws IOException;

  @Override
  void close() throws IOException;

  /** All these bytes, or the end of the archive is passed. */
  default byte[] all(long at, int length) throws IOException {
    byte[] bytes = new byte[length];
    if (at < 0 || read(at, bytes, length) < length) {
      throw new EOFException("ends before its end");
    }
    return bytes;
  }

  /** Those in memory. */
  static ZipBytes of(byte[] bytes) {
    return new ZipBytes() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public int read(long at, byte[] into, int length) {
        int there = (int) Math.max(0, Math.min(length, bytes.length - at));
        if (there > 0) {
          System.arraycopy(bytes, (int) at, into, 0, there);
        }
        return there;
      }

      @Override
      public void close() {}
    };
  }

  /** A part of them, closed with the whole. */
  default ZipBytes slice(long from, long length) {
    ZipBytes whole = this;
    return new ZipBytes() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public int read(long at, byte[] into, int wanted) throws IOException {
        int there = (int) Math.max(0, Math.min(wanted, length - at));
        return there == 0 ? 0 : whole.read(from + at, into, there);
      }

      @Override
      public void close() {}
    };
  }

  /** All of a stream, in a file that is gone once this is closed. */
  static ZipBytes inAFile(InputStream content, long size) throws IOException {
    Path file = Files.createTempFile("golden-jar-", ".tmp");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
    ZipBytes bytes = new OfFile(channel, size);
    boolean whole = false;
    try {
      byte[] buffer = new byte[OfFile.WINDOW];
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        ByteBuffer out = ByteBuffer.wrap(buffer, 0, read);
        while (out.hasRemaining()) {
          channel.write(out);
        }
      }
      whole = true;
      return bytes;
    } finally {
      if (!whole) {
        bytes.close();
      }
    }
  }

  /** Those of a file, a part of it held in memory. */
  static ZipBytes of(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return new OfFile(channel, channel.size());
  }

  /** Reads around what was asked for: whoever reads in order reads each byte once. */
  final class OfFile implements ZipBytes {

    private static final int WINDOW = 64 << 10;

    private final FileChannel channel;
    private final long size;
    private final byte[] window = new byte[WINDOW];
    private long from;
    private int held;

    private OfFile(FileChannel channel, long size) {
      this.channel = channel;
      this.size = size;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public int read(long at, byte[] into, int length) throws IOException {
      int there = (int) Math.max(0, Math.min(length, size - at));
      if (there > WINDOW) {
        return from(at, into, there);
      }
      if (at < from || at + there > from + held) {
        held = from(at, window, WINDOW);
        from = at;
      }
      int copied = Math.min(there, held);
      System.arraycopy(window, (int) (at - from), into, 0, copied);
      return copied;
    }

    private int from(long at, byte[] into, int length) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(into, 0, length);
      int read = 0;
      while (bytes.hasRemaining() && read >= 0) {
        read = channel.read(bytes, at + bytes.position());
      }
      return bytes.position();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
