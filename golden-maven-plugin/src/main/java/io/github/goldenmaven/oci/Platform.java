package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Operating system and processor an image runs on, in Go's words ({@code linux/arm64}, {@code
 * linux/arm/v7}).
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-index.md#platform-variants">OCI
 *     image spec, platform variants</a>
 */
public record Platform(String os, String architecture, @Nullable String variantOrNull)
    implements Comparable<Platform> {

  private static final Pattern GRAMMAR = Pattern.compile("[a-z0-9_.-]{1,64}");

  public Platform {
    requireWord(os);
    requireWord(architecture);
    if (variantOrNull != null) {
      requireWord(variantOrNull);
    }
  }

  /** Parses {@code os/architecture} or {@code os/architecture/variant}. */
  public static Platform parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw notAPlatform(text);
    }
    return new Platform(parts[0], parts[1], parts.length == 3 ? parts[2] : null);
  }

  /** From an index entry's {@code platform}. */
  public static Platform of(JsonObject json) {
    requireSpelled(json);
    return new Platform(
        json.required("os", json.string("os")),
        json.required("architecture", json.string("architecture")),
        json.string("variant").orElse(null));
  }

  static void requireSpelled(JsonObject json) {
    json.requireSpelled(
        List.of("architecture", "os", "os.version", "os.features", "variant", "features"));
  }

  private static void requireWord(String word) {
    if (!GRAMMAR.matcher(word).matches()) {
      throw notAPlatform(word);
    }
  }

  private static RefusedException notAPlatform(String text) {
    return new RefusedException(
        "'" + Printable.of(text) + "' is not a platform.",
        "Write the operating system and the processor, like 'linux/amd64' or 'linux/arm/v7'.");
  }

  /** Whether somebody who asks for this takes the other: without a variant, any variant will do. */
  public boolean covers(Platform other) {
    return os.equals(other.os)
        && architecture.equals(other.architecture)
        && (variantOrNull == null || variantOrNull.equals(other.variantOrNull));
  }

  public Optional<String> variant() {
    return Optional.ofNullable(variantOrNull);
  }

  @Override
  public int compareTo(Platform other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return os + "/" + architecture + (variantOrNull == null ? "" : "/" + variantOrNull);
  }
}
