package io.github.goldenmaven.jenkins.program;

import io.github.goldenmaven.jenkins.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.ExceptionMessage;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** What the compiler says of a pipeline's sources, each with its place. */
final class CompileErrors {

  private CompileErrors() {}

  /**
   * Tells them one by one.
   *
   * @param file turns a source's name, as the compiler knows it, into what a developer knows
   * @param otherwise the file of an error that names none
   */
  static List<Violation> of(
      CompilationFailedException failed, UnaryOperator<String> file, String otherwise) {
    List<Violation> errors = new ArrayList<>();
    if (failed instanceof MultipleCompilationErrorsException several) {
      for (Object error : several.getErrorCollector().getErrors()) {
        if (error instanceof SyntaxErrorMessage syntax) {
          SyntaxException cause = syntax.getCause();
          String place = cause.getSourceLocator();
          errors.add(
              new Violation(
                  "",
                  place == null ? otherwise : file.apply(place),
                  Math.max(0, cause.getLine()),
                  cause.getOriginalMessage().strip() + "."));
        } else if (error instanceof ExceptionMessage thrown) {
          String message = String.valueOf(thrown.getCause());
          errors.add(new Violation("", otherwise, 0, message));
        }
      }
    }
    if (errors.isEmpty()) {
      errors.add(new Violation("", otherwise, 0, String.valueOf(failed.getMessage())));
    }
    return errors;
  }
}
