package io.github.goldenmaven.jenkins.program;

import groovy.lang.Closure;
import groovy.lang.MetaMethod;
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
 * What untrusted code may call. On values: what {@code sandbox.txt} lists, by type, name and number
 * of arguments, a part of what Jenkins permits without an administrator. On the pipeline's own
 * objects: their own methods and the steps. Nothing of {@link #NEVER} anywhere. What it does not
 * know, it refuses; an administrator may have permitted more.
 */
@SuppressWarnings("rawtypes") // as the sandbox's library declares its methods
public final class Sandbox extends GroovyInterceptor implements CastRules.Asked {

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
          "addShutdownHook",
          "use",
          "getMetaPropertyValues",
          "getProperties",
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
          "compareIdentical",
          "compareNotIdentical",
          "findRegex",
          "matchRegex",
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

  /** What stands before a number, or makes a pattern of a text. */
  private static final Set<String> SIGNS = Set.of("bitwiseNegate", "unaryMinus", "unaryPlus");

  private static final Permissions PERMITTED = Permissions.read();

  private final Predicate<Class<?>> compiled;
  private final Consumer<RejectedAccessException> refusals;

  /**
   * A sandbox.
   *
   * @param compiled recognises the classes of the pipeline itself, whose own methods are permitted
   * @param refusals is called with each refusal, before the script goes on
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
    if (asked || permits(receiver, method, arguments)) {
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
    boolean operator = receiver == ScriptBytecodeAdapter.class && OPERATORS.contains(method);
    boolean sign =
        receiver == ScriptBytecodeAdapter.class
            && SIGNS.contains(method)
            && (arguments[0] instanceof Number || arguments[0] instanceof CharSequence);
    if (receiver == Casts.class && arguments.length == 2) {
      CastRules.check((Class<?>) arguments[1], arguments[0], this);
    }
    if (own
        || operator
        || sign
        || receiver == Casts.class
        || PERMITTED.statically(receiver, method, arguments.length)) {
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
    if (reads(receiver, property)) {
      return super.onGetProperty(invoker, receiver, property);
    }
    throw refused("field " + name(receiver) + " " + property);
  }

  @Override
  public Object onSetProperty(Invoker invoker, Object receiver, String property, Object value)
      throws Throwable {
    if (!never(property)
        && (isOwn(receiver) || receiver instanceof Map || isClosures(receiver, property))) {
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

  @Override
  public void method(Object receiver, String method, int arguments) {
    if (!permits(receiver, method, new Object[arguments])) {
      throw refused("method " + name(receiver) + " " + method);
    }
  }

  @Override
  public void created(Class<?> type) {
    if (!compiled.test(type) && !CREATED.contains(type)) {
      throw refused("new " + type.getName());
    }
  }

  private boolean permits(Object receiver, String method, Object... arguments) {
    if (NEVER.contains(method)) {
      return false;
    }
    if (isOwn(receiver)) {
      MetaMethod found = InvokerHelper.getMetaClass(receiver).getMetaMethod(method, arguments);
      return found == null
          || found.getDeclaringClass().getTheClass() != Object.class
          || PERMITTED.on(receiver, method, arguments.length);
    }
    return (receiver instanceof Closure && method.equals("call"))
        || PERMITTED.on(receiver, method, arguments.length);
  }

  private boolean reads(Object receiver, String property) {
    if (never(property)) {
      return false;
    }
    if (receiver instanceof Collection<?> all) {
      return all.stream().allMatch(each -> reads(each, property))
          || PERMITTED.on(receiver, "is" + capitalized(property), 0);
    }
    return isOwn(receiver)
        || receiver instanceof Map
        || isClosures(receiver, property)
        || PERMITTED.on(receiver, "get" + capitalized(property), 0)
        || PERMITTED.on(receiver, "is" + capitalized(property), 0);
  }

  private static boolean never(String property) {
    return NEVER.contains(property)
        || NEVER.contains("get" + capitalized(property))
        || NEVER.contains("set" + capitalized(property));
  }

  /** Whether an object is the pipeline's own, or one that the engine gave it. */
  private boolean isOwn(Object receiver) {
    String home = receiver.getClass().getPackageName();
    return receiver instanceof PipelineScript
        || compiled.test(receiver.getClass())
        || home.equals(Sandbox.class.getPackageName())
        || home.equals("io.github.goldenmaven.jenkins.controller");
  }

  private static boolean isClosures(Object receiver, String property) {
    return receiver instanceof Closure
        && (property.equals("delegate") || property.equals("resolveStrategy"));
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
