package io.github.goldenmaven.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.packaging.maven.LayeringByJib;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.credentials.CredentialPlaces;
import io.github.goldenmaven.registry.stores.Engines;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.aether.artifact.Artifact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real loader, over the listed jars and our own classes, below a parent without the jars. */
class LibraryLoaderTest {

  /** The tests' class path as users of the plugin have it: without the library. */
  private static final class Realm extends ClassLoader {

    private final List<Path> hidden;

    Realm(List<Path> hidden) {
      super(LibraryLoaderTest.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = super.loadClass(name, resolve);
      if (hidden.contains(source(loaded))) {
        throw new ClassNotFoundException(name);
      }
      return loaded;
    }
  }

  private static Path source(Class<?> loaded) {
    if (loaded.getProtectionDomain().getCodeSource() == null) {
      return Path.of("the JDK");
    }
    try {
      return Path.of(loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Path> jars(Library library) {
    List<String> listed = library.artifacts().stream().map(Artifact::toString).toList();
    return TestJars.artifacts().stream()
        .filter(artifact -> listed.contains(artifact.toString()))
        .map(artifact -> artifact.getFile().toPath())
        .toList();
  }

  private static LibraryLoader loader(Library library) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars(library)) {
      urls.add(jar.toUri().toURL());
    }
    urls.add(source(LibraryLoader.class).toUri().toURL());
    return new LibraryLoader(urls.toArray(URL[]::new), library.rooms(), new Realm(jars(library)));
  }

  @ParameterizedTest
  @EnumSource
  void findsEveryClassThatARoomNames(Library library) throws Exception {
    try (LibraryLoader loader = loader(library)) {
      int seen = 0;
      for (String name : classes(library)) {
        Class<?> loaded = Class.forName(name, true, loader);
        assertThat(loaded.getClassLoader()).isSameAs(loader);
        assertThat(loaded.getDeclaredMethods()).isNotNull();
        assertThat(loaded.getDeclaredFields()).isNotNull();
        seen++;
      }
      assertThat(seen).isPositive();
    }
  }

  private static List<String> classes(Library library) throws IOException {
    Path root = source(LibraryLoader.class);
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString().replace('/', '.').replace('\\', '.'))
          .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .filter(name -> library.rooms().stream().anyMatch(name::startsWith))
          .toList();
    }
  }

  @Test
  void bothSidesMeanTheSameTypes() throws Exception {
    try (LibraryLoader jib = loader(Library.JIB);
        LibraryLoader docker = loader(Library.DOCKER_JAVA)) {
      assertThat(made(jib, "packaging.jib.JibProvider")).isInstanceOf(LayeringByJib.class);
      assertThat(made(jib, "registry.credentials.jib.JibCredentials"))
          .isInstanceOf(CredentialPlaces.class);
      assertThat(made(docker, "registry.docker.EngineProvider")).isInstanceOf(Engines.class);
      assertThat(docker.loadClass("io.github.goldenmaven.registry.docker.EngineStore"))
          .isAssignableTo(ImageStore.class);
      assertThat(jib.loadClass("com.google.cloud.tools.jib.api.Jib").getClassLoader())
          .isSameAs(jib);
      assertThat(jib.loadClass("javax.annotation.Nullable").getClassLoader()).isSameAs(jib);
      assertThat(jib.loadClass("javax.inject.Inject")).isSameAs(javax.inject.Inject.class);
    }
  }

  private static Object made(ClassLoader loader, String name) throws Exception {
    return loader.loadClass("io.github.goldenmaven." + name).getDeclaredConstructor().newInstance();
  }

  @Test
  void aResourceOfTheLibraryGoesFirst() throws Exception {
    try (LibraryLoader loader = loader(Library.JIB)) {
      assertThat(loader.getResource("META-INF/maven/com.google.guava/guava/pom.properties"))
          .asString()
          .contains("guava");
      assertThat(loader.getResource("io/github/goldenmaven/library/jib.txt")).isNotNull();
      assertThat(loader.getResource("nowhere.txt")).isNull();
    }
  }

  @Test
  void withoutTheLibraryARoomCannotBeEntered() throws Exception {
    ClassLoader realm = new Realm(jars(Library.JIB));
    URL[] own = {source(LibraryLoader.class).toUri().toURL()};
    try (LibraryLoader loader = new LibraryLoader(own, Library.JIB.rooms(), realm)) {
      Class<?> layering = loader.loadClass("io.github.goldenmaven.packaging.jib.JibLayering");
      assertThatThrownBy(layering::getDeclaredMethods)
          .isInstanceOf(NoClassDefFoundError.class)
          .hasMessageContaining("com/google/cloud/tools/jib");
    }
  }
}
