package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A golden.yaml in a folder, and what it says beside what every one has to say. */
public final class Definitions {

  private Definitions() {}

  public static GoldenDefinition of(Path folder, String yaml) {
    try {
      return GoldenDefinition.read(
          Files.writeString(
              folder.resolve("golden.yaml"),
              "{name: java, version: '21.0.9', line: '21', from: official.example/java:21,\n"
                  + " to: registry.example/golden/java,\n"
                  + yaml
                  + "}\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is added for no golden.yaml in particular, so that refusals have no place. */
  public static Additions additions(ImageFiles official) {
    return new Additions(
        official, (origin, problem, remedy) -> new RefusedException(problem, remedy));
  }

  /** The files of a golden.yaml that names no artifact. */
  public static LocalFiles local(GoldenDefinition definition) {
    return new LocalFiles(
        definition,
        (coordinates, origin) -> {
          throw new AssertionError(origin + " asks for " + coordinates);
        });
  }
}
