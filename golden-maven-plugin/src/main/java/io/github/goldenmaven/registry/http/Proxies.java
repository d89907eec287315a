package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.registry.credentials.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Which proxy of Maven's settings a request takes; loopback never takes one. */
public final class Proxies extends ProxySelector {

  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private final List<ProxySettings> settings;

  Proxies(List<ProxySettings> settings) {
    this.settings = settings;
    if (settings.stream().anyMatch(proxy -> proxy.credentials() != null)
        && System.getProperty(TUNNEL_SCHEMES) == null) {
      // The JDK keeps Basic credentials from a proxy on the way to TLS hosts unless told otherwise,
      // and reads this once, when its client is loaded. Maven itself sends them.
      System.setProperty(TUNNEL_SCHEMES, "");
    }
  }

  /** The proxy of an address; empty where it is reached without one. */
  Optional<ProxySettings> proxyFor(URI uri) {
    Origin origin = Origin.of(uri);
    if (origin == null || RegistryAccess.isLoopback(origin.host())) {
      return Optional.empty();
    }
    List<ProxySettings> fitting =
        settings.stream().filter(proxy -> proxy.isFor(origin.host())).toList();
    return fitting.stream()
        .filter(proxy -> proxy.protocol().equalsIgnoreCase(origin.scheme()))
        .findFirst()
        .or(() -> fitting.stream().findFirst());
  }

  /** The header that lets us through the proxy of this address, where it asks for one. */
  Optional<String> authorization(URI uri) {
    return proxyFor(uri).map(ProxySettings::credentials).map(Proxies::basic);
  }

  public static String basic(Credentials credentials) {
    String pair = credentials.user() + ":" + credentials.secret();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<Proxy> select(URI uri) {
    return proxyFor(uri)
        .map(
            proxy ->
                List.of(
                    new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.host(), proxy.port()))))
        .orElse(List.of(Proxy.NO_PROXY));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException fault) {
    // The request itself fails and says so.
  }
}
