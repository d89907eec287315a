package io.github.goldenmaven.oci.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.internal.LazilyParsedNumber;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StrictJsonPropertiesTest extends StrictJsonFixture {

  // Against an independent reader, and anything else

  @Property(tries = 300)
  void whatIsWrittenIsReadBack(@ForAll("objects") JsonObject object) {
    assertThat(StrictJson.read("It", object.toBytes())).isEqualTo(object);
    assertThat(read(object.toPrettyString())).isEqualTo(object);
    assertThat(read(object.toString()).toBytes()).isEqualTo(object.toBytes());
  }

  @Property(tries = 300)
  void gsonReadsTheSame(@ForAll("objects") JsonObject object) {
    JsonElement theirs =
        new Gson()
            .newBuilder()
            .setStrictness(Strictness.STRICT)
            .create()
            .fromJson(object.toString(), JsonElement.class);

    assertThat(theirs).isEqualTo(gson(JsonValue.of(object)));
  }

  @Property(tries = 1000)
  void whateverIsReadGsonReadsToo(@ForAll("objects") JsonObject object, @ForAll Random random) {
    byte[] bytes = object.toBytes();
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    try {
      JsonObject ours = StrictJson.read("It", bytes);
      JsonElement theirs =
          new Gson().fromJson(new String(bytes, StandardCharsets.UTF_8), JsonElement.class);
      assertThat(gson(JsonValue.of(ours))).isEqualTo(theirs);
    } catch (RefusedException expected) {
      assertThat(expected.problem()).startsWith("It ");
    } catch (JsonParseException e) {
      throw new AssertionError("read what gson refuses", e);
    }
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    try {
      StrictJson.read("It", bytes);
    } catch (GoldenException expected) {
      assertThat(expected.problem()).startsWith("It ");
    }
  }

  @Provide
  Arbitrary<JsonObject> objects() {
    return objects(2);
  }

  private static Arbitrary<JsonObject> objects(int depth) {
    return Arbitraries.maps(texts(), values(depth))
        .ofMaxSize(6)
        .map(StrictJsonPropertiesTest::distinct);
  }

  /** Without the keys that look like an earlier one. */
  private static JsonObject distinct(Map<String, JsonValue> fields) {
    Map<String, JsonValue> kept = new LinkedHashMap<>();
    Map<String, String> seen = new LinkedHashMap<>();
    fields.forEach(
        (key, value) -> {
          if (seen.put(JsonObject.fold(key), key) == null) {
            kept.put(key, value);
          }
        });
    return new JsonObject(kept);
  }

  private static Arbitrary<JsonValue> values(int depth) {
    Arbitrary<JsonValue> leaves =
        Arbitraries.oneOf(
            texts().map(JsonValue::of),
            Arbitraries.longs().map(JsonValue::of),
            numerals(),
            Arbitraries.of(true, false).map(JsonValue::of),
            Arbitraries.of(new JsonValue.Null()));
    if (depth == 0) {
      return leaves;
    }
    return Arbitraries.oneOf(
        leaves,
        Arbitraries.lazy(() -> objects(depth - 1)).map(JsonValue::of),
        Arbitraries.lazy(() -> values(depth - 1)).list().ofMaxSize(4).map(JsonValue.Array::new));
  }

  private static Arbitrary<JsonValue> numerals() {
    return Combinators.combine(
            Arbitraries.of("", "-"),
            Arbitraries.of("0", "7", "10", "123456789012345678901234567890"),
            Arbitraries.of("", ".0", ".25"),
            Arbitraries.of("", "e5", "E-5", "e+05"))
        .as((sign, whole, fraction, exponent) -> sign + whole + fraction + exponent)
        .map(JsonValue.Numeral::new);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .ofMaxLength(12)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
  }

  private static JsonElement gson(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return new JsonPrimitive(text.value());
    }
    if (value instanceof JsonValue.Numeral number) {
      return new JsonPrimitive(new LazilyParsedNumber(number.literal()));
    }
    if (value instanceof JsonValue.Bool bool) {
      return new JsonPrimitive(bool.value());
    }
    if (value instanceof JsonValue.Array array) {
      JsonArray elements = new JsonArray();
      array.values().forEach(element -> elements.add(gson(element)));
      return elements;
    }
    if (value instanceof JsonValue.Nested nested) {
      com.google.gson.JsonObject object = new com.google.gson.JsonObject();
      nested.object().fields().forEach((key, field) -> object.add(key, gson(field)));
      return object;
    }
    return JsonNull.INSTANCE;
  }
}
