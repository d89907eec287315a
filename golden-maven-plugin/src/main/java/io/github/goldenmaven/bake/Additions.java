package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.LayerEntry;
import io.github.goldenmaven.oci.LayerEntry.Content;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.Warning;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Collects what one platform of the golden image gets over the official one. Every path is followed
 * through the official image's links first: an entry on a link, or below one, would take the link's
 * place and leave what it pointed to as it was.
 */
final class Additions {

  /** What layers' entries are dated with; as jib does, a second after the epoch. */
  static final Instant TIME = Instant.ofEpochSecond(1);

  /** Which layer something goes into: what changes rarely lies below what changes often. */
  enum Tier {
    TOOLS,
    SETTINGS
  }

  /**
   * One path that is added or replaced.
   *
   * @param origin what asked for it: {@code files[0]}
   */
  record Addition(Tier tier, LayerEntry entry, String origin) {}

  private final ImageFiles official;
  private final Map<String, Addition> entries = new TreeMap<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> notes = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  Additions(ImageFiles official) {
    this.official = official;
  }

  /** The image all this comes on top of. */
  ImageFiles official() {
    return official;
  }

  /** A small file whose bytes are in memory. */
  void file(Tier tier, String path, byte[] bytes, int mode, Owner owner, String origin) {
    byte[] content = bytes.clone();
    file(tier, path, content.length, () -> new ByteArrayInputStream(content), mode, owner, origin);
  }

  /** A file; where its path is a link in the official image, the file it points to is replaced. */
  void file(
      Tier tier, String path, long size, Content content, int mode, Owner owner, String origin) {
    String place = official.resolve(path);
    add(tier, new LayerEntry.File(place, size, content, mode, owner, TIME), origin);
  }

  /** A folder: made, or given this mode and owner where the official image has it. */
  void directory(Tier tier, String path, int mode, Owner owner, String origin) {
    add(tier, new LayerEntry.Directory(official.resolve(path), mode, owner, TIME), origin);
  }

  /** A symbolic link, in place of whatever has its name. */
  void link(Tier tier, String path, String target, Owner owner, String origin) {
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? "" : official.resolve(path.substring(0, slash)) + "/";
    add(
        tier,
        new LayerEntry.SymbolicLink(folder + path.substring(slash + 1), target, owner, TIME),
        origin);
  }

  private void add(Tier tier, LayerEntry entry, String origin) {
    Addition other = entries.putIfAbsent(entry.path(), new Addition(tier, entry, origin));
    if (other == null
        || (isFolder(other.entry()) && isFolder(entry) && same(other.entry(), entry))) {
      return;
    }
    throw new RefusedException(
        "'/"
            + Printable.of(entry.path())
            + "' comes twice: from '"
            + other.origin()
            + "' and from '"
            + origin
            + "'.",
        "Leave one of the two out of golden.yaml, or give it another place.");
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
  void environment(String name, String value, String origin) {
    String other = environment.putIfAbsent(name, value);
    if (other != null && !other.equals(value)) {
      throw new RefusedException(
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

  void warn(String problem, String remedy) {
    warnings.add(new Warning(problem, remedy));
  }

  /** By path. */
  List<Addition> entries() {
    return List.copyOf(entries.values());
  }

  /** By name. */
  Map<String, String> environment() {
    return Collections.unmodifiableMap(environment);
  }

  List<String> notes() {
    return List.copyOf(notes);
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }
}
