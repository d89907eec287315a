package io.github.goldenmaven.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/** Compiles a few lines of Java for a test, with the running JDK. */
public final class CompiledSources {

  private final List<String> names = new ArrayList<>();
  private final List<String> sources = new ArrayList<>();

  /** One top-level type; the name with dots. */
  public CompiledSources with(String name, String source) {
    names.add(name);
    sources.add(source);
    return this;
  }

  /** A class that the java command can start. */
  public CompiledSources withMain(String name) {
    int dot = name.lastIndexOf('.');
    return with(
        name,
        (dot < 0 ? "" : "package " + name.substring(0, dot) + "; ")
            + "public class "
            + name.substring(dot + 1)
            + " { public static void main(String[] args) {} }");
  }

  /** Writes the class files of Java 17. */
  public void into(Path classes) {
    try {
      Path folder = classes.resolveSibling("sources");
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "-nowarn",
                  "-Xlint:none",
                  "--release",
                  "17",
                  "-d",
                  classes.toString(),
                  "-proc:none"));
      for (int i = 0; i < names.size(); i++) {
        Path source = folder.resolve(names.get(i).replace('.', '/') + ".java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, sources.get(i));
        arguments.add(source.toString());
      }
      Files.createDirectories(classes);
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      if (result != 0) {
        throw new IllegalStateException("does not compile: " + names);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
