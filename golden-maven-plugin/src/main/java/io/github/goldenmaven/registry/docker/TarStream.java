package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.TarOutput;
import io.github.goldenmaven.registry.http.BlockInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tar that is made while it is read: nothing of it is in memory or on disk but the part that just
 * passes. Files only.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_14">POSIX,
 *     ustar Interchange Format</a>
 */
final class TarStream {

  private final List<LayerEntry.File> parts = new ArrayList<>();

  /**
   * @param content opened only when the reader comes to it
   */
  void add(String name, long size, LayerEntry.Content content) {
    parts.add(new LayerEntry.File(name, size, content, 0644, LayerEntry.Owner.ROOT, Instant.EPOCH));
  }

  void add(String name, byte[] bytes) {
    add(name, bytes.length, () -> new ByteArrayInputStream(bytes));
  }

  /** The tar; a part of another size than announced is an {@link UnavailableException}. */
  InputStream open() {
    List<InputStream> streams = new ArrayList<>();
    for (LayerEntry.File part : parts) {
      streams.add(tar(tar -> tar.header(part)));
      streams.add(new Content(part));
      streams.add(tar(tar -> tar.pad(part.size())));
    }
    streams.add(tar(TarOutput::end));
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  /** A piece of a tar between contents. */
  @FunctionalInterface
  private interface Piece {
    void writeTo(TarOutput tar) throws IOException;
  }

  private static InputStream tar(Piece piece) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      piece.writeTo(new TarOutput(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("to memory", e);
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  /** A part's content, opened at the first read, checked against its announced size. */
  private static final class Content extends BlockInputStream {

    private final LayerEntry.File part;
    private @Nullable InputStream in;
    private long left;

    Content(LayerEntry.File part) {
      this.part = part;
      this.left = part.size();
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
            "'" + part.path() + "' changed while the Docker Engine was given it.",
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
