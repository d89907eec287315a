package io.github.goldenmaven.jenkins.program;

import groovy.lang.GroovyClassLoader;
import groovyjarjarasm.asm.ClassReader;
import groovyjarjarasm.asm.ClassVisitor;
import groovyjarjarasm.asm.FieldVisitor;
import groovyjarjarasm.asm.Opcodes;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Classes that one definition serves for all restarts and builds. Jenkins defines a pipeline's
 * classes anew at each restart, which nobody can see of a class that keeps nothing itself: it has
 * no static field of its own, refers to no class that has one, and no source of its build asks for
 * class loaders or meta classes. All others are defined anew here too.
 */
final class SharedClasses extends GroovyClassLoader {

  /** What the compilers add: programs, call sites, constants. */
  private static final Pattern COMPILED_FIELD =
      Pattern.compile(
          "___cps___\\d+|\\$staticClassInfo\\$?|__\\$stMC|\\$callSiteArray|\\$const\\$\\d+"
              + "|__timeStamp\\w*|serialVersionUID");

  /** Words of sources that may see, or change, a class as such. */
  private static final Pattern CLASS_AS_SUCH =
      Pattern.compile(
          "(?i)class\\s*loader|meta\\s*class|metaRegistry|forName|mixin|evaluate|GroovyShell|\\bEval\\b");

  /** A class in a method's or field's signature. */
  private static final Pattern IN_SIGNATURE = Pattern.compile("L([^;<>:()\\[]+)[;<]");

  private static final int CONSTANT_TEXT = 1;
  private static final int CONSTANT_CLASS = 7;

  private final CompilationCache owner;
  private final Map<CompilationCache.Compiled, Map<String, Class<?>>> defined =
      new LinkedHashMap<>();

  SharedClasses(ClassLoader parent, CompilationCache owner) {
    super(parent);
    this.owner = owner;
  }

  /** The classes of a source; null where each restart must define its own. */
  synchronized @Nullable Map<String, Class<?>> of(CompilationCache.Compiled source) {
    Map<String, Class<?>> known = defined.get(source);
    if (known == null && owner.isStateless(source, new HashSet<>())) {
      GroovyClassLoader.InnerLoader inner = new GroovyClassLoader.InnerLoader(this);
      known = new LinkedHashMap<>();
      for (Map.Entry<String, byte[]> each : source.classes().entrySet()) {
        known.put(each.getKey(), inner.defineClass(each.getKey(), each.getValue()));
      }
      defined.put(source, known);
    }
    return known;
  }

  /** A class that a shared one names: of Jenkins and Java first, then of these sources. */
  @Override
  @SuppressWarnings("rawtypes") // as Groovy declares it
  public Class loadClass(String name, boolean scripts, boolean classFirst, boolean resolve)
      throws ClassNotFoundException {
    try {
      return getParent().loadClass(name);
    } catch (ClassNotFoundException e) {
      CompilationCache.Compiled source = owner.sourceOf(name);
      Map<String, Class<?>> classes = source == null ? null : of(source);
      Class<?> found = classes == null ? null : classes.get(name);
      if (found == null) {
        throw e;
      }
      return found;
    }
  }

  /** Whether a source may see, or change, a class as such, which need not be its own. */
  static boolean seesClasses(String text) {
    return CLASS_AS_SUCH.matcher(text).find();
  }

  /** Whether a class has no static field but the compilers'. */
  static boolean keepsNothing(byte[] code) {
    boolean[] keeps = {false};
    new ClassReader(code)
        .accept(
            new ClassVisitor(Opcodes.ASM4) {
              @Override
              public @Nullable FieldVisitor visitField(
                  int access, String name, String type, String signature, Object value) {
                keeps[0] |=
                    (access & Opcodes.ACC_STATIC) != 0 && !COMPILED_FIELD.matcher(name).matches();
                return null;
              }
            },
            ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return !keeps[0];
  }

  /**
   * The names of all classes that a class refers to. Those that only a signature names count too:
   * the class cannot be linked without them.
   */
  static Set<String> named(byte[] code) {
    ClassReader reader = new ClassReader(code);
    char[] buffer = new char[reader.getMaxStringLength()];
    Set<String> names = new HashSet<>();
    for (int item = 1; item < reader.getItemCount(); item++) {
      int at = reader.getItem(item);
      int kind = at > 0 ? reader.readByte(at - 1) : 0;
      if (kind == CONSTANT_CLASS) {
        names.add(reader.readUTF8(at, buffer).replace('/', '.'));
      } else if (kind == CONSTANT_TEXT) {
        String text =
            new String(code, at + 2, reader.readUnsignedShort(at), StandardCharsets.UTF_8);
        IN_SIGNATURE
            .matcher(text)
            .results()
            .forEach(found -> names.add(found.group(1).replace('/', '.')));
      }
    }
    return names;
  }
}
