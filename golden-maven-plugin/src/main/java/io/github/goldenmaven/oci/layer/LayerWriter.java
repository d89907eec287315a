package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.text.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes layers: the same entries in any order, on any machine, in any time zone, give the same
 * bytes. Memory does not grow with the content.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md">OCI image spec,
 *     image layer filesystem changeset</a>
 */
public final class LayerWriter {

  private static final int BUFFER = 64 * 1024;
  private static final int MAX_MODE = 07777;
  private static final AtomicLong PARTS = new AtomicLong();

  private final OutputStream out;
  private final TarOutput tar;
  private final byte[] buffer = new byte[BUFFER];

  private LayerWriter(OutputStream out) {
    this.out = out;
    this.tar = new TarOutput(out);
  }

  /**
   * Writes the entries, sorted by the bytes of their paths, as a gzip-compressed tar. Parents of an
   * entry are not added: a layer says only what it changes.
   *
   * @param file where the layer is to be; it appears whole or not at all, over any file that was
   *     there
   * @throws RefusedException when two entries have one path, one lies below another that is not a
   *     directory, a path, mode, owner or link target cannot be written, or a file has not the size
   *     it was announced with
   * @throws UnavailableException when a file cannot be read, or the layer cannot be written
   */
  public static Layer write(List<LayerEntry> entries, Compression compression, Path file) {
    Map<byte[], LayerEntry> sorted = sorted(entries);
    return write(
        compression,
        file,
        tar -> {
          LayerWriter writer = new LayerWriter(tar);
          for (Map.Entry<byte[], LayerEntry> entry : sorted.entrySet()) {
            writer.entry(entry.getValue(), entry.getKey());
          }
          writer.tar.end();
        });
  }

  /**
   * Compresses a tar that somebody else wrote, every byte of it as it is.
   *
   * @param file as for {@link #write(List, Compression, Path)}
   * @throws UnavailableException when the tar cannot be read, or the layer cannot be written
   */
  public static Layer compress(LayerEntry.Content tar, Compression compression, Path file) {
    return write(
        compression,
        file,
        out -> {
          try (InputStream in = tar.open()) {
            in.transferTo(out);
          }
        });
  }

  /** Writes a tar. */
  @FunctionalInterface
  private interface Tar {
    void writeTo(OutputStream out) throws IOException;
  }

  private static Layer write(Compression compression, Path file, Tar tar) {
    Path part =
        file.resolveSibling(
            file.getFileName()
                + "."
                + ProcessHandle.current().pid()
                + "-"
                + PARTS.incrementAndGet()
                + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Layer layer = writePart(tar, compression, part, file);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return layer;
    } catch (IOException e) {
      throw new UnavailableException(
          "The layer '" + Printable.of(file.toString()) + "' could not be written: " + reason(e),
          "Make room or fix the permissions there, or name another folder in <cache> or"
              + " -Dgolden.cache.",
          e);
    } finally {
      delete(part);
    }
  }

  private static Layer writePart(Tar tar, Compression compression, Path part, Path file)
      throws IOException {
    MessageDigest stored = Digest.sha256();
    MessageDigest uncompressed = Digest.sha256();
    try (OutputStream disk = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW);
        OutputStream hashed =
            new BufferedOutputStream(new DigestOutputStream(disk, stored), BUFFER)) {
      GzipOutput gzip = GzipOutput.of(compression, hashed);
      tar.writeTo(new DigestOutputStream(gzip, uncompressed));
      gzip.finish();
    }
    Blob blob = Blob.of(file, Digest.of(stored), Files.size(part));
    return new Layer(blob, Digest.of(uncompressed), MediaTypes.OCI_LAYER_GZIP);
  }

  private void entry(LayerEntry entry, byte[] path) throws IOException {
    tar.header(entry, path);
    if (entry instanceof LayerEntry.File file) {
      content(file);
      tar.pad(file.size());
    }
  }

  private void content(LayerEntry.File file) throws IOException {
    long left = file.size();
    try (Source source = new Source(file)) {
      int read;
      while ((read = source.read(buffer)) >= 0) {
        left -= read;
        if (left < 0) {
          break;
        }
        out.write(buffer, 0, read);
      }
    }
    if (left != 0) {
      throw new RefusedException(
          "'"
              + Printable.of(file.path())
              + "' changed while it was read: it is not "
              + file.size()
              + " bytes long any more.",
          "Build again, and let nothing write into the build's output at the same time.");
    }
  }

  private static Map<byte[], LayerEntry> sorted(List<LayerEntry> entries) {
    Map<byte[], LayerEntry> sorted = new TreeMap<>(Arrays::compareUnsigned);
    for (LayerEntry entry : entries) {
      require(entry);
      LayerEntry other = sorted.put(LayerPath.toBytes(entry.path()), entry);
      if (other != null) {
        throw new RefusedException(
            "'"
                + Printable.of(entry.path())
                + "' is in one layer twice: as "
                + describe(other)
                + " and as "
                + describe(entry)
                + ".",
            "Leave one of the two out, or let one have another path.");
      }
    }
    sorted.forEach((path, entry) -> requireDirectories(path, entry, sorted));
    return sorted;
  }

  private static void require(LayerEntry entry) {
    String fault = null;
    if (entry.mode() < 0 || entry.mode() > MAX_MODE) {
      fault = "the mode " + Integer.toOctalString(entry.mode());
    } else if (entry.owner().uid() < 0 || entry.owner().gid() < 0) {
      fault = "the owner " + entry.owner().uid() + ":" + entry.owner().gid();
    } else if (entry instanceof LayerEntry.File file && file.size() < 0) {
      fault = "the size " + file.size();
    }
    if (fault != null) {
      throw new RefusedException(
          "'" + Printable.of(entry.path()) + "' has " + fault + ", which no tar can hold.",
          "A mode is octal and at most 7777; owner and size are not negative.");
    }
  }

  private static void requireDirectories(
      byte[] path, LayerEntry entry, Map<byte[], LayerEntry> entries) {
    for (int at = 0; at < path.length; at++) {
      if (path[at] != '/') {
        continue;
      }
      LayerEntry above = entries.get(Arrays.copyOf(path, at));
      if (above != null && !(above instanceof LayerEntry.Directory)) {
        throw new RefusedException(
            "'"
                + Printable.of(entry.path())
                + "' lies below '"
                + Printable.of(above.path())
                + "', which is "
                + describe(above)
                + ".",
            "Let only directories have something below them.");
      }
    }
  }

  private static String describe(LayerEntry entry) {
    if (entry instanceof LayerEntry.File file) {
      return "a file of " + file.size() + " bytes";
    }
    if (entry instanceof LayerEntry.SymbolicLink link) {
      return "a symbolic link to '" + Printable.of(link.target()) + "'";
    }
    return "a directory";
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // What stopped the writing is the better story.
    }
  }

  private static String reason(IOException e) {
    String message = Printable.of(String.valueOf(e.getMessage()));
    return e.getClass().getSimpleName() + " (" + message + ").";
  }

  /** A file's content; what goes wrong while reading it is told apart from the writing. */
  private static final class Source implements AutoCloseable {

    private final LayerEntry.File file;
    private final InputStream in;

    Source(LayerEntry.File file) {
      this.file = file;
      try {
        this.in = file.content().open();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    /** The bytes read into the buffer, at least one; -1 at the end. */
    int read(byte[] buffer) {
      try {
        return in.read(buffer);
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    private UnavailableException unreadable(IOException e) {
      return new UnavailableException(
          "The content of '" + Printable.of(file.path()) + "' could not be read: " + reason(e),
          "Look whether it is still there and may be read, then build again.",
          e);
    }
  }
}
