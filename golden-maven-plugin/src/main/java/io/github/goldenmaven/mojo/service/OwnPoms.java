package io.github.goldenmaven.mojo.service;

import io.github.goldenmaven.packaging.maven.ProjectReader;
import io.github.goldenmaven.provenance.git.GitReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.model.InputLocation;
import org.apache.maven.model.InputSource;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The POMs that speak of a project: its own, and those of its parents that are checked out with it.
 *
 * <p>Of any other parent, a company's or a framework's, Maven hands down the description and the
 * licences as they are, and makes up addresses: it appends the project's name to the parent's.
 * Maven notes for each value which POM wrote it, so what a POM of the checkout wrote is told from
 * what came from outside, with properties filled in and addresses inherited as Maven does it.
 *
 * @param folders of these POMs, links followed; none where Maven runs without a POM
 */
record OwnPoms(Set<Path> folders) {

  OwnPoms {
    folders = Set.copyOf(folders);
  }

  /**
   * A parent is checked out with a project when both are in one git work tree, whether or not this
   * build has the parent in its reactor; a project in no work tree is asked where its build begins.
   *
   * @param top the folder of the build with {@code .mvn}, or where Maven was started
   */
  static OwnPoms of(MavenProject project, @Nullable Path top) {
    Set<Path> folders = new HashSet<>();
    Path own = folder(project);
    if (own == null) {
      return new OwnPoms(folders);
    }
    folders.add(own);
    Optional<Path> checkout = GitReader.repositoryAround(own);
    Path real = top == null ? null : real(top);
    for (MavenProject at = project.getParent(); at != null; at = at.getParent()) {
      Path folder = folder(at);
      if (folder == null || !GitReader.repositoryAround(folder).equals(checkout)) {
        break;
      }
      if (checkout.isEmpty() && (real == null || !folder.startsWith(real))) {
        break;
      }
      folders.add(folder);
    }
    return new OwnPoms(folders);
  }

  /** A value as one of these POMs wrote it; null where another POM did. */
  @Nullable String own(@Nullable String value, @Nullable InputLocation location) {
    return wrote(location) ? value : null;
  }

  /**
   * Whether one of these POMs wrote what stands there. No parent is without a location: Maven reads
   * them from XML, so a value without one is the project's own POM's in another language, or was
   * set by settings.xml.
   */
  boolean wrote(@Nullable InputLocation location) {
    InputSource source = location == null ? null : location.getSource();
    if (source == null || source.getModelId() == null || source.getModelId().isEmpty()) {
      return true;
    }
    Path file = file(source.getLocation());
    Path folder = file == null ? null : file.getParent();
    return folder != null && folders.contains(real(folder));
  }

  /** Maven 3 writes a path, Maven 4 an address, or nothing for what came from a repository. */
  private static @Nullable Path file(@Nullable String location) {
    try {
      if (location == null) {
        return null;
      }
      return location.startsWith("file:") ? Path.of(URI.create(location)) : Path.of(location);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
  }

  /** Null where the POM came from a repository. */
  private static @Nullable Path folder(MavenProject project) {
    return project.getBasedir() == null ? null : real(ProjectReader.folder(project));
  }

  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize();
    }
  }
}
