package io.github.goldenmaven.jenkins.program;

import groovy.lang.Closure;
import groovy.lang.GString;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.codehaus.groovy.runtime.GStringImpl;
import org.codehaus.groovy.runtime.InvokerHelper;
import org.codehaus.groovy.runtime.ScriptBytecodeAdapter;
import org.kohsuke.groovy.sandbox.GroovyInterceptor;

/**
 * What untrusted code may call. Jenkins' administrators approve signatures one by one; this list is
 * shorter than any of theirs, so that what passes here passes everywhere. What it does not know, it
 * refuses.
 */
@SuppressWarnings("rawtypes") // as the sandbox's library declares its methods
public final class Sandbox extends GroovyInterceptor {

  /** Values whose methods change nothing outside of them. */
  private static final Set<Class<?>> VALUES =
      Set.of(
          String.class,
          GString.class,
          StringBuilder.class,
          Boolean.class,
          Number.class,
          Character.class,
          Collection.class,
          Map.class,
          Map.Entry.class);

  /** Methods of Groovy that run a command, read a file or reach a class. */
  private static final Set<String> NEVER =
      Set.of(
          "execute",
          "getClass",
          "class",
          "getMetaClass",
          "metaClass",
          "setMetaClass",
          "invokeMethod",
          "evaluate",
          "sleep",
          "addShutdownHook",
          "use",
          "getMetaPropertyValues",
          "getProperties",
          "properties",
          "dump",
          "inspect",
          "asType",
          "toURL",
          "toURI",
          "traverse",
          "withDefault",
          "stream",
          "parallelStream",
          "wait",
          "notify",
          "notifyAll",
          "finalize",
          "getBinding",
          "setBinding",
          "binding");

  private static final Set<Class<?>> CREATED =
      Set.of(Exception.class, RuntimeException.class, GStringImpl.class);

  /** How the interpreter itself spells {@code ==}, {@code <}, {@code in} and a GString. */
  private static final Set<String> OPERATORS =
      Set.of(
          "compareEqual",
          "compareNotEqual",
          "compareLessThan",
          "compareLessThanEqual",
          "compareGreaterThan",
          "compareGreaterThanEqual",
          "compareTo",
          "isCase",
          "createRange",
          "createList",
          "createMap");

  private final Predicate<Class<?>> compiled;
  private final Consumer<RejectedAccessException> refusals;

  /**
   * A sandbox.
   *
   * @param compiled tells the classes of the pipeline itself, whose own methods are free
   * @param refusals hears of each refusal while the script still stands at it
   */
  public Sandbox(Predicate<Class<?>> compiled, Consumer<RejectedAccessException> refusals) {
    this.compiled = compiled;
    this.refusals = refusals;
  }

  @Override
  public Object onMethodCall(Invoker invoker, Object receiver, String method, Object... arguments)
      throws Throwable {
    boolean asked =
        receiver instanceof PipelineScript
            && method.equals("invokeMethod")
            && arguments.length == 2
            && !NEVER.contains(String.valueOf(arguments[0]));
    if (asked || permits(receiver, method)) {
      return super.onMethodCall(invoker, receiver, method, arguments);
    }
    throw refused("method " + name(receiver) + " " + method);
  }

  @Override
  public Object onStaticCall(Invoker invoker, Class receiver, String method, Object... arguments)
      throws Throwable {
    boolean own =
        compiled.test(receiver)
            && !InvokerHelper.getMetaClass((Class<?>) receiver)
                .respondsTo(receiver, method)
                .isEmpty()
            && !NEVER.contains(method);
    boolean operator =
        receiver == ScriptBytecodeAdapter.class
            && (OPERATORS.contains(method)
                || (method.equals("asType")
                    && (arguments[1] == Object[].class || arguments[1] == String[].class)));
    if (own
        || operator
        || (receiver == String.class && (method.equals("valueOf") || method.equals("join")))
        || (receiver == Integer.class && (method.equals("valueOf") || method.equals("parseInt")))
        || receiver == Math.class) {
      return super.onStaticCall(invoker, receiver, method, arguments);
    }
    throw refused("staticMethod " + receiver.getName() + " " + method);
  }

  @Override
  public Object onNewInstance(Invoker invoker, Class receiver, Object... arguments)
      throws Throwable {
    if (compiled.test(receiver) || CREATED.contains(receiver)) {
      return super.onNewInstance(invoker, receiver, arguments);
    }
    throw refused("new " + receiver.getName());
  }

  @Override
  public void onSuperConstructor(Invoker invoker, Class receiver, Object... arguments)
      throws Throwable {
    if (receiver != PipelineScript.class && receiver != Object.class) {
      onNewInstance(invoker, receiver, arguments);
    }
  }

  @Override
  public Object onSuperCall(
      Invoker invoker, Class senderType, Object receiver, String method, Object... arguments)
      throws Throwable {
    throw refused("method " + senderType.getSuperclass().getName() + " " + method);
  }

  @Override
  public Object onGetProperty(Invoker invoker, Object receiver, String property) throws Throwable {
    if (permits(receiver, property) && !NEVER.contains("get" + capitalized(property))) {
      return super.onGetProperty(invoker, receiver, property);
    }
    throw refused("field " + name(receiver) + " " + property);
  }

  @Override
  public Object onSetProperty(Invoker invoker, Object receiver, String property, Object value)
      throws Throwable {
    if (permits(receiver, property) && !NEVER.contains("set" + capitalized(property))) {
      return super.onSetProperty(invoker, receiver, property, value);
    }
    throw refused("field " + name(receiver) + " " + property);
  }

  @Override
  public Object onGetAttribute(Invoker invoker, Object receiver, String attribute)
      throws Throwable {
    if (compiled.test(receiver.getClass())) {
      return super.onGetAttribute(invoker, receiver, attribute);
    }
    throw refused("field " + name(receiver) + " " + attribute);
  }

  @Override
  public Object onSetAttribute(Invoker invoker, Object receiver, String attribute, Object value)
      throws Throwable {
    if (compiled.test(receiver.getClass())) {
      return super.onSetAttribute(invoker, receiver, attribute, value);
    }
    throw refused("field " + name(receiver) + " " + attribute);
  }

  private boolean permits(Object receiver, String method) {
    if (receiver instanceof Class) {
      return method.equals("isInstance");
    }
    if (NEVER.contains(method)) {
      return false;
    }
    if (receiver instanceof PipelineScript || compiled.test(receiver.getClass())) {
      return true;
    }
    if (receiver instanceof Closure) {
      return method.equals("call") || method.equals("delegate") || method.equals("resolveStrategy");
    }
    if (receiver instanceof Throwable) {
      return Set.of("getMessage", "message", "toString").contains(method);
    }
    return receiver.getClass().getPackageName().equals(Sandbox.class.getPackageName())
        || receiver.getClass().getPackageName().equals("io.github.goldenmaven.jenkins.controller")
        || receiver instanceof Object[]
        || VALUES.stream().anyMatch(type -> type.isInstance(receiver));
  }

  private SecurityException refused(String signature) {
    RejectedAccessException refusal =
        new RejectedAccessException("Scripts not permitted to use " + signature);
    refusals.accept(refusal);
    return refusal;
  }

  private static String name(Object receiver) {
    return (receiver instanceof Class<?> type ? type : receiver.getClass()).getName();
  }

  private static String capitalized(String property) {
    return property.isEmpty()
        ? property
        : Character.toUpperCase(property.charAt(0)) + property.substring(1);
  }
}
