package io.github.goldenmaven.mojo;

import io.github.goldenmaven.packaging.ExtraDirectory;
import java.io.File;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bean behind <code>&lt;extraDirectories&gt;</code>, with jib's names. Maven sets the fields.
 */
@SuppressWarnings("UnusedVariable")
public final class ExtraDirectoriesParameters {

  private List<Source> paths = List.of();
  private List<Permission> permissions = List.of();

  /** One <code>&lt;path&gt;</code>: a folder alone, or a folder with where it goes. */
  public static final class Source {
    private File from = new File("src/main/jib");
    private String into = "/";
    private List<String> includes = List.of();
    private List<String> excludes = List.of();

    /** Maven calls this for <code>&lt;path&gt;src/main/extra&lt;/path&gt;</code>. */
    public void set(File from) {
      this.from = from;
    }
  }

  /** One <code>&lt;permission&gt;</code>. */
  public static final class Permission {
    private @Nullable String file;
    private @Nullable String mode;
  }

  List<ExtraDirectory> toDirectories(Path basedir) {
    return paths.stream()
        .map(
            path ->
                new ExtraDirectory(
                    basedir.resolve(path.from.toPath()), path.into, path.includes, path.excludes))
        .toList();
  }

  Map<String, String> toPermissions() {
    Map<String, String> modes = new LinkedHashMap<>();
    for (Permission permission : permissions) {
      modes.put(
          permission.file == null ? "" : permission.file,
          permission.mode == null ? "" : permission.mode);
    }
    return modes;
  }
}
