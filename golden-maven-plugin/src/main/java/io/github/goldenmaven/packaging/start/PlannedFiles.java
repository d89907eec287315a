package io.github.goldenmaven.packaging.start;

import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a service puts into its image.
 *
 * @param paths of files and folders, from the image's root with a slash before them; folders that
 *     are only above others too
 * @param ownFolders those right below the root that only services have: {@code app}
 * @param jars on this machine, by their path without a slash before it
 */
record PlannedFiles(Set<String> paths, Set<String> ownFolders, Map<String, Path> jars) {

  /** Folders below the root that a golden image has things of its own in. */
  private static final Set<String> SHARED =
      Set.of(
          "bin", "boot", "dev", "etc", "home", "lib", "lib64", "media", "mnt", "opt", "proc",
          "root", "run", "sbin", "srv", "sys", "tmp", "usr", "var");

  static PlannedFiles of(PackagedService service) {
    Set<String> paths = new HashSet<>();
    Set<String> folders = new HashSet<>();
    Map<String, Path> jars = new LinkedHashMap<>();
    for (ServiceLayer layer : service.layers()) {
      for (LayerEntry entry : layer.entries()) {
        String path = entry.path();
        paths.add("/" + path);
        for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
          paths.add("/" + path.substring(0, slash));
        }
        int slash = path.indexOf('/');
        if (slash > 0 && !SHARED.contains(path.substring(0, slash))) {
          folders.add(path.substring(0, slash));
        }
        if (path.endsWith(".jar")
            && entry instanceof LayerEntry.File file
            && file.content() instanceof LayerEntry.OnDisk onDisk) {
          jars.put(path, onDisk.file());
        }
      }
    }
    return new PlannedFiles(paths, folders, jars);
  }

  boolean has(String path) {
    return paths.contains(path);
  }

  /** Whether a path lies where only the service puts anything. */
  boolean isPlace(String path) {
    int slash = path.indexOf('/', 1);
    return slash > 0 && ownFolders.contains(path.substring(1, slash));
  }

  /** Whether an entry of a class path is all the service's own. */
  boolean bringsClassPath(String entry) {
    return entry.endsWith("/*")
        ? isPlace("/" + entry)
        : has("/" + entry) || isPlace("/" + entry + "/");
  }
}
