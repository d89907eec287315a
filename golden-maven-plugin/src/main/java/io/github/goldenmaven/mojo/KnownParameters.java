package io.github.goldenmaven.mojo;

import io.github.goldenmaven.text.NearestName;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of all goals, as the plugin's own descriptor lists them: what is not here is
 * misspelt, whichever goal runs.
 *
 * @param names elements of a {@code <configuration>}
 * @param properties what begins with {@code golden.}
 * @param truths the properties that take true or false only
 */
record KnownParameters(Set<String> names, Set<String> properties, Set<String> truths) {

  static final String PREFIX = "golden.";

  static KnownParameters of(PluginDescriptor plugin) {
    Set<String> names = new TreeSet<>();
    Set<String> properties = new TreeSet<>();
    Set<String> truths = new TreeSet<>();
    for (MojoDescriptor goal : plugin.getMojos()) {
      for (Parameter parameter : goal.getParameters()) {
        if (parameter.isEditable()) {
          names.add(parameter.getName());
        }
        PlexusConfiguration read = goal.getMojoConfiguration().getChild(parameter.getName(), false);
        String property = read == null ? null : propertyOf(read.getValue(null));
        if (property != null) {
          properties.add(property);
          if (isTruth(parameter)) {
            truths.add(property);
          }
        }
      }
    }
    return new KnownParameters(names, properties, truths);
  }

  /** The {@code golden.…} that an expression reads. */
  private static @Nullable String propertyOf(@Nullable String expression) {
    return expression != null && expression.startsWith("${" + PREFIX) && expression.endsWith("}")
        ? expression.substring(2, expression.length() - 1)
        : null;
  }

  static boolean isTruth(Parameter parameter) {
    return "boolean".equals(parameter.getType()) || "java.lang.Boolean".equals(parameter.getType());
  }

  /** The property that somebody meant; with {@code golden} itself mistyped, too. */
  Optional<String> nearest(String property) {
    int dot = property.indexOf('.');
    if (dot < 0 || NearestName.among(Set.of("golden"), property.substring(0, dot)).isEmpty()) {
      return Optional.empty();
    }
    Collection<String> ends =
        properties.stream().map(known -> known.substring(PREFIX.length())).toList();
    return NearestName.among(ends, property.substring(dot + 1)).map(PREFIX::concat);
  }
}
