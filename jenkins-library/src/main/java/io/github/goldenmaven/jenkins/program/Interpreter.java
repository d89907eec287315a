package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import groovy.lang.Closure;
import groovy.lang.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.codehaus.groovy.runtime.GroovyCategorySupport;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** Runs logical threads with Jenkins' interpreter, in the sandbox where one is wanted. */
public final class Interpreter {

  @SuppressWarnings("rawtypes") // as Groovy declares it
  private static final List<Class> CATEGORIES = categories();

  private final ScriptBindings bindings;
  private final @Nullable Sandbox sandboxOrNull;
  private final Consumer<BrokenProgramException> broken;

  /**
   * An interpreter.
   *
   * @param bindings what the names in scripts mean
   * @param sandboxOrNull what untrusted code may call; null if nothing is untrusted
   * @param broken is called with code that the interpreter cannot follow, before it throws
   */
  public Interpreter(
      ScriptBindings bindings,
      @Nullable Sandbox sandboxOrNull,
      Consumer<BrokenProgramException> broken) {
    this.bindings = bindings;
    this.sandboxOrNull = sandboxOrNull;
    this.broken = broken;
  }

  /** A thread that will run a Jenkinsfile. */
  public PipelineThread start(Class<?> main) {
    return inside(
        () ->
            PipelineThread.of(
                (Script) InvokerHelper.invokeConstructorOf(main, new Object[0]),
                sandboxOrNull != null));
  }

  /** A thread that will run a body. */
  public PipelineThread start(Closure<?> body, Object... arguments) {
    return inside(() -> PipelineThread.of(body, arguments, sandboxOrNull != null));
  }

  /**
   * Runs a thread until it waits for a step or has ended.
   *
   * @return the step's call, or how the thread ended
   * @throws BrokenProgramException if the interpreter cannot follow the code, or there is no end of
   *     it
   */
  public Outcome run(PipelineThread thread) {
    return inside(
        () -> {
          try {
            return thread.run();
          } catch (BrokenProgramException endless) {
            broken.accept(endless);
            throw endless;
          }
        });
  }

  private <T> T inside(Supplier<T> run) {
    AtomicReference<T> result = new AtomicReference<>();
    bindings.during(
        () -> {
          CpsCallableInvocation.registerMismatchHandler(this::mismatch);
          if (sandboxOrNull != null) {
            sandboxOrNull.register();
          }
          try {
            result.set(
                GroovyCategorySupport.use(
                    CATEGORIES,
                    new Closure<T>(null) {
                      private static final long serialVersionUID = 1L;

                      @Override
                      public T call() {
                        return run.get();
                      }
                    }));
          } finally {
            CpsCallableInvocation.registerMismatchHandler(null);
            if (sandboxOrNull != null) {
              sandboxOrNull.unregister();
            }
          }
        });
    return Objects.requireNonNull(result.get());
  }

  private void mismatch(
      @Nullable Object expectedReceiver,
      String expected,
      @Nullable Object actualReceiver,
      String actual) {
    BrokenProgramException mismatch =
        new BrokenProgramException(
            "'"
                + actual
                + "' was called from within '"
                + expected
                + "', which Jenkins runs outside its interpreter: the pipeline would leave '"
                + expected
                + "' at once with the wrong value. Call it outside of constructors, @NonCPS methods"
                + " and closures given to Java methods such as sort; loop over the values"
                + " instead.");
    broken.accept(mismatch);
    throw mismatch;
  }

  @SuppressWarnings("rawtypes") // as Groovy declares it
  private static List<Class> categories() {
    List<Class> categories = new ArrayList<>(Continuable.categories);
    categories.add(IteratorCategory.class);
    return List.copyOf(categories);
  }
}
