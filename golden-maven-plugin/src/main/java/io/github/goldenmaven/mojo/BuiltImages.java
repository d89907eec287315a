package io.github.goldenmaven.mojo;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageReference;
import java.util.List;
import java.util.Objects;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.SessionData;

/**
 * What {@code golden:build} built in this run of Maven, so that {@code golden:verify} in the same
 * run checks exactly that: a tag may be another build's by then, and a file another run's.
 *
 * @param data of the run; it holds texts, for each module may have a class loader of its own
 */
public record BuiltImages(SessionData data) {

  private static final String KEY = "golden.built ";

  public static BuiltImages of(MavenSession session) {
    return new BuiltImages(session.getRepositorySession().getData());
  }

  /** A module's image, by its digest. */
  public void add(MavenProject module, ImageReference pinned) {
    data.set(KEY + module.getId(), pinned.toString());
  }

  /**
   * Each image once, in the order of the modules.
   *
   * @throws RefusedException when there is none
   */
  public List<ImageReference> references(List<MavenProject> modules) {
    List<ImageReference> built =
        modules.stream()
            .map(module -> data.get(KEY + module.getId()))
            .filter(Objects::nonNull)
            .map(Object::toString)
            .distinct()
            .map(ImageReference::parse)
            .toList();
    if (built.isEmpty()) {
      throw new RefusedException(
          "golden:build built nothing in this run of Maven.",
          "Run both goals at once, as in 'mvn golden:build golden:verify -Dgolden.built', or leave"
              + " -Dgolden.built out and name an image with -Dgolden.image.");
    }
    return built;
  }
}
