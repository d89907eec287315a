package io.github.goldenmaven.registry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A JVM of its own shows which classes a conversation loads. */
class DisabledTlsTest {

  /** Asks a server on loopback for a word. */
  static final class Probe {

    private Probe() {}

    public static void main(String[] arguments) throws IOException {
      byte[] word = "sesame".getBytes(StandardCharsets.UTF_8);
      try (LyingRegistry registry =
          LyingRegistry.telling(exchange -> LyingRegistry.answer(exchange, 200, word))) {
        URI target = URI.create("http://" + registry.host() + "/v2/");
        try (Response answer =
            new HttpTransport(AccessOfTests.ANONYMOUS)
                .sendHere(Request.of("GET", target, Access.pull("golden/java")))) {
          System.out.println(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
  }

  @Test
  void aConversationOverPlainHttpLoadsNoClassThatSpeaksTls() {
    String out = Command.java("-Xlog:class+load").with(Probe.class.getName()).run();

    assertThat(out).contains("sesame").contains("jdk.internal.net.http.HttpClientImpl");
    assertThat(out).doesNotContain("sun.security.ssl.SSLContextImpl");
  }

  @Test
  void nothingIsEverSentOverItWithoutTls() {
    assertThatThrownBy(() -> DisabledTls.context().createSSLEngine("registry.example", 443))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("plain HTTP only");
  }
}
