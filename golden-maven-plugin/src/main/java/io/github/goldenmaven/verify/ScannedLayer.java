package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.provenance.ClassVersions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer that was read once.
 *
 * @param digest of its stored bytes
 * @param size of its stored bytes
 * @param content bytes of all its files
 * @param diffId of its decompressed bytes, as they are
 * @param protectOrNull {@code /opt/golden/protect.json}, each byte a character (ISO 8859-1), where
 *     it has that file
 * @param classes that lie in it as files
 */
record ScannedLayer(
    Digest digest,
    long size,
    long content,
    Digest diffId,
    List<ScannedEntry> entries,
    @Nullable String protectOrNull,
    ClassVersions classes) {

  ScannedLayer {
    entries = List.copyOf(entries);
  }

  /** How many characters are kept of it. */
  long names() {
    return entries.stream().mapToLong(ScannedEntry::size).sum();
  }

  Optional<byte[]> protect() {
    return Optional.ofNullable(protectOrNull)
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A file that is kept; empty where it is none of these. */
  Optional<String> file(String path) {
    return Optional.empty();
  }
}
