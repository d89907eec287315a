package io.github.goldenmaven.jenkins.program;

import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import io.github.goldenmaven.jenkins.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the compiler made of the sources of one class loader. Each source is compiled anew at its
 * first restart, as Jenkins does, and what comes out has to load what the first compilation saved.
 * From then on new class loaders define the same bytes: the compiler would make them again, at many
 * times the cost. Builds of the same sources share it.
 */
final class CompiledSources {

  /** With this many compilations of the same source nothing new can come of another one. */
  private static final int ENOUGH = 2;

  /** Of sources that tests use in turns, most have a handful. */
  private static final int MOST_KEPT = 32;

  private static final Map<Sources, CompiledSources> KEPT =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sources, CompiledSources> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** Replaced as a whole, so that no loader sees half of a source's classes. */
  private volatile Map<String, Compiled> classes = Map.of();

  /**
   * All that the compiler's work depends on.
   *
   * @param texts by the files' names
   * @param sandboxed whether calls are rewritten so that the sandbox is asked
   * @param libraries their names, which {@code @Library} may say
   * @param parentOrNull the sources of the loader above
   */
  record Sources(
      Map<String, String> texts,
      boolean sandboxed,
      List<String> libraries,
      @Nullable Sources parentOrNull) {

    Sources {
      texts = Map.copyOf(texts);
      libraries = List.copyOf(libraries);
    }
  }

  /** A class, as its last compilation made it. */
  private static final class Compiled {

    private final byte[] bytes;
    private final List<Violation> told;
    private final int times;

    /**
     * @param told what the source alone told of it
     * @param times how often it was compiled
     */
    Compiled(byte[] bytes, List<Violation> told, int times) {
      this.bytes = bytes;
      this.told = told;
      this.times = times;
    }
  }

  /** Those of builds before, or new ones. */
  static CompiledSources of(Sources sources) {
    synchronized (KEPT) {
      return KEPT.computeIfAbsent(sources, none -> new CompiledSources());
    }
  }

  /**
   * A loader that compiles what is not known well enough yet.
   *
   * @param violations where the compiler tells what it finds, and where it is told again of classes
   *     that need no compiler
   */
  Loader loader(
      ClassLoader parent, CompilerConfiguration configuration, List<Violation> violations) {
    return new Loader(parent, configuration, violations);
  }

  private synchronized void keep(Map<String, Compiled> batch) {
    Map<String, Compiled> all = new HashMap<>(classes);
    batch.forEach(
        (name, compiled) ->
            all.merge(
                name,
                compiled,
                (last, next) -> new Compiled(next.bytes, next.told, last.times + 1)));
    classes = Map.copyOf(all);
  }

  /** Compiles what is asked for, or defines what is known. */
  final class Loader extends GroovyClassLoader {

    private final Map<String, Compiled> known = classes;
    private final List<Violation> violations;

    /** What each compilation that goes on has made, the innermost first. */
    private final Deque<Map<String, Compiled>> batches = new ArrayDeque<>();

    private Loader(
        ClassLoader parent, CompilerConfiguration configuration, List<Violation> violations) {
      super(parent, configuration);
      this.violations = violations;
    }

    /** Whether a class need not be compiled again. */
    boolean knows(String name) {
      Compiled compiled = known.get(name);
      return compiled != null && compiled.times >= ENOUGH;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Compiled compiled = known.get(name);
      if (compiled == null || !knows(name)) {
        return super.findClass(name);
      }
      violations.addAll(compiled.told);
      return defineClass(name, compiled.bytes);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Groovy declares it
    public Class parseClass(GroovyCodeSource source, boolean cached) {
      batches.push(new HashMap<>());
      int told = violations.size();
      try {
        Class<?> compiled = super.parseClass(source, cached);
        keep(withViolations(batches.getFirst(), compiled.getName(), told));
        return compiled;
      } finally {
        batches.pop();
      }
    }

    /** The violations of a source are told with its first class. */
    private Map<String, Compiled> withViolations(
        Map<String, Compiled> batch, String first, int told) {
      List<Violation> news = new ArrayList<>(violations.subList(told, violations.size()));
      batch.computeIfPresent(first, (name, compiled) -> new Compiled(compiled.bytes, news, 1));
      return batch;
    }

    @Override
    protected ClassCollector createCollector(CompilationUnit unit, SourceUnit source) {
      return new Collector(new InnerLoader(this), unit, source, batches.getFirst());
    }
  }

  private static final class Collector extends GroovyClassLoader.ClassCollector {

    private final Map<String, Compiled> batch;

    Collector(
        GroovyClassLoader.InnerLoader loader,
        CompilationUnit unit,
        SourceUnit source,
        Map<String, Compiled> batch) {
      super(loader, unit, source);
      this.batch = batch;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Groovy declares it
    protected Class createClass(byte[] code, ClassNode type) {
      batch.put(type.getName(), new Compiled(code, List.of(), 1));
      return super.createClass(code, type);
    }
  }
}
