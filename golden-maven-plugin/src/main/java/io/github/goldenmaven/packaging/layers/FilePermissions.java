package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.files.Glob;
import io.github.goldenmaven.text.Printable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code <extraDirectories><permissions>}: a file's own line first, then the first glob. */
public final class FilePermissions {

  private static final Pattern MODE = Pattern.compile("0?([0-7]{3})");

  private final Map<String, Integer> exact = new LinkedHashMap<>();
  private final Map<Glob, Integer> globs = new LinkedHashMap<>();

  private FilePermissions() {}

  /** Reads file or glob to octal digits, as written. */
  public static FilePermissions parse(Map<String, String> written) {
    FilePermissions permissions = new FilePermissions();
    written.forEach(
        (file, mode) -> {
          int bits = mode(file, mode);
          permissions.exact.put(file, bits);
          permissions.globs.put(Glob.parse("<extraDirectories><permissions>", file), bits);
        });
    return permissions;
  }

  /** The permission bits for a path, which has {@code otherwise} where nothing was written. */
  int of(ContainerPath path, int otherwise) {
    Integer own = exact.get(path.toString());
    if (own != null) {
      return own;
    }
    return globs.entrySet().stream()
        .filter(glob -> glob.getKey().matches(path.toString()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  /** File or glob to permission bits, in the order they were written. */
  public Map<String, Integer> bits() {
    return Collections.unmodifiableMap(exact);
  }

  private static int mode(String file, String mode) {
    var matcher = MODE.matcher(mode);
    if (!matcher.matches()) {
      throw new RefusedException(
          "'"
              + Printable.of(mode)
              + "' for '"
              + Printable.of(file)
              + "' in <extraDirectories><permissions> is not a file mode.",
          "Write three octal digits, like '755', in <extraDirectories><permissions>.");
    }
    return Integer.parseInt(matcher.group(1), 8);
  }
}
