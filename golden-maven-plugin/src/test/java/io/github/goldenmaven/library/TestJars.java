package io.github.goldenmaven.library;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;

/** The jars that the tests run with, as they lie in the local repository. */
final class TestJars {

  private TestJars() {}

  private static List<Path> jars() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of)
        .toList();
  }

  /** The folder that all of them are in. */
  static Path repository() {
    Path jzlib = Path.of("com", "jcraft", "jzlib");
    Path jar =
        jars().stream()
            .filter(path -> path.toString().contains(jzlib.toString()))
            .findFirst()
            .get();
    return jar.getRoot().resolve(jar.subpath(0, jar.getNameCount() - jzlib.getNameCount() - 2));
  }

  /** Each by its folders: {@code group/artifact/version/file}. */
  static List<Artifact> artifacts() {
    Path repository = repository();
    List<Artifact> artifacts = new ArrayList<>();
    for (Path jar : jars()) {
      if (jar.startsWith(repository)) {
        Path in = repository.relativize(jar);
        int names = in.getNameCount();
        artifacts.add(
            new DefaultArtifact(
                    in.subpath(0, names - 3).toString().replace(File.separatorChar, '.'),
                    in.getName(names - 3).toString(),
                    "jar",
                    in.getName(names - 2).toString())
                .setFile(jar.toFile()));
      }
    }
    return artifacts;
  }
}
