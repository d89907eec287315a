package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One layer of a service, not written yet.
 *
 * @param name for people, as jib names it: {@link #DEPENDENCIES}, {@link #CLASSES} …; not unique,
 *     each extra directory has a layer of its own
 * @param entries each path once, and refused where one comes twice with other content; sorted as
 *     jib sorts its tar: by path, a directory as if it ended with a slash, so that a folder comes
 *     before what is in it
 * @param compression what suits these bytes
 */
public record ServiceLayer(String name, List<LayerEntry> entries, Compression compression) {

  public static final String DEPENDENCIES = "dependencies";
  public static final String SNAPSHOT_DEPENDENCIES = "snapshot dependencies";
  public static final String PROJECT_DEPENDENCIES = "project dependencies";
  public static final String RESOURCES = "resources";
  public static final String CLASSES = "classes";
  public static final String QUARKUS = "quarkus";
  public static final String JVM_ARG_FILES = "jvm arg files";
  public static final String EXTRA_FILES = "extra files";

  /** Names that end so are deflated already; deflating them again costs time and saves nothing. */
  private static final Set<String> DEFLATED_ALREADY =
      Set.of("jar", "war", "zip", "gz", "tgz", "xz", "bz2", "zst", "png", "jpg", "jpeg", "woff2");

  public ServiceLayer {
    entries =
        PlannedPaths.once(name, entries).stream()
            .sorted(Comparator.comparing(ServiceLayer::tarName))
            .toList();
  }

  /** A layer whose compression is chosen by the bytes in it: stored when most are deflated. */
  public static ServiceLayer of(String name, List<LayerEntry> entries) {
    long all = 0;
    long deflated = 0;
    for (LayerEntry entry : entries) {
      if (entry instanceof LayerEntry.File file) {
        all += file.size();
        deflated += isDeflated(file.path()) ? file.size() : 0;
      }
    }
    return new ServiceLayer(
        name, entries, deflated * 2 > all ? Compression.STORED : Compression.DEFLATED);
  }

  /**
   * A layer of what jib lists for it, with the folders named that ought to be: those of the
   * service, never those of the base.
   */
  public static ServiceLayer listed(String name, ContainerPath appRoot, List<LayerEntry> listed) {
    return of(name, ImageFolders.of(appRoot, PlannedPaths.once(name, listed)));
  }

  private static boolean isDeflated(String path) {
    return DEFLATED_ALREADY.contains(
        path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
  }

  private static String tarName(LayerEntry entry) {
    return entry instanceof LayerEntry.Directory ? entry.path() + "/" : entry.path();
  }
}
