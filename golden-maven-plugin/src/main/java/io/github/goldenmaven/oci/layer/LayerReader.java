package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a layer entry by entry, in bounded memory and time, whoever wrote it. Whatever a container
 * runtime could understand differently is refused.
 *
 * <p>Every failure is a {@link io.github.goldenmaven.GoldenException}, also from {@link #content}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/layer.md">OCI image spec,
 *     image layer filesystem changeset</a>
 */
public final class LayerReader implements AutoCloseable {

  /**
   * How much of a layer is read before it is refused.
   *
   * @param maxEntries tar headers, those of long names and attributes counted too
   * @param maxBytes of the tar once decompressed, and of the stored form
   * @param maxRatio of decompressed to stored bytes, looked at from 256 MiB on
   */
  public record Limits(long maxEntries, long maxBytes, long maxRatio) {

    /** A million entries, 16 GiB, 200 times. */
    public static final Limits DEFAULT = new Limits(1_000_000, 16L << 30, 200);

    public Limits {
      if (maxEntries < 0 || maxBytes < 0 || maxRatio < 1) {
        throw new IllegalArgumentException("limits are not negative, the ratio is at least 1");
      }
    }
  }

  /** Raise when other layers are read, or are read in another way: what caches hold was read so. */
  public static final int VERSION = 3;

  /** PAX headers and GNU long names longer than this are nobody's: Go's own bound. */
  private static final int MAX_META = 1024 * 1024;

  private final LayerFault fault;
  private final TarInput tar;
  private final Limits limits;
  private final byte[] block = new byte[TarOutput.BLOCK];

  /** Whether the bytes may end behind an entry, without the zeros of a tar's end. */
  private final boolean openEnded;

  private long headers;
  private long contentLeft;
  private long padding;
  private boolean ended;
  private @Nullable Digest diffId;

  private LayerReader(
      LayerFault fault, InputStream stored, Limits limits, boolean plain, boolean openEnded) {
    this.fault = fault;
    this.limits = limits;
    this.openEnded = openEnded;
    this.tar =
        new TarInput(fault, new CompressedInput(fault, stored, limits.maxBytes()), limits, plain);
  }

  /**
   * Begins to read a layer.
   *
   * @param what the layer, as a sentence begins: {@code The layer 'sha256:…'}
   * @param stored gzip or zstd (of one member or several), or plain tar; closed with the reader
   */
  public static LayerReader open(String what, InputStream stored, Limits limits) {
    return new LayerReader(new LayerFault(what), stored, limits, false, false);
  }

  /**
   * Begins to read a layer of an image. It may end behind its last entry, as umoci's {@code insert}
   * leaves it: all runtimes take that for the end, and its digests hold that nothing was cut off.
   *
   * @param what the layer, as a sentence begins
   * @param mediaType of its descriptor: a plain tar is not compressed
   * @param stored closed with the reader
   */
  public static LayerReader open(String what, String mediaType, InputStream stored, Limits limits) {
    return new LayerReader(
        new LayerFault(what), stored, limits, MediaTypes.isPlain(mediaType), true);
  }

  /** The next entry, past whatever content of the one before was not read; empty at the end. */
  public Optional<TarEntry> next() {
    if (ended) {
      return Optional.empty();
    }
    tar.skip(contentLeft);
    contentLeft = 0;
    if (openEnded) {
      tar.skipToEnd(padding);
    } else {
      tar.skip(padding);
    }
    padding = 0;
    Pending pending = new Pending();
    while (true) {
      Optional<TarHeader> header = header(pending);
      if (header.isEmpty()) {
        return Optional.empty();
      }
      Optional<TarEntry> entry = read(header.get(), pending);
      if (entry.isPresent()) {
        return entry;
      }
    }
  }

  /** What comes before an entry's own header and belongs to it. */
  private static final class Pending {
    private @Nullable Map<String, String> pax;
    private @Nullable String name;
    private @Nullable String link;

    boolean isEmpty() {
      return pax == null && name == null && link == null;
    }
  }

  private Optional<TarHeader> header(Pending pending) {
    if (!tar.fill(block)) {
      if (!openEnded || headers == 0 || !pending.isEmpty()) {
        throw fault.truncated();
      }
      ended = true;
      return Optional.empty();
    }
    if (isZero(block)) {
      if (!pending.isEmpty()) {
        throw fault.truncated();
      }
      ended = true;
      tar.drain();
      return Optional.empty();
    }
    if (++headers > limits.maxEntries()) {
      throw fault.refused("has more than " + limits.maxEntries() + " entries");
    }
    return Optional.of(new TarHeader(fault, block.clone()));
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** An entry, or empty when the header only said something about the entry to come. */
  private Optional<TarEntry> read(TarHeader header, Pending pending) {
    switch (header.type()) {
      case 'g' -> {
        if (!pending.isEmpty()) {
          throw fault.refused(
              "has a global PAX header between an entry and the header that is about it: some"
                  + " readers forget that one");
        }
        GlobalHeader.requireHarmless(fault, header, meta(header));
      }
      case 'x' -> {
        requireFirst(pending.isEmpty());
        pending.pax = PaxRecords.read(fault, meta(header));
      }
      case 'L' -> {
        requireFirst(pending.pax == null && pending.name == null);
        pending.name = cString(meta(header));
      }
      case 'K' -> {
        requireFirst(pending.pax == null && pending.link == null);
        pending.link = cString(meta(header));
      }
      default -> {
        return Optional.of(entry(header, pending));
      }
    }
    return Optional.empty();
  }

  private TarEntry entry(TarHeader header, Pending pending) {
    TarEntry entry =
        new TarEntryReader(
                fault,
                header,
                pending.pax == null ? Map.of() : pending.pax,
                pending.name,
                pending.link)
            .entry();
    contentLeft = entry.size();
    padding = -entry.size() & (TarOutput.BLOCK - 1);
    return entry;
  }

  private void requireFirst(boolean first) {
    if (!first) {
      throw fault.refused("has an entry with several names, on which readers disagree");
    }
  }

  private byte[] meta(TarHeader header) {
    long size = header.size();
    if (size > MAX_META) {
      throw fault.refused("has an entry with a header of more than " + MAX_META + " bytes");
    }
    byte[] bytes = new byte[(int) size];
    if (size > 0 && !tar.fill(bytes)) {
      throw fault.truncated();
    }
    tar.skip(-size & (TarOutput.BLOCK - 1));
    return bytes;
  }

  private static String cString(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
  }

  /** What is left of the current entry's content; need not be read, need not be closed. */
  public InputStream content() {
    return new Content();
  }

  /** The digest of the whole tar; reads, and checks, all that is left. */
  public Digest diffId() {
    Optional<TarEntry> entry;
    do {
      entry = next();
    } while (entry.isPresent());
    if (diffId == null) {
      diffId = tar.digest();
    }
    return diffId;
  }

  @Override
  public void close() {
    tar.close();
  }

  private final class Content extends InputStream {

    private final long entry = headers;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (entry != headers || contentLeft == 0) {
        return -1;
      }
      if (length == 0) {
        return 0;
      }
      int read = tar.read(bytes, offset, (int) Math.min(length, contentLeft));
      if (read < 0) {
        throw fault.truncated();
      }
      contentLeft -= read;
      return read;
    }
  }
}
