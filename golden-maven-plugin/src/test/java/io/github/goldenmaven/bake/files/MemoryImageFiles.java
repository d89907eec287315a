package io.github.goldenmaven.bake.files;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.contents.RetainedFiles;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An image's file system in memory; the folders above whatever is put in are there as well. */
public final class MemoryImageFiles implements ImageFiles {

  /** As the kernel bounds them. */
  private static final int MAX_LINKS = 40;

  private final Map<String, Node> nodes = new TreeMap<>();
  private final Map<String, byte[]> contents = new HashMap<>();

  public MemoryImageFiles() {
    nodes.put("", new Node("", Type.DIRECTORY, 0755, Owner.ROOT, 0, "", null));
  }

  /** A file of root's, 0644. */
  public MemoryImageFiles file(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A file of root's, 0644. */
  public MemoryImageFiles file(String path, byte[] bytes) {
    return file(path, bytes, 0644, Owner.ROOT);
  }

  public MemoryImageFiles file(String path, byte[] bytes, int mode, Owner owner) {
    contents.put(path, bytes.clone());
    return put(new Node(path, Type.FILE, mode, owner, bytes.length, "", Digest.of(bytes)));
  }

  /** A folder of root's, 0755. */
  public MemoryImageFiles directory(String path) {
    return directory(path, 0755, Owner.ROOT);
  }

  public MemoryImageFiles directory(String path, int mode, Owner owner) {
    return put(new Node(path, Type.DIRECTORY, mode, owner, 0, "", null));
  }

  /** A symbolic link. */
  public MemoryImageFiles link(String path, String target) {
    return put(new Node(path, Type.SYMBOLIC_LINK, 0777, Owner.ROOT, 0, target, null));
  }

  /** A pipe. */
  MemoryImageFiles pipe(String path) {
    return put(new Node(path, Type.OTHER, 0600, Owner.ROOT, 0, "", null));
  }

  private MemoryImageFiles put(Node node) {
    nodes.put(node.path(), node);
    for (String parent = parent(node.path()); !parent.isEmpty(); parent = parent(parent)) {
      nodes.putIfAbsent(parent, new Node(parent, Type.DIRECTORY, 0755, Owner.ROOT, 0, "", null));
    }
    return this;
  }

  @Override
  public Optional<Node> lookup(String path) {
    String parent = parent(path);
    String name = path.substring(path.lastIndexOf('/') + 1);
    String place = path.isEmpty() ? "" : parent.isEmpty() ? name : resolve(parent) + "/" + name;
    return Optional.ofNullable(nodes.get(place.startsWith("/") ? place.substring(1) : place));
  }

  @Override
  public String resolve(String path) {
    Deque<String> ahead = new ArrayDeque<>(List.of(path.split("/", -1)));
    List<String> behind = new ArrayList<>();
    int links = 0;
    while (!ahead.isEmpty()) {
      String part = ahead.pop();
      if (part.equals("..")) {
        if (!behind.isEmpty()) {
          behind.remove(behind.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        behind.add(part);
        Node node = nodes.get(String.join("/", behind));
        if (node != null && node.type() == Type.SYMBOLIC_LINK) {
          if (++links > MAX_LINKS) {
            throw new RefusedException(
                "'" + path + "' is a link in a circle.", "Fix the official image.");
          }
          behind.remove(behind.size() - 1);
          if (node.link().startsWith("/")) {
            behind.clear();
          }
          List<String> target = List.of(node.link().split("/", -1));
          for (int i = target.size() - 1; i >= 0; i--) {
            ahead.push(target.get(i));
          }
        }
      }
    }
    return String.join("/", behind);
  }

  @Override
  public List<String> names(String folder) {
    String place = resolve(folder);
    return nodes.keySet().stream()
        .filter(path -> !path.isEmpty() && parent(path).equals(place))
        .map(path -> path.substring(path.lastIndexOf('/') + 1))
        .toList();
  }

  @Override
  public Optional<byte[]> content(String path) {
    if (!RetainedFiles.keeps(path)) {
      throw new IllegalArgumentException("files like '" + path + "' are not kept");
    }
    String place = resolve(path);
    Node node = nodes.get(place);
    if (node == null || node.type() != Type.FILE) {
      return Optional.empty();
    }
    if (!RetainedFiles.keeps(place)) {
      throw new RefusedException("'" + place + "' is not read.", "Fix the official image.");
    }
    if (node.size() > RetainedFiles.MAX_BYTES) {
      throw new RefusedException("'" + place + "' is too large.", "Fix the official image.");
    }
    return Optional.of(contents.getOrDefault(place, new byte[0]).clone());
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }
}
