package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer that was read once.
 *
 * @param digest of its stored bytes
 * @param size of its stored bytes
 * @param contentBytes of all its files
 * @param diffId of its decompressed bytes, as they are
 * @param keptOrNull what is known of its files' content, as {@link KeptContent} writes it, each
 *     byte a character (ISO 8859-1); {@code null} where it is nothing
 * @param classes that lie in it as files
 * @param jars that could be read, by their path as the layer has it
 */
public record ScannedLayer(
    Digest digest,
    long size,
    long contentBytes,
    Digest diffId,
    List<ScannedEntry> entries,
    @Nullable String keptOrNull,
    ClassVersions classes,
    Map<String, JarFacts> jars) {

  public ScannedLayer {
    entries = List.copyOf(entries);
    jars = Map.copyOf(jars);
  }

  /** How many characters are kept of it. */
  public long names() {
    return entries.stream().mapToLong(ScannedEntry::size).sum();
  }

  /** {@code /opt/golden/protect.json}, where it has that file. */
  public Optional<byte[]> protect() {
    return content()
        .file(LayerScanner.PROTECT)
        .map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** What is known of its files' content. */
  public KeptContent content() {
    return KeptContent.decoded(keptOrNull == null ? "" : keptOrNull);
  }

  /** The same as bytes, where there is something. */
  Optional<byte[]> kept() {
    return Optional.ofNullable(keptOrNull).map(text -> text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
