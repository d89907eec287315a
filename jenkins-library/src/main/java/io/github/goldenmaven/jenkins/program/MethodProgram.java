package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Env;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.impl.CpsFunction;
import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method's program, built when the method is first run. Jenkins builds those of a whole class
 * when the class is initialised, which each restart does to every class of the pipeline: most of a
 * restart's time went there, for methods that never ran again.
 */
public final class MethodProgram implements Block {

  private static final long serialVersionUID = 1L;

  private final transient Class<?> type;
  private final transient String builder;
  private transient volatile @Nullable Block builtOrNull;

  private MethodProgram(Class<?> type, String builder) {
    this.type = type;
    this.builder = builder;
  }

  /**
   * The function that a compiled method hands to the interpreter.
   *
   * @param type the method's class
   * @param builder the class's static method that builds the program
   * @param parameters their names
   */
  public static CpsFunction function(Class<?> type, String builder, String... parameters) {
    return new CpsFunction(List.of(parameters), new MethodProgram(type, builder));
  }

  @Override
  public Next eval(Env env, Continuation next) {
    return built().eval(env, next);
  }

  private Block built() {
    Block built = builtOrNull;
    if (built == null) {
      try {
        Method method = type.getDeclaredMethod(builder);
        method.setAccessible(true);
        built = (Block) method.invoke(null);
        builtOrNull = built;
      } catch (InvocationTargetException e) {
        throw new IllegalStateException("The program of '" + type.getName() + "' fails.", e);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("A compiled class has what builds its programs.", e);
      }
    }
    return built;
  }

  /** Only what is built is saved: the next compilation names its builders otherwise. */
  @Serial
  private Object writeReplace() {
    return built();
  }
}
