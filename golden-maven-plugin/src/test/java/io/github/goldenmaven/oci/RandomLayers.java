package io.github.goldenmaven.oci;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

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

  private RandomLayers(long seed) {
    this.random = new Random(seed);
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

  /** A golden image with one or two layers on it. */
  public static Stack of(long seed) {
    return new RandomLayers(seed).stack();
  }

  private Stack stack() {
    List<byte[]> layers = new ArrayList<>(List.of(golden()));
    for (int left = 1 + random.nextInt(2); left > 0; left--) {
      told.add("-- layer");
      tar = new RawTar();
      files = new ArrayList<>();
      for (int entries = 1 + random.nextInt(4); entries > 0; entries--) {
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
    return switch (random.nextInt(40)) {
      case 0 -> tar.cut();
      case 1 -> tar.raw(new byte[512]).cut();
      case 2 -> tar.raw(new byte[512]).file("app/late", "late").end();
      case 3 -> tar.raw(new byte[20 * 512]).cut();
      default -> tar.end();
    };
  }

  // What honest tools write

  private void plain() {
    String path = path();
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        files.add(path);
        add('0', path, "", content(), header -> {});
      }
      case 4, 5 -> add('5', path + any("", "/"), "", "", folder());
      case 6, 7 -> add('2', path, any(TARGETS), "", header -> {});
      case 8 -> {
        String target = files.isEmpty() ? path() : files.get(random.nextInt(files.size()));
        add('1', path, target, "", header -> {});
      }
      case 9 ->
          add(
              '0',
              random.nextInt(9) == 0
                  ? whiteout(path)
                  : any("app/", "data/", "") + ".wh." + any(NAMES),
              "",
              "",
              header -> {});
      case 10 ->
          add(
              '0',
              (random.nextInt(9) == 0 ? parent(path) : any("app/", "data/")) + ".wh..wh..opq",
              "",
              "",
              header -> {});
      default -> {
        switch (random.nextInt(4)) {
          case 0 -> add('6', path, "", "", header -> {});
          case 1 -> add(any('3', '4'), path, "", "", header -> RawTar.put(header, 329, "0000001"));
          case 2 -> {
            told.add("g");
            tar.pax('g', "comment=" + random.nextInt(9));
          }
          default -> add('\0', path + any("", "/"), "", "", header -> {});
        }
      }
    }
  }

  private String path() {
    String folder = random.nextInt(20) == 0 ? any(OF_THE_GOLDEN) : any(FOLDERS);
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
    String path = path();
    int kind = random.nextInt(26);
    told.add("odd " + kind + " " + path);
    switch (kind) {
      case 0 -> tar.pax('x', "path=app/fine").pax('g', "comment=x").file(path, "evil");
      case 1 -> tar.entry('L', "l", "app/fine\0").pax('g', "comment=x").file(path, "evil");
      case 2 -> tar.entry('K', "l", "/app\0").pax('g', "comment=x").entry('2', path);
      case 3 -> tar.entry('g', any(path, whiteout(path)), "13 comment=x\n");
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

  private static void link(byte[] header, String target) {
    RawTar.put(header, 157, target);
  }

  @SafeVarargs
  private <T> T any(T... words) {
    return words[random.nextInt(words.length)];
  }
}
