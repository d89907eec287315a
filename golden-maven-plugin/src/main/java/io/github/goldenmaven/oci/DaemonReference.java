package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import java.util.Optional;

/** An image in a Docker Engine, {@code docker-daemon:NAME[:TAG]}. */
public record DaemonReference(RegistryReference image) implements ImageReference {

  static final String PREFIX = "docker-daemon:";

  public DaemonReference {
    if (image.digest().isPresent()) {
      throw new RefusedException(
          "'" + PREFIX + image + "' is pinned to a manifest digest.",
          "A Docker Engine keeps images by tag and image ID only; leave the digest out.");
    }
  }

  static DaemonReference parse(String text) {
    String name = text.substring(PREFIX.length());
    if (name.isBlank()) {
      throw new RefusedException(
          "'" + PREFIX + "' names no image.",
          "Write '" + PREFIX + "NAME' or '" + PREFIX + "NAME:TAG'.");
    }
    return new DaemonReference(RegistryReference.parse(name));
  }

  @Override
  public Optional<String> tag() {
    return image.tag();
  }

  @Override
  public Optional<Digest> digest() {
    return Optional.empty();
  }

  @Override
  public DaemonReference pinnedTo(Digest digest) {
    return this;
  }

  @Override
  public DaemonReference withTag(String tag) {
    return new DaemonReference(image.withTag(tag));
  }

  /** {@code docker-daemon:host/repository}. */
  @Override
  public String name() {
    return PREFIX + image.name();
  }

  @Override
  public String toString() {
    return PREFIX + image;
  }
}
