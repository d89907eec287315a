package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Optional;

/**
 * Names an image in one of skopeo's transports: a registry ({@code host/repository:tag}), an OCI
 * layout folder ({@code oci:PATH[:TAG]}) or a Docker Engine ({@code docker-daemon:NAME[:TAG]}).
 */
public sealed interface ImageReference permits RegistryReference, LayoutReference, DaemonReference {

  /**
   * Parses a reference of any transport.
   *
   * @throws RefusedException when it is of no transport's grammar
   */
  static ImageReference parse(String text) {
    if (text.isBlank()) {
      throw new RefusedException(
          "The image reference is empty.",
          "Write one like 'registry.company.example/golden/java:21', 'oci:PATH:TAG' or"
              + " 'docker-daemon:NAME:TAG'.");
    }
    // A URL as Helm writes it is no folder; the registry's grammar tells it what to leave out.
    if (text.startsWith(LayoutReference.PREFIX) && !text.startsWith("oci://")) {
      return LayoutReference.parse(text);
    }
    if (text.startsWith(DaemonReference.PREFIX)) {
      return DaemonReference.parse(text);
    }
    RegistryReference reference = RegistryReference.parse(text);
    if (!text.contains("/") && reference.repository().matches("library/(localhost|.*[.].*)")) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' names a registry's host and no repository there.",
          "Write 'host/repository:tag', like 'registry.company.example/golden/java:21'.");
    }
    return reference;
  }

  /** The tag, where the reference names one. */
  Optional<String> tag();

  /** The digest, where the reference is pinned to one. */
  Optional<Digest> digest();

  /** The same place, pinned to a digest, its tag kept for people to read. */
  ImageReference pinnedTo(Digest digest);

  /** The same place under this tag, not pinned. */
  ImageReference withTag(String tag);

  /** The image's name without tag and digest: what holds all tags of one repository. */
  String name();
}
