package io.github.goldenmaven.jenkins;

import io.github.goldenmaven.jenkins.controller.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.jspecify.annotations.Nullable;

/**
 * A declarative Jenkinsfile. Only Jenkins' core can run one; what can be checked without it is
 * whether it parses, and whether the steps in it and their parameters exist.
 */
public final class DeclarativePipeline {

  private static final Set<String> PLACES_OF_STEPS =
      Set.of(
          "steps",
          "always",
          "success",
          "failure",
          "unstable",
          "aborted",
          "changed",
          "fixed",
          "cleanup",
          "regression",
          "unsuccessful");

  private final Jenkinsfile jenkinsfile;

  /** A Jenkinsfile whose outermost word is {@code pipeline}. */
  public DeclarativePipeline(Jenkinsfile jenkinsfile) {
    this.jenkinsfile = jenkinsfile;
  }

  /** Whether a Jenkinsfile is declarative. */
  public static boolean is(Jenkinsfile jenkinsfile) {
    return jenkinsfile.text().lines().anyMatch(line -> line.strip().matches("pipeline\\s*\\{.*"));
  }

  /**
   * What is wrong with it.
   *
   * @param catalogue the steps that there are
   * @param variables the names of the libraries' variables
   */
  public List<Violation> check(StepCatalogue catalogue, Collection<String> variables) {
    List<Violation> violations = new ArrayList<>();
    SourceUnit source;
    try {
      CompilationUnit unit = new CompilationUnit(new CompilerConfiguration());
      source = unit.addSource(jenkinsfile.name(), jenkinsfile.text());
      unit.compile(Phases.CONVERSION);
    } catch (CompilationFailedException failed) {
      String message = String.valueOf(failed.getMessage());
      return List.of(new Violation("", jenkinsfile.name(), 0, message));
    }
    source
        .getAST()
        .getStatementBlock()
        .visit(new StepCallParser(jenkinsfile.name(), catalogue, variables, violations));
    return violations;
  }

  private static final class StepCallParser extends CodeVisitorSupport {
    private final String file;
    private final StepCatalogue catalogue;
    private final Collection<String> variables;
    private final List<Violation> violations;
    private boolean inSteps;

    private StepCallParser(
        String file,
        StepCatalogue catalogue,
        Collection<String> variables,
        List<Violation> violations) {
      this.file = file;
      this.catalogue = catalogue;
      this.variables = variables;
      this.violations = violations;
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression call) {
      String name = String.valueOf(call.getMethodAsString());
      if (inSteps && name.equals("script")) {
        return; // any Groovy: only a run shows its steps
      }
      boolean before = inSteps;
      if (inSteps) {
        step(call, name);
      }
      inSteps |= PLACES_OF_STEPS.contains(name);
      body(call).visit(this);
      inSteps = before;
    }

    private static Expression body(MethodCallExpression call) {
      if (call.getArguments() instanceof TupleExpression arguments) {
        for (Expression argument : arguments.getExpressions()) {
          if (argument instanceof ClosureExpression closure) {
            return closure;
          }
        }
      }
      return call.getMethod();
    }

    private void step(MethodCallExpression call, String name) {
      StepType type = catalogue.find(name).orElse(null);
      if (variables.contains(name)) {
        return;
      }
      if (type == null) {
        Set<String> known = new TreeSet<>(catalogue.names());
        known.addAll(variables);
        report(
            call,
            name,
            "there is no such step. Did you mean '" + NearestName.to(name, known) + "'?");
        return;
      }
      for (String parameter : named(call)) {
        if (!type.parameters().contains(parameter)) {
          report(
              call,
              name,
              "has no parameter '"
                  + parameter
                  + "'. Did you mean '"
                  + NearestName.to(parameter, type.parameters())
                  + "'?");
        }
      }
    }

    private static List<String> named(MethodCallExpression call) {
      List<String> names = new ArrayList<>();
      if (call.getArguments() instanceof TupleExpression arguments) {
        for (Expression argument : arguments.getExpressions()) {
          if (argument instanceof MapExpression map) {
            for (MapEntryExpression entry : map.getMapEntryExpressions()) {
              names.add(entry.getKeyExpression().getText());
            }
          }
        }
      }
      return names;
    }

    private void report(MethodCallExpression call, @Nullable String step, String message) {
      violations.add(new Violation(String.valueOf(step), file, call.getLineNumber(), message));
    }
  }
}
