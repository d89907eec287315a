package io.github.goldenmaven.cache;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The folders of a user's cache, and the one way in which what nothing uses any more leaves it.
 *
 * @param folder {@code <cache>}; made by what is first written
 */
public record Cache(Path folder) {

  private static final Duration KEPT = Duration.ofDays(30);
  private static final Duration TIDIED_EVERY = Duration.ofDays(1);
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}(\\.[a-z.]+)?");

  /** What has a folder of its own; files are named by SHA-256 and a suffix. */
  public enum Kind {
    /** What jars' classes need. */
    CLASSES,
    /** Manifests and configs. */
    DOCUMENTS,
    /** Layers written before. */
    LAYERS,
    /** What was pushed where. */
    PUSHED,
    /** What layers hold, for bakes and the gate. */
    SCANS
  }

  public Path folder(Kind kind) {
    return folder.resolve(kind.name().toLowerCase(Locale.ROOT));
  }

  public DocumentCache documents() {
    return new DocumentCache(folder(Kind.DOCUMENTS));
  }

  public LayerCache layers() {
    return new LayerCache(folder(Kind.LAYERS), Clock.systemUTC());
  }

  public PushMemory pushes() {
    return new PushMemory(folder(Kind.PUSHED));
  }

  /** Deletes what nothing has used for 30 days; looked for once a day. */
  public void tidyUp(Instant now) {
    if (!CacheFiles.isDue(folder, "tidied", now.minus(TIDIED_EVERY))) {
      return;
    }
    for (Kind kind : Kind.values()) {
      CacheFiles.prune(folder(kind), OURS, now.minus(KEPT));
    }
  }
}
