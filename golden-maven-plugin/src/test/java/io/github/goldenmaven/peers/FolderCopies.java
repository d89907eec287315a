package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A root file system in a folder, as the entries of a layer: owners, modes and times as they are.
 * Devices and what only a running system or the package manager needs is left out.
 */
record FolderCopies(Path root) {

  /** Whose content is left out; the directories themselves stay. */
  private static final Set<String> EMPTIED =
      Set.of("dev", "proc", "sys", "run", "tmp", "var/cache/apt", "var/lib/apt/lists", "var/log");

  private static final String ATTRIBUTES = "unix:mode,uid,gid,size,lastModifiedTime";
  private static final int PERMISSIONS = 07777;

  List<LayerEntry> entries() throws IOException {
    List<LayerEntry> entries = new ArrayList<>();
    for (String path : paths()) {
      entry(path, entries);
    }
    return entries;
  }

  /** What this tree adds to another, changes in it, or removes from it as a whiteout. */
  List<LayerEntry> entriesSince(FolderCopies before) throws IOException {
    List<LayerEntry> entries = new ArrayList<>();
    for (String path : paths()) {
      if (!before.state(path).equals(state(path))) {
        entry(path, entries);
      }
    }
    for (String path : before.paths()) {
      int slash = path.lastIndexOf('/');
      String parent = slash < 0 ? "" : path.substring(0, slash);
      if (!exists(path) && exists(parent)) {
        String marker = parent + (parent.isEmpty() ? "" : "/") + ".wh." + path.substring(slash + 1);
        entries.add(
            new LayerEntry.File(
                marker,
                0,
                () -> new ByteArrayInputStream(new byte[0]),
                0644,
                Owner.ROOT,
                Instant.EPOCH));
      }
    }
    return entries;
  }

  private List<String> paths() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(path -> !path.isEmpty())
          .filter(path -> EMPTIED.stream().noneMatch(folder -> path.startsWith(folder + "/")))
          .sorted()
          .toList();
    }
  }

  private boolean exists(String path) {
    return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
  }

  /** All that makes two entries of one path the same, in one line; empty where there is none. */
  private String state(String path) throws IOException {
    Path file = root.resolve(path);
    if (!exists(path)) {
      return "";
    }
    Map<String, Object> is = attributes(file);
    String state = is.get("mode") + " " + is.get("uid") + " " + is.get("gid");
    if (Files.isSymbolicLink(file)) {
      return state + " -> " + Files.readSymbolicLink(file);
    }
    return Files.isDirectory(file)
        ? state
        : state + " " + is.get("size") + " " + is.get("lastModifiedTime");
  }

  private static Map<String, Object> attributes(Path file) throws IOException {
    return Files.readAttributes(file, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
  }

  private void entry(String path, List<LayerEntry> entries) throws IOException {
    Path file = root.resolve(path);
    Map<String, Object> is = attributes(file);
    int mode = number(is, "mode") & PERMISSIONS;
    Owner owner = new Owner(number(is, "uid"), number(is, "gid"));
    Instant modified = ((FileTime) Objects.requireNonNull(is.get("lastModifiedTime"))).toInstant();
    if (Files.isSymbolicLink(file)) {
      String target = Files.readSymbolicLink(file).toString();
      entries.add(new LayerEntry.SymbolicLink(path, target, owner, modified));
    } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      entries.add(new LayerEntry.Directory(path, mode, owner, modified));
    } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      entries.add(
          new LayerEntry.File(
              path, Files.size(file), () -> Files.newInputStream(file), mode, owner, modified));
    }
  }

  private static int number(Map<String, Object> attributes, String name) {
    return ((Number) Objects.requireNonNull(attributes.get(name))).intValue();
  }
}
