package io.github.goldenmaven.scenarios;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * One entry of a layer.
 *
 * @param kind {@code file}, {@code folder} or {@code link}
 * @param mode permission bits in octal, like {@code 644}
 * @param owner numbers of user and group, like {@code 0:0}
 * @param content digest of a file's bytes, or a link's target
 */
public record LayerFile(String kind, String mode, String owner, String content) {

  /** Reads a gzipped tar; paths begin with a slash and do not end with one. */
  static Map<String, LayerFile> read(InputStream layer) throws IOException {
    Map<String, LayerFile> files = new TreeMap<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GZIPInputStream(new BufferedInputStream(layer)), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = "/" + entry.getName().replaceFirst("^/", "").replaceFirst("/$", "");
        if (files.put(path, of(entry, tar)) != null) {
          throw new IllegalStateException("'" + path + "' is twice in one layer.");
        }
      }
    }
    return files;
  }

  private static LayerFile of(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    String mode = Integer.toOctalString(entry.getMode() & 07777);
    String owner = entry.getLongUserId() + ":" + entry.getLongGroupId();
    if (entry.isDirectory()) {
      return new LayerFile("folder", mode, owner, "");
    }
    if (entry.isLink() || entry.isSymbolicLink()) {
      return new LayerFile("link", mode, owner, entry.getLinkName());
    }
    return new LayerFile("file", mode, owner, Sha256.of(tar.readAllBytes()));
  }
}
