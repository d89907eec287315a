package io.github.goldenmaven.packaging;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a service loses of its golden image. What the golden image set is company policy; replacing
 * it is the service's choice to defend.
 */
final class BaseOverrides {

  private BaseOverrides() {}

  /**
   * One warning for each thing lost, however many platforms lose it.
   *
   * @param bases the config of every platform
   * @param environment what the service sets
   */
  static List<Warning> warnings(List<ImageConfig> bases, Map<String, String> environment) {
    List<Warning> warnings = new ArrayList<>();
    environment.forEach(
        (name, value) -> {
          if (bases.stream().anyMatch(base -> replaces(base, name, value))) {
            warnings.add(
                new Warning(
                    "The service replaces '" + Printable.of(name) + "' of its golden image.",
                    "Leave it out of <container><environment> unless you mean to; a release gate"
                        + " may refuse it."));
          }
        });
    if (bases.stream().anyMatch(base -> !base.runtime().strings("OnBuild").isEmpty())) {
      warnings.add(
          new Warning(
              "The golden image has ONBUILD triggers, which run in 'docker build' only.",
              "Ask the platform team to bake what they do into the golden image."));
    }
    return warnings;
  }

  private static boolean replaces(ImageConfig base, String name, String value) {
    String golden = base.environment().get(name);
    return golden != null && !golden.equals(value);
  }
}
