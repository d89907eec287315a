package io.github.goldenmaven.peers;

import java.util.Comparator;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.junit.jupiter.api.Tag;

/**
 * Runs the tests that need a Docker Engine last: they wait for images that are made meanwhile. The
 * longest of them, which have a tag that says so, come before the others, or one would run alone at
 * the end.
 */
public final class PeersLast implements ClassOrderer {

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing(PeersLast::needsEngine)
                .thenComparing(type -> !isOneOfTheLongest(type))
                .thenComparing(type -> type.getTestClass().getName()));
  }

  private static boolean needsEngine(ClassDescriptor type) {
    return type.findAnnotation(NeedsPeer.class)
        .filter(needs -> String.join(" ", needs.value()).contains("dockerd"))
        .isPresent();
  }

  private static boolean isOneOfTheLongest(ClassDescriptor type) {
    return type.findRepeatableAnnotations(Tag.class).stream()
        .anyMatch(tag -> tag.value().equals("longest"));
  }
}
