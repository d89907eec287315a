package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.oci.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Content that can be read again and again, with what it hashes to.
 *
 * @param size in bytes
 */
public record Blob(Digest digest, long size, LayerEntry.Content content) {

  public static Blob of(byte[] bytes) {
    byte[] copy = bytes.clone();
    return new Blob(Digest.of(copy), copy.length, () -> new ByteArrayInputStream(copy));
  }

  /** A file whose digest and size are already known. */
  public static Blob of(Path file, Digest digest, long size) {
    return new Blob(digest, size, () -> Files.newInputStream(file));
  }

  public InputStream open() throws IOException {
    return content.open();
  }
}
