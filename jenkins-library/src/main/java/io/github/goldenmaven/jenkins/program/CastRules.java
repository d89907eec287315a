package io.github.goldenmaven.jenkins.program;

import groovy.lang.Closure;
import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.jspecify.annotations.Nullable;

/**
 * What a cast calls behind a script's back, which the sandbox has to permit: a constructor, where a
 * list or a map becomes an object; the value's own methods, where it becomes an interface.
 */
final class CastRules {

  private static final Set<Class<?>> PLAIN =
      Set.of(
          String.class,
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class);

  /** Whom a cast asks; each throws what refuses it. */
  interface Asked {
    /** May a method of a value be called? */
    void method(Object receiver, String method, int arguments);

    /** May an object be made? */
    void created(Class<?> type);
  }

  private CastRules() {}

  static void check(Class<?> type, @Nullable Object value, Asked asked) {
    if (value == null
        || type.isInstance(value)
        || type.isPrimitive()
        || PLAIN.contains(type)
        || isJavasCollection(type)) {
      return;
    }
    boolean several = value instanceof Collection || value.getClass().isArray();
    if (type.isInterface()) {
      for (Method method : type.getMethods()) {
        asked.method(value, method.getName(), method.getParameterCount());
      }
    } else if (type.isArray()) {
      for (Object each : several ? elements(value) : Set.of()) {
        check(type.getComponentType(), each, asked);
      }
    } else if (Modifier.isAbstract(type.getModifiers())
        ? value instanceof Closure || value instanceof Map
        : several || value instanceof Map || type == File.class) {
      asked.created(type);
    }
  }

  private static Collection<?> elements(Object several) {
    return several.getClass().isArray() && Array.getLength(several) == 0
        ? Set.of()
        : DefaultTypeTransformation.asCollection(several);
  }

  private static boolean isJavasCollection(Class<?> type) {
    return Collection.class.isAssignableFrom(type) && type.getPackageName().equals("java.util");
  }
}
