package io.github.goldenmaven.oci.json;

import com.google.gson.internal.LazilyParsedNumber;
import com.google.gson.stream.JsonWriter;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes JSON: the same value, the same bytes. */
final class JsonText {

  private JsonText() {}

  static byte[] compact(JsonObject object) {
    try {
      ByteBuffer utf8 =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(write(object, "")));
      byte[] bytes = new byte[utf8.remaining()];
      utf8.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      // A String would turn it into '?', and say something that nobody meant.
      throw JsonObject.malformed("has half a surrogate pair in a string");
    }
  }

  /**
   * Characters that would move a terminal's cursor or turn the reading direction are escaped: they
   * can stand in strings only, so the value stays the same.
   */
  static String pretty(JsonObject object) {
    String text = write(object, "  ");
    StringBuilder safe = new StringBuilder(text.length());
    int told = 0;
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (point != '\n' && !Printable.isHarmless(point)) {
        safe.append(text, told, at);
        for (char unit : Character.toChars(point)) {
          safe.append(String.format("\\u%04x", (int) unit));
        }
        told = next;
      }
      at = next;
    }
    return safe.append(text, told, text.length()).toString();
  }

  private static String write(JsonObject object, String indent) {
    StringWriter text = new StringWriter();
    try (JsonWriter writer = new JsonWriter(text)) {
      writer.setHtmlSafe(false);
      writer.setIndent(indent);
      write(writer, object);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private static void write(JsonWriter writer, JsonObject object) throws IOException {
    writer.beginObject();
    for (Map.Entry<String, JsonValue> field : object.fields().entrySet()) {
      writer.name(field.getKey());
      write(writer, field.getValue());
    }
    writer.endObject();
  }

  private static void write(JsonWriter writer, JsonValue value) throws IOException {
    if (value instanceof JsonValue.Text text) {
      writer.value(text.value());
    } else if (value instanceof JsonValue.Numeral number) {
      writer.value(new LazilyParsedNumber(number.literal()));
    } else if (value instanceof JsonValue.Bool bool) {
      writer.value(bool.value());
    } else if (value instanceof JsonValue.Array array) {
      writer.beginArray();
      for (JsonValue element : array.values()) {
        write(writer, element);
      }
      writer.endArray();
    } else if (value instanceof JsonValue.Nested nested) {
      write(writer, nested.object());
    } else {
      writer.nullValue();
    }
  }
}
