package io.github.goldenmaven.oci.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JsonTextTest {

  @Test
  void escapesForPeopleWhatWouldForgeALineAndKeepsTheValue() {
    JsonObject evil = JsonObject.EMPTY.with("a\u202E", "x\u001B[2J\n\u0085\u2066주문 😀\uDB40\uDC41");

    assertThat(evil.toPrettyString())
        .isEqualTo("{\n  \"a\\u202e\": \"x\\u001b[2J\\n\\u0085\\u2066주문 😀\\udb40\\udc41\"\n}");
    assertThat(StrictJson.read("It", evil.toPrettyString().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(evil);
  }

  @Test
  void writesTheSameCompactBytesAsEverForWhatIsHashed() {
    assertThat(JsonObject.EMPTY.with("a", "\u202E<é>").toBytes())
        .isEqualTo("{\"a\":\"\u202E<é>\"}".getBytes(StandardCharsets.UTF_8));
  }
}
