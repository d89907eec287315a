package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Directory;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.packaging.container.WrittenTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which folders a layer names.
 *
 * <p>A folder named in a layer replaces the owner and mode of the same folder in the base: jib
 * names every parent as 0755 of root, and so a file put into {@code /tmp} makes the base's {@code
 * /tmp} unwritable. A folder that <em>no</em> layer names is made by the runtime, and Docker
 * Engines differ there: dockerd 20.10 with its vfs driver makes it 0600 and a service that is not
 * root cannot enter it. So the folders of the service are named, and those of the base never are:
 *
 * <ul>
 *   <li>the application root and what lies in it are the service's: named, like in jib's tar;
 *   <li>what lies above the application root is the base's, and so are the folders that every Linux
 *       system has: left out;
 *   <li>other folders, which only extra files bring, are the service's;
 *   <li>a folder with another mode or owner than 0755 of root was asked for: always named.
 * </ul>
 */
final class ImageFolders {

  static final int FOLDER_MODE = 0755;

  /**
   * Folders of a Linux system, after the Filesystem Hierarchy Standard 3.0, and those that Debian,
   * Alpine and Fedora add where certificates, users and packages live.
   */
  private static final Set<String> OF_THE_SYSTEM =
      Stream.of(
              in("", "bin boot dev etc home lib lib32 lib64 libx32 media mnt opt proc root run"),
              in("", "sbin srv sys tmp usr var"),
              in("dev/", "mqueue pts shm"),
              in("etc/", "alternatives apk apt ca-certificates conf.d cron.d cron.daily default"),
              in("etc/", "fonts init.d java ld.so.conf.d logrotate.d opt pam.d pki pki/ca-trust"),
              in("etc/", "pki/ca-trust/source pki/ca-trust/source/anchors pki/java pki/tls"),
              in("etc/", "pki/tls/certs profile.d security skel ssh ssl ssl/certs ssl/certs/java"),
              in("etc/", "ssl/private sysctl.d systemd"),
              in("lib/", "x86_64-linux-gnu aarch64-linux-gnu"),
              in("run/", "lock secrets"),
              in("usr/", "bin games include lib lib32 lib64 libexec local sbin share src"),
              in("usr/lib/", "jvm x86_64-linux-gnu aarch64-linux-gnu"),
              in("usr/local/", "bin etc games include lib lib64 libexec sbin share src"),
              in("usr/local/share/", "ca-certificates fonts"),
              in("usr/share/", "ca-certificates doc fonts java locale man misc zoneinfo"),
              in("var/", "backups cache db empty lib local lock log mail opt run spool tmp www"))
          .flatMap(folders -> folders)
          .collect(Collectors.toUnmodifiableSet());

  private ImageFolders() {}

  /**
   * The entries with the folders that ought to be named.
   *
   * @param listed what jib lists for one layer; its folders among them
   */
  static List<LayerEntry> of(ContainerPath appRoot, List<LayerEntry> listed) {
    Map<String, LayerEntry> named = new LinkedHashMap<>();
    for (LayerEntry entry : listed) {
      if (!(entry instanceof Directory) || wasAskedFor(entry) || isOurs(appRoot, entry.path())) {
        named.putIfAbsent(entry.path(), entry);
      }
    }
    for (LayerEntry entry : List.copyOf(named.values())) {
      parents(entry.path()).stream()
          .filter(parent -> isOurs(appRoot, parent))
          .forEach(
              parent ->
                  named.putIfAbsent(
                      parent,
                      new Directory(
                          parent, FOLDER_MODE, Owner.ROOT, WrittenTime.EPOCH_PLUS_SECOND)));
    }
    return List.copyOf(named.values());
  }

  private static boolean wasAskedFor(LayerEntry folder) {
    return folder.mode() != FOLDER_MODE || !folder.owner().equals(Owner.ROOT);
  }

  private static boolean isOurs(ContainerPath appRoot, String folder) {
    return !folder.isEmpty()
        && !isAbove(folder, appRoot.inLayer())
        && !OF_THE_SYSTEM.contains(folder);
  }

  private static boolean isAbove(String folder, String appRoot) {
    return appRoot.startsWith(folder + "/");
  }

  private static List<String> parents(String path) {
    List<String> parents = new ArrayList<>();
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      parents.add(path.substring(0, slash));
    }
    return parents;
  }

  private static Stream<String> in(String folder, String names) {
    return Stream.of(names.split(" ", -1)).map(name -> folder + name);
  }
}
