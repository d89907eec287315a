package io.github.goldenmaven.jenkins.program;

import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.classgen.ReturnAdder;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;
import org.jspecify.annotations.Nullable;

/**
 * Writes the casts out that types imply where the interpreter does not run: in {@code @NonCPS}
 * methods, constructors and initial values. So the sandbox is asked for them, as in today's
 * Jenkins; the sandbox of 2019 rewrites only calls and lets what a cast calls pass.
 */
final class ImpliedCasts extends ClassCodeExpressionTransformer {

  private static final ClassNode CASTS = ClassHelper.make(Casts.class);

  private final SourceUnit source;
  private final ClassNode type;

  /** Of the method whose body this is; in a closure's anything is returned. */
  private ClassNode returned = ClassHelper.OBJECT_TYPE;

  ImpliedCasts(SourceUnit source, ClassNode type) {
    this.source = source;
    this.type = type;
  }

  @Override
  public void visitMethod(MethodNode method) {
    returned = method.getReturnType();
    new ReturnAdder().visitMethod(method);
    super.visitMethod(method);
    returned = ClassHelper.OBJECT_TYPE;
  }

  @Override
  public void visitField(FieldNode field) {
    Expression value = field.getInitialExpression();
    if (value != null && !(value instanceof EmptyExpression)) {
      field.setInitialValueExpression(cast(field.getType(), transform(value)));
    }
  }

  @Override
  public void visitReturnStatement(ReturnStatement statement) {
    if (!statement.isReturningNullOrVoid()) {
      statement.setExpression(cast(returned, transform(statement.getExpression())));
    }
  }

  @Override
  @SuppressWarnings("NullAway") // Groovy asks for what is not there, too, and takes null for it.
  public Expression transform(Expression expression) {
    if (expression == null) {
      return null;
    }
    Expression written = written(expression);
    if (written != expression) {
      written.setSourcePosition(expression);
    }
    return written;
  }

  private Expression written(Expression expression) {
    if (expression instanceof ClosureExpression closure) {
      return inside(closure);
    }
    if (expression instanceof CastExpression cast && !cast.isStrict()) {
      Expression value = transform(cast.getExpression());
      return called(cast.isCoerce() ? "asType" : "castToType", value, cast.getType());
    }
    if (expression instanceof DeclarationExpression declaration) {
      return declared(declaration);
    }
    if (expression instanceof BinaryExpression binary
        && Types.ofType(binary.getOperation().getType(), Types.ASSIGNMENT_OPERATOR)) {
      return assigned(binary);
    }
    Expression inner = super.transform(expression);
    return SandboxGap.close(inner);
  }

  private Expression inside(ClosureExpression closure) {
    ClassNode outer = returned;
    returned = ClassHelper.OBJECT_TYPE;
    if (closure.getParameters() != null) {
      for (Parameter parameter : closure.getParameters()) {
        if (parameter.hasInitialExpression()) {
          Expression value = transform(parameter.getInitialExpression());
          parameter.setInitialExpression(cast(parameter.getType(), value));
        }
      }
    }
    closure.getCode().visit(this);
    returned = outer;
    return SandboxGap.close(closure);
  }

  private Expression declared(DeclarationExpression declaration) {
    if (declaration.getRightExpression() instanceof EmptyExpression) {
      return declaration;
    }
    if (declaration.isMultipleAssignmentDeclaration()) {
      throw new UnsupportedOperationException(
          "The sandbox does not currently support multiple assignment");
    }
    VariableExpression variable = declaration.getVariableExpression();
    return new DeclarationExpression(
        variable,
        declaration.getOperation(),
        cast(variable.getType(), transform(declaration.getRightExpression())));
  }

  /** What a local variable or an own field is given; also what is only added to it. */
  private Expression assigned(BinaryExpression assignment) {
    Expression left = assignment.getLeftExpression();
    if (left instanceof TupleExpression) {
      throw new UnsupportedOperationException("The sandbox does not support multiple assignment");
    }
    Expression right = transform(assignment.getRightExpression());
    ClassNode taken = typeOf(left);
    Expression target = left instanceof VariableExpression ? left : super.transform(left);
    BinaryExpression written =
        new BinaryExpression(
            target, assignment.getOperation(), taken == null ? right : cast(taken, right));
    return SandboxGap.close(written);
  }

  private @Nullable ClassNode typeOf(Expression left) {
    if (left instanceof VariableExpression variable) {
      boolean local =
          variable.getAccessedVariable() instanceof VariableExpression
              || variable.getAccessedVariable() instanceof Parameter;
      return local ? variable.getType() : field(variable.getName());
    }
    return left instanceof PropertyExpression property
            && property.getObjectExpression() instanceof VariableExpression owner
            && owner.isThisExpression()
        ? field(property.getPropertyAsString())
        : null;
  }

  private @Nullable ClassNode field(@Nullable String name) {
    FieldNode field = name == null ? null : type.getField(name);
    return field == null ? null : field.getType();
  }

  private static Expression cast(ClassNode type, Expression value) {
    return value instanceof EmptyExpression || PipelineTransformer.fits(type, value)
        ? value
        : called("castToType", value, type);
  }

  private static Expression called(String method, Expression value, ClassNode type) {
    Expression call =
        new StaticMethodCallExpression(
            CASTS, method, new ArgumentListExpression(value, new ClassExpression(type)));
    call.setSourcePosition(value);
    return call;
  }

  @Override
  protected SourceUnit getSourceUnit() {
    return source;
  }
}
