package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.certificates.TlsClient;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.JlinkBase;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TestCertificates;
import io.github.goldenmaven.scenarios.CompanyServer;
import io.github.goldenmaven.scenarios.ConnectProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM's HTTPS requests in a real Docker Engine, through the baked proxy and past it. */
@NeedsPeer({"docker-registry", "dockerd", "openssl"})
class HttpsThroughProxyTest {

  @TempDir private Path folder;

  @Test
  void aJvmTunnelsThroughTheBakedProxyAndGoesDirectlyWhereNoProxySaysSo() throws IOException {
    TestCertificates company = TestCertificates.in(folder);
    TlsClient client = TlsClient.compiledIn(folder.resolve("classes"));
    try (CompanyServer server = CompanyServer.start(company);
        ConnectProxy proxy = ConnectProxy.to(server.port());
        DockerRegistry registry = DockerRegistry.start();
        DockerEngine engine = DockerEngine.start()) {
      registry.push(JlinkBase.layout(), JlinkBase.TAG, "official/java", "17");
      Path definition =
          Files.writeString(
              folder.resolve("golden.yaml"),
              """
              name: java
              version: "1.0"
              line: "1"
              from: %1$s/official/java:17
              to: %1$s/golden/java
              certificates: [ca.pem]
              proxy: {https: "http://localhost:%2$d", noProxy: [.inside.example]}
              """
                  .formatted(registry.host(), proxy.port()));
      String golden = TestBake.of(definition).run().reference().toString();

      String got =
          client.in(
              engine,
              golden,
              List.of("--add-host", "shop.inside.example:127.0.0.1"),
              // Nobody knows this host but the proxy.
              "https://outside.example/",
              server.url("shop.inside.example"),
              server.url());

      assertThat(got).isEqualTo(Runtime.version().feature() + " hello hello hello");
      assertThat(proxy.asked()).containsExactly("CONNECT outside.example:443 HTTP/1.1");
    }
  }
}
