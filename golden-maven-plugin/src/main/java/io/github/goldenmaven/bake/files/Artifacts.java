package io.github.goldenmaven.bake.files;

import io.github.goldenmaven.golden.definition.ArtifactCoordinates;
import java.nio.file.Path;

/** Finds the files that Maven coordinates name. */
@FunctionalInterface
public interface Artifacts {

  /**
   * A file of a Maven repository, on this machine.
   *
   * @param origin what asks for it, for messages: {@code tools[0].artifact}
   * @throws io.github.goldenmaven.GoldenException when it is nowhere
   */
  Path resolve(ArtifactCoordinates coordinates, String origin);
}
