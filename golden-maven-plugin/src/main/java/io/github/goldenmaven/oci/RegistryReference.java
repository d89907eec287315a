package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image in a registry, fully qualified: {@code java} is {@code docker.io/library/java:latest}.
 *
 * @param host host with its port where one is given, lower case
 * @param repository path components, lower case
 * @see <a href="https://github.com/distribution/reference/blob/v0.6.0/reference.go">distribution's
 *     grammar</a>
 */
public record RegistryReference(
    String host, String repository, @Nullable String tagOrNull, @Nullable Digest digestOrNull)
    implements ImageReference {

  private static final Pattern HOST =
      Pattern.compile(
          "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]{2,45}\\])(?::[0-9]{1,5})?");
  private static final Pattern COMPONENT =
      Pattern.compile("[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*");
  private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}");
  private static final int MAX_HOST = 255;
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");

  /** Other tools' places of images. */
  private static final Pattern TRANSPORT =
      Pattern.compile("(oci-archive|docker-archive|containers-storage|dir|ostree|sif|tarball):");

  private static final int MAX_PORT = 65535;
  private static final int MAX_REPOSITORY = 255;
  private static final String DOCKER_HUB = "docker.io";

  /** Whether this can be a tag. */
  public static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  static RegistryReference parse(String text) {
    String rest = text;
    Digest digest = null;
    int at = rest.indexOf('@');
    String pinned = rest.substring(at + 1);
    // Before anything else: no other refusal may show what stands before an '@'.
    if (at >= 0 && (!pinned.startsWith("sha256:") || pinned.indexOf('@') >= 0)) {
      throw refusedWithCredentials();
    }
    requireSpoken(text);
    if (text.contains("://")) {
      throw refused(
          text, "it begins with a scheme", "Leave the scheme out: 'host/repository:tag'.");
    }
    if (at >= 0) {
      digest = Digest.parse(pinned);
      rest = rest.substring(0, at);
    }
    String tag = null;
    int colon = rest.lastIndexOf(':');
    if (colon > rest.lastIndexOf('/')) {
      tag = rest.substring(colon + 1);
      rest = rest.substring(0, colon);
      requireTag(text, tag);
    }
    if (tag == null && digest == null) {
      tag = "latest";
    }
    return located(text, rest, tag, digest);
  }

  /** With the host and the repository of a name that has neither tag nor digest. */
  private static RegistryReference located(
      String text, String name, @Nullable String tag, @Nullable Digest digest) {
    int slash = name.indexOf('/');
    String first = slash < 0 ? "" : name.substring(0, slash);
    boolean hasHost = first.contains(".") || first.contains(":") || first.equals("localhost");
    String host = hasHost ? first.toLowerCase(Locale.ROOT) : DOCKER_HUB;
    String repository = hasHost ? name.substring(slash + 1) : name;
    if (host.equals("index.docker.io") || host.equals(DOCKER_HUB)) {
      host = DOCKER_HUB;
      repository = repository.contains("/") ? repository : "library/" + repository;
    }
    requireHost(text, host);
    requireRepository(text, repository);
    return new RegistryReference(host, repository, tag, digest);
  }

  private static void requireTag(String text, String tag) {
    if (!TAG.matcher(tag).matches()) {
      throw refused(
          text,
          "'" + Printable.of(tag) + "' is not a tag",
          "A tag has letters, digits, '_', '.' and '-', at most 128, and begins with a letter,"
              + " a digit or '_'.");
    }
  }

  /** What would be taken for a repository of Docker Hub, or told as a wrong letter. */
  private static void requireSpoken(String text) {
    Matcher expression = EXPRESSION.matcher(text);
    if (expression.find()) {
      throw refused(
          text,
          "Maven has nothing to put in for '" + Printable.of(expression.group()) + "'",
          "Set the property in the POM's <properties> or on the command line, or write the value"
              + " itself.");
    }
    Matcher transport = TRANSPORT.matcher(text);
    if (transport.lookingAt()) {
      throw refused(
          text,
          "'" + transport.group() + "' is a transport that is not spoken here",
          "Write 'host/repository:tag', 'oci:PATH:TAG' or 'docker-daemon:NAME:TAG'.");
    }
  }

  private static void requireHost(String text, String host) {
    if (host.length() > MAX_HOST
        || !HOST.matcher(host).matches()
        || !isOfUrls(host)
        || port(host) < 1
        || port(host) > MAX_PORT) {
      throw refused(
          text,
          "'" + Printable.of(host) + "' is not a registry host",
          "Write a host name, and its port where it is not 443: 'registry.company.example:5000'.");
    }
  }

  /** An address written in hexadecimal is none in a URL, nor is a name whose end is a number. */
  private static boolean isOfUrls(String host) {
    try {
      return new URI("https://" + host + "/").getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static int port(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]") ? 443 : Integer.parseInt(host.substring(colon + 1));
  }

  private static void requireRepository(String text, String repository) {
    if (!repository.equals(repository.toLowerCase(Locale.ROOT))) {
      throw refused(
          text,
          "it has upper-case letters",
          "Registries know lower case only; with Maven, write a property of your own rather than"
              + " ${project.artifactId} where that has upper case.");
    }
    if (repository.length() > MAX_REPOSITORY) {
      throw refused(
          text, "its repository is longer than " + MAX_REPOSITORY, "Choose a shorter repository.");
    }
    for (String component : repository.split("/", -1)) {
      if (!COMPONENT.matcher(component).matches()) {
        throw refused(
            text,
            "'" + Printable.of(component) + "' is not a repository path component",
            "Write lower-case letters and digits, separated by single '.', '_' or '-'.");
      }
    }
  }

  private static RefusedException refused(String text, String fault, String remedy) {
    return new RefusedException(
        "'" + Printable.of(text) + "' is not an image reference: " + fault + ".", remedy);
  }

  private static RefusedException refusedWithCredentials() {
    // The text is not shown: what stands before an '@' may be a password.
    return new RefusedException(
        "An image reference has an '@' that no 'sha256:' digest follows.",
        "Leave credentials out of references: put them into a <server> of Maven's settings.xml"
            + " with the registry's host as id. To pin, write '@sha256:' and 64 hex digits.");
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
  public RegistryReference pinnedTo(Digest digest) {
    return new RegistryReference(host, repository, tagOrNull, digest);
  }

  /**
   * The same repository under this tag.
   *
   * @throws RefusedException when it is not a tag
   */
  @Override
  public RegistryReference withTag(String tag) {
    return parse(name() + ":" + tag);
  }

  /** {@code host/repository}. */
  @Override
  public String name() {
    return host + "/" + repository;
  }

  /** {@code host/repository:tag}, as {@code org.opencontainers.image.base.name} wants it. */
  public String nameWithTag() {
    return name() + (tagOrNull == null ? "" : ":" + tagOrNull);
  }

  @Override
  public String toString() {
    return nameWithTag() + (digestOrNull == null ? "" : "@" + digestOrNull);
  }
}
