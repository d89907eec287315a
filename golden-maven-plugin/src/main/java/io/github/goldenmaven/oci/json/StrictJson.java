package io.github.goldenmaven.oci.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON so that every reader agrees on what it says: UTF-8 without byte order mark, one
 * object, no trailing bytes, no duplicate keys, no names of fields that differ in case only (keys
 * that are data, as of labels, may), no lone surrogates, bounded depth and size (RFC 8259; I-JSON,
 * RFC 7493).
 */
public final class StrictJson {

  /** The most a manifest, index or config may have, in bytes: docker-registry's own limit. */
  public static final int MAX_BYTES = 4 * 1024 * 1024;

  /** Fields whose keys are data: readers in Go keep their case, as we do. */
  private static final Set<String> MAPS =
      Set.of("Labels", "Volumes", "ExposedPorts", "annotations");

  private static final int MAX_DEPTH = 64;
  private static final String REMEDY =
      "Readers would disagree on what it says; have it written again by the tool that made it.";

  private final String what;
  private final JsonReader reader;
  private final boolean lenient;
  private int depth;

  private StrictJson(String what, String text, boolean lenient) {
    this.what = what;
    this.lenient = lenient;
    this.reader = new JsonReader(new StringReader(text));
    this.reader.setStrictness(Strictness.STRICT);
    this.reader.setNestingLimit(MAX_DEPTH + 8);
  }

  /**
   * Reads one JSON object.
   *
   * @param what what the bytes are, for the message: {@code "The manifest of 'x'"}
   * @throws RefusedException when two readers could disagree on the bytes
   */
  public static JsonObject read(String what, byte[] bytes) {
    return read(what, bytes, MAX_BYTES);
  }

  /** The same of a document that may have this many bytes. */
  public static JsonObject read(String what, byte[] bytes, int most) {
    if (bytes.length > most) {
      throw new RefusedException(
          what + " has more than " + most + " bytes.",
          "No honest image needs that; look at what pushed it.");
    }
    return read(new StrictJson(what, decode(what, bytes), false));
  }

  /**
   * Reads a server's words that are no image's: a key twice, spelled in two ways, or more bytes
   * after the end harm nobody there. Of a key that is there twice the last counts, as Go has it.
   *
   * @throws RefusedException when it is no JSON object
   */
  public static JsonObject readLeniently(String what, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return read(new StrictJson(what, text.startsWith("\uFEFF") ? text.substring(1) : text, true));
  }

  private static JsonObject read(StrictJson json) {
    try {
      JsonObject object = json.document();
      if (!json.lenient) {
        json.requireEnd();
      }
      return object;
    } catch (MalformedJsonException | IllegalStateException e) {
      throw json.refused("is not strict JSON at " + Printable.of(json.reader.getPath()), e);
    } catch (IOException e) {
      throw json.refused("ends before it is complete", e);
    }
  }

  private static String decode(String what, byte[] bytes) {
    if (bytes.length == 0) {
      throw new RefusedException(what + " is empty.", REMEDY);
    }
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF) {
      throw new RefusedException(what + " begins with a byte order mark.", REMEDY);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new RefusedException(what + " is not valid UTF-8.", REMEDY, e);
    }
  }

  private JsonObject document() throws IOException {
    if (reader.peek() != JsonToken.BEGIN_OBJECT) {
      throw refused("is not a JSON object");
    }
    return object("");
  }

  private void requireEnd() throws IOException {
    try {
      if (reader.peek() == JsonToken.END_DOCUMENT) {
        return;
      }
    } catch (MalformedJsonException e) {
      // More of whatever kind, JSON or not.
    }
    throw refused("has more bytes after its end");
  }

  /**
   * Reads an object.
   *
   * @param name of the field that it is the value of
   */
  private JsonObject object(String name) throws IOException {
    boolean isMap = MAPS.contains(name);
    descend();
    reader.beginObject();
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    Map<String, String> spellings = new LinkedHashMap<>();
    while (reader.hasNext()) {
      String key = wellFormed(reader.nextName());
      String other = spellings.put(isMap ? key : JsonObject.fold(key), key);
      if (other != null && lenient) {
        fields.remove(other);
      } else if (other != null) {
        throw refused(
            other.equals(key)
                ? "has the key '" + Printable.of(key) + "' twice"
                : "has the keys '"
                    + Printable.of(other)
                    + "' and '"
                    + Printable.of(key)
                    + "', which some readers take for one");
      }
      fields.put(key, value(isMap ? "" : key));
    }
    reader.endObject();
    depth--;
    return isMap ? JsonObject.ofData(fields) : new JsonObject(fields);
  }

  private JsonValue value(String name) throws IOException {
    return switch (reader.peek()) {
      case BEGIN_OBJECT -> JsonValue.of(object(name));
      case BEGIN_ARRAY -> array();
      case STRING -> JsonValue.of(wellFormed(reader.nextString()));
      case NUMBER -> new JsonValue.Numeral(reader.nextString());
      case BOOLEAN -> JsonValue.of(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        yield new JsonValue.Null();
      }
      default -> throw refused("is not strict JSON at " + Printable.of(reader.getPath()));
    };
  }

  private JsonValue array() throws IOException {
    descend();
    reader.beginArray();
    List<JsonValue> values = new ArrayList<>();
    while (reader.hasNext()) {
      values.add(value(""));
    }
    reader.endArray();
    depth--;
    return new JsonValue.Array(values);
  }

  private void descend() {
    depth++;
    if (depth > MAX_DEPTH) {
      throw refused("is nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  private String wellFormed(String text) {
    if (lenient) {
      return text;
    }
    for (int at = 0; at < text.length(); at++) {
      char unit = text.charAt(at);
      if (Character.isHighSurrogate(unit)
          && at + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(at + 1))) {
        at++;
      } else if (Character.isSurrogate(unit)) {
        throw refused("has half a surrogate pair in a string");
      }
    }
    return text;
  }

  private RefusedException refused(String fault) {
    return new RefusedException(what + " " + fault + ".", REMEDY);
  }

  private RefusedException refused(String fault, Exception cause) {
    return new RefusedException(what + " " + fault + ".", REMEDY, cause);
  }
}
