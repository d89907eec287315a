package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The line that the interpreter had reached when it failed. It does not say so, but the blocks that
 * it works on hold their places in private fields; the nearest one is the line.
 */
final class SourceLine {

  private static final int FARTHEST = 400;

  private SourceLine() {}

  static @Nullable StackTraceElement of(Next at) {
    Deque<Object> near = new ArrayDeque<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    if (at.k != null) {
      near.add(at.k);
    }
    if (at.f != null) {
      near.add(at.f);
    }
    while (!near.isEmpty() && seen.size() < FARTHEST) {
      Object object = near.poll();
      if (object instanceof SourceLocation location) {
        return location.toStackTrace();
      }
      if (seen.add(object) && object.getClass().getName().startsWith("com.cloudbees.groovy.cps")) {
        addFields(object, near);
      }
    }
    return null;
  }

  private static void addFields(Object object, Deque<Object> near) {
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getType().isPrimitive() || Modifier.isStatic(field.getModifiers())) {
          continue;
        }
        try {
          field.setAccessible(true);
          Object value = field.get(object);
          if (value instanceof SourceLocation) {
            near.addFirst(value);
          } else if (value != null) {
            near.add(value);
          }
        } catch (ReflectiveOperationException | RuntimeException hidden) {
          // Not readable: the next field may name the line.
        }
      }
    }
  }
}
