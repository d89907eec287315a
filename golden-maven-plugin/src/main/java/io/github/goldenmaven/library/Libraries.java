package io.github.goldenmaven.library;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;

/**
 * Opens doors to rooms whose library Maven did not put into the plugin's class path. The library's
 * jars are looked for in the local repository by their names, and fetched where they are not there:
 * nothing is read to find out what they depend on.
 */
public final class Libraries {

  /** The modules of a build share a library, as they share the plugin's own classes. */
  private static final Map<List<String>, ClassLoader> LOADED = new ConcurrentHashMap<>();

  private final RepositorySystem system;
  private final RepositorySystemSession session;
  private final List<RemoteRepository> repositories;

  /**
   * @param repositories where plugins come from
   */
  public Libraries(
      RepositorySystem system,
      RepositorySystemSession session,
      List<RemoteRepository> repositories) {
    this.system = system;
    this.session = session;
    this.repositories = repositories;
  }

  /**
   * A new object of a class that imports a library.
   *
   * @param implementation the class's name; it has a public constructor without parameters
   * @param purpose what the library is needed for: {@code to ask a Docker Engine}
   * @throws UnavailableException when the library is not in the local repository and cannot be
   *     fetched
   */
  public <T> T open(Library library, Class<T> door, String implementation, String purpose) {
    try {
      return door.cast(
          loader(library, purpose)
              .loadClass(implementation)
              .getDeclaredConstructor()
              .newInstance());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(implementation, e);
    }
  }

  private ClassLoader loader(Library library, String purpose) {
    ClassLoader own = Libraries.class.getClassLoader();
    List<URL> urls = new ArrayList<>();
    for (ArtifactResult result : resolved(library, purpose)) {
      urls.add(url(result.getArtifact()));
    }
    if (own instanceof URLClassLoader realm) {
      urls.addAll(Arrays.asList(realm.getURLs()));
    }
    return LOADED.computeIfAbsent(
        urls.stream().map(URL::toExternalForm).toList(),
        key -> new LibraryLoader(urls.toArray(URL[]::new), library.rooms(), own));
  }

  private List<ArtifactResult> resolved(Library library, String purpose) {
    List<ArtifactRequest> requests =
        library.artifacts().stream()
            .map(artifact -> new ArtifactRequest(artifact, repositories, null))
            .toList();
    try {
      return system.resolveArtifacts(session, requests);
    } catch (ArtifactResolutionException e) {
      throw new UnavailableException(
          "'%s' is needed %s, and cannot be resolved: '%s'."
              .formatted(
                  library, purpose, Printable.withoutCredentials(String.valueOf(e.getMessage()))),
          "Run the same once without '-o' and with the plugin repositories in reach: its jars then"
              + " stay in Maven's local repository.",
          e);
    }
  }

  private static URL url(Artifact artifact) {
    try {
      return artifact.getFile().toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
