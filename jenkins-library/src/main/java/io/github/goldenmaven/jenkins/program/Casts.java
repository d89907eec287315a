package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.impl.ConstantBlock;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.FunctionCallBlock;
import com.cloudbees.groovy.cps.impl.SourceLocation;
import java.util.Collections;
import org.codehaus.groovy.runtime.InvokerInvocationException;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.codehaus.groovy.runtime.typehandling.DefaultTypeTransformation;
import org.jspecify.annotations.Nullable;

/**
 * The casts of a pipeline, which its program calls like any method: so they fail inside the
 * pipeline, where it may catch that, and the sandbox is asked. A cast that calls the pipeline's own
 * code is a violation, because Jenkins cannot follow it.
 */
public final class Casts {

  private Casts() {}

  /** A cast that is written, or that comes with a type: {@code (Map) value}. */
  public static @Nullable Object castToType(@Nullable Object value, Class<?> type)
      throws Throwable {
    return followed(() -> ScriptBytecodeAdapter.castToType(value, type));
  }

  /** {@code value as Map}. */
  public static @Nullable Object asType(@Nullable Object value, Class<?> type) throws Throwable {
    return followed(() -> ScriptBytecodeAdapter.asType(value, type));
  }

  /** Groovy's truth of a condition: the cast that needs no type. */
  public static Object castToType(@Nullable Object value) throws Throwable {
    return followed(() -> DefaultTypeTransformation.castToBoolean(value));
  }

  /** The call of a cast, never marked as trusted; without a type it is a condition's. */
  static Block block(@Nullable SourceLocation locOrNull, Block... valueAndType) {
    return new FunctionCallBlock(
        locOrNull,
        Collections.emptySet(),
        new ConstantBlock(Casts.class),
        new ConstantBlock("castToType"),
        false,
        valueAndType);
  }

  private static Object followed(Cast cast) throws Throwable {
    try {
      return cast.value();
    } catch (InvokerInvocationException thrown) {
      if (thrown.getCause() instanceof CpsCallableInvocation ownCode) {
        throw ownCode;
      }
      throw thrown;
    }
  }

  @FunctionalInterface
  private interface Cast {
    Object value() throws Throwable;
  }
}
