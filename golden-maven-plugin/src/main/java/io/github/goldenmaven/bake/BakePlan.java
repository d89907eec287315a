package io.github.goldenmaven.bake;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.bake.PlannedPath.Change;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Addition;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.contents.ImageFiles.Node;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a bake does to one platform of the official image, path by path.
 *
 * @param folders those that the paths need beside, which nobody asked for
 */
record BakePlan(Platform platform, List<PlannedPath> paths, List<Addition> folders) {

  private static final int BUFFER = 64 * 1024;

  BakePlan {
    paths = List.copyOf(paths);
    folders = List.copyOf(folders);
  }

  /** Compares what golden.yaml asks for with what the official image has. */
  static BakePlan of(Platform platform, Additions additions) {
    return new BakePlan(
        platform,
        additions.entries().stream()
            .map(addition -> new PlannedPath(addition, change(addition, additions.official())))
            .toList(),
        additions.folders());
  }

  /** What a layer has to hold: all but what the official image has already. */
  List<LayerEntry> entries(Tier tier) {
    Stream<Addition> changed =
        paths.stream().filter(path -> path.change() != Change.UNCHANGED).map(PlannedPath::addition);
    return Stream.concat(folders.stream(), changed)
        .filter(addition -> addition.tier() == tier)
        .map(Addition::entry)
        .toList();
  }

  /** How many paths are; folders that the others need are added too. */
  long count(Change change) {
    long asked = paths.stream().filter(path -> path.change() == change).count();
    return change == Change.ADDED ? asked + folders.size() : asked;
  }

  private static Change change(Addition addition, ImageFiles official) {
    LayerEntry entry = addition.entry();
    Optional<Node> there = official.lookup(entry.path());
    if (there.isEmpty()) {
      return Change.ADDED;
    }
    return isSame(entry, there.orElseThrow()) ? Change.UNCHANGED : Change.REPLACED;
  }

  private static boolean isSame(LayerEntry entry, Node node) {
    if (!entry.owner().equals(node.owner())) {
      return false;
    }
    if (entry instanceof LayerEntry.SymbolicLink link) {
      return node.type() == ImageFiles.Type.SYMBOLIC_LINK && link.target().equals(node.link());
    }
    if (entry.mode() != node.mode()) {
      return false;
    }
    if (entry instanceof LayerEntry.File file) {
      return node.type() == ImageFiles.Type.FILE
          && file.size() == node.size()
          && node.contentOrNull() != null
          && digest(file).equals(node.contentOrNull());
    }
    return node.type() == ImageFiles.Type.DIRECTORY;
  }

  private static Digest digest(LayerEntry.File file) {
    MessageDigest digest = Digest.sha256();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = file.content().open()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UnavailableException(
          "The content of '/" + Printable.of(file.path()) + "' cannot be read.",
          "Check that the file is still there and can be read, then bake again.",
          e);
    }
    return Digest.of(digest);
  }
}
