package io.github.goldenmaven.bake.jvm;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.golden.definition.DirectHost;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Proxy;
import io.github.goldenmaven.golden.definition.ProxyAddress;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The proxy that a golden image has its services go through. The JVM reads no variable for it, so
 * it is told in its own file; everything else reads the variables, in one letter case or the other.
 */
public final class BakedProxy {

  private static final String ORIGIN = "proxy";
  private static final String REMARK = "# The company's proxy, as 'proxy' of golden.yaml says";
  private static final int FILE_MODE = 0644;
  private static final int LAST_WITHOUT_CONF = 8;

  private BakedProxy() {}

  public static void add(Proxy proxy, List<JvmHome> jvms, Additions additions) {
    variables(proxy).forEach((name, value) -> additions.environment(name, value, ORIGIN));
    if (jvms.isEmpty()) {
      return;
    }
    Map<String, String> properties = properties(proxy, additions);
    Set<String> written = new HashSet<>();
    for (JvmHome jvm : jvms) {
      String path = path(jvm, additions.withAdded());
      if (!properties.isEmpty() && written.add(additions.withAdded().resolve(path))) {
        byte[] file = additions.withAdded().content(path).orElse(new byte[0]);
        additions.edited(
            Tier.SETTINGS, path, NetProperties.with(file, properties, REMARK), FILE_MODE, ORIGIN);
      }
    }
  }

  /** The variables that programs other than the JVM read, in both letter cases. */
  public static Map<String, String> variables(Proxy proxy) {
    Map<String, String> variables = new LinkedHashMap<>();
    proxy.http().ifPresent(http -> variables.put("HTTP_PROXY", http.toString()));
    proxy.https().ifPresent(https -> variables.put("HTTPS_PROXY", https.toString()));
    if (!proxy.noProxy().isEmpty()) {
      variables.put(
          "NO_PROXY",
          proxy.noProxy().stream().map(DirectHost::toString).collect(Collectors.joining(",")));
    }
    Map<String, String> both = new LinkedHashMap<>(variables);
    variables.forEach((name, value) -> both.put(name.toLowerCase(Locale.ROOT), value));
    return both;
  }

  private static Map<String, String> properties(Proxy proxy, Additions additions) {
    Map<String, String> properties = new LinkedHashMap<>();
    proxy.http().ifPresent(address -> address("http", address, properties, additions));
    proxy.https().ifPresent(address -> address("https", address, properties, additions));
    if (!proxy.noProxy().isEmpty()) {
      properties.put("http.nonProxyHosts", NonProxyHosts.of(proxy.noProxy(), additions));
    }
    return properties;
  }

  private static void address(
      String protocol, ProxyAddress address, Map<String, String> properties, Additions additions) {
    if (address.scheme().equals("https")) {
      additions.warn(
          "'"
              + address
              + "' in 'proxy."
              + protocol
              + "' of golden.yaml is a proxy that is reached over TLS, which the JVM does not"
              + " support: the JVM connects directly.",
          "Write the proxy's plain address, 'http://…', where it has one.");
      return;
    }
    properties.put(protocol + ".proxyHost", address.host());
    properties.put(protocol + ".proxyPort", Integer.toString(address.port()));
  }

  private static String path(JvmHome jvm, ImageFiles files) {
    List<String> folders =
        jvm.feature() > LAST_WITHOUT_CONF ? List.of("/conf") : List.of("/jre/lib", "/lib");
    return folders.stream()
            .map(folder -> jvm.path() + folder)
            .filter(folder -> files.find(folder).isPresent())
            .findFirst()
            .orElse(jvm.path() + folders.get(folders.size() - 1))
        + "/net.properties";
  }
}
