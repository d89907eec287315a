package io.github.goldenmaven.oci.json;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object that keeps the order of its keys, and the fields nobody here knows.
 *
 * <p>Go's JSON reader matches keys without regard to case, so {@code "Layers"} would be read as
 * {@code "layers"} by a container runtime and passed over by Java. A look-up here therefore refuses
 * an object whose key only looks like the wanted one, and no two keys of one object may look alike.
 */
public final class JsonObject {

  /** The object without fields. */
  public static final JsonObject EMPTY = new JsonObject(Map.of());

  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

  private final Map<String, JsonValue> fields;
  private final Map<String, String> spellings;

  /** Whether its keys are data, of which Go keeps the case: labels, volumes. */
  private final boolean isMap;

  /**
   * An object of these fields, in their order.
   *
   * @throws RefusedException when two keys differ in case only
   */
  public JsonObject(Map<String, JsonValue> fields) {
    this(fields, false);
  }

  /** An object whose keys are data and no names of fields: they may differ in case only. */
  static JsonObject ofData(Map<String, JsonValue> fields) {
    return new JsonObject(fields, true);
  }

  private JsonObject(Map<String, JsonValue> fields, boolean isMap) {
    this.isMap = isMap;
    this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    this.spellings = new HashMap<>();
    for (String key : isMap ? Set.<String>of() : fields.keySet()) {
      String other = spellings.put(fold(key), key);
      if (other != null) {
        throw malformed(
            "has the keys '" + Printable.of(other) + "' and '" + Printable.of(key) + "'");
      }
    }
  }

  /** The key as a reader sees it that does not regard case: Go's {@code encoding/json} folding. */
  static String fold(String key) {
    return key.toUpperCase(Locale.ROOT)
        .toLowerCase(Locale.ROOT)
        .replace('ſ', 's')
        .replace('K', 'k');
  }

  /** The fields in the order they were written. */
  public Map<String, JsonValue> fields() {
    return fields;
  }

  public boolean has(String key) {
    return value(key) != null;
  }

  /** The value of a key; {@code null} where it is absent or JSON {@code null}. */
  private @Nullable JsonValue value(String key) {
    String spelling = isMap ? key : spellings.get(fold(key));
    if (spelling == null) {
      return null;
    }
    if (!spelling.equals(key)) {
      throw malformed("has the key '" + Printable.of(spelling) + "' where '" + key + "' is meant");
    }
    JsonValue value = fields.get(key);
    return value instanceof JsonValue.Null ? null : value;
  }

  public Optional<String> string(String key) {
    return read(
        key, "a string", value -> value instanceof JsonValue.Text text ? text.value() : null);
  }

  /** A whole number without fraction or exponent, in the range of a Java long. */
  public Optional<Long> integer(String key) {
    return read(key, "a whole number", JsonObject::longOrNull);
  }

  public Optional<Boolean> bool(String key) {
    return read(
        key, "true or false", value -> value instanceof JsonValue.Bool bool ? bool.value() : null);
  }

  public Optional<JsonObject> object(String key) {
    return read(
        key,
        "an object",
        value -> value instanceof JsonValue.Nested nested ? nested.object() : null);
  }

  /** An array of objects; empty where the key is absent. */
  public List<JsonObject> objects(String key) {
    return array(
        key,
        "an array of objects",
        value -> value instanceof JsonValue.Nested nested ? nested.object() : null);
  }

  /** An array of strings; empty where the key is absent. */
  public List<String> strings(String key) {
    return array(
        key,
        "an array of strings",
        value -> value instanceof JsonValue.Text text ? text.value() : null);
  }

  /** An object whose values are all strings; empty where the key is absent. */
  public Map<String, String> stringMap(String key) {
    Map<String, String> strings = new LinkedHashMap<>();
    JsonObject object = object(key).orElse(EMPTY);
    for (Map.Entry<String, JsonValue> field : object.fields.entrySet()) {
      if (!(field.getValue() instanceof JsonValue.Text text)) {
        throw malformed("has a '" + key + "' that is not an object of strings");
      }
      strings.put(field.getKey(), text.value());
    }
    return Collections.unmodifiableMap(strings);
  }

  /** A field that must be there. */
  public <T> T required(String key, Optional<T> value) {
    return value.orElseThrow(() -> malformed("has no '" + key + "'"));
  }

  /**
   * This object, after a look at these keys: what is carried through unread must not mean something
   * to a reader that does not regard case.
   *
   * @throws RefusedException when a key here only looks like one of them
   */
  public JsonObject requireSpelled(Iterable<String> keys) {
    keys.forEach(this::value);
    return this;
  }

  /**
   * A copy with this field set, at its old place or at the end.
   *
   * @throws RefusedException when a key here only looks like this one
   */
  public JsonObject with(String key, JsonValue value) {
    Map<String, JsonValue> copy = new LinkedHashMap<>(fields);
    copy.put(key, value);
    return new JsonObject(copy, isMap);
  }

  public JsonObject with(String key, String value) {
    return with(key, JsonValue.of(value));
  }

  /** The same with a value's text where there is one. */
  public JsonObject withKnown(String key, @Nullable Object value) {
    return value == null ? this : with(key, value.toString());
  }

  public JsonObject with(String key, long value) {
    return with(key, JsonValue.of(value));
  }

  public JsonObject with(String key, JsonObject value) {
    return with(key, JsonValue.of(value));
  }

  /** A copy with these string fields sorted by key; without the field where the map is empty. */
  public JsonObject with(String key, Map<String, String> values) {
    if (values.isEmpty()) {
      return without(key);
    }
    Map<String, JsonValue> object = new LinkedHashMap<>();
    new java.util.TreeMap<>(values).forEach((name, text) -> object.put(name, JsonValue.of(text)));
    return with(key, ofData(object));
  }

  /**
   * A copy that has no such field, for no reader.
   *
   * @throws RefusedException when a key here only looks like this one
   */
  public JsonObject without(String key) {
    requireSpelled(List.of(key));
    Map<String, JsonValue> copy = new LinkedHashMap<>(fields);
    copy.remove(key);
    return new JsonObject(copy, isMap);
  }

  /** Compact UTF-8 JSON in the order of the fields. */
  public byte[] toBytes() {
    return JsonText.compact(this);
  }

  /** JSON on several lines, for people. */
  public String toPrettyString() {
    return JsonText.pretty(this);
  }

  private <T> Optional<T> read(String key, String shape, Function<JsonValue, @Nullable T> reader) {
    JsonValue value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    T read = reader.apply(value);
    if (read == null) {
      throw malformed("has a '" + key + "' that is not " + shape);
    }
    return Optional.of(read);
  }

  private <T> List<T> array(String key, String shape, Function<JsonValue, @Nullable T> reader) {
    JsonValue value = value(key);
    if (value == null) {
      return List.of();
    }
    List<T> elements = new ArrayList<>();
    if (value instanceof JsonValue.Array array) {
      for (JsonValue element : array.values()) {
        T read = reader.apply(element);
        if (read == null) {
          throw malformed("has a '" + key + "' that is not " + shape);
        }
        elements.add(read);
      }
      return Collections.unmodifiableList(elements);
    }
    throw malformed("has a '" + key + "' that is not " + shape);
  }

  private static @Nullable Long longOrNull(JsonValue value) {
    if (value instanceof JsonValue.Numeral number && INTEGER.matcher(number.literal()).matches()) {
      try {
        return Long.parseLong(number.literal());
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return null;
  }

  public static RefusedException malformed(String fault) {
    return new RefusedException(
        "A JSON object " + fault + ".",
        "Such a document means one thing to one reader and another to the next; have it written"
            + " again by the tool that made it.");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonObject object && fields.equals(object.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return new String(toBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
