package io.github.goldenmaven.packaging.maven;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * One {@code <pluginExtension>} of jib-maven-plugin's configuration.
 *
 * @param implementation the extension's class
 * @param configuration the extension's own {@code <configuration>}
 */
public record ExtensionSettings(
    String implementation, Map<String, String> properties, @Nullable Xpp3Dom configuration) {

  public ExtensionSettings {
    properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
  }
}
