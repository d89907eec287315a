package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.TarEntry;
import io.github.goldenmaven.verify.GoldenContents.Folder;
import io.github.goldenmaven.verify.Suspicion.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts an application's layers on its golden image in thought, and tells what a service has no
 * business with. Paths are followed through the links of all layers below, as runtimes do.
 */
final class UpperLayers {

  /** Told of each kind; a hundred thousand findings help nobody. */
  private static final int MAX_OF_A_KIND = 50;

  private static final int SET_ID = 06000;

  private final GoldenContents golden;
  private final Links links;
  private final List<Suspicion> suspicions = new ArrayList<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);

  UpperLayers(GoldenContents golden) {
    this.golden = golden;
    this.links = golden.links().copy();
  }

  /** What these layers do, the lowest first. */
  List<Suspicion> judge(List<ScannedLayer> layers) {
    layers.forEach(this::layer);
    counts.forEach(
        (kind, count) -> {
          if (count > MAX_OF_A_KIND) {
            Digest last = layers.get(layers.size() - 1).digest();
            suspicions.add(
                new Suspicion(
                    kind, "/", last, "and " + (count - MAX_OF_A_KIND) + " more of its kind"));
          }
        });
    return List.copyOf(suspicions);
  }

  private void layer(ScannedLayer layer) {
    Map<String, ScannedEntry> seen = new HashMap<>();
    for (ScannedEntry entry : layer.entries()) {
      Optional<String> folder = links.follow(entry.folder());
      if (folder.isEmpty()) {
        suspect(Kind.LINK, layer, entry.path(), "'/" + entry.path() + "' leads in a circle");
        continue;
      }
      if (entry.isWhiteout()) {
        removal(layer, entry, folder.orElseThrow());
      } else {
        String path = below(folder.orElseThrow(), entry.name());
        duplicate(layer, entry, path, seen.put(path, entry));
        place(layer, entry, path);
        rights(layer, entry, path);
        remember(entry, path);
      }
    }
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }

  private void removal(ScannedLayer layer, ScannedEntry entry, String folder) {
    String path = below(folder, entry.removed());
    if (entry.type() == TarEntry.Type.OPAQUE_WHITEOUT ? golden.hasBelow(path) : golden.has(path)) {
      suspect(
          Kind.WHITEOUT,
          layer,
          path,
          (entry.type() == TarEntry.Type.OPAQUE_WHITEOUT ? "empties '/" : "removes '/")
              + path
              + "' of the golden image");
    }
    links.remove(path);
  }

  private void duplicate(
      ScannedLayer layer,
      ScannedEntry entry,
      String path,
      @org.jspecify.annotations.Nullable ScannedEntry before) {
    boolean harmless =
        before == null
            || (before.type() == TarEntry.Type.DIRECTORY
                && entry.type() == TarEntry.Type.DIRECTORY);
    if (!harmless) {
      suspect(Kind.DUPLICATE, layer, path, "'/" + path + "' is there twice");
    }
  }

  private void place(ScannedLayer layer, ScannedEntry entry, String path) {
    ProtectedPaths kept = golden.protectedPaths();
    String how = entry.path().equals(path) ? "" : ", written as '/" + entry.path() + "'";
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      String target = links.follow(entry.link()).orElse(entry.link());
      if (kept.covers(target)) {
        suspect(
            Kind.LINK,
            layer,
            path,
            "'/" + path + "' is a hard link to the protected '/" + target + "'");
      }
    }
    boolean covered = kept.covers(path);
    boolean above = kept.isAbove(path);
    if (!covered && !above) {
      return;
    }
    if (entry.type() == TarEntry.Type.DIRECTORY) {
      // A folder said again as it is changes nothing. One in a link's place takes it.
      boolean same = golden.hasFolder(path, new Folder(entry.mode(), entry.uid(), entry.gid()));
      boolean fresh = !covered && !golden.has(path);
      if (links.has(path)) {
        suspect(
            Kind.LINK, layer, path, "puts a folder in the place of the link '/" + path + "'" + how);
      } else if (!same && !fresh) {
        suspect(
            Kind.PROTECTED_PATH,
            layer,
            path,
            (golden.has(path) ? "changes mode or owner of '/" : "adds '/") + path + "'" + how);
      }
      return;
    }
    if (entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
      suspect(
          Kind.LINK,
          layer,
          path,
          "turns '/" + path + "' into a link to '" + entry.link() + "'" + how);
      return;
    }
    suspect(
        Kind.PROTECTED_PATH,
        layer,
        path,
        (golden.has(path) ? "replaces '/" : "adds '/") + path + "'" + how);
  }

  private void rights(ScannedLayer layer, ScannedEntry entry, String path) {
    switch (entry.type()) {
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
          suspect(Kind.DEVICE, layer, path, "'/" + path + "' is a device or a pipe");
      case FILE, HARD_LINK -> {
        if ((entry.mode() & SET_ID) != 0 || entry.capable()) {
          suspect(
              Kind.PRIVILEGE,
              layer,
              path,
              "'/"
                  + path
                  + "' has "
                  + (entry.capable()
                      ? "file capabilities"
                      : "the mode " + Integer.toOctalString(entry.mode())));
        }
      }
      default -> {}
    }
    if (entry.type() == TarEntry.Type.FILE && SecretName.matches(path)) {
      suspect(Kind.SECRET, layer, path, "'/" + path + "' looks like a secret");
    }
  }

  private void remember(ScannedEntry entry, String path) {
    if (entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
      links.put(path, entry.link());
    } else {
      links.remove(path);
    }
  }

  private void suspect(Kind kind, ScannedLayer layer, String path, String detail) {
    if (counts.merge(kind, 1, Integer::sum) <= MAX_OF_A_KIND) {
      suspicions.add(new Suspicion(kind, "/" + path, layer.digest(), detail));
    }
  }
}
