package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.packaging.jib.JibProvider;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loading jib's classes costs more than all the rest of a build that changes nothing. */
class LeanPathLoadsNoJibTest {

  @TempDir private Path folder;

  /** What the test runs inside a class loader that has no jib. */
  public static final class Probe {

    private Probe() {}

    /** Layers a jar project. */
    public static int layers(Path folder) {
      SampleProject sample =
          SampleProject.jar(folder)
              .compiledMain()
              .dependency("org.released", "alpha", "1.0", "alpha")
              .file("src/main/jib/data/x", "x")
              .plugin(SampleProject.JIB, "<container><user>app</user></container>");
      return new ProjectLayering(
              sample.session,
              new RecordingLog(),
              new RecordingConsole(),
              JibProvider::new,
              (project, plugin) -> List.of())
          .layersOf(
              sample.project,
              LayeringSettings.NONE,
              ProjectLayering.Choice.AUTO,
              folder.resolve("scratch"))
          .layers()
          .size();
    }
  }

  /** Loads our classes anew, and none of jib's or of what jib brings. */
  private static final class WithoutJib extends ClassLoader {

    private final List<String> asked = new ArrayList<>();

    WithoutJib() {
      super(LeanPathLoadsNoJibTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("com.google.")) {
        asked.add(name);
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.github.goldenmaven.")) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aJarProjectIsLayeredWithoutAnyClassOfJib() throws Exception {
    WithoutJib classes = new WithoutJib();
    Object layers =
        classes
            .loadClass(Probe.class.getName())
            .getMethod("layers", Path.class)
            .invoke(null, folder);
    assertThat(layers).isEqualTo(5);
    assertThat(classes.asked).isEmpty();
  }

  @Test
  void theTestWouldSeeAClassOfJib() throws Exception {
    Class<?> plan = new WithoutJib().loadClass("io.github.goldenmaven.packaging.jib.JibPlan");
    assertThatThrownBy(plan::getDeclaredConstructors)
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("com/google/cloud/tools/jib");
  }
}
