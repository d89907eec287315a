package io.github.goldenmaven.bake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.goldenmaven.bake.FileTree.Place;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import io.github.goldenmaven.oci.LayerReader;
import io.github.goldenmaven.oci.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * How a file tree is written into a file: each folder after all that is below it, so that a reader
 * begins at the end and reads those folders only that somebody looks into. A bake looks into a few
 * dozen of thousands.
 */
final class FileTreeForm {

  /** Raise when the form changes, or what a tree is made of. */
  private static final String FORMAT =
      "golden file tree 2, kept files " + KeptFiles.VERSION + ", reader " + LayerReader.VERSION;

  /** By the number that stands for them in a file. */
  private static final List<TarEntry.Type> TYPES =
      List.of(
          TarEntry.Type.FILE,
          TarEntry.Type.DIRECTORY,
          TarEntry.Type.SYMBOLIC_LINK,
          TarEntry.Type.CHARACTER_DEVICE,
          TarEntry.Type.BLOCK_DEVICE,
          TarEntry.Type.FIFO);

  private static final int NOTHING_BELOW = -1;

  /** Linux's own. Entries through links make folders deeper than that, which nobody looks into. */
  private static final int MAX_PATH = 4096;

  private FileTreeForm() {}

  /**
   * Writes it; the stream stays open.
   *
   * @param image names what the tree was made of
   * @throws IOException also when a name, link or path is too long for this form
   */
  static void write(Digest image, FileTree tree, OutputStream file) throws IOException {
    CheckedOutputStream summed = new CheckedOutputStream(file, new CRC32C());
    DataOutputStream out = new DataOutputStream(summed);
    out.write(heading(image));
    int below = below(tree.root(), out);
    int root = out.size();
    place("", "", tree.root(), below, out);
    out.writeInt(root);
    out.writeLong(summed.getChecksum().getValue());
    out.flush();
  }

  /** A folder whose content is being written. */
  private static final class Open {

    private final Place folder;
    private final String path;
    private final Iterator<Map.Entry<String, Place>> left;
    private final Map<Place, Integer> written = new HashMap<>();

    Open(Place folder, String path) {
      this.folder = folder;
      this.path = path;
      this.left = folder.below().entrySet().iterator();
    }
  }

  /** Writes all that is below, and tells where the last of it begins. */
  private static int below(Place root, DataOutputStream out) throws IOException {
    // Not by recursion: an image's folders may be as deep as its names are long.
    Deque<Open> open = new ArrayDeque<>();
    open.push(new Open(root, ""));
    while (true) {
      Open now = open.element();
      if (now.left.hasNext()) {
        Map.Entry<String, Place> child = now.left.next();
        if (!child.getValue().below().isEmpty()) {
          String path = path(now.path, child.getKey());
          if (path.length() > MAX_PATH) {
            throw new IOException("folders deeper than a path can name");
          }
          open.push(new Open(child.getValue(), path));
        }
        continue;
      }
      open.remove();
      int begin = out.size();
      folder(now, out);
      if (open.isEmpty()) {
        return begin;
      }
      open.element().written.put(now.folder, begin);
    }
  }

  private static void folder(Open folder, DataOutputStream out) throws IOException {
    Map<String, Place> below = folder.folder.below();
    out.writeInt(below.size());
    for (Map.Entry<String, Place> child : below.entrySet()) {
      Place place = child.getValue();
      int begin = folder.written.getOrDefault(place, NOTHING_BELOW);
      place(path(folder.path, child.getKey()), child.getKey(), place, begin, out);
    }
  }

  private static String path(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  private static void place(String path, String name, Place place, int below, DataOutputStream out)
      throws IOException {
    LayerChange content = place.content();
    out.writeUTF(name);
    out.writeByte(TYPES.indexOf(content.type()));
    // A hard link's content has the path of the file that it was made of.
    out.writeUTF(content.path().equals(path) ? "" : content.path());
    out.writeUTF(content.link());
    out.writeLong(content.size());
    out.writeInt(place.mode());
    out.writeInt(place.owner().uid());
    out.writeInt(place.owner().gid());
    block(content.sha256(), out);
    block(content.bytes().orElse(new byte[0]), out);
    out.writeInt(below);
  }

  private static void block(byte[] bytes, DataOutputStream out) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] heading(Digest image) {
    return (FORMAT + "\n" + image.hex() + "\n").getBytes(US_ASCII);
  }

  /**
   * Reads it; folders are read when somebody looks into them.
   *
   * @param file all of it, not to be written to any more
   * @throws IOException when it is of another form or image, or is not whole
   */
  static FileTree read(Digest image, byte[] file) throws IOException {
    byte[] heading = heading(image);
    int end = file.length - Integer.BYTES - Long.BYTES;
    if (end < heading.length
        || !Arrays.equals(file, 0, heading.length, heading, 0, heading.length)) {
      throw new IOException("of another form, or of another image");
    }
    CRC32C sum = new CRC32C();
    sum.update(file, 0, file.length - Long.BYTES);
    DataInputStream last = at(end, file);
    int root = last.readInt();
    if (last.readLong() != sum.getValue()) {
      throw new IOException("not whole");
    }
    return new FileTree(named("", at(root, file), file).place());
  }

  private record Named(String name, Place place) {}

  private static Named named(String folder, DataInputStream in, byte[] file) throws IOException {
    String name = in.readUTF();
    String path = path(folder, name);
    TarEntry.Type type = TYPES.get(in.readByte());
    String own = in.readUTF();
    LayerChange content =
        new LayerChange(
            type,
            own.isEmpty() ? path : own,
            in.readUTF(),
            in.readLong(),
            in.readInt(),
            new Owner(in.readInt(), in.readInt()),
            in.readNBytes(in.readInt()),
            in.readNBytes(in.readInt()));
    int below = in.readInt();
    return new Named(name, new Place(content, () -> folder(below, path, file)));
  }

  private static Map<String, Place> folder(int begin, String path, byte[] file) {
    if (begin == NOTHING_BELOW) {
      return Map.of();
    }
    try (DataInputStream in = at(begin, file)) {
      Map<String, Place> below = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        Named child = named(path, in, file);
        below.put(child.name(), child.place());
      }
      return below;
    } catch (IOException e) {
      throw new IllegalStateException("its checksum was right", e);
    }
  }

  private static DataInputStream at(int begin, byte[] file) {
    return new DataInputStream(new ByteArrayInputStream(file, begin, file.length - begin));
  }
}
