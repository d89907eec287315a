package io.github.goldenmaven.contents;

import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.jar.JarFacts;
import java.util.Map;

/**
 * What the gate alone asks of a layer's files.
 *
 * @param kept what is known of their content
 * @param classes that lie in it as files
 * @param jars that could be read, by their path as the layer has it
 */
public record LayerFacts(KeptContent kept, ClassVersions classes, Map<String, JarFacts> jars) {

  public static final LayerFacts NONE =
      new LayerFacts(new KeptContent(), ClassVersions.NONE, Map.of());

  public LayerFacts {
    jars = Map.copyOf(jars);
  }
}
