package io.github.goldenmaven.jenkins.program;

import io.github.goldenmaven.jenkins.Violation;
import java.util.List;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Violations that the source of a library's variable shows by itself. */
final class SourceRules extends CompilationCustomizer {

  private final List<Violation> violations;
  private final UnaryOperator<String> files;

  SourceRules(List<Violation> violations, UnaryOperator<String> files) {
    super(CompilePhase.CANONICALIZATION);
    this.files = files;
    this.violations = violations;
  }

  @Override
  public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
    String file = files.apply(source.getName());
    if (type.isScript() && source.getAST().getPackage() != null) {
      report(
          file,
          source.getAST().getPackage().getLineNumber(),
          "a variable of a library has no package line: Jenkins finds it by its file's name. Remove"
              + " the line.");
    }
    for (FieldNode field : type.getFields()) {
      if (field.isFinal() || field.getName().matches("[_$].*|metaClass")) {
        continue;
      }
      if (field.isStatic()) {
        report(
            file,
            field.getLineNumber(),
            "the static field '"
                + field.getName()
                + "' is lost at a restart and shared by every build. Pass the value as an argument"
                + " and return it.");
      } else if (type.isScript() && file.startsWith("vars/")) {
        report(
            file,
            field.getLineNumber(),
            "the field '"
                + field.getName()
                + "' can change, and each calling script has its own. Make it final, or pass the"
                + " value as an argument.");
      }
    }
  }

  private void report(String file, int line, String message) {
    violations.add(new Violation("", file, line, message));
  }
}
