package io.github.goldenmaven.verify.layers;

import io.github.goldenmaven.contents.ContentEntry;
import io.github.goldenmaven.contents.KeptContent;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.contents.LayerFacts;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.Places;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.layers.GoldenContents.Folder;
import io.github.goldenmaven.verify.layers.LayerIssue.Kind;
import io.github.goldenmaven.verify.layers.Links.Walk;
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
public final class ServiceLayers {

  /** Told of each kind; a hundred thousand findings help nobody. */
  private static final int MAX_OF_A_KIND = 50;

  private static final int SET_ID = 06000;

  private final GoldenContents golden;
  private final Places places;
  private final Links links;
  private final ServiceFiles files = new ServiceFiles();
  private final List<LayerIssue> suspicions = new ArrayList<>();
  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private @Nullable Digest last;

  /** Of the layer that is being put on. */
  private KeptContent content = LayerFacts.NONE.kept();

  public ServiceLayers(GoldenContents golden) {
    this.golden = golden;
    this.places = golden.places();
    this.links = golden.links().copy();
  }

  /** All links there are, with the golden's. */
  public Links links() {
    return links;
  }

  public ServiceFiles files() {
    return files;
  }

  /** What the layers do that were put on. */
  public List<LayerIssue> suspicions() {
    List<LayerIssue> all = new ArrayList<>(suspicions);
    counts.forEach(
        (kind, count) -> {
          if (last != null && count > MAX_OF_A_KIND) {
            all.add(
                new LayerIssue(
                    kind, "/", last, "and " + (count - MAX_OF_A_KIND) + " more of its kind"));
          }
        });
    return List.copyOf(all);
  }

  public void add(LayerContents layer) {
    last = layer.digest();
    content = layer.facts().kept();
    LayerPaths seen = new LayerPaths();
    for (ContentEntry entry : layer.entries()) {
      Optional<Walk> folder = links.walk(entry.folder());
      if (folder.isEmpty()) {
        suspect(Kind.PLACE, entry.path(), "'/" + entry.path() + "' leads in a circle");
      } else if (entry.isInWhiteout()) {
        suspect(
            Kind.PLACE, entry.path(), "'/" + entry.path() + "' is below the name of a whiteout");
      } else if (files.hasAbove(below(folder.orElseThrow().path(), entry.name()))) {
        suspect(Kind.PLACE, entry.path(), "'/" + entry.path() + "' is below a file");
      } else if (entry.isWhiteout()) {
        removal(entry, folder.orElseThrow(), seen);
      } else {
        addition(entry, folder.orElseThrow(), seen, layer);
      }
    }
  }

  private void removal(ContentEntry entry, Walk folder, LayerPaths seen) {
    boolean opaque = entry.type() == TarEntry.Type.OPAQUE_WHITEOUT;
    String path = below(folder.path(), entry.removed());
    String written = below(entry.folder(), entry.removed());
    boolean given = !opaque && places.mayReplace(path) && path.equals(written);
    if (opaque ? golden.hasBelow(path) : golden.has(path) && !given) {
      refuse(path, written, opaque ? "empties" : "removes", " of the golden image");
    } else if (!given) {
      // What an emptied folder had is the service's where the service may put something there.
      judge(path, written, seen.has(folder), opaque ? "/x" : "", opaque ? "empties" : "removes");
    }
    if (opaque ? seen.bringsBelow(path) : seen.remove(path, written)) {
      suspect(Kind.DUPLICATE, path, "'/" + path + "' is brought and removed");
    } else {
      links.removeBelow(path);
      files.removeBelow(path);
      if (!opaque) {
        links.remove(path);
        files.remove(path);
      }
    }
  }

  private void addition(ContentEntry entry, Walk folder, LayerPaths seen, LayerContents layer) {
    String path = below(folder.path(), entry.name());
    ContentEntry twin = seen.put(path, entry);
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
    place(entry, path, seen.has(folder));
    hardLink(entry, path);
    rights(entry, path);
    remember(entry, path);
    switch (entry.type()) {
      case HARD_LINK -> {
        files.put(path, layer, entry.path());
        files.link(path, unfollowed(entry.link()));
      }
      case FILE -> files.put(path, layer, entry.path());
      case DIRECTORY -> files.removeItself(path);
      default -> files.remove(path);
    }
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }

  /**
   * @param sure whether all links on the way are this layer's own
   */
  private void place(ContentEntry entry, String path, boolean sure) {
    boolean folder = entry.type() == TarEntry.Type.DIRECTORY;
    if (golden.has(path) || path.isEmpty()) {
      if (folder && golden.isFolder(path) && path.equals(entry.path())) {
        folderSaidAgain(path, new Folder(entry.mode(), entry.uid(), entry.gid()));
      } else if (folder || isDevice(entry) || !places.mayReplace(path) || isMoved(entry, path)) {
        refuse(path, entry.path(), "replaces", " of the golden image");
      }
    } else if (places.isAboveKept(path) && !folder) {
      refuse(path, entry.path(), "is in the way of what the golden image needs, adds", "");
    } else if (!(folder && places.isAboveGiven(path) && !isMoved(entry, path))) {
      judge(path, entry.path(), sure, "", "adds");
    }
  }

  private static boolean isMoved(ContentEntry entry, String path) {
    return !path.equals(entry.path());
  }

  private static boolean isDevice(ContentEntry entry) {
    return switch (entry.type()) {
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO -> true;
      default -> false;
    };
  }

  /** A folder said again as it is changes nothing. */
  private void folderSaidAgain(String path, Folder said) {
    Folder known = golden.folder(path);
    if (said.equals(known)) {
      return;
    }
    boolean more = (said.mode() & ~known.mode()) != 0;
    boolean shared = (said.mode() & 01002) == 0002 && (known.mode() & 01000) != 0;
    boolean owner =
        (said.uid() == known.uid() && said.gid() == known.gid()) || said.equals(Folder.UNSAID);
    String how =
        "makes the folder '/%s' of the golden image %04o of %d:%d, which is %04o of %d:%d"
            .formatted(
                path, said.mode(), said.uid(), said.gid(), known.mode(), known.uid(), known.gid());
    if (more || shared || !owner || !places.leadsTo(path)) {
      suspect(Kind.PLACE, path, how);
    } else if (last != null && counts.merge(Kind.PLACE, 1, Integer::sum) <= MAX_OF_A_KIND) {
      suspicions.add(new LayerIssue(Kind.PLACE, Severity.WARN, "/" + path, last, how));
    }
  }

  /**
   * One place, as it is written and where links lead: runtimes go by the one or the other. Through
   * a link of a layer below nothing is sure, in one place either: what is read there may be another
   * file than what runs.
   */
  private void judge(String path, String written, boolean sure, String inside, String does) {
    Optional<String> place = places.of(path + inside);
    if (!sure || place.isEmpty() || !place.equals(places.of(written + inside))) {
      refuse(path, written, does, "");
    }
  }

  private void refuse(String path, String written, String does, String what) {
    String how = written.equals(path) ? "" : ", written as '/" + written + "'";
    String why =
        places
            .notGiven(path)
            .or(() -> places.notGiven(written))
            .map(reason -> "; " + reason)
            .orElse("");
    suspect(Kind.PLACE, path, does + " '/" + path + "'" + what + how + why);
  }

  /** One more name of a file of the service's own. */
  private void hardLink(ContentEntry entry, String path) {
    if (entry.type() != TarEntry.Type.HARD_LINK) {
      return;
    }
    String itself = unfollowed(entry.link());
    String literal = new Links().follow(entry.link()).orElse("");
    Optional<String> place = places.of(itself);
    if (links.has(itself) || place.isEmpty() || !place.equals(places.of(literal))) {
      suspect(
          Kind.PLACE,
          path,
          "'/%s' is a hard link to %s%s', which is no file of the service's own"
              .formatted(path, links.has(itself) ? "the link '/" : "'/", itself));
    }
  }

  /** A hard link is to the link itself where its target is one. */
  private String unfollowed(String target) {
    return below(
        links.follow(PathSet.parent(target)).orElse(PathSet.parent(target)),
        target.substring(target.lastIndexOf('/') + 1));
  }

  private void rights(ContentEntry entry, String path) {
    switch (entry.type()) {
      case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
          suspect(Kind.PRIVILEGE, path, "'/" + path + "' is a device or a pipe");
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
    if (entry.type() == TarEntry.Type.FILE) {
      secret(entry, path);
    }
  }

  private void secret(ContentEntry entry, String path) {
    Optional<String> what = content.secret(entry.path());
    if (what.isPresent() || (SecretName.matches(path) && !content.isPublicKey(entry.path()))) {
      suspect(Kind.SECRET, path, "'/" + path + "' " + what.orElse("looks like a secret"));
    }
  }

  private void remember(ContentEntry entry, String path) {
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

  private void suspect(Kind kind, String path, String detail) {
    if (counts.merge(kind, 1, Integer::sum) <= MAX_OF_A_KIND && last != null) {
      suspicions.add(new LayerIssue(kind, "/" + path, last, detail));
    }
  }
}
