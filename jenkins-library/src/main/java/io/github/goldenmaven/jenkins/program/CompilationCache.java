package io.github.goldenmaven.jenkins.program;

import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyCodeSource;
import io.github.goldenmaven.jenkins.Violation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;

/**
 * The compiled classes of the sources of one class loader, by source. After the first restart each
 * source is compiled once more, as in Jenkins, and a program that was saved with the classes of the
 * first compilation must load into those of the second. Later class loaders define the same bytes:
 * a compiler would give them again, at many times the cost. Builds of the same sources share them.
 *
 * <p>A class is found only if its source was loaded, whether or not a compiler ran: a class in the
 * file of another one is missing after a restart, as in Jenkins.
 */
final class CompilationCache {

  /** Tests alternate between a handful of sources. */
  private static final int MOST_KEPT = 32;

  private static final Map<Sources, CompilationCache> KEPT =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Sources, CompilationCache> eldest) {
          return size() > MOST_KEPT;
        }
      };

  private final @Nullable CompilationCache parent;
  private final SharedClasses shared;
  private final boolean classesAreSeen;

  /** By source; replaced as a whole, so that no loader sees two compilations of one source. */
  private volatile Map<String, Compiled> sources = Map.of();

  /**
   * All that the compiler's work depends on.
   *
   * @param texts by the files' names
   * @param sandboxed whether calls are rewritten so that the sandbox is asked
   * @param libraries their names, which {@code @Library} may name
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

  /** One source, as its last compilation made it. */
  static final class Compiled {

    /** In the compiler's order: a class comes after those that it extends. */
    private final Map<String, byte[]> classes = new LinkedHashMap<>();

    /** The main classes of other sources that were loaded on the way. */
    private final List<String> needed = new ArrayList<>();

    /** What is wrong in the sources, whatever runs. */
    private final List<Violation> violations = new ArrayList<>();

    private String main = "";

    /** The classes that it refers to. */
    private final Set<String> named = new HashSet<>();

    private boolean keepsNothing = true;

    /** Whether it was compiled after a restart, by this compilation or one before. */
    private boolean again;

    /** By name, in an order in which they can be defined. */
    Map<String, byte[]> classes() {
      return classes;
    }
  }

  private CompilationCache(Sources texts) {
    this.parent = texts.parentOrNull == null ? null : of(texts.parentOrNull);
    this.shared = new SharedClasses(parent == null ? ClassPath.SHARED : parent.shared, this);
    this.classesAreSeen =
        (parent != null && parent.classesAreSeen)
            || texts.texts.values().stream().anyMatch(SharedClasses::seesClasses);
  }

  /**
   * Whether one of the sources, or of those above, may see or change a class as such. It may be any
   * class of the build, so a build with such a source shares none.
   */
  boolean classesAreSeen() {
    return classesAreSeen;
  }

  /** The cache for these sources, shared with earlier builds. */
  static CompilationCache of(Sources sources) {
    synchronized (KEPT) {
      CompilationCache kept = KEPT.get(sources);
      if (kept == null) {
        kept = new CompilationCache(sources);
        KEPT.put(sources, kept);
      }
      return kept;
    }
  }

  /** The source that a class was compiled from, if it was after a restart; null if it was not. */
  @Nullable Compiled sourceOf(String type) {
    for (Compiled each : sources.values()) {
      if (each.again && each.classes.containsKey(type)) {
        return each;
      }
    }
    return null;
  }

  /**
   * Whether one definition of a source's classes can serve all restarts: nothing that it refers to,
   * itself included, keeps a state of its own.
   *
   * @param looked the sources that are being looked at
   */
  boolean isStateless(Compiled source, Set<Compiled> looked) {
    if (!looked.add(source)) {
      return true;
    }
    if (!source.again || !source.keepsNothing) {
      return false;
    }
    for (String name : source.named) {
      for (CompilationCache at = this; at != null; at = at.parent) {
        Compiled other = at.anyOf(name);
        if (other != null && !at.isStateless(other, looked)) {
          return false;
        }
      }
    }
    return true;
  }

  private @Nullable Compiled anyOf(String type) {
    for (Compiled each : sources.values()) {
      if (each.classes.containsKey(type)) {
        return each;
      }
    }
    return null;
  }

  /** The cache of the sources above these. */
  CompilationCache above() {
    return Objects.requireNonNull(parent, "only a Jenkinsfile and a folder's libraries have one");
  }

  /**
   * What is cached now, for a loader. Those above are looked at later: what these classes refer to
   * was compiled before them.
   */
  View view() {
    return new View();
  }

  /** What was cached at one moment. */
  final class View {

    private final Map<String, Compiled> known = sources;

    /**
     * A loader that compiles only what was not cached yet.
     *
     * @param names gives a source's own name for the one that the loader finds it under
     * @param restarted whether it is opened after a restart
     * @param sharing whether classes without a state may be those of other restarts and builds
     * @param violations gets what the compiler finds, and the same again of cached sources
     */
    Loader loader(
        ClassLoader parent,
        CompilerConfiguration configuration,
        UnaryOperator<String> names,
        boolean restarted,
        boolean sharing,
        List<Violation> violations) {
      return new Loader(known, parent, configuration, names, restarted, sharing, violations);
    }
  }

  /** The first compilation after a restart stays: what runs may be of its classes. */
  private synchronized void keep(String source, Compiled compiled) {
    for (byte[] code : compiled.classes.values()) {
      compiled.named.addAll(SharedClasses.named(code));
      compiled.keepsNothing &= SharedClasses.keepsNothing(code);
    }
    Map<String, Compiled> all = new HashMap<>(sources);
    all.merge(source, compiled, (last, next) -> last.again ? last : next);
    sources = Map.copyOf(all);
  }

  /** Compiles a source, or defines its cached classes. */
  final class Loader extends GroovyClassLoader {

    private final Map<String, Compiled> known;
    private final UnaryOperator<String> names;
    private final boolean restarted;
    private final boolean sharing;
    private final List<Violation> violations;
    private final Map<String, Class<?>> loaded = new HashMap<>();

    /** By name, the shared classes of the sources that were loaded. */
    private final Map<String, Class<?>> sharedHere = new HashMap<>();

    /** By source, what each running compilation gave so far; the innermost first. */
    private final Deque<Map<String, Compiled>> compiling = new ArrayDeque<>();

    private Loader(
        Map<String, Compiled> known,
        ClassLoader parent,
        CompilerConfiguration configuration,
        UnaryOperator<String> names,
        boolean restarted,
        boolean sharing,
        List<Violation> violations) {
      super(parent, configuration);
      this.known = known;
      this.names = names;
      this.restarted = restarted;
      this.sharing = sharing;
      this.violations = violations;
    }

    /**
     * A shared class stays out of Groovy's own cache, which forgets its meta class when cleared.
     */
    @Override
    @SuppressWarnings("rawtypes") // as Groovy declares it
    protected Class getClassCacheEntry(String name) {
      Class<?> found = sharedHere.get(name);
      return found != null ? found : super.getClassCacheEntry(name);
    }

    @Override
    @SuppressWarnings("rawtypes") // as Groovy declares it
    public Class parseClass(GroovyCodeSource code, boolean cached) {
      String source = names.apply(code.getName());
      Class<?> there = loaded.get(source);
      if (there != null) {
        return there;
      }
      Compiled compiled = known.get(source);
      Class<?> main =
          compiled != null && (compiled.again || !restarted)
              ? defined(source, compiled)
              : compiled(source, code, cached);
      if (!compiling.isEmpty()) {
        compiling.getFirst().values().iterator().next().needed.add(main.getName());
      }
      return main;
    }

    /** The compiler may take other sources along: each keeps its own classes. */
    private Class<?> compiled(String source, GroovyCodeSource code, boolean cached) {
      Map<String, Compiled> unit = new LinkedHashMap<>();
      Compiled asked = new Compiled();
      unit.put(source, asked);
      int before = violations.size();
      compiling.push(unit);
      try {
        Class<?> main = super.parseClass(code, cached);
        asked.main = main.getName();
        List<Violation> found = violations.subList(before, violations.size());
        unit.forEach((each, compiled) -> kept(each, compiled, asked, found));
        return main;
      } finally {
        compiling.pop();
      }
    }

    private void kept(String source, Compiled compiled, Compiled asked, List<Violation> found) {
      compiled.again = restarted;
      found.stream()
          .filter(violation -> compiled == asked || source.endsWith("/" + violation.file()))
          .forEach(compiled.violations::add);
      loaded.put(source, getClassCacheEntry(compiled.main));
      if (compiled != asked) {
        asked.needed.add(compiled.main);
      }
      keep(source, compiled);
    }

    /** Does what a compilation would have done to this loader. */
    private Class<?> defined(String source, Compiled compiled) {
      Map<String, Class<?>> sharedOrNull = sharing ? shared.of(compiled) : null;
      Class<?> main = null;
      if (sharedOrNull != null) {
        sharedHere.putAll(sharedOrNull);
        main = sharedOrNull.get(compiled.main);
      } else {
        InnerLoader inner = new InnerLoader(this);
        for (Map.Entry<String, byte[]> each : compiled.classes.entrySet()) {
          Class<?> type = inner.defineClass(each.getKey(), each.getValue());
          setClassCacheEntry(type);
          main = each.getKey().equals(compiled.main) ? type : main;
        }
      }
      if (main == null) {
        throw new IllegalStateException("a source has its main class: " + source);
      }
      loaded.put(source, main);
      compiled.violations.stream()
          .filter(violation -> !violations.contains(violation))
          .forEach(violations::add);
      compiled.needed.forEach(this::load);
      return main;
    }

    private void load(String name) {
      try {
        loadClass(name);
      } catch (ClassNotFoundException gone) {
        throw new IllegalStateException("a source of the same build is there: " + name, gone);
      }
    }

    @Override
    protected ClassCollector createCollector(CompilationUnit unit, SourceUnit source) {
      return new Collector(new InnerLoader(this), unit, source, compiling.getFirst(), names);
    }
  }

  private static final class Collector extends GroovyClassLoader.ClassCollector {

    private final Map<String, Compiled> compiled;
    private final UnaryOperator<String> names;

    Collector(
        GroovyClassLoader.InnerLoader loader,
        CompilationUnit unit,
        SourceUnit source,
        Map<String, Compiled> compiled,
        UnaryOperator<String> names) {
      super(loader, unit, source);
      this.compiled = compiled;
      this.names = names;
    }

    @Override
    @SuppressWarnings("rawtypes") // as Groovy declares it
    protected Class createClass(byte[] code, ClassNode type) {
      Compiled source =
          compiled.computeIfAbsent(
              names.apply(type.getModule().getContext().getName()), other -> new Compiled());
      if (source.main.isEmpty()) {
        source.main = type.getModule().getClasses().get(0).getName();
      }
      source.classes.put(type.getName(), code);
      return super.createClass(code, type);
    }
  }
}
