package io.github.goldenmaven.jenkins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Some hundred snippets mean here what they were seen to mean in the interpreter of a Jenkins of
 * 2026, which {@code semantics.txt} holds.
 */
class SemanticsTest {

  /**
   * A snippet with what was seen.
   *
   * @param name what it shows
   * @param classes what stands before it in the Jenkinsfile
   * @param code a method's body
   * @param trusted its value or its error in today's Jenkins
   * @param sandboxed the same in the sandbox
   */
  record Snippet(String name, String classes, String code, String trusted, String sandboxed) {

    static Snippet parse(String paragraph) {
      StringBuilder classes = new StringBuilder();
      StringBuilder code = new StringBuilder();
      String trusted = "";
      String sandboxed = "";
      List<String> lines = paragraph.strip().lines().toList();
      for (String line : lines.subList(1, lines.size())) {
        if (line.equals("--")) {
          classes.append(code);
          code.setLength(0);
        } else if (line.startsWith("today: ")) {
          trusted = line.substring("today: ".length());
        } else if (line.startsWith("sandboxed: ")) {
          sandboxed = line.substring("sandboxed: ".length());
        } else if (!line.startsWith("1.31: ")) {
          code.append(line).append('\n');
        }
      }
      return new Snippet(
          lines.get(0),
          classes.toString(),
          code.toString(),
          trusted,
          sandboxed.isEmpty() ? trusted : sandboxed);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Snippet> snippets() {
    return Stream.of(table().split("\n\n+", -1))
        .filter(paragraph -> !paragraph.isBlank() && !paragraph.startsWith("#"))
        .map(Snippet::parse);
  }

  static String table() {
    try (InputStream table =
        Objects.requireNonNull(SemanticsTest.class.getResourceAsStream("semantics.txt"))) {
      return new String(table.readAllBytes(), UTF_8);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("snippets")
  void aSnippetMeansWhatItMeansInJenkins(Snippet snippet) {
    assertThat(seen(snippet, Restarts.NONE, true)).as("trusted").isEqualTo(snippet.trusted());
    assertThat(seen(snippet, Restarts.EVERY, false)).as("sandboxed").isEqualTo(snippet.sandboxed());
    if (snippet.code().contains("through") || snippet.classes().contains("through")) {
      assertThat(seen(snippet, Restarts.EVERY, true)).as("restarts").isEqualTo(snippet.trusted());
    }
  }

  static String seen(Snippet snippet, Restarts restarts, boolean trusted) {
    List<String> values = new ArrayList<>();
    Controller controller =
        Controller.create()
            .withRestarts(restarts)
            .withStep(
                StepType.of("seen").takes("value"),
                call -> {
                  values.add(shown(call.arguments().get("value")));
                  return null;
                });
    Build build =
        (trusted ? controller : controller.sandboxed())
            .build(
                Jenkinsfile.of(
                    snippet.classes()
                        + "\ndef through(v) { echo 'a step'; return v }\ndef snippet() {\n"
                        + snippet.code()
                        + "}\nseen value: snippet()\n"));
    String told =
        build.violations().stream().map(Violation::message).collect(Collectors.joining(" "));
    return build
        .error()
        .map(error -> "! " + (told.isEmpty() ? error : told))
        .orElse(String.join(" then ", values))
        .replaceAll("@[0-9a-f]{5,8}\\b", "@…")
        .replace("\n", "⏎");
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof String text) {
      return "'" + text + "'";
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SemanticsTest::shown).collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + shown(entry.getValue()))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value == null || value instanceof Integer || value instanceof Boolean) {
      return String.valueOf(value);
    }
    return value instanceof Number || value instanceof Character || value instanceof BigDecimal
        ? value + " (" + value.getClass().getSimpleName() + ")"
        : value.getClass().getName();
  }
}
