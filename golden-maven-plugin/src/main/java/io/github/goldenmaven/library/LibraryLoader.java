package io.github.goldenmaven.library;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads a library, our rooms that import it, and what users added to this plugin's dependencies
 * (jib's extensions need jib); all the rest is the parent's: our other rooms, so that both sides
 * mean the same {@code ImageStore}, and what Maven shares with its plugins.
 */
final class LibraryLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private static final String OURS = "io.github.goldenmaven.";

  /** What Maven lets plugins see of itself. javax.annotation is not here: jsr305 has a part. */
  private static final List<String> MAVENS =
      List.of(
          "java.",
          "javax.inject.",
          "org.apache.maven.",
          "org.codehaus.plexus.",
          "org.eclipse.",
          "org.slf4j.");

  private final List<String> rooms;

  /**
   * A loader that opens a jar when it first looks for a class.
   *
   * @param urls the library's jars, then the parent's
   * @param rooms prefixes of the names of our classes that are loaded here
   */
  LibraryLoader(URL[] urls, List<String> rooms, ClassLoader parent) {
    super(urls, parent);
    this.rooms = rooms;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = isLoadedHere(name) ? hereOrAbove(name) : super.loadClass(name, false);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private boolean isLoadedHere(String name) {
    return (name.startsWith(OURS) ? rooms : List.of("")).stream().anyMatch(name::startsWith)
        && MAVENS.stream().noneMatch(name::startsWith);
  }

  private Class<?> hereOrAbove(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException notHere) {
      return super.loadClass(name, false);
    }
  }

  /** As classes: the library's own before any other of the same name. */
  @Override
  public @Nullable URL getResource(String name) {
    URL here = findResource(name);
    return here != null ? here : super.getResource(name);
  }
}
