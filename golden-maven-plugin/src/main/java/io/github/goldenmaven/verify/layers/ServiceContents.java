package io.github.goldenmaven.verify.layers;

import io.github.goldenmaven.golden.definition.GoldenDefinition.Protect;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.verify.finding.Finding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is in the layers above the golden's.
 *
 * @param golden what the golden itself has; absent where it could not be read
 * @param links all links there are once these layers are put on
 * @param files of the service's own
 * @param suspicions what services have no business with
 * @param faults layers that could not be read, or are not what the config says
 * @param classes those that lie there as files
 */
public record ServiceContents(
    @Nullable GoldenContents golden,
    Links links,
    ServiceFiles files,
    List<LayerIssue> suspicions,
    List<Finding> faults,
    ClassVersions classes) {

  public static final ServiceContents NOTHING =
      new ServiceContents(
          null, new Links(), new ServiceFiles(), List.of(), List.of(), ClassVersions.NONE);

  public ServiceContents {
    suspicions = List.copyOf(suspicions);
    faults = List.copyOf(faults);
  }

  /** What the golden itself says may not be changed. */
  public Protect protect() {
    return golden == null ? Protect.NOTHING : golden.protect();
  }
}
