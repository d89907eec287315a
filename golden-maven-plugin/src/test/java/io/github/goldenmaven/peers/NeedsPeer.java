package io.github.goldenmaven.peers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class or method that runs against a server, like {@code @NeedsPeer("docker-registry")}, or
 * {@code @NeedsPeer} alone for one inside this JVM. {@code mvn test} leaves it to {@code mvn
 * verify}. Where a program is missing and cannot be installed the test is left out and named at the
 * end of the run; with {@code CI=true} it fails.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag("peer")
@ExtendWith(NeedsPeerCondition.class)
public @interface NeedsPeer {

  /** Names that {@link Machine#require} knows; none for a server inside this JVM. */
  String[] value() default {};
}
