package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.SerializableScript;
import groovy.lang.MissingPropertyException;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/**
 * What a Jenkinsfile and a library's global variable are compiled into. A name is looked for in the
 * binding, then among the libraries' variables, then among the steps: Jenkins' order.
 */
public abstract class PipelineScript extends SerializableScript {

  private static final long serialVersionUID = 1L;

  @Override
  public final @Nullable Object invokeMethod(String name, Object arguments) {
    Object[] list = InvokerHelper.asArray(arguments);
    Object bound = getBinding().hasVariable(name) ? getBinding().getVariable(name) : null;
    boolean calls =
        bound != null
            && !InvokerHelper.getMetaClass(bound).respondsTo(bound, "call", list).isEmpty();
    Object called = calls || bound instanceof PipelineScript ? bound : variable(name);
    if (called != null) {
      return InvokerHelper.getMetaClass(called).invokeMethod(called, "call", list);
    }
    Object described = ScriptBindings.current().symbol(name, list);
    return described != null ? described : suspend(ScriptBindings.current().step(name, list));
  }

  /** The step, and not Groovy's method of the same name. */
  public final @Nullable Object sleep(long time) {
    return invokeMethod("sleep", new Object[] {time});
  }

  @Override
  public final void println() {
    ScriptBindings.current().print("\n");
  }

  @Override
  public final void println(Object value) {
    ScriptBindings.current().print(value + "\n");
  }

  @Override
  public final void print(Object value) {
    ScriptBindings.current().print(String.valueOf(value));
  }

  @Override
  public @Nullable Object getProperty(String name) {
    try {
      return super.getProperty(name);
    } catch (MissingPropertyException missing) {
      Object global = ScriptBindings.current().global(name);
      if (global != null) {
        return global;
      }
      Object variable = variable(name);
      if (variable != null) {
        return variable;
      }
      String environment = ScriptBindings.current().environment(name);
      if (environment != null) {
        return environment;
      }
      throw missing;
    }
  }

  /** Hands a step's call to the controller; comes back with the step's value. */
  static @Nullable Object suspend(StepCall call) {
    return Continuable.suspend(call.name(), call);
  }

  /** One instance for each calling script, kept in its binding and saved with it. */
  private @Nullable Object variable(String name) {
    Class<?> type = ScriptBindings.current().variable(name);
    if (type == null || type == getClass()) {
      return type == null ? null : this;
    }
    Object instance = InvokerHelper.invokeConstructorOf(type, new Object[0]);
    getBinding().setVariable(name, instance);
    return instance;
  }
}
