package io.github.goldenmaven.oci.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.goldenmaven.RefusedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/**
 * The strict reader beside Jackson's, which knows nothing of it: what it reads Jackson reads as the
 * same, what Jackson refuses it refuses, and where it alone refuses there is a reason.
 */
class StrictJsonAsJacksonReadsItTest {

  /** As strict as it gets; the lengths are not of interest here. */
  private static final ObjectMapper JACKSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNumberLength(Integer.MAX_VALUE)
                          .maxNestingDepth(10_000)
                          .build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Why a document is refused that Jackson reads.
   *
   * @param said part of what the strict reader says
   * @param when what the document must be then, by its bytes and by what Jackson reads
   */
  private record Stricter(String said, BiPredicate<byte[], JsonNode> when, String because) {}

  private static final List<Stricter> STRICTER =
      List.of(
          new Stricter(
              "is not a JSON object",
              (bytes, tree) -> !tree.isObject(),
              "Manifests and configs are objects."),
          new Stricter("is empty", (bytes, tree) -> bytes.length == 0, "Nothing is no document."),
          new Stricter(
              "which some readers take for one",
              (bytes, tree) -> hasTwins(tree),
              "Go takes keys for one that differ in case only."),
          new Stricter(
              "begins with a byte order mark",
              (bytes, tree) -> bytes[0] == (byte) 0xEF,
              "RFC 8259 lets readers refuse it, and Go's does."),
          new Stricter(
              "is not valid UTF-8",
              (bytes, tree) -> !isUtf8(bytes),
              "Readers put different characters for it, or guess another encoding."),
          new Stricter(
              "has half a surrogate pair",
              (bytes, tree) -> text(bytes).matches("(?is).*\\\\ud[89a-f].*"),
              "Go reads U+FFFD for it, Java half a character."),
          new Stricter(
              "is nested deeper than 64 levels",
              (bytes, tree) -> depth(tree) > 64,
              "No image needs it, and readers end at different depths."),
          new Stricter(
              "",
              (bytes, tree) -> text(bytes).contains("\0"),
              "RFC 8259 leaves UTF-8 only; Jackson takes zeros for UTF-16 or UTF-32."));

  private static final Set<Stricter> USED = new HashSet<>();

  /** A reason that nothing needs is no reason. */
  @AfterContainer
  static void everyReasonIsNeeded() {
    assertThat(USED).containsAll(STRICTER);
  }

  @Property(tries = 6000)
  void whatOneReadsTheOtherReadsAsTheSame(@ForAll Random random) {
    requireAgreement(bytes(random));
  }

  @Property(tries = 2000)
  void anyBytesAreReadAsJacksonReadsThem(@ForAll byte[] bytes) {
    requireAgreement(bytes);
  }

  private static void requireAgreement(byte[] bytes) {
    String shown = text(bytes);
    Optional<JsonNode> theirs = jackson(bytes);
    JsonObject ours;
    try {
      ours = StrictJson.read("It", bytes);
    } catch (RefusedException e) {
      theirs.ifPresent(tree -> requireReason(e, bytes, tree));
      return;
    }
    assertThat(theirs).as("what Jackson reads of %s", shown).isPresent();
    assertSame(shown, JsonValue.of(ours), theirs.orElseThrow());
  }

  private static void requireReason(RefusedException refusal, byte[] bytes, JsonNode tree) {
    Optional<Stricter> reason =
        STRICTER.stream()
            .filter(known -> refusal.problem().contains(known.said))
            .filter(known -> known.when.test(bytes, tree))
            .findFirst();
    assertThat(reason)
        .as("why '%s' is said of %s, which Jackson reads", refusal.problem(), text(bytes))
        .isPresent();
    USED.add(reason.orElseThrow());
  }

  private static Optional<JsonNode> jackson(byte[] bytes) {
    try {
      JsonNode tree = JACKSON.readTree(bytes);
      return Optional.of(tree).filter(node -> !node.isMissingNode() || bytes.length == 0);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static void assertSame(String shown, JsonValue ours, JsonNode theirs) {
    if (ours instanceof JsonValue.Nested nested) {
      assertThat(theirs.isObject()).as(shown).isTrue();
      assertThat(theirs.fieldNames())
          .as(shown)
          .toIterable()
          .containsExactlyElementsOf(nested.object().fields().keySet());
      nested.object().fields().forEach((key, value) -> assertSame(shown, value, theirs.get(key)));
    } else if (ours instanceof JsonValue.Array array) {
      assertThat(theirs.isArray()).as(shown).isTrue();
      assertThat(theirs.size()).as(shown).isEqualTo(array.values().size());
      for (int at = 0; at < theirs.size(); at++) {
        assertSame(shown, array.values().get(at), theirs.get(at));
      }
    } else if (ours instanceof JsonValue.Text text) {
      assertThat(theirs.isTextual()).as(shown).isTrue();
      assertThat(theirs.textValue()).as(shown).isEqualTo(text.value());
    } else if (ours instanceof JsonValue.Numeral number) {
      assertThat(theirs.isNumber()).as(shown).isTrue();
      if (theirs.isIntegralNumber()) {
        assertThat(theirs.bigIntegerValue()).as(shown).isEqualTo(new BigInteger(number.literal()));
      } else {
        assertThat(theirs.doubleValue()).as(shown).isEqualTo(Double.parseDouble(number.literal()));
      }
    } else if (ours instanceof JsonValue.Bool bool) {
      assertThat(theirs.isBoolean()).as(shown).isTrue();
      assertThat(theirs.booleanValue()).as(shown).isEqualTo(bool.value());
    } else {
      assertThat(theirs.isNull()).as(shown).isTrue();
    }
  }

  private static boolean hasTwins(JsonNode tree) {
    Set<String> folded = new HashSet<>();
    int names = 0;
    for (var name = tree.fieldNames(); name.hasNext(); names++) {
      // As case folding without regard to any language does, the long s and the Kelvin sign too.
      folded.add(name.next().toUpperCase(java.util.Locale.ROOT).toLowerCase(java.util.Locale.ROOT));
    }
    boolean below = false;
    for (JsonNode each : tree) {
      below |= hasTwins(each);
    }
    return below || folded.size() < names;
  }

  private static int depth(JsonNode tree) {
    int deepest = 0;
    for (JsonNode each : tree) {
      deepest = Math.max(deepest, depth(each));
    }
    return tree.isContainerNode() ? deepest + 1 : 0;
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** JSON as a tool or an attacker might write it, and now and then a byte of it changed. */
  private static byte[] bytes(Random random) {
    StringBuilder text = new StringBuilder();
    if (random.nextInt(60) == 0) {
      text.append('\uFEFF');
    }
    if (random.nextInt(40) == 0) {
      int depth = 60 + random.nextInt(10);
      text.append("{\"a\":".repeat(depth)).append('1').append("}".repeat(depth));
    } else if (random.nextInt(20) == 0) {
      value(random, text, 0);
    } else {
      object(random, text, 0);
    }
    text.append(any(random, "", "", "", "", "", " ", "\n", "{}", "//x", "\u0000", ","));
    byte[] bytes =
        text.toString()
            .getBytes(random.nextInt(60) == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
    if (random.nextInt(3) == 0 && bytes.length > 0) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = Arrays.copyOf(bytes, at);
        default -> bytes[at] = (byte) "{}[],:\"\\0-e. ".charAt(random.nextInt(13));
      }
    }
    return bytes;
  }

  private static void object(Random random, StringBuilder text, int depth) {
    text.append('{');
    int fields = random.nextInt(4);
    for (int at = 0; at < fields; at++) {
      text.append(at == 0 ? "" : ",").append(space(random));
      String quote = any(random, 60, "\"", "'", "");
      text.append(quote).append(key(random)).append(quote);
      text.append(any(random, 60, ":", "=", "")).append(space(random));
      value(random, text, depth + 1);
    }
    text.append(any(random, 60, "", ",")).append('}');
  }

  private static void value(Random random, StringBuilder text, int depth) {
    switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0, 1 -> text.append('"').append(letters(random)).append('"');
      case 2 ->
          text.append(
              any(
                  random,
                  12,
                  any(
                      random,
                      "0",
                      "-0",
                      "1",
                      "-17",
                      "1.50",
                      "1E+2",
                      "2e-7",
                      "12345678901234567890"),
                  any(random, "01", "+1", "1.", ".5", "1e", "-", "0x1", "NaN", "1_0", "Infinity")));
      case 3 ->
          text.append(any(random, 12, any(random, "true", "false", "null"), "True", "nul", "''"));
      case 4 -> {
        text.append('[');
        int entries = random.nextInt(4);
        for (int at = 0; at < entries; at++) {
          text.append(at == 0 ? "" : ",").append(space(random));
          value(random, text, depth + 1);
        }
        text.append(any(random, 40, "", ",", ";")).append(']');
      }
      default -> object(random, text, depth);
    }
  }

  private static String key(Random random) {
    return any(
        random,
        "a",
        "b",
        "c",
        "d",
        "e",
        "size",
        "layers",
        "os",
        "Os",
        "\\u0061",
        "Size",
        "laye\\u0072s",
        "layer\u017f",
        "\u212a",
        "k",
        "",
        "\u00e4",
        "\u00c4",
        "$",
        "a\\n");
  }

  private static String letters(Random random) {
    StringBuilder letters = new StringBuilder();
    for (int left = random.nextInt(4); left > 0; left--) {
      letters.append(
          any(
              random,
              25,
              any(
                  random,
                  "x",
                  " ",
                  "\u00e9",
                  "\uD83D\uDE00",
                  "\\n",
                  "\\/",
                  "\\u00E9",
                  "\\uD83D\\uDE00"),
              "\n",
              "\t",
              "\\x",
              "\\u12",
              "\\ud800",
              "\\udc00",
              "\u0000",
              "\u2028",
              "\\'",
              "\u007f"));
    }
    return letters.toString();
  }

  private static String space(Random random) {
    return any(random, 30, any(random, "", "", " ", "\n", "\t\r"), "\f", "/**/", "\u00a0");
  }

  private static String any(Random random, String... words) {
    return words[random.nextInt(words.length)];
  }

  /** The first word, and once in so many times one of the others. */
  private static String any(Random random, int times, String word, String... others) {
    return random.nextInt(times) == 0 ? any(random, others) : word;
  }
}
