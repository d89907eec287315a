package io.github.goldenmaven.registry.errors;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.registry.http.SecretRedactor;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server says in the body of an answer that is no success. The reason often stands nowhere
 * else: a quota, a licence, a tag that may not move, a page of a proxy.
 *
 * @param errors of a registry's error body; none where it is another's
 * @param sentence what is added to a problem: empty, or its words, bounded, escaped and without
 *     secrets, with a blank before
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#error-codes">OCI
 *     distribution spec, error codes</a>
 */
public record Said(List<JsonObject> errors, String sentence, boolean isForeign) {

  private static final int MAX_BODY = 1024 * 1024;
  private static final int MAX_ERRORS = 3;
  private static final int MAX_DETAIL = 300;
  private static final int MAX_WORDS = 800;

  private static final Said NOTHING = new Said(List.of(), "", false);

  /** Errors that are longer than what is read of them. */
  private static final Pattern CUT = Pattern.compile("[\\[{\\s]*\"(errors|code|message)\"\\s*:");

  private static final Pattern TITLE =
      Pattern.compile("<title[^>]*>([^<]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_TEXT =
      Pattern.compile(
          "<(script|style)\\b[^>]*>.{0,20000}?</\\1>|<[^>]*>",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** A token server's, by OAuth 2 (RFC 6749, section 5.2) or by habit. */
  private static final List<String> OAUTH =
      List.of("error", "error_description", "message", "details", "detail");

  /** Reads a body, as far as it is to be shown. */
  static Said in(Response answer, SecretRedactor sent, Duration within, String kind) {
    byte[] body;
    try {
      body = answer.beginning(MAX_BODY, within);
    } catch (IOException e) {
      return NOTHING;
    }
    String written = new String(body, answer.charset()).strip();
    String text = sent.hidden(written);
    if (text.isEmpty()) {
      return NOTHING;
    }
    JsonObject json = json(written);
    if (json == null && body.length > MAX_BODY && CUT.matcher(written).lookingAt()) {
      return new Said(List.of(), " It says: '" + shown(sent, folded(text)) + "'.", false);
    }
    List<JsonObject> errors = errors(json);
    String words = words(json, errors, sent, kind);
    if (!words.isEmpty()) {
      return new Said(errors, " It says: '" + shown(sent, words) + "'.", false);
    }
    if (json != null && (json.has("errors") || json.fields().isEmpty())) {
      return NOTHING;
    }
    return new Said(
        List.of(),
        " This is no %s's answer: '%s'%s."
            .formatted(kind, shown(sent, page(text)), type(answer.contentType())),
        true);
  }

  /** What a document says in the fields that its kind of server has for it, or in any other. */
  private static String words(
      @Nullable JsonObject json, List<JsonObject> errors, SecretRedactor sent, String kind) {
    String words =
        kind.equals(RegistryErrors.REGISTRY) || !errors.isEmpty()
            ? told(errors, sent)
            : oauth(json);
    return words.isEmpty() ? rest(json) : words;
  }

  /** Words in a document that is a success and none; empty, or a sentence with a blank before. */
  public static String words(JsonObject json, SecretRedactor sent) {
    List<JsonObject> errors = errors(json);
    String words = errors.isEmpty() ? oauth(json) : told(errors, sent);
    return words.isEmpty() ? "" : " It says: '" + shown(sent, words) + "'.";
  }

  private static String type(String contentType) {
    return contentType.isEmpty() ? "" : " (" + Printable.of(contentType, 60) + ")";
  }

  private static String shown(SecretRedactor sent, String words) {
    return Printable.of(sent.hidden(words), MAX_WORDS);
  }

  /** An object, or a list of errors without the object around it. */
  private static @Nullable JsonObject json(String written) {
    String text =
        written.startsWith("[{") && written.contains("\"code\"")
            ? "{\"errors\":" + written + "}"
            : written;
    try {
      return StrictJson.readLeniently("An error answer", text.getBytes(StandardCharsets.UTF_8));
    } catch (RefusedException e) {
      return null;
    }
  }

  /** One of them, several, or words in their place. */
  private static List<JsonObject> errors(@Nullable JsonObject json) {
    JsonValue errors = json == null ? null : json.fields().get("errors");
    List<JsonValue> all =
        errors instanceof JsonValue.Array array
            ? array.values()
            : errors == null ? List.of() : List.of(errors);
    List<JsonObject> found = new ArrayList<>();
    for (JsonValue one : all) {
      if (one instanceof JsonValue.Nested nested) {
        found.add(nested.object());
      } else if (one instanceof JsonValue.Text words) {
        found.add(JsonObject.EMPTY.with("message", words.value()));
      }
    }
    return found;
  }

  /** Errors of a form that nobody knows, as they are. */
  private static String rest(@Nullable JsonObject json) {
    JsonValue errors = json == null ? null : json.fields().get("errors");
    return errors == null ? "" : text(errors);
  }

  private static String told(List<JsonObject> errors, SecretRedactor sent) {
    List<String> told = new ArrayList<>();
    for (JsonObject error : errors) {
      String code = text(error, "code");
      String message = text(error, "message");
      // Hidden before it is cut: half a secret is not known again.
      String detail = Printable.of(sent.hidden(text(error, "detail")), MAX_DETAIL);
      String both = code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
      String one =
          detail.isEmpty() || detail.equals(message)
              ? both
              : both.isEmpty() ? detail : both + " (" + detail + ")";
      if (!one.isEmpty() && told.size() < MAX_ERRORS) {
        told.add(one);
      }
    }
    return String.join("; ", told);
  }

  private static String oauth(@Nullable JsonObject json) {
    if (json == null) {
      return "";
    }
    List<String> told = new ArrayList<>();
    for (String key : OAUTH) {
      String text = text(json, key);
      if (!text.isEmpty() && !told.contains(text)) {
        told.add(text);
      }
    }
    return String.join(": ", told);
  }

  /** A field whatever it is: text as it is, what has parts as JSON. */
  private static String text(JsonObject object, String key) {
    for (Map.Entry<String, JsonValue> field : object.fields().entrySet()) {
      if (field.getKey().toLowerCase(Locale.ROOT).equals(key)) {
        return text(field.getValue());
      }
    }
    return "";
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonValue.Text text) {
      return text.value().strip();
    }
    if (value instanceof JsonValue.Null
        || (value instanceof JsonValue.Nested nested && nested.object().fields().isEmpty())
        || (value instanceof JsonValue.Array array && array.values().isEmpty())) {
      return "";
    }
    String json = new String(JsonObject.EMPTY.with("v", value).toBytes(), StandardCharsets.UTF_8);
    return json.substring("{\"v\":".length(), json.length() - 1);
  }

  /** The title of a page, or the beginning of its text. */
  static String page(String text) {
    if (!text.startsWith("<") && !text.contains("<html")) {
      return folded(text);
    }
    Optional<String> title =
        Optional.of(TITLE.matcher(text)).filter(Matcher::find).map(found -> found.group(1));
    return folded(title.orElseGet(() -> NO_TEXT.matcher(text).replaceAll(" ")));
  }

  private static String folded(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  /** Whether one of the errors has this code. */
  public boolean hasCode(String code) {
    return errors.stream()
        .anyMatch(error -> text(error, "code").toUpperCase(Locale.ROOT).equals(code));
  }
}
