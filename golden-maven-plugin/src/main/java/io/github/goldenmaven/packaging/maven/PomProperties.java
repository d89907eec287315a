package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.container.CommaText;
import java.util.List;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * jib's properties as the POM sets them, whatever the user gives with {@code -D}: whoever may start
 * a build could otherwise change what the POM says the image is, and nothing would show it.
 */
record PomProperties(MavenProject project, MavenSession session) {

  /** For what only serves a hint: nothing where the user's value may hide the POM's. */
  @Nullable String hint(String name) {
    return isHidden(name) ? null : project.getProperties().getProperty(name);
  }

  @Nullable String text(String name) {
    if (isHidden(name)) {
      // Maven 4 puts a user's value over the POM's and keeps no trace of what was there.
      throw new RefusedException(
          "'-D" + name + "' overrides what the POM sets.",
          "Remove it from the command line: golden:build takes jib's settings from the POM"
              + " alone.");
    }
    return project.getProperties().getProperty(name);
  }

  private boolean isHidden(String name) {
    String value = project.getProperties().getProperty(name);
    return value != null && value.equals(session.getUserProperties().getProperty(name));
  }

  @Nullable Boolean truth(String name) {
    String text = text(name);
    return text == null ? null : Boolean.valueOf(text);
  }

  /** Items between commas; {@code \,} is a comma of an item. */
  @Nullable List<String> list(String name) {
    String text = text(name);
    return text == null ? null : CommaText.items(text);
  }

  /** {@code name=value} between commas. */
  @Nullable Map<String, String> map(String name) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    return CommaText.map(CommaText.items(text), "the POM's property '" + name + "'", name);
  }
}
