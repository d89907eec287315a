package io.github.goldenmaven.verify.layers;

import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.provenance.jar.JarFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The files of a service's own layers, once they are all put on. */
public final class ServiceFiles {

  /** Reads a file's bytes out of a layer, as Latin-1. */
  public interface Contents {
    Optional<String> of(LayerContents layer, String written);
  }

  private record Source(LayerContents layer, String written) {}

  private final NavigableMap<String, Source> files = new TreeMap<>();

  /** By path: a layer may be read once more for each, and several rules ask. */
  private final Map<String, Optional<String>> read = new HashMap<>();

  private Contents contents = (layer, written) -> Optional.empty();

  void put(String path, LayerContents layer, String written) {
    remove(path);
    files.put(path, new Source(layer, written));
  }

  /** One more name of a file that is there. */
  void link(String path, String target) {
    Source source = files.get(target);
    if (source != null) {
      files.put(path, source);
    }
  }

  /** Whether something that a path is below is a file: runtimes differ on what comes of it. */
  boolean hasAbove(String path) {
    String folder = PathSet.parent(path);
    while (!folder.isEmpty() && !has(folder)) {
      folder = PathSet.parent(folder);
    }
    return !folder.isEmpty();
  }

  void remove(String path) {
    removeItself(path);
    removeBelow(path);
  }

  /** No file is there, but maybe a folder with files. */
  void removeItself(String path) {
    files.remove(path);
  }

  /** Nothing is in this folder now. */
  void removeBelow(String folder) {
    files.subMap(folder + "/", folder + "0").clear();
  }

  /** Tells how files are read. */
  public void readBy(Contents contents) {
    this.contents = contents;
  }

  public List<String> paths() {
    return List.copyOf(files.keySet());
  }

  public boolean has(String path) {
    return files.containsKey(path);
  }

  /** Whether a file of this name is anywhere in a folder. */
  public boolean anyBelow(String folder, String name) {
    return files.subMap(folder + "/", folder + "0").keySet().stream()
        .anyMatch(path -> path.endsWith("/" + name));
  }

  /** Whether there is a web application, packed or not. */
  public boolean hasWar() {
    return files.keySet().stream()
        .anyMatch(path -> path.endsWith(".war") || path.contains("/WEB-INF/"));
  }

  /** What a jar tells; empty where it is not there, is no jar, or one beyond what is read. */
  public Optional<JarFacts> jar(String path) {
    Source source = files.get(path);
    return source == null
        ? Optional.empty()
        : Optional.ofNullable(source.layer().facts().jars().get(source.written()));
  }

  /** All jars that tell something, by their path. */
  public Map<String, JarFacts> jars() {
    Map<String, JarFacts> jars = new TreeMap<>();
    files.keySet().forEach(path -> jar(path).ifPresent(facts -> jars.put(path, facts)));
    return jars;
  }

  /** The paths of all files below a folder; the root is the empty path. */
  public Set<String> below(String folder) {
    return folder.isEmpty() ? files.keySet() : files.subMap(folder + "/", folder + "0").keySet();
  }

  /** The bytes of a file, as Latin-1; empty where it is not there, or too large to be read. */
  public Optional<String> content(String path) {
    Source source = files.get(path);
    return source == null
        ? Optional.empty()
        : read.computeIfAbsent(path, once -> contents.of(source.layer(), source.written()));
  }
}
