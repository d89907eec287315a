package io.github.goldenmaven.oci.json;

import java.util.List;

/** A JSON value as the strict reader hands it out: immutable, number literals kept as written. */
public sealed interface JsonValue {

  /** A string. */
  record Text(String value) implements JsonValue {}

  /** A number, kept as the literal it was written as. */
  record Numeral(String literal) implements JsonValue {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements JsonValue {}

  /** {@code null}. */
  record Null() implements JsonValue {}

  /** An array. */
  record Array(List<JsonValue> values) implements JsonValue {
    public Array {
      values = List.copyOf(values);
    }
  }

  /** An object; see {@link JsonObject}. */
  record Nested(JsonObject object) implements JsonValue {}

  static JsonValue of(String text) {
    return new Text(text);
  }

  static JsonValue of(long number) {
    return new Numeral(Long.toString(number));
  }

  static JsonValue of(boolean bool) {
    return new Bool(bool);
  }

  static JsonValue of(JsonObject object) {
    return new Nested(object);
  }

  /** An array of strings. */
  static JsonValue ofTexts(Iterable<String> texts) {
    java.util.ArrayList<JsonValue> values = new java.util.ArrayList<>();
    texts.forEach(text -> values.add(of(text)));
    return new Array(values);
  }

  /** An array of objects. */
  static JsonValue ofObjects(Iterable<JsonObject> objects) {
    java.util.ArrayList<JsonValue> values = new java.util.ArrayList<>();
    objects.forEach(object -> values.add(of(object)));
    return new Array(values);
  }
}
