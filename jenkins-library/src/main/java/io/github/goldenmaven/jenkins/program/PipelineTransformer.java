package io.github.goldenmaven.jenkins.program;

import com.cloudbees.groovy.cps.Block;
import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.impl.CpsFunction;
import groovyjarjarasm.asm.MethodVisitor;
import groovyjarjarasm.asm.Opcodes;
import groovyjarjarasm.asm.Type;
import java.util.List;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.SpreadExpression;
import org.codehaus.groovy.ast.expr.SpreadMapExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.BytecodeExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.classgen.VariableScopeVisitor;
import org.codehaus.groovy.classgen.Verifier;
import org.codehaus.groovy.classgen.asm.BytecodeHelper;
import org.codehaus.groovy.control.LabelVerifier;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;

/**
 * Compiles a pipeline with the meaning that it has in today's Jenkins, where the interpreter of
 * 2019 gives it another: what a typed variable is given is cast, {@code *} spreads, a parameter's
 * default runs in the interpreter, and a label has to be there. What the compiled program then does
 * otherwise is in {@link PipelineBuilder}. {@code docs/jenkins-engine.md} lists every difference.
 */
class PipelineTransformer extends CpsTransformer {

  private static final ClassNode BLOCK = ClassHelper.makeCached(Block.class);
  private static final ClassNode BUILDER = ClassHelper.makeCached(PipelineBuilder.class);

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    if (type.isInterface()) {
      return;
    }
    new LabelVerifier(source).visitClass(type);
    new Overloads().add(source, type);
    super.call(source, context, type);
  }

  /** Has the program built when the method first runs, not when its class is initialised. */
  @Override
  public void visitMethod(MethodNode method) {
    ClassNode type = method.getDeclaringClass();
    int before = type.getFields().size();
    super.visitMethod(method);
    if (type.getFields().size() == before) {
      return;
    }
    FieldNode program = type.getFields().get(before);
    MethodNode builder = type.getDeclaredMethod(program.getName(), Parameter.EMPTY_ARRAY);
    List<Statement> code = ((BlockStatement) builder.getCode()).getStatements();
    ConstructorCallExpression function =
        (ConstructorCallExpression) ((ReturnStatement) code.get(1)).getExpression();
    code.set(1, new ReturnStatement(((TupleExpression) function.getArguments()).getExpression(1)));
    builder.setReturnType(BLOCK);
    program.setInitialValueExpression(new ProgramExpression(type, program, method.getParameters()));
  }

  /** Has the program built by our own builder. */
  @Override
  protected Expression makeBuilder(MethodNode method) {
    MethodCallExpression whole = (MethodCallExpression) super.makeBuilder(method);
    MethodCallExpression innermost = whole;
    while (innermost.getObjectExpression() instanceof MethodCallExpression inner) {
      innermost = inner;
    }
    ConstructorCallExpression made = (ConstructorCallExpression) innermost.getObjectExpression();
    innermost.setObjectExpression(new ConstructorCallExpression(BUILDER, made.getArguments()));
    return whole;
  }

  /** A variable without a value has its type's own, such as 0. */
  @Override
  public void visitDeclarationExpression(DeclarationExpression declaration) {
    if (declaration.isMultipleAssignmentDeclaration()
        || !(declaration.getRightExpression() instanceof EmptyExpression)) {
      super.visitDeclarationExpression(declaration);
      return;
    }
    makeNode(
        "declareVariable",
        () -> {
          literal(declaration.getVariableExpression().getType());
          literal(declaration.getVariableExpression().getName());
        });
  }

  @Override
  protected void visitAssignmentOrCast(VariableExpression variable, Expression value) {
    visitCast(variable.getType(), value);
  }

  @Override
  protected void getMultipleAssignmentValueOrCast(
      VariableExpression variable, Expression values, Expression index) {
    makeNode(
        "cast",
        () -> {
          loc(variable);
          super.getMultipleAssignmentValueOrCast(variable, values, index);
          literal(variable.getType());
          literal(false);
        });
  }

  @Override
  public void visitBinaryExpression(BinaryExpression expression) {
    if (expression.getOperation().getType() != Types.EQUAL
        || !(expression.getLeftExpression() instanceof VariableExpression variable)) {
      super.visitBinaryExpression(expression);
      return;
    }
    makeNode(
        "assign",
        () -> {
          loc(expression);
          visit(variable);
          visitCast(variable.getType(), expression.getRightExpression());
        });
  }

  private void visitCast(ClassNode type, Expression value) {
    if (fits(type, value)) {
      visit(value);
      return;
    }
    makeNode(
        "cast",
        () -> {
          loc(value);
          visit(value);
          literal(type);
          literal(false);
        });
  }

  /** Whether a value is of the type already, as far as the compiler can tell. */
  static boolean fits(ClassNode type, Expression value) {
    return value.getType().isDerivedFrom(type)
        || value.getType().implementsInterface(type)
        || (value instanceof ConstantExpression constant && constant.isNullExpression());
  }

  @Override
  public void visitSpreadExpression(SpreadExpression spread) {
    makeNode(
        "spread",
        () -> {
          loc(spread);
          visit(spread.getExpression());
        });
  }

  @Override
  public void visitSpreadMapExpression(SpreadMapExpression spread) {
    makeNode(
        "spreadMap",
        () -> {
          loc(spread);
          visit(spread.getExpression());
        });
  }

  /**
   * {@code MethodProgram.function(type, field, parameters…)}, without Groovy's way to call, which
   * would look through all methods of the class.
   */
  private static final class ProgramExpression extends BytecodeExpression {

    private final ClassNode type;
    private final String builder;
    private final Parameter[] parameters;

    ProgramExpression(ClassNode type, FieldNode program, Parameter... parameters) {
      super(program.getType());
      this.type = type;
      this.builder = program.getName();
      this.parameters = parameters;
    }

    @Override
    public void visit(MethodVisitor code) {
      BytecodeHelper.visitClassLiteral(code, type);
      code.visitLdcInsn(builder);
      BytecodeHelper.pushConstant(code, parameters.length);
      code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/String");
      for (int at = 0; at < parameters.length; at++) {
        code.visitInsn(Opcodes.DUP);
        BytecodeHelper.pushConstant(code, at);
        code.visitLdcInsn(parameters[at].getName());
        code.visitInsn(Opcodes.AASTORE);
      }
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          Type.getInternalName(MethodProgram.class),
          "function",
          Type.getMethodDescriptor(
              Type.getType(CpsFunction.class),
              Type.getType(Class.class),
              Type.getType(String.class),
              Type.getType(String[].class)),
          false);
    }
  }

  /** One method for each number of arguments, before the methods become programs. */
  private static final class Overloads extends Verifier {

    void add(SourceUnit source, ClassNode type) {
      setClassNode(type);
      addDefaultParameterMethods(type);
      addDefaultParameterConstructors(type);
      addDefaultConstructor(type);
      // The new methods' variables are not yet bound to what they name.
      new VariableScopeVisitor(source).visitClass(type);
    }
  }
}
