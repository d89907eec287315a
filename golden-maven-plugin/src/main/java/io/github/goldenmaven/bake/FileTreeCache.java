package io.github.goldenmaven.bake;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.registry.CacheFiles;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of official images as their layers make them together, so that the next bake on one
 * puts no layer onto another. Kept only of images whose layers were seen to be what their config
 * says; the key has both.
 */
final class FileTreeCache {

  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.tree");

  /** In bytes; read at one go. */
  private static final int MAX_FILE = 16 << 20;

  /** Of all layers together: more come to a larger file. */
  private static final int MAX_ENTRIES = 150_000;

  private final Path folder;
  private final Clock clock;

  /**
   * @param folder created at the first write
   */
  FileTreeCache(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** The files of this image; empty where they are not known. */
  Optional<FileTree> find(PlatformImage image) {
    Digest key = key(image);
    Path file = file(key);
    return CacheFiles.readOwn(file, MAX_FILE)
        .flatMap(
            bytes -> {
              try {
                FileTree tree = FileTreeForm.read(key, bytes);
                CacheFiles.touch(file, clock.instant());
                return Optional.of(tree);
              } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
                return Optional.empty();
              }
            });
  }

  /** Keeps it, unless it is too large to be read at one go or cannot be written. */
  void keep(PlatformImage image, List<LayerContents> layers, FileTree tree) {
    if (layers.stream().mapToLong(layer -> layer.changes().size()).sum() > MAX_ENTRIES) {
      return;
    }
    Digest key = key(image);
    try {
      CacheFiles.write(
          folder,
          file(key).getFileName().toString(),
          file -> FileTreeForm.write(key, tree, new BoundedOutput(file, MAX_FILE)));
    } catch (IOException e) {
      // Its layers are kept: the next bake puts them together again.
      return;
    }
  }

  /** Deletes what no bake has used since this time. */
  void prune(Instant oldest) {
    CacheFiles.prune(folder, OURS, oldest);
  }

  private Path file(Digest key) {
    return folder.resolve(key.hex() + ".tree");
  }

  private static Digest key(PlatformImage image) {
    MessageDigest sha256 = Digest.sha256();
    for (int at = 0; at < image.layers().size(); at++) {
      String layer =
          image.layers().get(at).digest() + " " + image.config().diffIds().get(at) + "\n";
      sha256.update(layer.getBytes(StandardCharsets.UTF_8));
    }
    return Digest.of(sha256);
  }
}
