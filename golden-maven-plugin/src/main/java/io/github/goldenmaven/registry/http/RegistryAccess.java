package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.registry.credentials.CredentialSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How registries are reached.
 *
 * @param insecureRegistries hosts, with port or for every port, that may be spoken to over plain
 *     HTTP; loopback always may
 * @param proxies of Maven's settings, the first that fits is taken
 * @param caCertificates a PEM file with certificate authorities to trust besides the JVM's own
 * @param offline whether Maven runs with {@code -o}
 * @param userAgent what we call ourselves: {@code golden-maven/} and the plugin's version
 * @param tokenServers hosts, with port or for every port, that a registry's credentials may be
 *     shown to although they are not its own by name
 */
public record RegistryAccess(
    CredentialSource credentials,
    Set<String> insecureRegistries,
    List<ProxySettings> proxies,
    @Nullable Path caCertificates,
    Timeouts timeouts,
    boolean offline,
    String userAgent,
    Set<String> tokenServers) {

  public RegistryAccess {
    insecureRegistries = hosts(insecureRegistries);
    tokenServers = hosts(tokenServers);
    proxies = List.copyOf(proxies);
  }

  private static Set<String> hosts(Set<String> written) {
    return written.stream()
        .map(host -> host.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a host, with its port where it is not the scheme's own, may be reached over HTTP. */
  public boolean allowsPlainHttp(String host) {
    return isLoopback(Origin.nameOf(host))
        || insecureRegistries.contains(host)
        || insecureRegistries.contains(Origin.nameOf(host));
  }

  /** Whether a registry's credentials may be shown to a server that is not its own by name. */
  public boolean allowsTokensFrom(Origin server) {
    return tokenServers.contains(server.hostAndPort())
        || tokenServers.contains(server.address())
        || tokenServers.contains(server.host());
  }

  /** By its letters alone: a name that resolves to loopback is not asked for. */
  static boolean isLoopback(String name) {
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.matches("127\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}");
  }
}
