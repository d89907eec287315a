package io.github.goldenmaven.verify.layers;

import io.github.goldenmaven.contents.ContentEntry;
import io.github.goldenmaven.contents.KeptContent;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.ImageTree;
import io.github.goldenmaven.golden.JvmSearch;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.Places;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Entrypoint;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Protect;
import io.github.goldenmaven.golden.definition.GoldenNeeds;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a golden image has that services are checked against, once all its layers are put on. A
 * whiteout of it removes what the layers below have, before its own layer's files are there.
 */
public final class GoldenContents implements ImageTree {

  record Folder(int mode, long uid, long gid) {

    /** What a runtime makes of a folder that no layer has an entry for, and jib of every one. */
    static final Folder UNSAID = new Folder(0755, 0, 0);
  }

  private final Links links = new Links();
  private final NavigableSet<String> paths = new TreeSet<>();
  private final NavigableMap<String, Folder> folders = new TreeMap<>();

  private final NavigableSet<String> programs = new TreeSet<>();

  /** In which the loader looks for libraries, as its settings say; absolute. */
  private final Set<String> libraryFolders = new TreeSet<>();

  /** Jars that tell something. */
  private final NavigableMap<String, JarFacts> jars = new TreeMap<>();

  /** The Java of each JVM, by the path of the file that tells it. */
  private final NavigableMap<String, Integer> releases = new TreeMap<>();

  private final Places places;
  private Protect protect = Protect.NOTHING;

  /**
   * @param given folders and files that its label or a policy gives to applications, absolute
   */
  public GoldenContents(List<LayerContents> layers, ImageConfig config, Collection<String> given) {
    layers.forEach(this::add);
    PathSet jvms = new PathSet(jvms());
    places =
        new Places(
            this,
            new Given(this, given, jvms),
            new GoldenNeeds(
                    config,
                    protect,
                    this,
                    new Given(this, given, jvms),
                    jvms,
                    links.paths(),
                    libraryFolders)
                .kept());
  }

  private void add(LayerContents layer) {
    layer.entries().stream().filter(ContentEntry::isWhiteout).forEach(this::remove);
    KeptContent content = layer.facts().kept();
    for (ContentEntry entry : layer.entries()) {
      if (!entry.isWhiteout()) {
        String path = add(entry);
        Optional.ofNullable(layer.facts().jars().get(entry.path()))
            .ifPresent(jar -> jars.put(path, jar));
        content
            .release(entry.path())
            .flatMap(JvmSearch::feature)
            .ifPresent(feature -> releases.put(path, feature));
      }
    }
    layer.protect().ifPresent(text -> protect = protect(text));
    content.libraryFolders().forEach(libraryFolders::add);
  }

  /** Gives the path, links followed. */
  private String add(ContentEntry entry) {
    String path = path(entry, entry.name());
    if (entry.type() != TarEntry.Type.DIRECTORY) {
      removeBelow(path);
    }
    if (!paths.add(path)) {
      forget(path);
    }
    switch (entry.type()) {
      case SYMBOLIC_LINK -> links.put(path, entry.link());
      case DIRECTORY -> folders.put(path, new Folder(entry.mode(), entry.uid(), entry.gid()));
      case HARD_LINK -> {
        if ((entry.mode() & 0111) != 0 || programs.contains(resolve(entry.link()))) {
          programs.add(path);
        }
      }
      default -> {
        if ((entry.mode() & 0111) != 0) {
          programs.add(path);
        }
      }
    }
    return path;
  }

  /** What else is known of a path. */
  private void forget(String path) {
    folders.remove(path);
    programs.remove(path);
    jars.remove(path);
    releases.remove(path);
    links.remove(path);
  }

  private String path(ContentEntry entry, String name) {
    String folder = links.follow(entry.folder()).orElse(entry.folder());
    return folder.isEmpty() || name.isEmpty() ? folder + name : folder + "/" + name;
  }

  private void remove(ContentEntry whiteout) {
    String path = path(whiteout, whiteout.removed());
    removeBelow(path);
    if (whiteout.type() == TarEntry.Type.WHITEOUT && paths.remove(path)) {
      forget(path);
    }
  }

  private void removeBelow(String folder) {
    if (!hasBelow(folder)) {
      // So it is with nearly each of ten thousand files.
      return;
    }
    paths.subSet(folder + "/", folder + "0").clear();
    folders.subMap(folder + "/", folder + "0").clear();
    programs.subSet(folder + "/", folder + "0").clear();
    jars.subMap(folder + "/", folder + "0").clear();
    releases.subMap(folder + "/", folder + "0").clear();
    links.removeBelow(folder);
  }

  private static Protect protect(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    JsonObject json = StrictJson.read("The golden image's '/" + LayerContents.PROTECT + "'", bytes);
    boolean fixed = json.string("entrypoint").filter(Entrypoint.FIXED.word()::equals).isPresent();
    return new Protect(
        json.strings("paths"),
        json.strings("environment"),
        fixed ? Entrypoint.FIXED : Entrypoint.FREE);
  }

  /** Homes of all its JVMs, found or not by whoever starts a container. */
  private Set<String> jvms() {
    return JvmSearch.homesOfAll(this, paths);
  }

  public Links links() {
    return links;
  }

  /** Whether it is a program, or one is below it. */
  public boolean hasProgram(String path) {
    String first = path.isEmpty() ? null : programs.ceiling(path + "/");
    return programs.contains(path) || (first != null && first.startsWith(path + "/"));
  }

  public Protect protect() {
    return protect;
  }

  /** Where services may put something. */
  public Places places() {
    return places;
  }

  /** What a jar tells; empty where it is not there, is no jar, or one beyond what is read. */
  public Optional<JarFacts> jar(String path) {
    return Optional.ofNullable(jars.get(path));
  }

  /**
   * The Java of its JVMs, the one that {@code PATH} finds first comes first; empty where there is
   * none, or one that does not tell its version.
   */
  public Optional<JavaVersions> java(Map<String, String> environment) {
    List<String> homes = new JvmSearch(this, environment).homes();
    List<Integer> features = homes.stream().map(this::feature).flatMap(Optional::stream).toList();
    return features.isEmpty()
            || features.size() < homes.size()
            || !features.stream().allMatch(JavaVersions::canBeStamped)
        ? Optional.empty()
        : Optional.of(new JavaVersions(features));
  }

  public Optional<Integer> feature(String home) {
    return Optional.ofNullable(releases.get(home + "/release"));
  }

  @Override
  public Type type(String path) {
    if (links.has(path)) {
      return Type.LINK;
    }
    if (programs.contains(path)) {
      return Type.PROGRAM;
    }
    if (folders.containsKey(path) || hasBelow(path)) {
      return Type.FOLDER;
    }
    return paths.contains(path) ? Type.FILE : Type.NOTHING;
  }

  @Override
  public List<String> names(String folder) {
    if (!folder.isEmpty() && !isFolder(folder)) {
      return List.of();
    }
    String below = folder.isEmpty() ? "" : folder + "/";
    List<String> names = new ArrayList<>();
    String next = paths.ceiling(below);
    while (next != null && next.startsWith(below)) {
      String name = next.substring(below.length()).split("/", 2)[0];
      if (!name.isEmpty() && !names.contains(name)) {
        names.add(name);
      }
      boolean itself = next.length() == below.length() + name.length();
      // '0' is the character after '/': all that is below the name is passed over.
      next = itself ? paths.higher(next) : paths.ceiling(below + name + "0");
    }
    return names;
  }

  @Override
  public String resolve(String path) {
    return links.follow(path).orElse(path);
  }

  /** Whether it has something in this folder; the root is the empty path. */
  boolean hasBelow(String folder) {
    if (folder.isEmpty()) {
      return !paths.isEmpty();
    }
    String first = paths.ceiling(folder + "/");
    return first != null && first.startsWith(folder + "/");
  }

  Folder folder(String path) {
    return folders.getOrDefault(path, Folder.UNSAID);
  }

  @Override
  public String toString() {
    return paths.size() + " paths";
  }
}
