package io.github.goldenmaven.mojo;

import io.github.goldenmaven.packaging.layers.ExtraDirectory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code <extraDirectories>}, with jib's names. */
public final class ExtraDirectoriesParameters {

  static final List<String> KEYS = List.of("paths", "permissions");

  /** Of each element of {@code <paths>}. */
  static final List<String> PATH_KEYS = List.of("from", "into", "includes", "excludes");

  /** Of each element of {@code <permissions>}. */
  static final List<String> PERMISSION_KEYS = List.of("file", "mode");

  private ExtraDirectoriesParameters() {}

  public static List<ExtraDirectory> directories(PomBlock extra, Path basedir) {
    PomBlock paths = extra.at("paths");
    List<@Nullable String> between = extra.list("paths");
    return between == null || !paths.children().isEmpty()
        ? paths.children().stream().map(path -> directory(path, basedir)).toList()
        : between.stream()
            .map(path -> ExtraDirectory.of(basedir.resolve(orElse(path, "src/main/jib"))))
            .toList();
  }

  /** A folder alone, or a folder with where it goes. */
  private static ExtraDirectory directory(PomBlock path, Path basedir) {
    String from = path.children().isEmpty() ? path.text() : path.text("from");
    return new ExtraDirectory(
        basedir.resolve(orElse(from, "src/main/jib")),
        orElse(path.text("into"), "/"),
        globs(path, "includes"),
        globs(path, "excludes"));
  }

  private static List<String> globs(PomBlock path, String name) {
    List<@Nullable String> globs = path.list(name);
    return globs == null ? List.of() : globs.stream().filter(Objects::nonNull).toList();
  }

  public static Map<String, String> permissions(PomBlock extra) {
    Map<String, String> modes = new LinkedHashMap<>();
    for (PomBlock permission : extra.at("permissions").children()) {
      modes.put(orElse(permission.text("file"), ""), orElse(permission.text("mode"), ""));
    }
    return modes;
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
