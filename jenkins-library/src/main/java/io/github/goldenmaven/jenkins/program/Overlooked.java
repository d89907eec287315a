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
 * What the sandbox of 2019 does not rewrite: the name of a method or a property that is worked out
 * when it is called, {@code "to${word()}"()}, and the default values of a closure. This has them
 * rewritten where the sandbox comes by, which knows the variables there, and then goes.
 */
final class Overlooked extends Expression {

  private final Expression whole;

  Overlooked(Expression whole) {
    this.whole = whole;
    setSourcePosition(whole);
  }

  /** The expression as it is, or so that nothing of it is overlooked. */
  static Expression without(Expression expression) {
    return isIn(expression) ? new Overlooked(expression) : expression;
  }

  /** Whether a part of an expression is overlooked. */
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
      PropertyExpression known =
          new PropertyExpression(
              property.getObjectExpression(),
              sandbox.transform(property.getProperty()),
              property.isSafe());
      known.setSpreadSafe(property.isSpreadSafe());
      known.setImplicitThis(property.isImplicitThis());
      named = known;
    }
    named.setSourcePosition(whole);
    return named;
  }
}
