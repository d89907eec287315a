package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An image in an OCI layout folder, {@code oci:PATH[:TAG]} or {@code oci:PATH@sha256:…}.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">OCI image
 *     spec, image layout</a>
 */
public record LayoutReference(Path path, @Nullable String tagOrNull, @Nullable Digest digestOrNull)
    implements ImageReference {

  static final String PREFIX = "oci:";

  static LayoutReference parse(String text) {
    String rest = text.substring(PREFIX.length());
    Digest digest = null;
    int at = rest.lastIndexOf("@sha256:");
    if (at >= 0) {
      digest = Digest.parse(rest.substring(at + 1));
      rest = rest.substring(0, at);
    }
    String tag = null;
    int colon = rest.lastIndexOf(':');
    // The colon of C:\ or C:/ is followed by a slash; in a:latest it is a tag's.
    if (colon > Math.max(rest.lastIndexOf('/'), rest.lastIndexOf('\\'))) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
    }
    if (rest.isEmpty() || (tag != null && !RegistryReference.isTag(tag))) {
      throw refused(text, null);
    }
    try {
      return new LayoutReference(Path.of(rest), tag, digest);
    } catch (InvalidPathException e) {
      throw refused(text, e);
    }
  }

  private static RefusedException refused(String text, @Nullable Exception cause) {
    return new RefusedException(
        "'" + Printable.of(text) + "' is not an OCI layout reference.",
        "Write 'oci:PATH' or 'oci:PATH:TAG', like 'oci:target/golden/image:latest'.",
        cause);
  }

  @Override
  public Optional<String> tag() {
    return Optional.ofNullable(tagOrNull);
  }

  @Override
  public Optional<Digest> digest() {
    return Optional.ofNullable(digestOrNull);
  }

  @Override
  public LayoutReference pinnedTo(Digest digest) {
    return new LayoutReference(path, tagOrNull, digest);
  }

  @Override
  public LayoutReference withTag(String tag) {
    if (!RegistryReference.isTag(tag)) {
      throw refused(this + ":" + tag, null);
    }
    return new LayoutReference(path, tag, null);
  }

  /** The same image, where a relative path starts at this folder. */
  public LayoutReference in(Path folder) {
    return new LayoutReference(folder.resolve(path), tagOrNull, digestOrNull);
  }

  /** {@code oci:PATH}. */
  @Override
  public String name() {
    return PREFIX + path;
  }

  @Override
  public String toString() {
    return name()
        + (tagOrNull == null ? "" : ":" + tagOrNull)
        + (digestOrNull == null ? "" : "@" + digestOrNull);
  }
}
