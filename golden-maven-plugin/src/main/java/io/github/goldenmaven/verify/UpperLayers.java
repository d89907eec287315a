package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.TarEntry;
import io.github.goldenmaven.verify.GoldenContents.Folder;
import io.github.goldenmaven.verify.Links.Walk;
import io.github.goldenmaven.verify.Suspicion.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts an application's layers on its golden image in thought, and tells what a service has no
 * business with. Paths are followed through the links of all layers below, as runtimes with one
 * folder for all layers do; those that keep a folder for each layer take a path as it is written,
 * so what differs between the two is suspected as well.
 */
final class UpperLayers {

  /** Told of each kind; a hundred thousand findings help nobody. */
  private static final int MAX_OF_A_KIND = 50;

  private static final int SET_ID = 06000;

  private final GoldenContents golden;
  private final Links links;
  private final List<Suspicion> suspicions = new ArrayList<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private @Nullable Digest last;

  UpperLayers(GoldenContents golden) {
    this.golden = golden;
    this.links = golden.links().copy();
  }

  /** All links there are, with the golden's. */
  Links links() {
    return links;
  }

  /** What the layers do that were put on. */
  List<Suspicion> suspicions() {
    List<Suspicion> all = new ArrayList<>(suspicions);
    counts.forEach(
        (kind, count) -> {
          if (last != null && count > MAX_OF_A_KIND) {
            all.add(
                new Suspicion(
                    kind, "/", last, "and " + (count - MAX_OF_A_KIND) + " more of its kind"));
          }
        });
    return List.copyOf(all);
  }

  /** Puts the next layer on. */
  void add(ScannedLayer layer) {
    last = layer.digest();
    LayerPaths seen = new LayerPaths();
    for (ScannedEntry entry : layer.entries()) {
      Optional<Walk> folder = links.walk(entry.folder());
      if (folder.isEmpty()) {
        suspect(Kind.LINK, entry.path(), "'/" + entry.path() + "' leads in a circle");
      } else if (entry.isInWhiteout()) {
        suspect(
            Kind.WHITEOUT, entry.path(), "'/" + entry.path() + "' is below the name of a whiteout");
      } else if (entry.isWhiteout()) {
        removal(entry, folder.orElseThrow(), seen);
      } else {
        addition(entry, folder.orElseThrow(), seen);
      }
    }
  }

  private void removal(ScannedEntry entry, Walk folder, LayerPaths seen) {
    boolean opaque = entry.type() == TarEntry.Type.OPAQUE_WHITEOUT;
    String path = below(folder.path(), entry.removed());
    int before = told();
    if (opaque ? golden.hasBelow(path) : golden.has(path)) {
      suspect(
          Kind.WHITEOUT,
          path,
          (opaque ? "empties '/" : "removes '/") + path + "' of the golden image");
    }
    if (!opaque) {
      if (seen.remove(path, below(entry.folder(), entry.removed()))) {
        suspect(Kind.DUPLICATE, path, "'/" + path + "' is brought and removed");
      } else {
        links.remove(path);
        links.removeBelow(path);
      }
    }
    if (told() == before) {
      crossing(entry, folder);
    }
  }

  private void addition(ScannedEntry entry, Walk folder, LayerPaths seen) {
    String path = below(folder.path(), entry.name());
    ScannedEntry twin = seen.put(path, entry);
    boolean folders =
        twin != null
            && twin.type() == TarEntry.Type.DIRECTORY
            && entry.type() == TarEntry.Type.DIRECTORY;
    if (twin != null && !folders) {
      suspect(Kind.DUPLICATE, path, "'/" + path + "' is there twice");
    }
    if (seen.isRemoved(path) || seen.isRemoved(entry.path())) {
      suspect(Kind.DUPLICATE, path, "'/" + path + "' is removed and brought");
    }
    int before = told();
    hardLink(entry, path);
    place(entry, path);
    if (told() == before) {
      crossing(entry, folder);
    }
    rights(entry, path);
    remember(entry, path);
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }

  /** A path that leads through a link of the golden: some put a folder in the link's place. */
  private void crossing(ScannedEntry entry, Walk folder) {
    List<String> literal = new ArrayList<>(folder.crossed());
    for (String part = entry.folder(); !part.isEmpty(); part = parent(part)) {
      literal.add(part);
    }
    literal.stream()
        .filter(link -> golden.links().has(link))
        .filter(link -> golden.links().target(link).equals(links.target(link)))
        .findFirst()
        .ifPresent(
            link ->
                suspect(
                    Kind.LINK,
                    entry.path(),
                    "'/"
                        + entry.path()
                        + "' leads through the link '/"
                        + link
                        + "' of the golden image"));
  }

  private void hardLink(ScannedEntry entry, String path) {
    if (entry.type() != TarEntry.Type.HARD_LINK) {
      return;
    }
    ProtectedPaths kept = golden.protectedPaths();
    String itself = unfollowed(entry.link());
    String target = links.follow(entry.link()).orElse(entry.link());
    String is = "'/" + path + "' is a hard link to ";
    if (links.has(itself)) {
      suspect(Kind.LINK, path, is + "the link '/" + itself + "'");
    } else if (kept.covers(target)) {
      suspect(Kind.LINK, path, is + "the protected '/" + target + "'");
    } else if (kept.isAbove(target)) {
      suspect(Kind.LINK, path, is + "'/" + target + "', which has protected paths");
    }
  }

  /** A hard link is to the link itself where its target is one. */
  private String unfollowed(String target) {
    return below(
        links.follow(parent(target)).orElse(parent(target)),
        target.substring(target.lastIndexOf('/') + 1));
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private void place(ScannedEntry entry, String path) {
    ProtectedPaths kept = golden.protectedPaths();
    String how = entry.path().equals(path) ? "" : ", written as '/" + entry.path() + "'";
    boolean covered = kept.covers(path) || kept.covers(entry.path());
    boolean protects = covered || kept.isAbove(path);
    boolean folder = entry.type() == TarEntry.Type.DIRECTORY;
    if (folder && links.has(path) && (protects || golden.links().has(path))) {
      suspect(Kind.LINK, path, "puts a folder in the place of the link '/" + path + "'" + how);
    } else if (protects && folder) {
      // A folder said again as it is changes nothing. One in a link's place takes it.
      boolean same = golden.hasFolder(path, new Folder(entry.mode(), entry.uid(), entry.gid()));
      boolean fresh = !covered && !golden.has(path);
      if (!same && !fresh) {
        suspect(
            Kind.PROTECTED_PATH,
            path,
            (golden.has(path) ? "changes mode or owner of '/" : "adds '/") + path + "'" + how);
      }
    } else if (protects && entry.type() == TarEntry.Type.SYMBOLIC_LINK) {
      suspect(Kind.LINK, path, "turns '/" + path + "' into a link to '" + entry.link() + "'" + how);
    } else if (protects || golden.isInProgram(path)) {
      suspect(
          Kind.PROTECTED_PATH,
          path,
          (golden.has(path) ? "replaces '/" : "adds '/") + path + "'" + how);
    } else if (!folder && (golden.hasBelow(path) || golden.isFolder(path))) {
      suspect(Kind.WHITEOUT, path, "replaces the folder '/" + path + "' of the golden image" + how);
    }
  }

  private void rights(ScannedEntry entry, String path) {
    switch (entry.type()) {
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
          suspect(Kind.DEVICE, path, "'/" + path + "' is a device or a pipe");
      case FILE, HARD_LINK -> {
        if ((entry.mode() & SET_ID) != 0) {
          suspect(
              Kind.PRIVILEGE,
              path,
              "'/" + path + "' has the mode " + Integer.toOctalString(entry.mode()));
        }
      }
      default -> {}
    }
    for (String name : entry.attributes()) {
      if (!ExtendedAttribute.isHarmless(name)) {
        suspect(Kind.PRIVILEGE, path, "'/" + path + "' has the extended attribute '" + name + "'");
      }
    }
    if (entry.type() == TarEntry.Type.FILE && SecretName.matches(path)) {
      suspect(Kind.SECRET, path, "'/" + path + "' looks like a secret");
    }
  }

  private void remember(ScannedEntry entry, String path) {
    if (entry.type() != TarEntry.Type.DIRECTORY) {
      links.removeBelow(path);
    }
    Optional<String> target =
        switch (entry.type()) {
          case SYMBOLIC_LINK -> Optional.of(entry.link());
          case HARD_LINK -> links.target(unfollowed(entry.link()));
          default -> Optional.empty();
        };
    target.ifPresentOrElse(to -> links.put(path, to), () -> links.remove(path));
  }

  private int told() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private void suspect(Kind kind, String path, String detail) {
    if (counts.merge(kind, 1, Integer::sum) <= MAX_OF_A_KIND && last != null) {
      suspicions.add(new Suspicion(kind, "/" + path, last, detail));
    }
  }
}
