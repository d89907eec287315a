package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.GoldenDefinition.Entrypoint;
import io.github.goldenmaven.golden.GoldenDefinition.Protect;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.StrictJson;
import io.github.goldenmaven.oci.TarEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * What a golden image has that services are held to. A path that one of its layers removes again
 * still counts: that can only refuse more.
 */
final class GoldenContents {

  /** A folder's mode and owner. */
  record Folder(int mode, long uid, long gid) {

    /** What a runtime makes of a folder that no layer has an entry for. */
    static final Folder UNSAID = new Folder(0755, 0, 0);
  }

  private final Links links = new Links();
  private final NavigableSet<String> paths = new TreeSet<>();
  private final Map<String, Folder> folders = new HashMap<>();
  private final ProtectedPaths protectedPaths;
  private Protect protect = Protect.NOTHING;

  GoldenContents(List<ScannedLayer> layers, ImageConfig config) {
    layers.forEach(this::add);
    protectedPaths = ProtectedPaths.of(config, protect, links);
  }

  private void add(ScannedLayer layer) {
    for (ScannedEntry entry : layer.entries()) {
      if (entry.isWhiteout()) {
        continue;
      }
      String path = links.follow(entry.folder()).orElse(entry.folder());
      path = path.isEmpty() ? entry.name() : path + "/" + entry.name();
      paths.add(path);
      folders.remove(path);
      if (entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
        links.put(path, entry.link());
        continue;
      }
      links.remove(path);
      if (entry.type() == TarEntry.Type.DIRECTORY) {
        folders.put(path, new Folder(entry.mode(), entry.uid(), entry.gid()));
      }
    }
    layer.protect().ifPresent(bytes -> protect = protect(bytes));
  }

  private static Protect protect(byte[] bytes) {
    JsonObject json = StrictJson.read("The golden image's '/" + LayerScanner.PROTECT + "'", bytes);
    boolean fixed = json.string("entrypoint").filter(Entrypoint.FIXED.word()::equals).isPresent();
    return new Protect(
        json.strings("paths"),
        json.strings("environment"),
        fixed ? Entrypoint.FIXED : Entrypoint.FREE);
  }

  Links links() {
    return links;
  }

  Protect protect() {
    return protect;
  }

  ProtectedPaths protectedPaths() {
    return protectedPaths;
  }

  boolean has(String path) {
    return paths.contains(path) || hasBelow(path);
  }

  /** Whether it has something in this folder; the root is the empty path. */
  boolean hasBelow(String folder) {
    if (folder.isEmpty()) {
      return !paths.isEmpty();
    }
    String first = paths.ceiling(folder + "/");
    return first != null && first.startsWith(folder + "/");
  }

  /** Whether the folder is the golden's own with this mode and owner. */
  boolean hasFolder(String path, Folder folder) {
    Folder known = folders.get(path);
    if (known == null) {
      return !paths.contains(path) && hasBelow(path) && folder.equals(Folder.UNSAID);
    }
    return folder.equals(known);
  }

  @Override
  public String toString() {
    return paths.size() + " paths, " + Arrays.toString(protectedPaths.all().toArray());
  }
}
