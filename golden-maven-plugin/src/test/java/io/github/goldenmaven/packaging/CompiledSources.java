package io.github.goldenmaven.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles a few lines of Java for a test, with the running JDK; the same lines once. */
public final class CompiledSources {

  private static final Map<String, Map<String, byte[]>> COMPILED = new ConcurrentHashMap<>();

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

  /** Writes the class files of Java 17, and the sources into a folder beside them. */
  public void into(Path classes) {
    try {
      Path folder = classes.resolveSibling("sources");
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < names.size(); i++) {
        Path source = folder.resolve(names.get(i).replace('.', '/') + ".java");
        Files.createDirectories(source.getParent());
        files.add(Files.writeString(source, sources.get(i)));
      }
      Files.createDirectories(classes);
      Map<String, byte[]> compiled =
          COMPILED.computeIfAbsent(names + "\n" + sources, key -> compile(files));
      for (Map.Entry<String, byte[]> entry : compiled.entrySet()) {
        Path file = classes.resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Path to the class file that is to lie there. */
  private static Map<String, byte[]> compile(List<Path> sources) {
    try {
      Path classes = Files.createTempDirectory("gm-compiled-");
      List<String> arguments =
          new ArrayList<>(List.of("-nowarn", "-Xlint:none", "--release", "17", "-proc:none", "-d"));
      arguments.add(classes.toString());
      sources.forEach(source -> arguments.add(source.toString()));
      int result =
          ToolProvider.getSystemJavaCompiler()
              .run(null, null, null, arguments.toArray(String[]::new));
      if (result != 0) {
        throw new IllegalStateException("does not compile: " + sources);
      }
      return taken(classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> taken(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      // What is below a folder comes before it.
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isRegularFile(path)) {
          files.put(folder.relativize(path).toString(), Files.readAllBytes(path));
        }
        Files.delete(path);
      }
    }
    return files;
  }
}
