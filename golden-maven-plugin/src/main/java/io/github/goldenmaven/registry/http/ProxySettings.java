package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A proxy as Maven's settings.xml describes it.
 *
 * @param protocol of the addresses it is for, {@code http} or {@code https}
 * @param credentials what the proxy is told to let us through; {@code null} where it asks nothing
 * @param nonProxyHosts host patterns it is not for, with {@code *} for any characters
 */
public record ProxySettings(
    String protocol,
    String host,
    int port,
    @Nullable Credentials credentials,
    List<String> nonProxyHosts) {

  public ProxySettings {
    if (host.isBlank()) {
      throw new RefusedException(
          "An active <proxy> in Maven's settings.xml names no host.",
          "Write its <host>, or switch it off with <active>false</active>.");
    }
    if (port < 1 || port > 65_535) {
      throw new RefusedException(
          "The <proxy> of the host '%s' in Maven's settings.xml has the port '%s'."
              .formatted(Printable.of(host), port),
          "Write a <port> from 1 to 65535, or switch it off with <active>false</active>.");
    }
    nonProxyHosts = List.copyOf(nonProxyHosts);
  }

  /** From Maven's form, where bars stand between the patterns: {@code localhost|*.example}. */
  public static ProxySettings of(
      String protocol,
      @Nullable String host,
      int port,
      @Nullable Credentials credentials,
      @Nullable String nonProxyHosts) {
    List<String> patterns =
        nonProxyHosts == null ? List.of() : List.of(nonProxyHosts.split("[|,]", -1));
    return new ProxySettings(
        protocol,
        host == null ? "" : host,
        port,
        credentials,
        patterns.stream().map(String::strip).filter(pattern -> !pattern.isEmpty()).toList());
  }

  /** {@code proxy.example:3128}. */
  String address() {
    return Printable.of(host) + ":" + port;
  }

  public boolean isFor(String host) {
    return nonProxyHosts.stream().noneMatch(pattern -> matches(pattern, host));
  }

  private static boolean matches(String pattern, String host) {
    String[] parts = pattern.toLowerCase(Locale.ROOT).split("\\*", -1);
    String rest = host.toLowerCase(Locale.ROOT);
    if (parts.length == 1) {
      return rest.equals(parts[0]);
    }
    if (!rest.startsWith(parts[0])) {
      return false;
    }
    rest = rest.substring(parts[0].length());
    for (int part = 1; part < parts.length - 1; part++) {
      int at = rest.indexOf(parts[part]);
      if (at < 0) {
        return false;
      }
      rest = rest.substring(at + parts[part].length());
    }
    return rest.endsWith(parts[parts.length - 1]);
  }
}
