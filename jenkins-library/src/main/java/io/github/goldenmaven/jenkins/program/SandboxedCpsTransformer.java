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

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    visitor = sandbox.createVisitor(source, type);
    super.call(source, context, type);
  }

  @Override
  protected void processConstructors(ClassNode type) {
    sandbox.processConstructors(visitor, type);
  }

  @Override
  protected void visitNontransformedMethod(MethodNode method) {
    if (visitor != null) {
      visitor.visitMethod(method);
    }
  }

  @Override
  protected void visitNontransformedField(FieldNode field) {
    if (visitor != null) {
      visitor.visitField(field);
    }
  }

  @Override
  protected void visitNontransformedStatement(Statement statement) {
    if (visitor != null) {
      statement.visit(visitor);
    }
  }

  @Override
  protected Class<?> getTrustTag() {
    return Untrusted.class;
  }
}
