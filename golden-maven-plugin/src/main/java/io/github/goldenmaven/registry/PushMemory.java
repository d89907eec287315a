package io.github.goldenmaven.registry;

import io.github.goldenmaven.oci.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

  private final Path folder;

  public PushMemory(Path folder) {
    this.folder = folder;
  }

  /** The last push of this machine to this tag; a damaged note counts as none. */
  public Optional<Pushed> recall(String repository, String tag) {
    try (InputStream in = Files.newInputStream(note(repository, tag))) {
      String[] words =
          new String(in.readNBytes(1 << 20), StandardCharsets.UTF_8).strip().split("\\s+");
      return Optional.of(
          new Pushed(
              new Digest(words[0]),
              Arrays.stream(words)
                  .skip(1)
                  .map(Digest::new)
                  .collect(Collectors.toCollection(LinkedHashSet::new))));
    } catch (NoSuchFileException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading '" + folder + "'", e);
    }
  }

  public void remember(String repository, String tag, Pushed pushed) {
    StringBuilder text = new StringBuilder(pushed.manifest().hex()).append('\n');
    pushed.blobs().forEach(blob -> text.append(blob.hex()).append('\n'));
    try {
      Files.createDirectories(folder);
      Path partial = Files.createTempFile(folder, ".partial-", ".note");
      Files.writeString(partial, text);
      Files.move(
          partial,
          note(repository, tag),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  public void forget(String repository, String tag) {
    try {
      Files.deleteIfExists(note(repository, tag));
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  private Path note(String repository, String tag) {
    byte[] name = (repository + ":" + tag).getBytes(StandardCharsets.UTF_8);
    return folder.resolve(Digest.of(name).hex());
  }
}
