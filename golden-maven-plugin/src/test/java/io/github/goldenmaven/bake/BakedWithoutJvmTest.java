package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.FreePort;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.NginxBase;
import io.github.goldenmaven.peers.TestCertificates;
import io.github.goldenmaven.scenarios.CompanyServer;
import io.github.goldenmaven.scenarios.ConnectProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An official image without a JVM, baked whole and run in a real Docker Engine. */
@NeedsPeer({"docker-registry", "dockerd", "mmdebstrap", "openssl"})
@SuppressWarnings("NullAway.Init")
class BakedWithoutJvmTest {

  private static final String NGINX =
      """
      pid /tmp/nginx.pid;
      error_log stderr;
      events {}
      http {
        access_log off;
        client_body_temp_path /tmp/body;
        proxy_temp_path /tmp/proxy;
        fastcgi_temp_path /tmp/fastcgi;
        uwsgi_temp_path /tmp/uwsgi;
        scgi_temp_path /tmp/scgi;
        server {
          listen 127.0.0.1:%d;
          location / {
            proxy_pass https://localhost:%d/;
            proxy_ssl_verify on;
            proxy_ssl_name localhost;
            proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;
          }
        }
      }
      """;

  private static final String PYTHON =
      "import urllib.request as r; print(r.urlopen('%s').read().decode())";

  private static final String NODE =
      "require('https').get('%s', answer => answer.pipe(process.stdout))"
          + ".on('error', failure => console.log(failure.code))";

  @TempDir static Path folder;
  private static DockerRegistry registry;
  private static DockerEngine engine;
  private static CompanyServer server;
  private static ConnectProxy proxy;
  private static String official;
  private static String golden;
  private static int port;

  @BeforeAll
  static void bake() throws IOException {
    registry = DockerRegistry.start();
    engine = DockerEngine.start();
    server = CompanyServer.start(TestCertificates.in(folder));
    proxy = ConnectProxy.to(server.port());
    registry.push(NginxBase.layout(), NginxBase.TAG, "official/nginx", "1.22");
    port = FreePort.find();
    Files.writeString(folder.resolve("nginx.conf"), NGINX.formatted(port, server.port()));
    Path definition =
        Files.writeString(
            folder.resolve("golden.yaml"),
            """
            name: nginx
            version: "1.22.1"
            line: "1"
            from: %1$s/official/nginx:1.22
            to: %1$s/golden/nginx
            certificates: [ca.pem]
            proxy: {https: "http://localhost:%2$d", noProxy: [localhost, .inside.example]}
            files:
              - {from: nginx.conf, into: /etc/nginx/nginx.conf, mode: "0640", owner: "0:10001"}
            environment:
              TZ: Asia/Seoul
              NODE_EXTRA_CA_CERTS: /opt/golden/company-ca.pem
            user: "10001:10001"
            """
                .formatted(registry.host(), proxy.port()));
    official = registry.host() + "/official/nginx:1.22";
    golden = TestBake.of(definition).run().reference().toString();
    engine.docker("pull", "--quiet", official);
    engine.docker("pull", "--quiet", golden);
  }

  @AfterAll
  static void stopPeers() {
    proxy.close();
    server.close();
    engine.close();
    registry.close();
  }

  @Test
  void curlOpensslAndPythonTrustTheCompanysServer() {
    String curl = "curl --silent --show-error " + server.url() + " 2>&1 || true";
    String openssl =
        "openssl s_client %s -connect localhost:"
            + server.port()
            + " </dev/null 2>&1 | grep -m1 'Verify return code'";
    String python = "python3 -c \"" + PYTHON.formatted(server.url()) + "\" 2>&1 | tail -n 1";

    assertThat(in(golden, curl)).isEqualTo("hello");
    assertThat(in(golden, openssl.formatted(""))).isEqualTo("Verify return code: 0 (ok)");
    assertThat(in(golden, openssl.formatted("-no-CAfile -CApath /etc/ssl/certs")))
        .isEqualTo("Verify return code: 0 (ok)");
    assertThat(in(golden, python)).isEqualTo("hello");

    assertThat(in(official, curl)).startsWith("curl: (60) SSL certificate problem");
    assertThat(in(official, openssl.formatted(""))).doesNotContain("0 (ok)");
    assertThat(in(official, python)).contains("CERTIFICATE_VERIFY_FAILED");
  }

  /**
   * Node's own list is what the official image of Docker Hub has, and the variable is what
   * docs/golden-yaml.md advises; Debian's reads OpenSSL's folder where it is not told otherwise.
   */
  @Test
  void nodeTrustsTheCompanysServerByTheVariable() {
    String script = " -e \"" + NODE.formatted(server.url("127.0.0.1")) + "\" 2>&1";
    String own = "node --use-bundled-ca" + script;
    String without = "unset NODE_EXTRA_CA_CERTS; ";

    assertThat(in(golden, own)).isEqualTo("hello");
    assertThat(in(golden, without + own)).isEqualTo("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    assertThat(in(golden, without + "node" + script)).isEqualTo("hello");
    assertThat(in(official, own)).isEqualTo("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    assertThat(in(official, "node" + script)).isEqualTo("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  }

  @Test
  void nginxRunsAsTheUserAndTrustsTheServerBehindIt() {
    String ask = "nginx && curl --silent --retry 5 --retry-connrefused http://localhost:" + port;

    assertThat(in(golden, ask + "/; echo; id -u; stat -c '%a %u:%g' /etc/nginx/nginx.conf"))
        .isEqualTo("hello\n10001\n640 0:10001");
  }

  @Test
  void curlAndPythonGoThroughTheProxyAndPastIt() {
    int before = proxy.asked().size();
    String inside = server.url("shop.inside.example");

    assertThat(in(golden, "curl --silent https://outside.example/; curl --silent " + inside))
        .isEqualTo("hellohello");
    assertThat(in(golden, "python3 -c \"" + PYTHON.formatted("https://outside.example/") + "\""))
        .isEqualTo("hello");
    assertThat(in(golden, "python3 -c \"" + PYTHON.formatted(inside) + "\"")).isEqualTo("hello");
    assertThat(proxy.asked().subList(before, proxy.asked().size()))
        .hasSize(2)
        .allMatch(line -> line.startsWith("CONNECT outside.example:443 HTTP/1."));
  }

  @Test
  void nothingOfAJvmIsLeftInIt() {
    assertThat(in(golden, "ls /opt/golden; env | grep -c JAVA || true; echo $TZ"))
        .isEqualTo("company-ca.pem\n0\nAsia/Seoul");
  }

  /** On a read-only file system; what the shell printed. */
  private static String in(String image, String command) {
    return engine
        .docker(
            "run",
            "--rm",
            "--network",
            "host",
            "--add-host",
            "shop.inside.example:127.0.0.1",
            "--read-only",
            "--tmpfs",
            "/tmp",
            image,
            "sh",
            "-c",
            command)
        .strip();
  }
}
