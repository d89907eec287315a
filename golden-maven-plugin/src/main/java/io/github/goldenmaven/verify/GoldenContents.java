package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.GoldenDefinition.Entrypoint;
import io.github.goldenmaven.golden.GoldenDefinition.Protect;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.StrictJson;
import io.github.goldenmaven.oci.TarEntry;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a golden image has that services are held to, once all its layers are put on. A whiteout of
 * it removes what the layers below have, before its own layer's files are there.
 */
final class GoldenContents {

  /** A folder's mode and owner. */
  record Folder(int mode, long uid, long gid) {

    /** What a runtime makes of a folder that no layer has an entry for. */
    static final Folder UNSAID = new Folder(0755, 0, 0);
  }

  private final Links links = new Links();
  private final NavigableSet<String> paths = new TreeSet<>();
  private final NavigableMap<String, Folder> folders = new TreeMap<>();

  /** Files that can be run. */
  private final NavigableSet<String> programs = new TreeSet<>();

  private final ProtectedPaths protectedPaths;
  private Protect protect = Protect.NOTHING;

  GoldenContents(List<ScannedLayer> layers, ImageConfig config) {
    layers.forEach(this::add);
    protectedPaths = ProtectedPaths.of(config, protect, this);
  }

  private void add(ScannedLayer layer) {
    layer.entries().stream().filter(ScannedEntry::isWhiteout).forEach(this::remove);
    for (ScannedEntry entry : layer.entries()) {
      if (entry.isWhiteout()) {
        continue;
      }
      String path = path(entry, entry.name());
      if (entry.type() != TarEntry.Type.DIRECTORY) {
        removeBelow(path);
      }
      paths.add(path);
      folders.remove(path);
      programs.remove(path);
      if (entry.type() == TarEntry.Type.FILE && (entry.mode() & 0111) != 0) {
        programs.add(path);
      }
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

  private String path(ScannedEntry entry, String name) {
    String folder = links.follow(entry.folder()).orElse(entry.folder());
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }

  private void remove(ScannedEntry whiteout) {
    String path = path(whiteout, whiteout.removed());
    removeBelow(path);
    if (whiteout.type() == TarEntry.Type.WHITEOUT) {
      paths.remove(path);
      folders.remove(path);
      programs.remove(path);
      links.remove(path);
    }
  }

  private void removeBelow(String folder) {
    paths.subSet(folder + "/", folder + "0").clear();
    folders.subMap(folder + "/", folder + "0").clear();
    programs.subSet(folder + "/", folder + "0").clear();
    links.removeBelow(folder);
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

  /** Whether this path is a file that can be run, or leads through one as if it were a folder. */
  boolean isInProgram(String path) {
    String folder = path;
    while (!folder.isEmpty()) {
      if (programs.contains(folder)) {
        return true;
      }
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
    }
    return false;
  }

  boolean isFile(String path) {
    return paths.contains(path)
        && !folders.containsKey(path)
        && !links.has(path)
        && !hasBelow(path);
  }

  /** Whether it has something in this folder; the root is the empty path. */
  boolean hasBelow(String folder) {
    if (folder.isEmpty()) {
      return !paths.isEmpty();
    }
    String first = paths.ceiling(folder + "/");
    return first != null && first.startsWith(folder + "/");
  }

  /** Whether it is a folder of the golden, with or without anything in it. */
  boolean isFolder(String path) {
    return folders.containsKey(path);
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
