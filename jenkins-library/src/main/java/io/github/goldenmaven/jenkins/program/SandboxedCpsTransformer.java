package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.sandbox.Untrusted;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;
import org.kohsuke.groovy.sandbox.SandboxTransformer;

/**
 * Marks every call of a script as untrusted, and rewrites what the interpreter never sees
 * (constructors, {@code @NonCPS} methods, initializers) so that its calls are asked for too.
 */
final class SandboxedCpsTransformer extends PipelineTransformer {

  private final SandboxTransformer sandbox = new SandboxTransformer();
  private @Nullable ClassCodeExpressionTransformer visitor;
  private @Nullable ImpliedCasts casts;

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    visitor = sandbox.createVisitor(source, type);
    casts = new ImpliedCasts(source, type);
    super.call(source, context, type);
  }

  @Override
  protected void processConstructors(ClassNode type) {
    if (casts != null) {
      type.getDeclaredConstructors().forEach(casts::visitMethod);
    }
    sandbox.processConstructors(visitor, type);
  }

  /** The JVM would run it outside of the sandbox. */
  @Override
  public void visitMethod(MethodNode method) {
    if (method.getName().equals("finalize")
        && method.isVoidMethod()
        && method.getParameters().length == 0
        && !method.isPrivate()
        && !method.isStatic()) {
      throw new SecurityException("Sandboxed code may not override Object.finalize()");
    }
    super.visitMethod(method);
  }

  @Override
  protected void visitNontransformedMethod(MethodNode method) {
    if (visitor != null && casts != null) {
      casts.visitMethod(method);
      visitor.visitMethod(method);
    }
  }

  @Override
  protected void visitNontransformedField(FieldNode field) {
    if (visitor != null && casts != null) {
      casts.visitField(field);
      visitor.visitField(field);
    }
  }

  @Override
  protected void visitNontransformedStatement(Statement statement) {
    if (visitor != null && casts != null) {
      statement.visit(casts);
      statement.visit(visitor);
    }
  }

  @Override
  protected Class<?> getTrustTag() {
    return Untrusted.class;
  }
}
