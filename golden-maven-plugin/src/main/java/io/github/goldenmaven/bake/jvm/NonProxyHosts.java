package io.github.goldenmaven.bake.jvm;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.golden.definition.DirectHost;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * {@code noProxy} in the JVM's words: bars between hosts, one asterisk before or after each. The
 * JVM compares text, so a network becomes the addresses' beginnings, as {@code 127.*} in the JVM's
 * own default.
 *
 * @see <a
 *     href="https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/net/doc-files/net-properties.html#Proxies">Networking
 *     properties, proxies</a>
 */
final class NonProxyHosts {

  /** What the JVM reaches without a proxy by itself; what is written takes its place. */
  private static final List<String> DEFAULT = List.of("localhost", "127.*", "[::1]");

  private static final int OCTETS = 4;
  private static final int OCTET_BITS = 8;

  private NonProxyHosts() {}

  /** The value of {@code http.nonProxyHosts}; warns of what it cannot say. */
  static String of(List<DirectHost> noProxy, Additions additions) {
    Set<String> hosts = new LinkedHashSet<>(DEFAULT);
    for (DirectHost direct : noProxy) {
      if (direct.kind() == DirectHost.Kind.IPV6 && direct.bitsOrNull() != null) {
        additions.warn(
            "'"
                + direct
                + "' in 'proxy.noProxy' of golden.yaml is an IPv6 network, which the JVM's setting"
                + " cannot express: the JVM goes there through the proxy.",
            "Write the hosts themselves, or their domain, into 'proxy.noProxy' as well.");
        continue;
      }
      if (direct.portOrNull() != null) {
        additions.warn(
            "'"
                + direct
                + "' in 'proxy.noProxy' of golden.yaml has a port, which the JVM's setting cannot"
                + " express: the JVM goes to every port of that host without the proxy.",
            "Leave the port out to have the same for every program.");
      }
      hosts.addAll(patterns(direct));
    }
    return String.join("|", hosts);
  }

  private static List<String> patterns(DirectHost direct) {
    return switch (direct.kind()) {
      case EVERY -> List.of("*");
      case DOMAIN -> List.of(direct.host(), "*." + direct.host());
      case IPV6 -> List.of("[" + direct.host() + "]");
      case IPV4 -> {
        Integer bits = direct.bitsOrNull();
        yield bits == null ? List.of(direct.host()) : network(direct.host(), bits);
      }
    };
  }

  /** Whole octets are said at once; of an octet's part, every number it can be. */
  private static List<String> network(String address, int bits) {
    String[] octets = address.split("\\.", -1);
    int last = (bits - 1) / OCTET_BITS;
    StringJoiner before = new StringJoiner(".");
    for (int i = 0; i < last; i++) {
      before.add(octets[i]);
    }
    String beginning = last == 0 ? "" : before + ".";
    String end = last == OCTETS - 1 ? "" : ".*";
    int count = 1 << ((last + 1) * OCTET_BITS - bits);
    int first = Integer.parseInt(octets[last]) / count * count;
    return IntStream.range(first, first + count)
        .mapToObj(octet -> beginning + octet + end)
        .toList();
  }
}
