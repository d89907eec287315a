package io.github.goldenmaven.jenkins.program;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the names in a script mean while a controller runs it: steps, global variables, variables of
 * libraries. A script is saved and loaded again, so it holds no controller; it finds the one that
 * runs it here.
 */
public abstract class ScriptBindings {

  private static final ThreadLocal<@Nullable ScriptBindings> CURRENT = new ThreadLocal<>();

  /** The bindings of the controller that runs on this thread. */
  protected static ScriptBindings current() {
    return Objects.requireNonNull(CURRENT.get(), "no controller runs this script");
  }

  /** Runs something that may run scripts. */
  void during(Runnable run) {
    CURRENT.set(this);
    try {
      run.run();
    } finally {
      CURRENT.remove();
    }
  }

  /** Writes to the build's log. */
  protected abstract void print(String text);

  /** A global variable of Jenkins itself, such as {@code env}; null if there is none. */
  protected abstract @Nullable Object global(String name);

  /** The class of a library's global variable; null if there is none. */
  protected abstract @Nullable Class<?> variable(String name);

  /** A variable of the environment that may be read without {@code env.}; null if there is none. */
  protected abstract @Nullable String environment(String name);

  /**
   * What a symbol describes, such as {@code usernamePassword(…)}; null if there is no such symbol.
   *
   * @param name what the script called
   * @param arguments as Groovy gives them
   */
  protected abstract @Nullable Object symbol(String name, Object[] arguments);

  /**
   * The call of a step.
   *
   * @param name what the script called
   * @param arguments as Groovy gives them
   */
  protected abstract StepCall step(String name, Object[] arguments);
}
