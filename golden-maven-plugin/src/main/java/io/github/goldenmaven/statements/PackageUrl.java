package io.github.goldenmaven.statements;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * How images, artifacts and tools are named in statements.
 *
 * @see <a href="https://github.com/package-url/purl-spec">package URL</a>
 */
public final class PackageUrl {

  private PackageUrl() {}

  /** {@code registry.example/golden/java:21} with its digest, as the type {@code oci} has it. */
  static String ofImage(String reference, String digest) {
    String repository = reference.replaceAll("@.*", "").replaceAll(":[^/:]*$", "");
    String tag = reference.replaceAll("@.*", "").substring(repository.length());
    String name = repository.substring(repository.lastIndexOf('/') + 1);
    return "pkg:oci/%s@%s?repository_url=%s%s"
        .formatted(
            encoded(name),
            encoded(digest),
            repository,
            tag.isEmpty() ? "" : "&tag=" + encoded(tag.substring(1)));
  }

  /** {@code group:artifact} of Maven, with its version. */
  public static String ofMaven(String group, String artifact, String version) {
    return "pkg:maven/%s/%s@%s".formatted(encoded(group), encoded(artifact), encoded(version));
  }

  /** What is in no repository of packages. */
  public static String ofGeneric(String name, String version) {
    return "pkg:generic/%s@%s".formatted(encoded(name), encoded(version));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
