package io.github.goldenmaven.packaging.layers;

import io.github.goldenmaven.assembly.ContainerPath;
import java.nio.file.Path;
import java.util.List;

/**
 * One {@code <extraDirectories><paths><path>}: a folder of the project whose files go into the
 * image.
 *
 * @param into absolute path in the image
 * @param includes globs on the path inside {@code from}; none includes all
 * @param excludes globs on the path inside {@code from}
 */
public record ExtraDirectory(Path from, String into, List<String> includes, List<String> excludes) {

  public ExtraDirectory {
    includes = List.copyOf(includes);
    excludes = List.copyOf(excludes);
  }

  /** {@code into}, checked. */
  public ContainerPath target() {
    return ContainerPath.parse("<extraDirectories><into>", into);
  }

  /** All files of a folder, into the root of the image. */
  public static ExtraDirectory of(Path from) {
    return new ExtraDirectory(from, "/", List.of(), List.of());
  }
}
