package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"linux/amd64", "linux/arm64", "linux/arm/v7", "windows/amd64", "wasip1/wasm"})
  void readsWhatItWrites(String text) {
    assertThat(Platform.parse(text)).hasToString(text);
  }

  @Test
  void hasItsParts() {
    Platform platform = Platform.parse("linux/arm/v7");

    assertThat(platform.os()).isEqualTo("linux");
    assertThat(platform.architecture()).isEqualTo("arm");
    assertThat(platform.variant()).contains("v7");
    assertThat(Platform.parse("linux/amd64").variant()).isEmpty();
  }

  @Test
  void sortsByItsText() {
    assertThat(Platform.parse("linux/amd64"))
        .isLessThan(Platform.parse("linux/arm/v7"))
        .isEqualByComparingTo(new Platform("linux", "amd64", null));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "linux,linux",
        "linux/arm/v7/x,linux/arm/v7/x",
        "linux/,\"\"",
        "/amd64,\"\"",
        "linux/arm/,\"\"",
        "Linux/amd64,Linux",
        "linux/amd 64,amd 64",
        "linux/ａmd64,ａmd64",
        "\"\",\"\""
      })
  void refusesWhatIsNone(String text, String shown) {
    assertThatThrownBy(() -> Platform.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + shown
                + "' is not a platform. Write the operating system and the processor, like"
                + " 'linux/amd64' or 'linux/arm/v7'.");
  }

  @Test
  void escapesWhatItRefuses() {
    assertThatThrownBy(() -> Platform.parse("linux/\n"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("'\\u000A' is not a platform.");
  }
}
