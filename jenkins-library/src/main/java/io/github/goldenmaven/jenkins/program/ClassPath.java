package io.github.goldenmaven.jenkins.program;

import java.net.URL;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The class path below the pipelines' own class loaders. It remembers what is not there: after each
 * restart the interpreter asks again for hundreds of names that no jar has, like {@code
 * java.lang.goldenBuild} or the bean info of each class.
 */
final class ClassPath extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  /** One for all builds: the jars do not change while they run. */
  static final ClassPath SHARED = new ClassPath(ClassPath.class.getClassLoader());

  private final Set<String> absentClasses = ConcurrentHashMap.newKeySet();
  private final Set<String> absentResources = ConcurrentHashMap.newKeySet();

  private ClassPath(ClassLoader parent) {
    super(parent);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (absentClasses.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    try {
      return getParent().loadClass(name);
    } catch (ClassNotFoundException absent) {
      absentClasses.add(name);
      throw absent;
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    if (absentResources.contains(name)) {
      return null;
    }
    URL found = super.getResource(name);
    if (found == null) {
      absentResources.add(name);
    }
    return found;
  }
}
