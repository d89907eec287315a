package io.github.goldenmaven.bake.files;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.bake.files.Additions.Addition;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.contents.LinkWalk;
import io.github.goldenmaven.contents.RetainedFiles;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An image's files with what is added on top of them, as a container will see both. A file's hash
 * is that of no addition: nobody asks for it.
 *
 * @param added by path; what is added later is seen too
 */
record OverlaidImageFiles(ImageFiles below, NavigableMap<String, Addition> added)
    implements ImageFiles {

  private static final int FOLDER_MODE = 0755;

  @Override
  public Optional<Node> lookup(String path) {
    int slash = path.lastIndexOf('/');
    String folder = slash < 0 ? "" : resolve(path.substring(0, slash));
    return at((folder.isEmpty() ? "" : folder + "/") + path.substring(slash + 1));
  }

  /** What stands at a path without links among its folders. */
  private Optional<Node> at(String place) {
    Addition addition = added.get(place);
    if (addition != null) {
      return Optional.of(node(addition.entry()));
    }
    String inside = place + "/";
    String next = added.ceilingKey(inside);
    return next != null && next.startsWith(inside) && below.lookup(place).isEmpty()
        ? Optional.of(new Node(place, Type.DIRECTORY, FOLDER_MODE, Owner.ROOT, 0, "", null))
        : below.lookup(place);
  }

  private static Node node(LayerEntry entry) {
    boolean isLink = entry instanceof LayerEntry.SymbolicLink;
    return new Node(
        entry.path(),
        isLink
            ? Type.SYMBOLIC_LINK
            : entry instanceof LayerEntry.Directory ? Type.DIRECTORY : Type.FILE,
        entry.mode(),
        entry.owner(),
        entry instanceof LayerEntry.File file ? file.size() : 0,
        entry instanceof LayerEntry.SymbolicLink link ? link.target() : "",
        null);
  }

  @Override
  public String resolve(String path) {
    Walker walker = new Walker();
    if (!LinkWalk.follow(path, walker)) {
      throw circle(path);
    }
    return String.join("/", walker.behind);
  }

  private final class Walker implements LinkWalk.Position {

    private final List<String> behind = new ArrayList<>();

    @Override
    public @Nullable String enter(String name, boolean last) {
      behind.add(name);
      String link = at(String.join("/", behind)).map(Node::link).orElse("");
      if (link.isEmpty()) {
        return null;
      }
      leave();
      return link;
    }

    @Override
    public void leave() {
      if (!behind.isEmpty()) {
        behind.remove(behind.size() - 1);
      }
    }

    @Override
    public void toRoot() {
      behind.clear();
    }
  }

  private static RefusedException circle(String path) {
    return new RefusedException(
        "'/" + Printable.of(path) + "' leads through more than " + LinkWalk.MAX_LINKS + " links.",
        "Fix the links that golden.yaml adds, or name another official image in 'from'.");
  }

  @Override
  public List<String> names(String folder) {
    String inside = resolve(folder) + "/";
    TreeSet<String> names = new TreeSet<>(below.names(folder));
    added.tailMap(inside, true).keySet().stream()
        .takeWhile(path -> path.startsWith(inside))
        .map(path -> path.substring(inside.length()).replaceFirst("/.*", ""))
        .forEach(names::add);
    return List.copyOf(names);
  }

  @Override
  public Optional<byte[]> content(String path) {
    String place = resolve(path);
    Addition addition = added.get(place);
    if (addition == null) {
      return below.content(place.equals(below.resolve(path)) ? path : place);
    }
    return addition.entry() instanceof LayerEntry.File file
        ? Optional.of(bytes(file))
        : Optional.empty();
  }

  private static byte[] bytes(LayerEntry.File file) {
    String shown = "'/" + Printable.of(file.path()) + "'";
    if (file.size() > RetainedFiles.MAX_BYTES) {
      throw new RefusedException(
          shown + " has " + file.size() + " bytes, too many to be edited.",
          "At most " + RetainedFiles.MAX_BYTES + " are read: leave it out of golden.yaml.");
    }
    try (InputStream in = file.content().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UnavailableException(
          "The content of " + shown + " cannot be read.",
          "Check that the file is still there and can be read, then bake again.",
          e);
    }
  }
}
