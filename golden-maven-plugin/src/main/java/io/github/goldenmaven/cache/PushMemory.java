package io.github.goldenmaven.cache;

import io.github.goldenmaven.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What this machine pushed to a tag last: the next push then knows, without asking, which blobs the
 * repository has. It is a hint, never a proof: a registry that lost a blob says so, and everything
 * is sent.
 */
public final class PushMemory {

  /**
   * The last push to one tag.
   *
   * @param blobs all the image needs, the base's among them
   */
  public record Pushed(Digest manifest, Set<Digest> blobs) {
    public Pushed {
      blobs = new LinkedHashSet<>(blobs);
    }
  }

  private static final int LIMIT = 1 << 20;

  private final Path folder;

  public PushMemory(Path folder) {
    this.folder = folder;
  }

  /** The last push of this machine to this tag; a damaged note counts as none. */
  public Optional<Pushed> recall(String repository, String tag) {
    return CacheFiles.read(folder.resolve(name(repository, tag)), LIMIT).flatMap(PushMemory::parse);
  }

  private static Optional<Pushed> parse(byte[] note) {
    try {
      String[] words = new String(note, StandardCharsets.UTF_8).strip().split("\\s+");
      return Optional.of(
          new Pushed(
              new Digest(words[0]),
              Arrays.stream(words)
                  .skip(1)
                  .map(Digest::new)
                  .collect(Collectors.toCollection(LinkedHashSet::new))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Notes a push.
   *
   * @throws io.github.goldenmaven.UnavailableException when the note cannot be written
   */
  public void remember(String repository, String tag, Pushed pushed) {
    StringBuilder text = new StringBuilder(pushed.manifest().hex()).append('\n');
    pushed.blobs().forEach(blob -> text.append(blob.hex()).append('\n'));
    try {
      CacheFiles.write(
          folder, name(repository, tag), text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  private static String name(String repository, String tag) {
    return Digest.of((repository + ":" + tag).getBytes(StandardCharsets.UTF_8)).hex();
  }
}
