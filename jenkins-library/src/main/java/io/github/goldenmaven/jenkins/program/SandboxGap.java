package io.github.goldenmaven.jenkins.program;

import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ExpressionTransformer;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.MethodPointerExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;

/**
 * An expression with a part that the sandbox of 2019 leaves as it is: a computed name of a method
 * or a property, {@code "to${word()}"()}, and the default values of a closure. When the sandbox's
 * transformer reaches it, it has that part rewritten too and replaces itself by the result.
 */
final class SandboxGap extends Expression {

  private final Expression whole;

  SandboxGap(Expression whole) {
    this.whole = whole;
    setSourcePosition(whole);
  }

  /** The expression itself, or wrapped if it has such a part. */
  static Expression close(Expression expression) {
    return isIn(expression) ? new SandboxGap(expression) : expression;
  }

  private static boolean isIn(Expression expression) {
    return expression instanceof MethodCallExpression call
        ? !(call.getMethod() instanceof ConstantExpression)
        : expression instanceof MethodPointerExpression
            || expression instanceof ClosureExpression
            || (expression instanceof PropertyExpression property && isComputed(property))
            || (expression instanceof BinaryExpression binary
                && binary.getLeftExpression() instanceof PropertyExpression assigned
                && isComputed(assigned));
  }

  private static boolean isComputed(PropertyExpression property) {
    return !(property.getProperty() instanceof ConstantExpression);
  }

  @Override
  public Expression transformExpression(ExpressionTransformer sandbox) {
    return sandbox.transform(rewritten(whole, sandbox));
  }

  private static Expression rewritten(Expression whole, ExpressionTransformer sandbox) {
    Expression named = whole;
    if (whole instanceof ClosureExpression closure && closure.getParameters() != null) {
      for (Parameter parameter : closure.getParameters()) {
        if (parameter.hasInitialExpression()) {
          parameter.setInitialExpression(sandbox.transform(parameter.getInitialExpression()));
        }
      }
    } else if (whole instanceof MethodCallExpression call) {
      call.setMethod(sandbox.transform(call.getMethod()));
    } else if (whole instanceof MethodPointerExpression pointer) {
      named =
          new MethodPointerExpression(
              sandbox.transform(pointer.getExpression()),
              sandbox.transform(pointer.getMethodName()));
    } else if (whole instanceof BinaryExpression binary) {
      named =
          new BinaryExpression(
              rewritten(binary.getLeftExpression(), sandbox),
              binary.getOperation(),
              binary.getRightExpression());
    } else if (whole instanceof PropertyExpression property) {
      named = withRewrittenName(property, sandbox);
    }
    named.setSourcePosition(whole);
    return named;
  }

  private static PropertyExpression withRewrittenName(
      PropertyExpression property, ExpressionTransformer sandbox) {
    PropertyExpression named =
        new PropertyExpression(
            property.getObjectExpression(),
            sandbox.transform(property.getProperty()),
            property.isSafe());
    named.setSpreadSafe(property.isSpreadSafe());
    named.setImplicitThis(property.isImplicitThis());
    return named;
  }
}
