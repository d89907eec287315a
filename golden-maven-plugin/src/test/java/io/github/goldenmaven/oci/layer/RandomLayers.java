package io.github.goldenmaven.oci.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Random layers of all header types that tar has, on a small golden image. Most entries are what
 * honest tools write, in every dialect; now and then comes one that no honest tool writes. The same
 * seed gives the same layers.
 */
public final class RandomLayers {

  /** Of the golden image, and where a service may write. */
  private static final String[] FOLDERS = {
    "app/", "app/a/", "app/b/", "app/c/", "app/a/b/", "data/", "srv/", ""
  };

  private static final String[] OF_THE_GOLDEN = {"etc/", "etc/ssl/", "usr/bin/", "bin/", "opt/"};
  private static final String[] NAMES = {"a", "b", "c", "passwd", "cert.pem", "java", "x"};
  private static final String[] TARGETS = {
    "a", "b", "../b", "../../etc", "/etc", "/app/a", "c/../b", "/app/b/../c", ".", "/", "../x"
  };

  private final Random random;
  private final List<String> told = new ArrayList<>();
  private RawTar tar = new RawTar();

  /** Files that the layer has so far: hard links to others would all be refused. */
  private List<String> files = new ArrayList<>();

  /** What the layer brings or removes so far: honest tools name a path once. */
  private Set<String> named = new HashSet<>();

  /** What is no folder, in all layers: nothing is put below it. */
  private final Set<String> leaves = new HashSet<>();

  /** Whether what no honest tool writes is written as the reader of old took it. */
  private final boolean mistaken;

  private RandomLayers(long seed, boolean mistaken) {
    this.random = new Random(seed);
    this.mistaken = mistaken;
  }

  /**
   * Layers, bottom first, and how they were made.
   *
   * @param told a line for each header
   */
  public record Stack(List<byte[]> layers, List<String> told) {}

  /** The golden image's one layer. */
  public static byte[] golden() {
    return new RawTar()
        .entry('5', "app")
        .entry('5', "data")
        .entry('5', "etc")
        .file("etc/passwd", "root:x:0:0::/:/bin/sh\n")
        .entry('5', "etc/ssl")
        .file("etc/ssl/cert.pem", "company")
        .entry('5', "opt")
        .entry('5', "usr")
        .entry('5', "usr/bin")
        .file("usr/bin/java", "elf")
        .entry('2', "bin", "", header -> RawTar.put(header, 157, "usr/bin"))
        .end();
  }

  /** A golden image with one to three layers on it. */
  public static Stack of(long seed) {
    return new RandomLayers(seed, false).stack();
  }

  /**
   * The same, as the reader took it that passed a global header over without a look at what was
   * pending before it, or at its name: what shows whether a comparison finds such a fault.
   */
  public static Stack mistaken(long seed) {
    return new RandomLayers(seed, true).stack();
  }

  /** The first so many from a seed in which one such header is, of each of its four kinds. */
  public static List<Long> mistakenSeeds(long from, int ofEach) {
    return IntStream.range(0, 4)
        .boxed()
        .flatMap(
            kind ->
                LongStream.iterate(from, seed -> seed + 1)
                    .filter(seed -> oddKinds(seed).equals(List.of("odd " + kind)))
                    .limit(ofEach)
                    .boxed())
        .toList();
  }

  /** What no honest tool writes, of a stack: {@code odd 3} for each. */
  public static List<String> oddKinds(long seed) {
    return of(seed).told().stream()
        .filter(line -> line.startsWith("odd "))
        .map(line -> line.replaceFirst("^(odd \\d+).*", "$1"))
        .toList();
  }

  private Stack stack() {
    List<byte[]> layers = new ArrayList<>(List.of(golden()));
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      told.add("-- layer");
      tar = new RawTar();
      files = new ArrayList<>();
      named = new HashSet<>();
      for (int entries = 1 + random.nextInt(5); entries > 0; entries--) {
        if (random.nextInt(36) == 0) {
          odd();
        } else {
          plain();
        }
      }
      layers.add(ended());
    }
    return new Stack(layers, told);
  }

  private byte[] ended() {
    return switch (random.nextInt(120)) {
      case 0 -> tar.cut();
      case 1 -> tar.raw(new byte[512]).cut();
      case 2 -> tar.raw(new byte[512]).file("app/late", "late").end();
      case 3 -> tar.raw(new byte[20 * 512]).cut();
      default -> tar.end();
    };
  }

  // What honest tools write

  private void plain() {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        String path = path();
        files.add(path);
        leaves.add(normal(path));
        add('0', path, "", content(), header -> {});
      }
      case 4, 5 -> add('5', path() + any("", "/"), "", "", folder());
      case 6, 7 -> add('2', path(), any(TARGETS), "", header -> {});
      case 8 -> hardLink();
      case 9 -> {
        boolean anywhere = random.nextInt(9) == 0;
        String path = free(() -> anywhere ? path() : any("app/", "data/", "") + any(NAMES));
        add('0', whiteout(path), "", "", header -> {});
      }
      case 10 -> opaque();
      default -> rest();
    }
  }

  private void hardLink() {
    boolean stray = files.isEmpty() || random.nextInt(15) == 0;
    String target = stray ? path() : files.get(random.nextInt(files.size()));
    String path = path();
    leaves.add(normal(path));
    add(stray && random.nextInt(4) > 0 ? '0' : '1', path, target, "", header -> {});
  }

  private void opaque() {
    String folder = random.nextInt(9) == 0 ? parent(path()) : any("app/", "data/");
    boolean empties = named.stream().anyMatch(path -> path.startsWith(normal(folder)));
    if (!empties || random.nextInt(9) == 0) {
      add('0', folder + ".wh..wh..opq", "", "", header -> {});
    }
  }

  private void rest() {
    switch (random.nextInt(12)) {
      case 0 -> add('6', leaf(), "", "", header -> {});
      case 1 -> add(any('3', '4'), leaf(), "", "", header -> RawTar.put(header, 329, "0000001"));
      case 2, 3, 4 -> {
        told.add("g");
        tar.pax('g', "comment=" + random.nextInt(9));
      }
      case 5, 6 -> {
        told.add("x attribute");
        tar.pax('x', "SCHILY.xattr.user.note=" + random.nextInt(9)).file(leaf(), content());
      }
      default -> add('\0', path() + "/", "", "", header -> {});
    }
  }

  private String leaf() {
    String path = path();
    leaves.add(normal(path));
    return path;
  }

  /** One that the layer has not yet, and below no file; once in a while any. */
  private String path() {
    return free(this::any);
  }

  private String free(Supplier<String> paths) {
    String path = paths.get();
    for (int left = random.nextInt(12) == 0 ? 0 : 20; left > 0 && isTaken(path); left--) {
      path = paths.get();
    }
    named.add(normal(path));
    return path;
  }

  private boolean isTaken(String path) {
    String normal = normal(path);
    for (String above = folder(normal); !above.isEmpty(); above = folder(above)) {
      if (leaves.contains(above)) {
        return true;
      }
    }
    return named.contains(normal);
  }

  private static String folder(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static String normal(String path) {
    return path.replaceFirst("^(\\./+|/)", "");
  }

  private String any() {
    String folder = random.nextInt(30) == 0 ? any(OF_THE_GOLDEN) : any(FOLDERS);
    String spelled = random.nextInt(10) == 0 ? any("./", "/", ".//") + folder : folder;
    return spelled + any(NAMES);
  }

  private static String parent(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String whiteout(String path) {
    return parent(path) + ".wh." + path.substring(path.lastIndexOf('/') + 1);
  }

  private String content() {
    return "x".repeat(any(0, 1, 3, 511, 512, 513)) + (random.nextBoolean() ? "" : "y");
  }

  private Consumer<byte[]> folder() {
    String mode = any("0000755", "0000755", "0000700", "0001777");
    return header -> RawTar.put(header, 100, mode);
  }

  /** One entry, in a dialect that can say it. */
  private void add(char type, String path, String link, String content, Consumer<byte[]> change) {
    int dialect = random.nextInt(7);
    told.add(type + " " + path + (link.isEmpty() ? "" : " -> " + link) + " #" + dialect);
    Consumer<byte[]> header =
        bytes -> {
          RawTar.put(bytes, 157, link);
          change.accept(bytes);
        };
    switch (dialect) {
      case 0 -> tar.entry(type, path, content, header.andThen(RandomLayers::gnu));
      case 1 -> {
        if (type == '3' || type == '4') {
          tar.entry(type, path, content, header);
        } else {
          tar.entry(type, path, content, header.andThen(RandomLayers::old));
        }
      }
      case 2 -> {
        tar.pax('x', "path=" + path, "linkpath=" + (link.isEmpty() ? "none" : link));
        tar.entry(type, "short", content, header);
      }
      case 3 -> {
        tar.entry('L', "././@LongLink", path + "\0");
        if (!link.isEmpty()) {
          tar.entry('K', "././@LongLink", link + "\0");
        }
        tar.entry(type, "short", content, change.andThen(RandomLayers::gnu));
      }
      case 4 -> {
        int slash = path.indexOf('/', 1);
        boolean split = slash > 0 && slash < path.length() - 1;
        tar.entry(
            type,
            split ? path.substring(slash + 1) : path,
            content,
            header.andThen(bytes -> RawTar.put(bytes, 345, split ? path.substring(0, slash) : "")));
      }
      case 5 -> tar.entry(type, path, content, header.andThen(numbers(content.length())));
      default -> tar.entry(type, path, content, header);
    }
  }

  private static void gnu(byte[] header) {
    RawTar.put(header, 257, "ustar  \0");
  }

  private static void old(byte[] header) {
    Arrays.fill(header, 257, 512, (byte) 0);
  }

  private static Consumer<byte[]> numbers(int size) {
    return header -> {
      RawTar.put(header, 124, "\u0080" + "\0".repeat(9) + (char) (size >> 8) + (char) (size & 255));
      RawTar.put(header, 108, "   1750 ");
      RawTar.put(header, 116, "\u0080\0\0\0\0\0\u0003\u00e8");
    };
  }

  // What none writes

  private void odd() {
    String path = any();
    int kind = random.nextInt(26);
    told.add("odd " + kind + " " + path);
    switch (kind) {
      case 0, 1, 2, 3 -> globalHeader(kind, path, any(path, whiteout(path)));
      case 4 -> tar.pax('g', any("path=app/x", "size=0", "SCHILY.xattr.user.x=y", "mtime=5"));
      case 5 ->
          tar.pax('x', "path=app/one").pax('x', any("path=app/two", "comment=x")).file(path, "");
      case 6 -> tar.pax('x', "path=app/one").entry('L', "l", "app/two\0").file(path, "");
      case 7 -> tar.entry('L', "l", any("", "app/long", "app/\0/cut")).file(path, "");
      case 8 -> tar.entry('3', path);
      case 9 -> tar.entry('3', path, "", header -> RawTar.put(header, 329, "0010000"));
      case 10 -> tar.entry('S', path, "x".repeat(512));
      case 11 ->
          tar.pax('x', "GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=" + path)
              .file("app/s", "0\n");
      case 12 -> tar.entry(any('7', 'D', 'M', 'V', 'X', 'A', ' '), path);
      case 13 -> tar.file(path + "/", "");
      case 14 ->
          tar.entry(any('1', '2', '5', '6'), path, "content", header -> link(header, "app/x"));
      case 15 -> tar.pax('x', any("size=3", "size=-1", "size=", "size=1x")).file(path, "abc");
      case 16 ->
          tar.pax('x', any("uid=4294967296", "uid=-1", "gid=4294967295", "uid=x")).file(path, "");
      case 17 -> tar.entry('0', path, "", header -> RawTar.put(header, 508, "tar\0"));
      case 18 ->
          tar.entry('0', path, "", header -> RawTar.put(header, 257, any("USTAR\000", "ustar ")));
      case 19 ->
          tar.entry(
              '0',
              path,
              "",
              header -> {
                gnu(header);
                RawTar.put(header, 345, "etc/ssl");
              });
      case 20 ->
          tar.file(
              any("..", "app/../etc/passwd", "/..", "", "app/.wh.", "app/.wh...", ".wh..wh.x"), "");
      case 21 -> tar.file(whiteout(path) + "/" + any(NAMES), "");
      case 22 ->
          tar.entry('1', path, "", header -> link(header, any("app", "/", "app/none", path)));
      case 23 ->
          tar.pax(
                  'x',
                  "SCHILY.xattr." + any("user.overlay.opaque", "trusted.x", "user.ok", "") + "=y")
              .file(path, "");
      case 24 ->
          tar.entry('x', "pax", any("6 a=b\n", "7 a=b\n", "9 a\0b=cd\n", "11 uname=\0\n"))
              .file(path, "");
      default ->
          tar.entry(
              '0',
              path,
              "",
              header -> RawTar.put(header, any(100, 108, 116, 136), any("0x1", "9", "-1")));
    }
  }

  private void globalHeader(int kind, String path, String name) {
    switch (kind + (mistaken ? 4 : 0)) {
      case 0 -> tar.pax('x', "path=app/fine").pax('g', "comment=x").file(path, "evil");
      case 1 -> tar.entry('L', "l", "app/fine\0").pax('g', "comment=x").file(path, "evil");
      case 2 ->
          tar.entry('K', "l", "/app\0")
              .pax('g', "comment=x")
              .entry('2', path, "", header -> link(header, "/etc"));
      case 3 -> tar.entry('g', name, "13 comment=x\n");
      case 4, 5 -> tar.file("app/fine", "evil");
      case 6 -> tar.entry('2', path, "", header -> link(header, "/app"));
      default -> {}
    }
  }

  private static void link(byte[] header, String target) {
    RawTar.put(header, 157, target);
  }

  @SafeVarargs
  private <T> T any(T... words) {
    return words[random.nextInt(words.length)];
  }
}
