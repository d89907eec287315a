package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LettersTest {

  @Test
  void aTreeIsDrawnInAsciiWhereTheOutputHasNothingElse() {
    String tree =
        "\u251c\u2500\u2500 app\n\u2502   \u2514\u2500\u2500 caf\u00e9 \u2026 \ud83d\ude00";

    assertThat(Letters.of(tree, StandardCharsets.US_ASCII))
        .isEqualTo("|-- app\n|   `-- caf? ... ?");
    assertThat(Letters.of(tree, StandardCharsets.UTF_8)).isSameAs(tree);
    assertThat(Letters.of("caf\u00e9 \u2026", StandardCharsets.ISO_8859_1))
        .isEqualTo("caf\u00e9 ...");
  }

  @Test
  void noColourIsForWhoeverAsksForNone() {
    assertThat(StandardOutput.isColoured(null, null)).isTrue();
    assertThat(StandardOutput.isColoured("", "always")).isTrue();
    assertThat(StandardOutput.isColoured("1", null)).isFalse();
    assertThat(StandardOutput.isColoured(null, "never")).isFalse();
  }
}
