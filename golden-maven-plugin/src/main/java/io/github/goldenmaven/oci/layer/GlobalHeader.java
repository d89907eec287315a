package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.text.Printable;
import java.util.Set;

/**
 * The header of type {@code g}, whose records are for all entries after it. Container runtimes pass
 * its records over and GNU tar applies them; and where Docker passes over the header too,
 * containerd and umoci do with its name what they do with any entry's: make the folders it is in,
 * remove what is there, or what it names as a whiteout. So it is taken only under the names that
 * tools give it, and these are nobody else's.
 */
final class GlobalHeader {

  /** Git's and Python's, without what comes before them. */
  private static final Set<String> NAMES = Set.of("pax_global_header", "@PaxHeader");

  private GlobalHeader() {}

  /** Refuses one that some reader takes for more than a remark. */
  static void requireHarmless(LayerFault fault, TarHeader header, byte[] records) {
    String name = header.name();
    if (!LayerPath.normalised(name).filter(NAMES::contains).isPresent()) {
      throw fault.refused(
          "has a global PAX header named '"
              + Printable.of(LayerPath.decode(name))
              + "', which some runtimes take for the name of a file");
    }
    for (String key : PaxRecords.read(fault, records).keySet()) {
      if (PaxRecords.DECIDING.contains(key) || key.contains("xattr") || key.startsWith("GNU.")) {
        throw fault.refused(
            "has a global PAX header with '" + Printable.of(key) + "', which some readers apply");
      }
    }
  }

  /** Whether a path is that of a global header, or below it. */
  static boolean hasNameOf(String path) {
    int slash = path.indexOf('/');
    return NAMES.contains(slash < 0 ? path : path.substring(0, slash));
  }
}
