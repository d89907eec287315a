package io.github.goldenmaven.bake.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.golden.definition.DirectHost;
import io.github.goldenmaven.provenance.git.Warning;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checked against the JVM's own selector, which reads the properties at each question. */
class NonProxyHostsTest {

  private final Additions additions = Definitions.additions(new MemoryImageFiles());

  @ParameterizedTest
  @CsvSource({
    "company.example, company.example|*.company.example",
    ".Company.Example, company.example|*.company.example",
    "*.company.example, company.example|*.company.example",
    "10.1.2.3, 10.1.2.3",
    "10.0.0.0/8, 10.*",
    "192.168.7.0/24, 192.168.7.*",
    "192.168.7.9/32, 192.168.7.9",
    "192.168.7.9/31, 192.168.7.8|192.168.7.9",
    "10.4.0.0/14, 10.4.*|10.5.*|10.6.*|10.7.*",
    "::1, ''",
    "[fd00::7], [fd00::7]",
    "*, *"
  })
  void saysItInTheJvmsWordsAfterTheJvmsOwn(String noProxy, String hosts) {
    assertThat(of(noProxy))
        .isEqualTo("localhost|127.*|[::1]" + (hosts.isEmpty() ? "" : "|" + hosts));
    assertThat(additions.warnings()).isEmpty();
  }

  @Test
  void warnsOfWhatTheJvmCannotBeTold() {
    assertThat(of("fd00::/8", "host.example:8080"))
        .isEqualTo("localhost|127.*|[::1]|host.example|*.host.example");
    assertThat(additions.warnings())
        .containsExactly(
            new Warning(
                "'fd00::/8' in 'proxy.noProxy' of golden.yaml is an IPv6 network, which the JVM's"
                    + " setting cannot express: the JVM goes there through the proxy.",
                "Write the hosts themselves, or their domain, into 'proxy.noProxy' as well."),
            new Warning(
                "'host.example:8080' in 'proxy.noProxy' of golden.yaml has a port, which the JVM's"
                    + " setting cannot express: the JVM goes to every port of that host without the"
                    + " proxy.",
                "Leave the port out to have the same for every program."));
  }

  @BeforeProperty
  void aProxy() {
    System.setProperty("http.proxyHost", "proxy.company.example");
  }

  @AfterProperty
  void noProxy() {
    System.clearProperty("http.proxyHost");
    System.clearProperty("http.nonProxyHosts");
  }

  @Property(tries = 200)
  void theJvmReachesADomainAndAllBelowItDirectlyAndNothingElse(
      @ForAll("names") String domain, @ForAll("names") String other) {
    System.setProperty("http.nonProxyHosts", of("." + domain));

    assertThat(isDirect(domain)).isTrue();
    assertThat(isDirect("www." + domain.toUpperCase(Locale.ROOT))).isTrue();
    assertThat(isDirect("localhost")).isTrue();
    assertThat(isDirect("www" + domain)).isFalse();
    assertThat(isDirect(other)).isEqualTo(other.equals(domain) || other.endsWith("." + domain));
  }

  @Property(tries = 300)
  void theJvmReachesExactlyANetworksAddressesDirectly(
      @ForAll int network, @ForAll int address, @ForAll @IntRange(min = 1, max = 32) int bits) {
    System.setProperty("http.nonProxyHosts", of(dotted(network) + "/" + bits));
    int mask = -1 << (32 - bits);
    int inside = (network & mask) | (address & ~mask);
    boolean loopback = address >>> 24 == 127 || address == 0;

    assertThat(isDirect(dotted(inside))).isTrue();
    assertThat(isDirect(dotted(address)))
        .isEqualTo(loopback || (address & mask) == (network & mask));
  }

  @Provide
  Arbitrary<String> names() {
    return Arbitraries.strings()
        .withCharRange('a', 'c')
        .ofMinLength(1)
        .ofMaxLength(2)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(labels -> String.join(".", labels) + ".example");
  }

  private String of(String... noProxy) {
    return NonProxyHosts.of(Stream.of(noProxy).map(DirectHost::parse).toList(), additions);
  }

  private static boolean isDirect(String host) {
    return ProxySelector.getDefault()
        .select(URI.create("http://" + host + "/"))
        .equals(List.of(Proxy.NO_PROXY));
  }

  private static String dotted(int address) {
    return Stream.of(24, 16, 8, 0)
        .map(shift -> Integer.toString(address >>> shift & 0xFF))
        .collect(Collectors.joining("."));
  }
}
