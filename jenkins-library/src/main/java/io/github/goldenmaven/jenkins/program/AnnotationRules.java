package io.github.goldenmaven.jenkins.program;

import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;
import org.codehaus.groovy.syntax.SyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Refuses the annotations that run code, or fetch it, while a pipeline is compiled: Jenkins refuses
 * them in the sandbox, and nothing here runs them. It sees a name before it is resolved, and an
 * import that would give it another. And {@code @Library} names libraries that there are.
 */
final class AnnotationRules extends CompilationCustomizer {

  private static final Set<String> REFUSED =
      Set.of(
          "ASTTest",
          "AnnotationCollector",
          "Grab",
          "GrabConfig",
          "GrabExclude",
          "GrabResolver",
          "Grapes");

  private final Set<String> libraries;

  /** Rules for a Jenkinsfile or a library that may ask for these libraries. */
  AnnotationRules(Set<String> libraries) {
    super(CompilePhase.CONVERSION);
    this.libraries = libraries;
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    for (ImportNode each : source.getAST().getImports()) {
      check(source, each, each.getType());
    }
    for (ImportNode each : source.getAST().getStaticImports().values()) {
      check(source, each, each.getType());
    }
    new ClassCodeVisitorSupport() {
      @Override
      protected SourceUnit getSourceUnit() {
        return source;
      }

      @Override
      public void visitAnnotations(AnnotatedNode node) {
        for (AnnotationNode annotation : node.getAnnotations()) {
          check(source, annotation, annotation.getClassNode());
          if (annotation.getClassNode().getNameWithoutPackage().equals("Library")) {
            checkLibraries(source, annotation.getMember("value"));
          }
        }
        super.visitAnnotations(node);
      }
    }.visitClass(type);
  }

  private void checkLibraries(SourceUnit source, @Nullable Expression named) {
    if (named instanceof ListExpression list) {
      list.getExpressions().forEach(each -> checkLibraries(source, each));
    } else if (named instanceof ConstantExpression constant) {
      String name = String.valueOf(constant.getValue()).replaceFirst("@.*", "");
      if (!libraries.contains(name)) {
        source.addError(
            new SyntaxException(
                "there is no library '"
                    + name
                    + "', so Jenkins would not start the build. Known: "
                    + String.join(", ", new TreeSet<>(libraries)),
                named.getLineNumber(),
                named.getColumnNumber()));
      }
    }
  }

  private static void check(
      SourceUnit source, org.codehaus.groovy.ast.ASTNode at, ClassNode named) {
    String name = named.getNameWithoutPackage();
    if (REFUSED.contains(name)) {
      source.addError(
          new SyntaxException(
              "the annotation '@"
                  + name
                  + "' runs or fetches code while the pipeline is compiled; Jenkins refuses it in"
                  + " the sandbox, and it is never run here. Remove it, and keep the code in the"
                  + " library's src",
              at.getLineNumber(),
              at.getColumnNumber()));
    }
  }
}
