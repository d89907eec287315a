package io.github.goldenmaven.bake.jvm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Proxy;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.provenance.git.Warning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BakedProxyTest {

  private static final JvmHome JVM = new JvmHome("opt/java", 21);
  private static final String BOTH =
      "{http: 'http://proxy.example:3128', https: 'http://proxy.example:3129', noProxy: [localhost,"
          + " .company.example]}";

  @TempDir private Path folder;

  private final MemoryImageFiles official = new MemoryImageFiles().directory("opt/java/conf");
  private final Additions additions = Definitions.additions(official);

  @Test
  void setsTheVariablesInBothLetterCases() {
    add(BOTH);

    assertThat(additions.environment())
        .isEqualTo(
            Map.of(
                "HTTP_PROXY", "http://proxy.example:3128",
                "http_proxy", "http://proxy.example:3128",
                "HTTPS_PROXY", "http://proxy.example:3129",
                "https_proxy", "http://proxy.example:3129",
                "NO_PROXY", "localhost,.company.example",
                "no_proxy", "localhost,.company.example"));
    assertThat(additions.entries()).isEmpty();
  }

  @Test
  void tellsTheJvmInItsOwnFileThroughLinks() throws IOException {
    official
        .file(
            "etc/java-21/net.properties",
            "# kept\nhttp.nonProxyHosts=localhost|127.*|[::1]\n".getBytes(UTF_8),
            0640,
            new Owner(3, 4))
        .link("opt/java/conf/net.properties", "/etc/java-21/net.properties");

    add(BOTH, JVM);

    assertThat(additions.entries()).hasSize(1);
    LayerEntry.File file = (LayerEntry.File) additions.entries().get(0).entry();
    assertThat(file.path()).isEqualTo("etc/java-21/net.properties");
    assertThat(file.mode()).isEqualTo(0640);
    assertThat(file.owner()).isEqualTo(new Owner(3, 4));
    assertThat(text(file))
        .isEqualTo(
            """
            # kept
            http.nonProxyHosts=localhost|127.*|[::1]|*.localhost|company.example|*.company.example
            # The company's proxy, as 'proxy' of golden.yaml says
            http.proxyHost=proxy.example
            http.proxyPort=3128
            https.proxyHost=proxy.example
            https.proxyPort=3129
            """);
  }

  @Test
  void makesTheFileWhereTheJvmHasNone() throws IOException {
    add("{http: 'http://proxy.example'}", JVM);

    LayerEntry.File file = (LayerEntry.File) additions.entries().get(0).entry();
    assertThat(file.path()).isEqualTo("opt/java/conf/net.properties");
    assertThat(file.mode()).isEqualTo(0644);
    assertThat(text(file))
        .isEqualTo(
            """
            # The company's proxy, as 'proxy' of golden.yaml says
            http.proxyHost=proxy.example
            http.proxyPort=80
            """);
  }

  @Test
  void java8HasTheFileAmongItsLibraries() {
    official.directory("opt/java/jre/lib").directory("opt/java/lib");

    add("{http: 'http://proxy.example'}", new JvmHome("opt/java", 8));

    assertThat(additions.entries().get(0).entry().path())
        .isEqualTo("opt/java/jre/lib/net.properties");
  }

  @Test
  void tellsEveryJvmOnceEach() {
    official.link("opt/other/conf", "/opt/java/conf").directory("opt/java/conf");

    add(
        "{http: 'http://proxy.example'}",
        JVM,
        new JvmHome("opt/other", 21),
        new JvmHome("opt/third", 17));

    assertThat(additions.entries())
        .extracting(addition -> addition.entry().path())
        .containsExactly("opt/java/conf/net.properties", "opt/third/conf/net.properties");
  }

  @Test
  void warnsThatTheJvmCannotSpeakToAProxyOverTls() {
    add("{https: 'https://proxy.example'}", JVM);

    assertThat(additions.environment())
        .isEqualTo(
            Map.of(
                "HTTPS_PROXY", "https://proxy.example:443",
                "https_proxy", "https://proxy.example:443"));
    assertThat(additions.entries()).isEmpty();
    assertThat(additions.warnings())
        .containsExactly(
            new Warning(
                "'https://proxy.example:443' in 'proxy.https' of golden.yaml is a proxy that is"
                    + " reached over TLS, which the JVM does not support: the JVM connects"
                    + " directly.",
                "Write the proxy's plain address, 'http://…', where it has one."));
  }

  private void add(String proxy, JvmHome... jvms) {
    Proxy read = Definitions.of(folder, "proxy: " + proxy).proxy().orElseThrow();
    BakedProxy.add(read, List.of(jvms), additions);
  }

  private static String text(LayerEntry.File file) throws IOException {
    try (var in = file.content().open()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
