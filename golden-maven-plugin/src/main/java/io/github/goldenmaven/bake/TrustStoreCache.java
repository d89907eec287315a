package io.github.goldenmaven.bake;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.CacheFailure;
import io.github.goldenmaven.registry.CacheFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * JVM trust stores with the company's authorities in them, by what they were made of, so that the
 * same one is not taken apart and put together at each bake. A file counts only while it is whole.
 */
final class TrustStoreCache {

  /** Raise when the same authorities in the same store shall give other bytes. */
  private static final String FORMAT = "golden trust store 3";

  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.truststore");
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
   * @param official digest of the store as it is; empty where there is none
   * @param fingerprints of the authorities, in their order
   * @param making makes it where it is not known yet
   */
  byte[] store(
      Optional<Digest> official,
      List<String> fingerprints,
      TrustStoreFile.Form form,
      Supplier<byte[]> making) {
    String name = key(official, fingerprints, form) + ".truststore";
    Optional<byte[]> known =
        CacheFiles.readOwn(folder.resolve(name), MAX_FILE).flatMap(TrustStoreCache::whole);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] made = making.get();
    try {
      ByteBuffer file = ByteBuffer.allocate(Long.BYTES + made.length);
      CacheFiles.write(folder, name, file.putLong(sum(made)).put(made).array());
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
      Optional<Digest> official, List<String> fingerprints, TrustStoreFile.Form form) {
    String made =
        String.join(
            "\n",
            FORMAT,
            form.toString(),
            String.join(",", fingerprints),
            official.map(Digest::hex).orElse("none"));
    return Digest.of(made.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static Optional<byte[]> whole(byte[] file) {
    if (file.length < Long.BYTES) {
      return Optional.empty();
    }
    byte[] store = Arrays.copyOfRange(file, Long.BYTES, file.length);
    return ByteBuffer.wrap(file).getLong() == sum(store) ? Optional.of(store) : Optional.empty();
  }

  /** Tells damage; who may write here needs no damage to be believed. */
  private static long sum(byte[] store) {
    CRC32C sum = new CRC32C();
    sum.update(store);
    return sum.getValue();
  }
}
