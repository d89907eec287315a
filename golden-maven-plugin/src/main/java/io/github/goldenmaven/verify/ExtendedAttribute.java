package io.github.goldenmaven.verify;

import io.github.goldenmaven.verify.Suspicion.Kind;
import java.util.Optional;
import java.util.Set;

/** What runtimes make of a file's extended attributes. Whatever is not known is no service's. */
final class ExtendedAttribute {

  private static final Set<String> HARMLESS = Set.of("security.selinux", "security.ima");

  private ExtendedAttribute() {}

  /** What one is suspected of; empty where no runtime obeys it. */
  static Optional<Kind> suspicion(String name) {
    if (name.startsWith("trusted.overlay.") || name.startsWith("user.overlay.")) {
      // Overlayfs hides what is below a folder, or shows another one in its place.
      return Optional.of(Kind.WHITEOUT);
    }
    boolean plain =
        name.startsWith("user.")
            && !name.startsWith("user.containers.")
            && !name.startsWith("user.rootlesscontainers")
            && !name.contains("%");
    return plain || HARMLESS.contains(name) || name.startsWith("com.apple.")
        ? Optional.empty()
        : Optional.of(Kind.PRIVILEGE);
  }
}
