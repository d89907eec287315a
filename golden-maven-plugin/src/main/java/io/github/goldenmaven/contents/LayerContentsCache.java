package io.github.goldenmaven.contents;

import io.github.goldenmaven.cache.CacheFailure;
import io.github.goldenmaven.cache.CacheFiles;
import io.github.goldenmaven.oci.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What layers were found to hold, by the layer's digest, so that each is read once on a machine. A
 * file counts only while it is whole, of the form this version writes, and of this user.
 */
public final class LayerContentsCache {

  /** In bytes: more than any layer within the reader's limits comes to. */
  private static final long MAX_FILE = 512L << 20;

  private final Path folder;
  private final Clock clock;

  /**
   * @param folder created at the first write
   */
  public LayerContentsCache(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** What the layer of this digest holds; empty where it was not read yet, or long ago. */
  public Optional<LayerContents> find(Digest layer) {
    Path file = file(layer);
    if (!CacheFiles.isOwn(file)) {
      return Optional.empty();
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      long bytes = Files.size(file);
      if (bytes > MAX_FILE) {
        return Optional.empty();
      }
      LayerContents found = LayerContentsCodec.read(layer, in, bytes);
      CacheFiles.touch(file, clock.instant());
      return Optional.of(found);
    } catch (IOException | IllegalArgumentException e) {
      // Not there, or not what this version writes: read the layer.
      return Optional.empty();
    }
  }

  void keep(LayerContents contents) {
    try {
      CacheFiles.write(
          folder,
          file(contents.digest()).getFileName().toString(),
          file -> LayerContentsCodec.write(contents, file));
    } catch (UTFDataFormatException e) {
      // A text too long for this form: the layer is read each time.
      return;
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  private Path file(Digest layer) {
    return folder.resolve(layer.hex() + ".contents");
  }
}
