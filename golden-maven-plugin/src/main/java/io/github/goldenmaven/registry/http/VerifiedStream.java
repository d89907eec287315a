package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A blob's bytes on their way to a reader, who gets the last of them only when all of them have the
 * size and digest that were stated.
 */
public final class VerifiedStream extends BlockInputStream {

  private final InputStream bytes;
  private final String store;
  private final Digest digest;
  private final long size;
  private final Progress progress;
  private final MessageDigest sha256 = Digest.sha256();
  private long seen;

  public VerifiedStream(String store, Descriptor descriptor, InputStream bytes, Progress progress) {
    this.bytes = bytes;
    this.store = store;
    this.digest = descriptor.digest();
    this.size = descriptor.size();
    this.progress = progress;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (seen == size) {
      if (size == 0) {
        requireEnd();
      }
      return -1;
    }
    int read = bytes.read(target, offset, (int) Math.min(length, size - seen));
    if (read < 0) {
      throw refused("has " + seen + " bytes where " + size + " are stated");
    }
    sha256.update(target, offset, read);
    seen += read;
    progress.advanced(read);
    if (seen == size) {
      requireEnd();
    }
    return read;
  }

  private void requireEnd() throws IOException {
    if (bytes.read() >= 0) {
      throw refused("has more than the " + size + " bytes that are stated");
    }
    Digest actual = Digest.of(sha256);
    if (!actual.equals(digest)) {
      throw refused("has other bytes: they are '" + actual + "'");
    }
  }

  /** Refuses a blob that is to fit into memory and is said not to. */
  public static void requireSmall(String store, Descriptor descriptor) {
    if (descriptor.size() > StrictJson.MAX_BYTES) {
      throw refused(
          store,
          descriptor.digest(),
          "is said to have %s bytes, where a config or statement has at most %s"
              .formatted(descriptor.size(), StrictJson.MAX_BYTES));
    }
  }

  private RefusedException refused(String fault) {
    return refused(store, digest, fault);
  }

  public static RefusedException refused(String store, Digest digest, String fault) {
    return new RefusedException(
        "The blob '" + digest + "' of '" + store + "' " + fault + ".",
        "Do not use this image: its store, or something between it and us, has changed it. Push it"
            + " again from where it is whole.");
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
