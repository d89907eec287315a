package io.github.goldenmaven.mojo;

import java.util.function.UnaryOperator;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.jspecify.annotations.Nullable;

/** What the {@code ${…}} of a POM's configuration stand for when a goal runs, as Maven sees it. */
record Expressions(MavenSession session, @Nullable MojoExecution execution)
    implements UnaryOperator<@Nullable String> {

  @Override
  public @Nullable String apply(@Nullable String text) {
    if (text == null || !text.contains("${")) {
      return text;
    }
    try {
      Object value = new PluginParameterExpressionEvaluator(session, execution).evaluate(text);
      return value == null ? null : value.toString();
    } catch (ExpressionEvaluationException e) {
      return text;
    }
  }
}
