package io.github.goldenmaven.oci.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonObjectTest {

  @Test
  void absentAndNullAreNotThere() {
    JsonObject object = read("{\"a\":null}");

    assertThat(object.has("a")).isFalse();
    assertThat(object.string("a")).isEmpty();
    assertThat(object.integer("a")).isEmpty();
    assertThat(object.bool("b")).isEmpty();
    assertThat(object.object("b")).isEmpty();
    assertThat(object.objects("a")).isEmpty();
    assertThat(object.strings("b")).isEmpty();
    assertThat(object.stringMap("a")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Layers", "LAYERS", "layerſ", "layerS"})
  void refusesAKeyThatOnlyLooksLikeTheWantedOne(String key) {
    JsonObject object = read("{\"%s\":[]}".formatted(key));

    assertRefused(
        () -> object.objects("layers"), "has the key '" + key + "' where 'layers' is meant");
    assertRefused(() -> object.has("layers"), "has the key '" + key + "' where 'layers' is meant");
  }

  @Test
  void refusesTheKelvinSignForAK() {
    assertRefused(
        () -> read("{\"to\u212Aen\":\"x\"}").string("token"),
        "has the key 'to\u212Aen' where 'token' is meant");
  }

  @Test
  void cannotBeMadeWithKeysThatLookAlike() {
    assertRefused(
        () -> JsonObject.EMPTY.with("size", 1).with("Size", 2), "has the keys 'size' and 'Size'");
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-0,0",
    "1,1",
    "-5,-5",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808"
  })
  void readsWholeNumbers(String literal, long value) {
    assertThat(read("{\"size\":" + literal + "}").integer("size")).contains(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "1e3",
        "1E0",
        "0.0",
        "-0.0",
        "9223372036854775808",
        "99999999999999999999",
        "\"1\"",
        "true",
        "[1]",
        "{}"
      })
  void refusesOtherFormsOfANumber(String literal) {
    assertRefused(
        () -> read("{\"size\":" + literal + "}").integer("size"),
        "has a 'size' that is not a whole number");
  }

  @Test
  void refusesValuesOfAnotherShape() {
    JsonObject object = read("{\"a\":[\"x\",1],\"o\":{\"k\":1},\"s\":\"t\",\"e\":[{},null]}");

    assertRefused(() -> object.string("a"), "has a 'a' that is not a string");
    assertRefused(() -> object.bool("s"), "has a 's' that is not true or false");
    assertRefused(() -> object.object("s"), "has a 's' that is not an object");
    assertRefused(() -> object.strings("a"), "has a 'a' that is not an array of strings");
    assertRefused(() -> object.strings("s"), "has a 's' that is not an array of strings");
    assertRefused(() -> object.objects("a"), "has a 'a' that is not an array of objects");
    assertRefused(() -> object.objects("e"), "has a 'e' that is not an array of objects");
    assertRefused(() -> object.stringMap("o"), "has a 'o' that is not an object of strings");
    assertRefused(() -> object.stringMap("a"), "has a 'a' that is not an object");
    assertRefused(() -> object.required("x", object.string("x")), "has no 'x'");
  }

  @Test
  void aChangeLeavesTheOriginalAndEveryOtherFieldAlone() {
    JsonObject before = read("{\"b\":1.50,\"unknown\":{\"X\":[1e9]},\"a\":\"old\"}");

    JsonObject after = before.with("b", "new").with("c", 3).without("a");

    assertThat(after).hasToString("{\"b\":\"new\",\"unknown\":{\"X\":[1e9]},\"c\":3}");
    assertThat(before).hasToString("{\"b\":1.50,\"unknown\":{\"X\":[1e9]},\"a\":\"old\"}");
  }

  @Test
  void aMapIsWrittenSortedAndAnEmptyOneNotAtAll() {
    Map<String, String> map = new LinkedHashMap<>(Map.of("b", "2"));
    map.put("a", "1");
    JsonObject object = JsonObject.EMPTY.with("labels", map);

    assertThat(object).hasToString("{\"labels\":{\"a\":\"1\",\"b\":\"2\"}}");
    assertThat(object.with("labels", new TreeMap<>())).isEqualTo(JsonObject.EMPTY);
    assertThat(object.stringMap("labels"))
        .containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
  }

  @Test
  void theFieldsCannotBeChangedFromOutside() {
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    fields.put("a", JsonValue.of("1"));
    JsonObject object = new JsonObject(fields);
    fields.put("b", JsonValue.of("2"));

    assertThat(object).hasToString("{\"a\":\"1\"}");
    assertThatThrownBy(() -> object.fields().remove("a"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> read("{\"l\":[\"a\"]}").strings("l").remove("a"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void refusesToWriteHalfASurrogatePair() {
    List<Function<String, JsonObject>> places =
        List.of(
            half -> JsonObject.EMPTY.with("a", half),
            half -> JsonObject.EMPTY.with(half, "a"),
            half -> JsonObject.EMPTY.with("a", JsonValue.ofTexts(List.of("ok", half))));
    for (Function<String, JsonObject> place : places) {
      assertRefused(
          () -> place.apply("x\ud83d").toBytes(), "has half a surrogate pair in a string");
    }
  }

  @Test
  void writesControlAndLineSeparatorsEscaped() {
    assertThat(JsonObject.EMPTY.with("a", "\0\n\u001f\"\\<>&'\u2028é").toBytes())
        .isEqualTo(
            "{\"a\":\"\\u0000\\n\\u001f\\\"\\\\<>&'\\u2028é\"}".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void showsItselfToPeopleOnSeveralLines() {
    assertThat(read("{\"a\":[1,{}],\"b\":{\"c\":null}}").toPrettyString())
        .isEqualTo(
            """
            {
              "a": [
                1,
                {}
              ],
              "b": {
                "c": null
              }
            }\
            """);
  }

  private static JsonObject read(String text) {
    return StrictJson.read("It", text.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertRefused(ThrowingCallable call, String fault) {
    assertThatThrownBy(call)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "A JSON object "
                + fault
                + ". Such a document means one thing to one reader and another to the next; have it"
                + " written again by the tool that made it.");
  }

  @Test
  void neitherSetsNorTakesAwayAFieldThatOnlyLooksLikeOneOfItsOwn() {
    JsonObject object = JsonObject.EMPTY.with("cmd", "--evil");
    for (ThrowingCallable change :
        List.<ThrowingCallable>of(
            () -> object.without("Cmd"),
            () -> object.with("Cmd", Map.of()),
            () -> object.requireSpelled(List.of("Env", "Cmd")))) {
      assertThatThrownBy(change)
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "A JSON object has the key 'cmd' where 'Cmd' is meant. Such a document means one"
                  + " thing to one reader and another to the next; have it written again by the"
                  + " tool that made it.");
    }
    assertThatThrownBy(() -> object.with("Cmd", "x"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("A JSON object has the keys 'cmd' and 'Cmd'.");
    assertThat(object.requireSpelled(List.of("cmd", "Env"))).isEqualTo(object);
  }
}
