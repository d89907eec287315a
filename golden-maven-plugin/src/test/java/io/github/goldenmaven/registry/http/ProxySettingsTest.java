package io.github.goldenmaven.registry.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void refusesAProxyWithoutHost(@Nullable String host) {
    assertThatThrownBy(() -> ProxySettings.of("https", host, 3128, null, null))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "An active <proxy> in Maven's settings.xml names no host. Write its <host>, or switch"
                + " it off with <active>false</active>.");
  }

  @Test
  void refusesAPortThatIsNone() {
    for (int port : new int[] {-1, 0, 65_536}) {
      assertThatThrownBy(() -> ProxySettings.of("https", "proxy.example", port, null, null))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The <proxy> of the host 'proxy.example' in Maven's settings.xml has the port '"
                  + port
                  + "'. Write a <port> from 1 to 65535, or switch it off with"
                  + " <active>false</active>.");
    }
  }
}
