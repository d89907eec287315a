package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A layer that was read once: what it does to a file system, and the bytes of those of its files
 * that {@link RetainedFiles} keeps.
 *
 * @param digest of its stored bytes
 * @param size of its stored bytes
 * @param diffId of the decompressed tar
 * @param entries in the tar's order
 * @param factsOrNull what the gate asks; {@code null} where a bake read it
 */
public record LayerContents(
    Digest digest,
    long size,
    Digest diffId,
    List<ContentEntry> entries,
    @Nullable LayerFacts factsOrNull) {

  /** {@code /opt/golden/protect.json}. */
  public static final String PROTECT = "opt/golden/protect.json";

  public LayerContents {
    entries = List.copyOf(entries);
  }

  /** What the gate asks of its files; nothing where nobody looked. */
  public LayerFacts facts() {
    return factsOrNull == null ? LayerFacts.NONE : factsOrNull;
  }

  /** How many characters are kept of it. */
  public long names() {
    return entries.stream().mapToLong(ContentEntry::names).sum();
  }

  /** Of all its files, in bytes. */
  public long contentBytes() {
    return entries.stream().mapToLong(ContentEntry::size).sum();
  }

  /** {@code /opt/golden/protect.json}, where it has that file; each byte a character. */
  public Optional<String> protect() {
    return facts().kept().file(PROTECT);
  }
}
