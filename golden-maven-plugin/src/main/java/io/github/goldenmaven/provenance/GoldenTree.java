package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a build must know of its golden image's files, as the label {@link Label#GOLDEN_TREE} writes
 * it: {@code
 * names=app/,bin,etc,opt,opt/java;given=/var/lib/jetty/webapps;jvms=/opt/java:17;java=/opt/java/bin/java;links=bin;kept=opt/java/}.
 *
 * @param names in the root, directly in {@code /opt}, {@code /home}, {@code /srv}, {@code /mnt},
 *     {@code /media} and {@code /tmp}, folders with nothing in them: these end with a slash, and
 *     all that is in folders that are given, and in {@code /app}
 * @param given folders and files that services may put something into, absolute
 * @param jvms the home of each JVM, absolute, and its feature version
 * @param javaOrNull the file that {@code PATH} finds as {@code java}, links followed
 * @param links names that are symbolic links, or files in no given folder
 * @param kept what no service may bring although it is not there; homes of JVMs end with a slash
 */
public record GoldenTree(
    List<String> names,
    List<String> given,
    Map<String, Integer> jvms,
    @Nullable String javaOrNull,
    List<String> links,
    List<String> kept) {

  private static final Pattern FORM =
      Pattern.compile(
          "names=([^;=]*);given=([^;=]*);jvms=([^;=]*);java=([^;=,:]*)"
              + "(?:;links=([^;=]*);kept=([^;=]*))?");
  private static final Pattern WRITTEN = Pattern.compile("([A-Za-z0-9._+@~/-]|%[0-9A-F]{2})+");
  private static final Pattern FEATURE = Pattern.compile("[1-9][0-9]?");

  public GoldenTree {
    names = List.copyOf(names);
    given = List.copyOf(given);
    jvms = Map.copyOf(jvms);
    links = List.copyOf(links);
    kept = List.copyOf(kept);
  }

  public Optional<String> java() {
    return Optional.ofNullable(javaOrNull);
  }

  /**
   * Reads a label's value.
   *
   * @throws RefusedException when it is none
   */
  public static GoldenTree parse(String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw malformed(value);
    }
    Map<String, Integer> jvms = new TreeMap<>();
    for (String jvm : list(form.group(3), Function.identity())) {
      int colon = jvm.lastIndexOf(':');
      if (colon < 0 || !FEATURE.matcher(jvm.substring(colon + 1)).matches()) {
        throw malformed(value);
      }
      jvms.put(absolute(read(jvm.substring(0, colon))), Integer.valueOf(jvm.substring(colon + 1)));
    }
    String java = form.group(4).isEmpty() ? null : absolute(read(form.group(4)));
    return new GoldenTree(
        list(form.group(1), GoldenTree::read),
        list(form.group(2), path -> absolute(read(path))),
        jvms,
        java,
        list(form.group(5), GoldenTree::read),
        list(form.group(6), GoldenTree::read));
  }

  private static List<String> list(@Nullable String text, Function<String, String> reader) {
    List<String> list = new ArrayList<>();
    if (text != null && !text.isEmpty()) {
      Arrays.stream(text.split(",", -1)).map(reader).forEach(list::add);
    }
    return list;
  }

  private static String absolute(String path) {
    boolean whole =
        path.startsWith("/")
            && Arrays.stream(path.substring(1).split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (!whole) {
      throw malformed(path);
    }
    return path;
  }

  private static String read(String written) {
    if (!WRITTEN.matcher(written).matches()) {
      throw malformed(written);
    }
    byte[] bytes = new byte[written.length()];
    int length = 0;
    for (int at = 0; at < written.length(); at++) {
      boolean coded = written.charAt(at) == '%';
      bytes[length++] =
          (byte)
              (coded
                  ? Integer.parseInt(written.substring(at + 1, at + 3), 16)
                  : written.charAt(at));
      at += coded ? 2 : 0;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static String written(String path) {
    StringBuilder written = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      if (c < 0x80 && WRITTEN.matcher(String.valueOf(c)).matches()) {
        written.append(c);
      } else {
        written.append(String.format("%%%02X", (int) c));
      }
    }
    return written.toString();
  }

  private static RefusedException malformed(String value) {
    return new RefusedException(
        "'"
            + Printable.of(value)
            + "' in the label '"
            + Label.GOLDEN_TREE
            + "' does not describe a golden image's files.",
        "Have the golden image of <base> baked again with golden:bake, which stamps it.");
  }

  /** As the label has it. */
  @Override
  public String toString() {
    return "names="
        + joined(names)
        + ";given="
        + joined(given)
        + ";jvms="
        + new TreeMap<>(jvms)
            .entrySet().stream()
                .map(jvm -> written(jvm.getKey()) + ":" + jvm.getValue())
                .collect(Collectors.joining(","))
        + ";java="
        + java().map(GoldenTree::written).orElse("")
        + (links.isEmpty() && kept.isEmpty()
            ? ""
            : ";links=" + joined(links) + ";kept=" + joined(kept));
  }

  private static String joined(List<String> paths) {
    return paths.stream().map(GoldenTree::written).sorted().collect(Collectors.joining(","));
  }
}
