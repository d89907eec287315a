package io.github.goldenmaven.jenkins.program;

import groovy.lang.GroovyObjectSupport;
import java.io.Serializable;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.jspecify.annotations.Nullable;

/** The global variable {@code steps}: calls a step, never a library's variable. */
public final class StepsGlobal extends GroovyObjectSupport implements Serializable {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Object invokeMethod(String name, Object arguments) {
    return PipelineScript.suspend(
        ScriptBindings.current().step(name, InvokerHelper.asArray(arguments)));
  }
}
