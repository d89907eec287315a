package io.github.goldenmaven.bake.files;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.contents.ImageFiles.Node;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Content;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one platform of the golden image gets over the official one. Every path is followed
 * through the official image's links first: an entry below a link would take the link's place and
 * leave what it pointed to as it was.
 */
public final class Additions {

  /** What layers' entries are dated with; as jib does, a second after the epoch. */
  public static final Instant TIME = Instant.ofEpochSecond(1);

  /** Which layer something goes into: what changes rarely lies below what changes often. */
  public enum Tier {
    TOOLS,
    /** What programs trust; the largest of what is made here, and no policy's change touches it. */
    CERTIFICATES,
    SETTINGS
  }

  /**
   * One path that is added or replaced.
   *
   * @param origin what asked for it: {@code files[0]}
   */
  public record Addition(Tier tier, LayerEntry entry, String origin) {}

  /** Tells a refusal with the place in golden.yaml that asked for what is refused. */
  @FunctionalInterface
  public interface Refusals {
    RefusedException refused(String origin, String problem, String remedy);
  }

  private static final int FOLDER_MODE = 0755;

  private final ImageFiles official;
  private final Refusals refusals;
  private final NavigableMap<String, Addition> entries = new TreeMap<>();

  /** Links of the official image that something was followed through, and what that was. */
  private final Map<String, String> followed = new TreeMap<>();

  private final Map<String, String> environment = new TreeMap<>();
  private @Nullable JavaVersions java;
  private final List<String> notes = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  public Additions(ImageFiles official, Refusals refusals) {
    this.official = official;
    this.refusals = refusals;
  }

  /** The image all this comes on top of. */
  public ImageFiles official() {
    return official;
  }

  /** The image with all this on top of it. */
  public ImageFiles withAdded() {
    return new OverlaidImageFiles(official, entries);
  }

  /**
   * A file of the image, or of a tool that was added before, with other bytes; links are followed.
   * A tool's layer then lacks the file: a renewed certificate writes no large layer again.
   */
  public void edited(Tier tier, String path, byte[] bytes, int otherwiseMode, String origin) {
    ImageFiles files = withAdded();
    Optional<Node> there = files.find(path);
    int mode = there.map(Node::mode).orElse(otherwiseMode);
    Owner owner = there.map(Node::owner).orElse(Owner.ROOT);
    String place = files.resolve(path);
    Addition tool = entries.get(place);
    if (tool != null && tool.tier() == Tier.TOOLS && tool.entry() instanceof LayerEntry.File) {
      entries.remove(place);
    }
    boolean isOfficial = place.equals(official.resolve(path));
    file(tier, isOfficial ? path : place, bytes, mode, owner, origin);
  }

  /** A small file whose bytes are in memory. */
  public void file(Tier tier, String path, byte[] bytes, int mode, Owner owner, String origin) {
    byte[] content = bytes.clone();
    file(tier, path, content.length, () -> new ByteArrayInputStream(content), mode, owner, origin);
  }

  /** A file; where its path is a link in the official image, the file it points to is replaced. */
  public void file(
      Tier tier, String path, long size, Content content, int mode, Owner owner, String origin) {
    String place = follow(path, origin);
    requireNoFolder(place, origin);
    add(tier, new LayerEntry.File(place, size, content, mode, owner, TIME), origin);
  }

  /**
   * A file that stands where it is put. Where its path is a link in the official image it takes the
   * link's place: what the link points to may be there for much else, as Alpine's {@code
   * /bin/busybox} is.
   */
  public void ownFile(
      Tier tier, String path, long size, Content content, int mode, Owner owner, String origin) {
    String place = followToParent(path, origin);
    if (official.find(place).filter(node -> node.type() == ImageFiles.Type.DIRECTORY).isPresent()) {
      throw isFolder(place, origin);
    }
    add(tier, new LayerEntry.File(place, size, content, mode, owner, TIME), origin);
  }

  /** A folder: made, or given this mode and owner where the official image has it. */
  public void directory(Tier tier, String path, int mode, Owner owner, String origin) {
    add(tier, new LayerEntry.Directory(follow(path, origin), mode, owner, TIME), origin);
  }

  /** A symbolic link, in place of whatever has its name and is no folder. */
  public void link(Tier tier, String path, String target, Owner owner, String origin) {
    String place = followToParent(path, origin);
    requireNoFolder(place, origin);
    add(tier, new LayerEntry.SymbolicLink(place, target, owner, TIME), origin);
  }

  private String follow(String path, String origin) {
    for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
      official
          .lookup(end < 0 ? path : path.substring(0, end))
          .filter(node -> node.type() == ImageFiles.Type.SYMBOLIC_LINK)
          .ifPresent(link -> followed.putIfAbsent(link.path(), origin));
      if (end < 0) {
        return official.resolve(path);
      }
    }
  }

  private String followToParent(String path, String origin) {
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? "" : follow(path.substring(0, slash), origin);
    return (folder.isEmpty() ? "" : folder + "/") + path.substring(slash + 1);
  }

  /** What is no folder would take a folder's place, and all that is in it away. */
  private void requireNoFolder(String place, String origin) {
    if (official
        .lookup(place)
        .filter(node -> node.type() == ImageFiles.Type.DIRECTORY)
        .isPresent()) {
      throw isFolder(place, origin);
    }
  }

  private RefusedException isFolder(String place, String origin) {
    String shown = "'/" + Printable.of(place);
    return refusals.refused(
        origin,
        shown + "' is a folder in the official image, and '" + origin + "' is to be there.",
        "Write " + shown + "/' to put it into the folder.");
  }

  /** A file or link of the official image on the way would have to go. */
  private void requireFolders(String place, String origin) {
    for (int slash = place.indexOf('/'); slash >= 0; slash = place.indexOf('/', slash + 1)) {
      String folder = place.substring(0, slash);
      Optional<Node> node = official.lookup(folder);
      if (node.isEmpty()) {
        return;
      }
      if (node.orElseThrow().type() != ImageFiles.Type.DIRECTORY) {
        throw refusals.refused(
            origin,
            "'/"
                + Printable.of(folder)
                + "' is not a folder in the official image, and '"
                + origin
                + "' puts something below it.",
            "Give it another place.");
      }
    }
  }

  private void requireOwnFolders(Addition below) {
    String path = below.entry().path();
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      Addition above = entries.get(path.substring(0, slash));
      if (above != null && !isFolder(above.entry())) {
        throw refusals.refused(
            below.origin(),
            of(above) + " is no folder, and " + of(below) + " puts something below it.",
            "Leave one of the two out of golden.yaml, or give it another place.");
      }
    }
  }

  /** What was followed through a link would be elsewhere than its path says. */
  private void requireOwnLink(String link, String through) {
    Addition instead = entries.get(link);
    if (instead == null
        || (instead.entry() instanceof LayerEntry.SymbolicLink same
            && official.lookup(link).filter(it -> it.link().equals(same.target())).isPresent())) {
      return;
    }
    throw refusals.refused(
        instead.origin(),
        of(instead)
            + " is to take the place of a link of the official image, and '"
            + through
            + "' is to go through that link.",
        "Leave one of the two out of golden.yaml, or give it another place.");
  }

  private static String of(Addition addition) {
    return "'/" + Printable.of(addition.entry().path()) + "' of '" + addition.origin() + "'";
  }

  private void add(Tier tier, LayerEntry entry, String origin) {
    requireNoWhiteout(entry.path(), origin);
    requireFolders(isFolder(entry) ? entry.path() + "/" : entry.path(), origin);
    Addition other = entries.putIfAbsent(entry.path(), new Addition(tier, entry, origin));
    if (other == null
        || (isFolder(other.entry()) && isFolder(entry) && same(other.entry(), entry))) {
      return;
    }
    throw refusals.refused(
        origin,
        "'/"
            + Printable.of(entry.path())
            + "' is there twice: from '"
            + other.origin()
            + "' and from '"
            + origin
            + "'.",
        "Leave one of the two out of golden.yaml, or give it another place.");
  }

  /** Such an entry is no file: it takes away what its name says. */
  private void requireNoWhiteout(String path, String origin) {
    if (path.startsWith(".wh.") || path.contains("/.wh.")) {
      throw refusals.refused(
          origin,
          "'/"
              + Printable.of(path)
              + "' of '"
              + origin
              + "' has a name that removes files in a layer.",
          "Rename it: names in an image do not begin with '.wh.'.");
    }
  }

  private static boolean isFolder(LayerEntry entry) {
    return entry instanceof LayerEntry.Directory;
  }

  private static boolean same(LayerEntry one, LayerEntry other) {
    return one.mode() == other.mode() && one.owner().equals(other.owner());
  }

  /**
   * A variable of the image's environment.
   *
   * @throws RefusedException when two parts of golden.yaml give it different values
   */
  public void environment(String name, String value, String origin) {
    String other = environment.putIfAbsent(name, value);
    if (other != null && !other.equals(value)) {
      throw refusals.refused(
          origin,
          "The variable '"
              + Printable.of(name)
              + "' of '"
              + origin
              + "' has a value already, which golden.yaml gives it elsewhere.",
          "Leave '" + Printable.of(name) + "' out of 'environment', or the other part out.");
    }
  }

  /** A sentence for the console. */
  void info(String sentence) {
    notes.add(sentence);
  }

  public void warn(String problem, String remedy) {
    warnings.add(new Warning(problem, remedy));
  }

  /**
   * By path.
   *
   * @throws RefusedException when one lies below another that is no folder; in one layer nothing
   *     could unpack that, and of two the upper one would undo the lower; or when one replaces a
   *     link that another was followed through
   */
  public List<Addition> entries() {
    entries.values().forEach(this::requireOwnFolders);
    followed.forEach(this::requireOwnLink);
    return List.copyOf(entries.values());
  }

  /**
   * The folders that the entries need and the official image lacks, by path; 0755 and root's. Which
   * mode a folder gets that no layer has is each container runtime's own choice.
   */
  public List<Addition> folders() {
    Map<String, Addition> folders = new TreeMap<>();
    for (Addition addition : entries.values()) {
      String path = addition.entry().path();
      for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        String folder = path.substring(0, slash);
        if (!entries.containsKey(folder) && official.lookup(folder).isEmpty()) {
          folders.merge(folder, folder(folder, addition), Additions::lower);
        }
      }
    }
    return List.copyOf(folders.values());
  }

  private static Addition folder(String path, Addition below) {
    return new Addition(
        below.tier(),
        new LayerEntry.Directory(path, FOLDER_MODE, Owner.ROOT, TIME),
        below.origin());
  }

  private static Addition lower(Addition one, Addition other) {
    return one.tier().compareTo(other.tier()) <= 0 ? one : other;
  }

  /** By name. */
  public Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  /** The JVMs of the image with all this on top of it, as far as the label can tell them. */
  public void java(Optional<JavaVersions> versions) {
    java = versions.orElse(null);
  }

  public Optional<JavaVersions> java() {
    return Optional.ofNullable(java);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  public List<Warning> warnings() {
    return List.copyOf(warnings);
  }
}
