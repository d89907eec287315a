package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who a request really goes to, after redirects, and who stands between.
 *
 * @param proxyOrNull the proxy of Maven's settings that it goes through
 */
public record Party(URI uri, @Nullable ProxySettings proxyOrNull) {

  private static final int PROXY_ASKS = 407;

  private static final String SETTINGS = "its <proxy> in Maven's settings.xml";

  public Optional<String> proxy() {
    return Optional.ofNullable(proxyOrNull).map(ProxySettings::address);
  }

  /** Host and port. */
  public String address() {
    Origin origin = Origin.of(uri);
    return origin == null ? String.valueOf(uri.getHost()) : Printable.of(origin.address());
  }

  /** What is said after somebody's name where a proxy is between. */
  public String through() {
    return proxy().map(proxy -> ", asked through the proxy '" + proxy + "',").orElse("");
  }

  @Override
  public String toString() {
    return "'" + address() + "'" + through();
  }

  /**
   * An answer that is the server's and no proxy's.
   *
   * @throws RefusedException when a proxy asks who we are: nobody else answers 407
   */
  Response admitted(Response answer) {
    if (answer.status() != PROXY_ASKS) {
      return answer;
    }
    answer.discard();
    if (proxyOrNull == null) {
      throw new RefusedException(
          "Something between us and '"
              + address()
              + "' answers as a proxy that asks for"
              + " credentials (407), and no <proxy> of Maven's settings.xml is for that host.",
          "Describe the proxy in a <proxy> of Maven's settings.xml, with <username> and"
              + " <password>.");
    }
    String proxy = "The proxy '" + proxyOrNull.address() + "' ";
    String way = ", on the way to '" + address() + "'.";
    throw proxyOrNull.credentials() == null
        ? new RefusedException(
            proxy + "asks for credentials (407)" + way,
            "Put <username> and <password> into " + SETTINGS + ".")
        : new RefusedException(
            proxy + "does not accept the credentials of " + SETTINGS + " (407)" + way,
            "Correct <username> and <password> there; a proxy that wants another scheme than"
                + " Basic cannot be passed.");
  }

  /** The proxy answered instead of opening the way. */
  public UnavailableException noTunnel(String status, Throwable cause) {
    return new UnavailableException(
        "The proxy '%s' does not open the way to '%s': it answers %s."
            .formatted(proxy().orElse(""), address(), status),
        "Have that host and port allowed there; a host that needs no proxy belongs into"
            + " <nonProxyHosts> of "
            + SETTINGS
            + ".",
        cause);
  }
}
