package io.github.goldenmaven.cache;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Manifests and configs seen before, by digest, so that a pinned document costs no request. What is
 * read from the folder is hashed again: a damaged file counts as absent.
 */
public final class DocumentCache {

  /** A document and its media type. */
  private static final int LIMIT = StrictJson.MAX_BYTES + 1024;

  private final Path folder;

  /**
   * @param folder created at the first write
   */
  public DocumentCache(Path folder) {
    this.folder = folder;
  }

  /** The manifest or index of this digest, with the media type it was stored with. */
  public Optional<RawManifest> manifest(Digest digest) {
    return read(digest, ".manifest")
        .flatMap(
            bytes -> {
              int end = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n');
              if (end < 0) {
                return Optional.empty();
              }
              byte[] document = Arrays.copyOfRange(bytes, end + 1, bytes.length);
              if (!Digest.of(document).equals(digest)) {
                return Optional.empty();
              }
              String mediaType = new String(bytes, 0, end, StandardCharsets.UTF_8);
              return Optional.of(new RawManifest(mediaType, document));
            });
  }

  /** The small blob this descriptor points to, where its size is the descriptor's too. */
  public Optional<byte[]> blob(Descriptor descriptor) {
    return read(descriptor.digest(), ".blob")
        .filter(bytes -> bytes.length == descriptor.size())
        .filter(bytes -> Digest.of(bytes).equals(descriptor.digest()));
  }

  public void keep(RawManifest manifest) {
    byte[] mediaType = (manifest.mediaType() + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] bytes = Arrays.copyOf(mediaType, mediaType.length + manifest.size());
    System.arraycopy(manifest.bytes(), 0, bytes, mediaType.length, manifest.size());
    write(manifest.digest(), ".manifest", bytes);
  }

  public void keep(Digest digest, byte[] blob) {
    write(digest, ".blob", blob);
  }

  private Optional<byte[]> read(Digest digest, String suffix) {
    return CacheFiles.read(folder.resolve(digest.hex() + suffix), LIMIT);
  }

  private void write(Digest digest, String suffix, byte[] bytes) {
    try {
      CacheFiles.write(folder, digest.hex() + suffix, bytes);
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }
}
