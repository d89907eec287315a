package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Optional;

/**
 * One platform of the image that another stands on.
 *
 * @param reference as the user named it
 * @param digest what the reference resolved to: of the index where it is one
 * @param manifest of this platform's manifest, which is {@code digest} where there is no index
 */
public record BaseFacts(
    ImageReference reference, Digest digest, Digest manifest, ImageConfig config) {

  public BaseFacts {
    if (config.diffIds().isEmpty()) {
      throw new RefusedException(
          "The base '" + Printable.of(reference.toString()) + "' has no layers.",
          "Name a golden image in <base> or with -Dgolden.base.");
    }
  }

  /**
   * The name that finds the base again on any machine, fully qualified, with its tag; empty for a
   * layout folder, whose path says something about this machine only.
   */
  public Optional<String> name() {
    if (reference instanceof RegistryReference registry) {
      return Optional.of(registry.nameWithTag());
    }
    return reference instanceof DaemonReference daemon
        ? Optional.of(daemon.image().nameWithTag())
        : Optional.empty();
  }

  public List<Digest> diffIds() {
    return config.diffIds();
  }
}
