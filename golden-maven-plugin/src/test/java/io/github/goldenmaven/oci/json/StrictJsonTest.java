package io.github.goldenmaven.oci.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest extends StrictJsonFixture {

  private static final String REMEDY =
      " Readers would disagree on what it says; have it written again by the tool that made it.";

  @Test
  void readsEveryKindOfValueAndKeepsOrderAndLiterals() {
    String text =
        "{\"z\":\"text \\u00e9 \\uD83D\\uDE00 \\n\",\"a\":[1,-0,1.50,1E+2,12345678901234567890123],"
            + "\"t\":true,\"f\":false,\"n\":null,\"o\":{\"\":{}},\"e\":[]}";

    JsonObject object = read(text);

    assertThat(object.fields().keySet()).containsExactly("z", "a", "t", "f", "n", "o", "e");
    assertThat(object.string("z")).contains("text é 😀 \n");
    assertThat(object)
        .hasToString(
            "{\"z\":\"text é 😀 \\n\",\"a\":[1,-0,1.50,1E+2,12345678901234567890123],"
                + "\"t\":true,\"f\":false,\"n\":null,\"o\":{\"\":{}},\"e\":[]}");
  }

  @Test
  void readsWhiteSpaceOfJsonOnly() {
    assertThat(read(" \t\r\n{ \n\"a\"\t:\r1 } \n")).isEqualTo(read("{\"a\":1}"));
    for (String space : List.of("\f", "\u000b", "\u00a0", "\u2028", "\u0000", "\ufeff")) {
      assertRefused("{" + space + "\"a\":1}");
      assertRefused("{\"a\":1}" + space);
    }
  }

  @Test
  void refusesAKeyGivenTwice() {
    assertRefused("{\"a\":1,\"b\":2,\"a\":1}", "has the key 'a' twice");
    assertRefused("{\"x\":[{\"a\":1,\"\\u0061\":1}]}", "has the key 'a' twice");
  }

  @ParameterizedTest
  @CsvSource({
    "layers,Layers",
    "layers,layerſ",
    "LAYERS,layerſ",
    "token,to\u212Aen",
    "Kelvin,\u212Aelvin",
    "straße,STRASSE",
    "σίσυφος,ΣΊΣΥΦΟΣ"
  })
  void refusesTwoKeysThatSomeReaderTakesForOne(String one, String other) {
    assertRefused(
        "{\"%s\":1,\"%s\":2}".formatted(one, other),
        "has the keys '" + one + "' and '" + other + "', which some readers take for one");
  }

  @Test
  void refusesSuchKeysAtAnyDepth() {
    assertRefused(
        "{\"a\":[{\"b\":{\"size\":1,\"Size\":2}}]}",
        "has the keys 'size' and 'Size', which some readers take for one");
  }

  /** Go matches the names of fields without regard to case, and keeps that of a map's keys. */
  @Test
  void keysThatAreDataMayDifferInCaseOnly() {
    for (String map : List.of("Labels", "Volumes", "ExposedPorts", "annotations")) {
      String text = "{\"%s\":{\"a\":\"1\",\"A\":\"2\"}}".formatted(map);

      JsonObject read = StrictJson.read("it", text.getBytes(StandardCharsets.UTF_8));

      assertThat(read.stringMap(map)).containsExactly(Map.entry("a", "1"), Map.entry("A", "2"));
      assertThat(read.object(map).orElseThrow().string("A")).contains("2");
      assertThat(read).hasToString(text);
      assertThat(read.with("x", read.stringMap(map)).stringMap("x")).hasSize(2);
    }
    assertRefused(
        "{\"labels\":{\"a\":1,\"A\":2}}",
        "has the keys 'a' and 'A', which some readers take for one");
    assertRefused("{\"Labels\":{\"a\":1,\"a\":2}}", "has the key 'a' twice");
    assertRefused(
        "{\"Volumes\":{\"/a\":{\"x\":1,\"X\":2}}}",
        "has the keys 'x' and 'X', which some readers take for one");
  }

  @Test
  void escapesAKeyItTells() {
    assertRefused("{\"a\\n\\u202e\":1,\"a\\n\\u202e\":1}", "has the key 'a\\u000A\\u202E' twice");
  }

  @Test
  void refusesAByteOrderMark() {
    assertRefused("\ufeff{}", "begins with a byte order mark");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7b2261223a22ff227d", // never in UTF-8
        "7b2261223a22c3227d", // cut sequence
        "7b2261223a22c0af227d", // overlong slash
        "7b2261223a22eda080227d", // surrogate
        "7b2261223a22f4908080227d", // beyond U+10FFFF
        "fffe7b007d00" // UTF-16
      })
  void refusesWhatIsNotUtf8(String hex) {
    assertRefused(HexFormat.of().parseHex(hex), "is not valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "\\udc00",
        "\\ud800x",
        "\\ud800\\ud800",
        "\\udc00\\ud800",
        "x\\uDBFF",
        "\\uD83D\\u0045"
      })
  void refusesHalfASurrogatePairInValueOrKey(String half) {
    assertRefused("{\"a\":\"" + half + "\"}", "has half a surrogate pair in a string");
    assertRefused("{\"" + half + "\":1}", "has half a surrogate pair in a string");
    assertRefused("{\"a\":[\"" + half + "\"]}", "has half a surrogate pair in a string");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{}x", "{}{}", "{} []", "{}\u0000", "{},", "{}}", "{}]", "{}\"a\"", "{}//", "{};"})
  void refusesBytesAfterItsEnd(String text) {
    assertRefused(text, "has more bytes after its end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"a\"", "1", "true", "null", "[{}]"})
  void refusesWhatIsNoObject(String text) {
    assertRefused(text, "is not a JSON object");
  }

  @Test
  void refusesNothing() {
    assertRefused("", "is empty");
    assertRefused("   ", "ends before it is complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":[", "{\"a\":1,"})
  void refusesWhatIsCutOff(String text) {
    assertRefused(text, "ends before it is complete");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{a:1}",
        "{'a':1}",
        "{\"a\":'b'}",
        "{\"a\":b}",
        "{\"a\"=1}",
        "{\"a\"=>1}",
        "{\"a\":1;\"b\":2}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1;2]}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1//\n}",
        "{\"a\":1/**/}",
        "#\n{}",
        "//\n{}",
        ")]}'\n{}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":-Infinity}",
        "{\"a\":True}",
        "{\"a\":NULL}",
        "{\"a\":undefined}",
        "{\"a\":01}",
        "{\"a\":-01}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":5.}",
        "{\"a\":1e}",
        "{\"a\":0x1f}",
        "{\"a\":1_000}",
        "{\"a\":--1}",
        "{\"a\":-}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\u0000\"}",
        "{\"a\":\"\\'\"}",
        "{\"a\":\"\\x41\"}",
        "{\"a\":\"\\\n\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\u+123\"}",
        "{1:2}",
        "{\"a\":\"b",
        "{null:1}",
        "{\"a\":}",
        "{\"a\"}",
        "{\"a\":]}",
        "{[}",
        "}"
      })
  void refusesEveryDialect(String text) {
    assertRefused(text);
  }

  @Test
  void tellsWhereADialectBegins() {
    assertRefused("{\"a\":{\"b\":[1,NaN]}}", "is not strict JSON at $.a.b[1]");
  }

  @Test
  @Timeout(10)
  void refusesDepth() {
    String nested = "{\"a\":" + "[".repeat(10_000);
    assertRefused(nested, "is nested deeper than 64 levels");
    assertRefused(nested + "]".repeat(10_000) + "}", "is nested deeper than 64 levels");
    assertRefused("{\"a\":".repeat(10_000), "is nested deeper than 64 levels");
    assertThat(read("{\"a\":" + "[".repeat(63) + "]".repeat(63) + "}").fields()).hasSize(1);
    assertRefused(
        "{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}", "is nested deeper than 64 levels");
  }

  @Test
  @Timeout(20)
  void refusesSizeAndReadsUpToIt() {
    byte[] most = new byte[StrictJson.MAX_BYTES];
    Arrays.fill(most, (byte) ' ');
    most[0] = '{';
    most[most.length - 1] = '}';
    assertThat(StrictJson.read("The manifest 'x'", most)).isEqualTo(JsonObject.EMPTY);

    assertThatThrownBy(
            () -> StrictJson.read("The manifest 'x'", Arrays.copyOf(most, most.length + 1)))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The manifest 'x' has more than 4194304 bytes. No honest image needs that; look at what"
                + " pushed it.");
  }

  @Test
  @Timeout(20)
  void manyKeysAndHugeNumbersCostLittle() {
    StringBuilder keys = new StringBuilder("{");
    for (int i = 0; keys.length() < 4_000_000; i++) {
      keys.append("\"AaBB").append(i).append("\":1,");
    }
    assertThat(read(keys.append("\"z\":1}").toString()).has("z")).isTrue();

    assertRefused("{\"a\":" + "9".repeat(2_000_000) + "}");
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("The manifest 'x' ")
        .hasMessageEndingWith(REMEDY);
  }

  private static void assertRefused(String text, String fault) {
    assertRefused(text.getBytes(StandardCharsets.UTF_8), fault);
  }

  private static void assertRefused(byte[] bytes, String fault) {
    assertThatThrownBy(() -> StrictJson.read("The manifest 'x'", bytes))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The manifest 'x' " + fault + "." + REMEDY);
  }
}
