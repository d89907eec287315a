package io.github.goldenmaven.jenkins.program;

import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import io.github.goldenmaven.jenkins.Jenkinsfile;
import io.github.goldenmaven.jenkins.Library;
import io.github.goldenmaven.jenkins.Violation;
import io.github.goldenmaven.jenkins.program.CompilationCache.Sources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a pipeline, laid out as Jenkins lays them out beside a build. {@link #open} gives
 * new class loaders each time, as Jenkins does after a restart.
 */
public final class PipelineSources {

  /** The class that Jenkins compiles a Jenkinsfile into. */
  static final String MAIN = "WorkflowScript";

  private final Jenkinsfile jenkinsfile;
  private final boolean sandboxed;
  private final Set<Path> trusted = new LinkedHashSet<>();
  private final Set<Path> untrusted = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final Set<String> variables = new LinkedHashSet<>();
  private final Path folder;
  private final CompilationCache ofTrusted;
  private final CompilationCache ofUntrusted;
  private final CompilationCache ofJenkinsfile;
  private int opened;

  /**
   * Copies the libraries into a folder of the build.
   *
   * @param folder an empty folder
   * @param sandboxed whether the Jenkinsfile itself runs in the sandbox
   */
  public PipelineSources(
      Path folder, Jenkinsfile jenkinsfile, List<Library> libraries, boolean sandboxed) {
    this.folder = folder;
    this.jenkinsfile = jenkinsfile;
    this.sandboxed = sandboxed;
    Map<String, String> trustedTexts = new TreeMap<>();
    Map<String, String> untrustedTexts = new TreeMap<>();
    for (Library library : libraries) {
      names.add(library.name());
      Path root = folder.resolve(library.name());
      Map<String, String> texts = library.trusted() ? trustedTexts : untrustedTexts;
      library
          .files()
          .forEach(
              (path, text) -> {
                write(root.resolve(path), text);
                texts.put(library.name() + "/" + path, text);
              });
      Set<Path> roots = library.trusted() ? trusted : untrusted;
      roots.add(root.resolve("src"));
      roots.add(root.resolve("vars"));
      variables.addAll(library.variables());
    }
    List<String> libraryNames = List.copyOf(names);
    Sources first = new Sources(trustedTexts, false, libraryNames, null);
    Sources second = new Sources(untrustedTexts, true, libraryNames, first);
    Map<String, String> main = Map.of(jenkinsfile.name(), jenkinsfile.text());
    this.ofJenkinsfile = CompilationCache.of(new Sources(main, sandboxed, libraryNames, second));
    // Its own, not those that the cache has now: it may have forgotten them and made others since.
    this.ofUntrusted = ofJenkinsfile.above();
    this.ofTrusted = ofUntrusted.above();
  }

  /** Whether any of it runs in the sandbox. */
  public boolean anySandboxed() {
    return sandboxed || !untrusted.isEmpty();
  }

  /** The Jenkinsfile. */
  public Jenkinsfile jenkinsfile() {
    return jenkinsfile;
  }

  /**
   * New class loaders; a source is compiled, or defined from what is known, when it is asked for.
   */
  public Classes open() {
    opened++;
    List<Violation> violations = new ArrayList<>();
    CompilationCache.View ofMain = ofJenkinsfile.view();
    CompilationCache.View ofFolder = ofUntrusted.view();
    GroovyClassLoader global =
        loader(ofTrusted.view(), ClassPath.SHARED, trusted, false, violations);
    GroovyClassLoader inFolder = loader(ofFolder, global, untrusted, true, violations);
    CompilationCache.Loader main = loader(ofMain, inFolder, Set.of(), sandboxed, violations);
    return new Classes(main, List.of(main, inFolder, global), violations);
  }

  private CompilationCache.Loader loader(
      CompilationCache.View compiled,
      ClassLoader parent,
      Set<Path> roots,
      boolean sandboxed,
      List<Violation> violations) {
    CompilerConfiguration configuration = new CompilerConfiguration();
    configuration.setScriptBaseClass(PipelineScript.class.getName());
    configuration.setSourceEncoding("UTF-8");
    configuration.setDisabledGlobalASTTransformations(
        Set.of("groovy.grape.GrabAnnotationTransformation"));
    configuration.addCompilationCustomizers(
        new ImportCustomizer()
            .addImports(
                "com.cloudbees.groovy.cps.NonCPS", "org.jenkinsci.plugins.workflow.libs.Library"),
        new AnnotationRules(names),
        new SourceRules(violations, this::file),
        sandboxed ? new SandboxedCpsTransformer() : new PipelineTransformer());
    CompilationCache.Loader loader =
        compiled.loader(
            parent,
            configuration,
            this::source,
            opened > 1,
            !ofJenkinsfile.classesAreSeen(),
            violations);
    for (Path root : roots) {
      loader.addClasspath(root.toString());
    }
    return loader;
  }

  /** The compiler's errors in these sources. */
  public List<Violation> errors(CompilationFailedException failed) {
    return CompileErrors.of(failed, this::file, jenkinsfile.name());
  }

  /** What a developer calls a source: its path in the library, or the Jenkinsfile's name. */
  private String file(String source) {
    String path = source.replace('\\', '/');
    for (Path root : roots()) {
      int at = path.indexOf(root.toString().replace('\\', '/') + "/");
      if (at >= 0) {
        return root.getFileName() + path.substring(at + root.toString().length());
      }
    }
    return jenkinsfile.name();
  }

  /**
   * A source's name below the build's folder, the same in every build. A loader asks for a path,
   * the compiler takes a file along by its URL.
   */
  private String source(String name) {
    String path = name.startsWith("file:") ? Path.of(URI.create(name)).toString() : name;
    return path.replace(folder.toString(), "");
  }

  private Set<Path> roots() {
    Set<Path> roots = new LinkedHashSet<>(trusted);
    roots.addAll(untrusted);
    return roots;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The classes of a pipeline between two restarts. */
  public final class Classes implements AutoCloseable {

    private final CompilationCache.Loader loader;
    private final List<GroovyClassLoader> all;
    private final List<Violation> violations;
    private @Nullable Class<?> mainOrNull;

    private Classes(
        CompilationCache.Loader loader, List<GroovyClassLoader> all, List<Violation> violations) {
      this.loader = loader;
      this.all = all;
      this.violations = violations;
    }

    /** The Jenkinsfile's class. */
    public Class<?> main() {
      if (mainOrNull == null) {
        mainOrNull =
            loader.parseClass(
                new GroovyCodeSource(jenkinsfile.text(), MAIN + ".groovy", "/pipeline"), false);
      }
      return mainOrNull;
    }

    /** The class of a library's variable; null if no library has it. */
    public @Nullable Class<?> variable(String name) {
      if (!variables.contains(name)) {
        return null;
      }
      try {
        return loader.loadClass(name);
      } catch (ClassNotFoundException missing) {
        throw new IllegalStateException(
            "vars/" + name + ".groovy holds no script of that name: " + missing.getMessage(),
            missing);
      }
    }

    /** Finds the classes of a saved program, the Jenkinsfile's among them. */
    public ClassLoader loader() {
      main();
      return loader;
    }

    /** What is wrong in the sources, whatever runs. */
    public List<Violation> violations() {
      return violations;
    }

    /** The file and line of a place in the program. */
    public Place place(StackTraceElement element) {
      String outer = element.getClassName().replaceFirst("\\$.*", "");
      String file =
          outer.equals(MAIN)
              ? jenkinsfile.name()
              : variables.contains(outer)
                  ? "vars/" + outer + ".groovy"
                  : "src/" + outer.replace('.', '/') + ".groovy";
      return new Place(file, Math.max(0, element.getLineNumber()));
    }

    /** Whether a class was compiled from the pipeline's sources. */
    public boolean compiled(Class<?> type) {
      for (ClassLoader at = type.getClassLoader(); at != null; at = at.getParent()) {
        if (at instanceof GroovyClassLoader) {
          return true;
        }
      }
      return false;
    }

    @Override
    public void close() {
      for (GroovyClassLoader each : all) {
        try {
          each.clearCache();
          each.close();
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      }
    }
  }

  /**
   * A place in the sources.
   *
   * @param file its path under the library's root, or the Jenkinsfile's name
   * @param line from 1; 0 where it is not known
   */
  public record Place(String file, int line) {}
}
