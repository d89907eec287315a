package io.github.goldenmaven.cache;

import io.github.goldenmaven.oci.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Digests of files that were hashed before and are the same since, by the file system's own
 * account: inode, size, modification time and, what nobody can set, the time of the last change. As
 * git does with its index, a file that changed within the last seconds is not noted: it could
 * change again within the clock's grain. Where there is no such account, every file is hashed every
 * time.
 */
public final class FileDigests {

  private static final Duration GRAIN = Duration.ofSeconds(2);
  private static final Pattern LINE = Pattern.compile("[0-9a-f]{64} .+");
  private static final int MAX_NOTE = 16 * 1024 * 1024;

  private final Clock clock;
  private final Map<String, Digest> known = new LinkedHashMap<>();
  private final Map<String, Digest> seen = new LinkedHashMap<>();

  /**
   * @param note what {@link #toNote} gave before; what cannot be understood of it is passed over
   */
  FileDigests(Optional<byte[]> note, Clock clock) {
    this.clock = clock;
    note.ifPresent(this::read);
  }

  /** Reads the note of this name in a cache's folder. */
  public static FileDigests in(Path folder, String name, Clock clock) {
    return new FileDigests(CacheFiles.read(folder.resolve(name), MAX_NOTE), clock);
  }

  private void read(byte[] note) {
    for (String line : new String(note, StandardCharsets.UTF_8).split("\n", -1)) {
      if (LINE.matcher(line).matches()) {
        known.put(line.substring(65), new Digest(line.substring(0, 64)));
      }
    }
  }

  /** The digest of the file's bytes. */
  public Digest of(Path file) throws IOException {
    String account = account(file);
    Digest digest = account == null ? null : known.get(account);
    if (digest == null) {
      digest = hash(file);
      if (account == null || !account.equals(account(file))) {
        return digest;
      }
    }
    seen.put(account, digest);
    return digest;
  }

  /** Whether something was hashed that the note did not have. */
  public boolean hasNews() {
    return !known.keySet().containsAll(seen.keySet());
  }

  /** The files asked for, for the next build. */
  public byte[] toNote() {
    StringBuilder note = new StringBuilder();
    seen.forEach(
        (account, digest) -> note.append(digest.hex()).append(' ').append(account).append('\n'));
    return note.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Null where the file system tells too little, or the file changed a moment ago. */
  private @Nullable String account(Path file) throws IOException {
    Map<String, Object> facts;
    try {
      facts = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      return null;
    }
    Instant changed = Instant.parse(String.valueOf(facts.get("ctime")));
    if (!changed.plus(GRAIN).isBefore(clock.instant())) {
      return null;
    }
    return "%s %s %s %s %s"
        .formatted(
            facts.get("dev"),
            facts.get("ino"),
            facts.get("size"),
            facts.get("lastModifiedTime"),
            changed);
  }

  private static Digest hash(Path file) throws IOException {
    MessageDigest sha256 = Digest.sha256();
    try (OutputStream hash = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
      Files.copy(file, hash);
    }
    return Digest.of(sha256);
  }
}
