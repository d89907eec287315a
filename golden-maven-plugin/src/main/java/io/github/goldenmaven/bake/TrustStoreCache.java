package io.github.goldenmaven.bake;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.CacheFailure;
import io.github.goldenmaven.registry.CacheFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * JVM trust stores with the company's authorities in them, by what they were made of, so that the
 * same one is not taken apart and put together at each bake. A file counts only while it is whole.
 */
final class TrustStoreCache {

  /** Raise when the same authorities in the same store shall give other bytes. */
  private static final String FORMAT = "golden trust store 1";

  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.truststore");
  private static final int SHA256 = 32;
  private static final int MAX_FILE = 64 << 20;

  private final Path folder;

  /**
   * @param folder created at the first write
   */
  TrustStoreCache(Path folder) {
    this.folder = folder;
  }

  /**
   * The store that comes of adding authorities to another one.
   *
   * @param official the store as it is; empty where there is none
   * @param fingerprints of the authorities, in their order
   * @param making makes it where it is not known yet
   */
  byte[] store(
      Optional<byte[]> official,
      List<String> fingerprints,
      TrustStoreFile.Form form,
      Supplier<byte[]> making) {
    String name = key(official, fingerprints, form) + ".truststore";
    Optional<byte[]> known =
        CacheFiles.read(folder.resolve(name), MAX_FILE).flatMap(TrustStoreCache::whole);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] made = making.get();
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.writeBytes(Digest.sha256().digest(made));
      file.writeBytes(made);
      CacheFiles.write(folder, name, file.toByteArray());
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
    return made;
  }

  /** Deletes what was made before this time. */
  void prune(Instant oldest) {
    CacheFiles.prune(folder, OURS, oldest);
  }

  private static String key(
      Optional<byte[]> official, List<String> fingerprints, TrustStoreFile.Form form) {
    MessageDigest sha256 = Digest.sha256();
    String parts = FORMAT + "\n" + form + "\n" + String.join(",", fingerprints) + "\n";
    sha256.update(parts.getBytes(StandardCharsets.UTF_8));
    official.ifPresent(
        bytes -> {
          sha256.update((byte) 1);
          sha256.update(bytes);
        });
    return Digest.of(sha256).hex();
  }

  private static Optional<byte[]> whole(byte[] file) {
    if (file.length < SHA256) {
      return Optional.empty();
    }
    byte[] store = Arrays.copyOfRange(file, SHA256, file.length);
    byte[] stated = Arrays.copyOf(file, SHA256);
    return MessageDigest.isEqual(Digest.sha256().digest(store), stated)
        ? Optional.of(store)
        : Optional.empty();
  }
}
