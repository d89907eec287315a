package io.github.goldenmaven.registry.http;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port: the border that credentials never cross.
 *
 * @param host lower case, an IPv6 address in brackets
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-4">RFC 6454, section 4</a>
 */
public record Origin(String scheme, String host, int port) {

  private static final String DOCKER_HUB = "docker.io";
  private static final String DOCKER_HUB_API = "registry-1.docker.io";

  /**
   * Domains below which everybody can have a name: what country registries sell, like {@code
   * co.uk}, and where clouds name the registries and servers of their customers.
   */
  private static final Pattern NOBODYS =
      Pattern.compile(
          "(ac|co|com|edu|go|gob|gouv|gov|gv|ltd|ne|net|nom|or|org|plc|sch)\\.[a-z]{2}"
              + "|(.+\\.)?(amazonaws\\.com(\\.cn)?|azurecr\\.(io|cn|us)|cloudapp\\.(net|azure\\.com)"
              + "|azurewebsites\\.net|cloudfront\\.net|appspot\\.com|run\\.app|herokuapp\\.com"
              + "|fly\\.dev|workers\\.dev|pages\\.dev|github\\.io|gitlab\\.io|jfrog\\.io|scw\\.cloud"
              + "|ngrok\\.io|ngrok-free\\.app|ts\\.net|nip\\.io|sslip\\.io|duckdns\\.org)");

  /** The host that answers for a registry: Docker Hub's has another name. */
  public static String api(String registry) {
    return registry.equals(DOCKER_HUB) ? DOCKER_HUB_API : registry;
  }

  /** The origin of an absolute HTTP address; {@code null} for any other. */
  public static @Nullable Origin of(URI uri) {
    String scheme = uri.getScheme();
    String host = uri.getHost();
    if (scheme == null || host == null || uri.getRawUserInfo() != null) {
      return null;
    }
    String lower = scheme.toLowerCase(Locale.ROOT);
    if (!lower.equals("http") && !lower.equals("https")) {
      return null;
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : lower.equals("http") ? 80 : 443;
    return new Origin(lower, host.toLowerCase(Locale.ROOT), port);
  }

  /** From a reference's host. */
  public static Origin of(String scheme, String hostAndPort) {
    String name = nameOf(hostAndPort);
    int port =
        name.length() < hostAndPort.length()
            ? Integer.parseInt(hostAndPort.substring(name.length() + 1))
            : scheme.equals("http") ? 80 : 443;
    return new Origin(scheme, name, port);
  }

  /** A host without its port. */
  static String nameOf(String hostAndPort) {
    int colon = hostAndPort.lastIndexOf(':');
    return colon < 0 || hostAndPort.endsWith("]") ? hostAndPort : hostAndPort.substring(0, colon);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Origin origin
        && port == origin.port
        && scheme.equals(origin.scheme)
        && host.equals(origin.host);
  }

  @Override
  public int hashCode() {
    return Objects.hash(scheme, host, port);
  }

  public boolean isSecure() {
    return scheme.equals("https");
  }

  /** As a reference names it: the port only where it is not the scheme's own. */
  public String hostAndPort() {
    return port == (isSecure() ? 443 : 80) ? host : host + ":" + port;
  }

  /** As it is spoken to: always with the port. */
  public String address() {
    return host + ":" + port;
  }

  public URI resolve(URI relativeOrAbsolute) {
    return URI.create(scheme + "://" + hostAndPort() + "/").resolve(relativeOrAbsolute);
  }

  /**
   * Whether two hosts belong to one owner as far as names can tell: the same name, or one parent
   * domain that is somebody's own, as {@code registry-1.docker.io} and {@code auth.docker.io}.
   */
  public boolean sharesSiteWith(Origin other) {
    if (host.equals(other.host)) {
      return true;
    }
    String mine = parent(host);
    String theirs = parent(other.host);
    return isDomain(mine)
        && (mine.equals(theirs) || mine.equals(other.host) || host.equals(theirs));
  }

  private static String parent(String name) {
    return name.substring(name.indexOf('.') + 1);
  }

  private static boolean isDomain(String name) {
    return name.contains(".")
        && !name.matches(".*[0-9]")
        && !name.endsWith("]")
        && !NOBODYS.matcher(name).matches();
  }
}
