package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.assembly.ExposedPorts;
import io.github.goldenmaven.golden.yaml.YamlValue;
import io.github.goldenmaven.text.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How containers of a golden image run, where golden.yaml says it: all else stays as the official
 * image has it. Services that say nothing themselves take it over.
 *
 * @param workingDirectoryOrNull absolute
 * @param entrypoint the words that start the container; the official image's where empty
 * @param ports besides the official image's, as a config has them: {@code 8080/tcp}
 * @param labels of the company's own
 */
public record GoldenContainer(
    @Nullable String workingDirectoryOrNull,
    List<String> entrypoint,
    List<String> ports,
    Map<String, String> labels,
    @Nullable Healthcheck healthcheckOrNull) {

  /** Everything as the official image has it. */
  public static final GoldenContainer NOTHING =
      new GoldenContainer(null, List.of(), List.of(), Map.of(), null);

  private static final Pattern LABEL = Pattern.compile("[!-~]{1,256}");
  private static final int MAX_LABEL = 4096;

  public GoldenContainer {
    entrypoint = List.copyOf(entrypoint);
    ports = List.copyOf(ports);
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /**
   * How Docker's engine asks whether a container works; Kubernetes has probes of its own.
   *
   * @param test as a config has it: {@code CMD} and words, {@code CMD-SHELL} and a command, {@code
   *     NONE}
   */
  public record Healthcheck(
      List<String> test,
      @Nullable Duration interval,
      @Nullable Duration timeout,
      @Nullable Duration startPeriod,
      @Nullable Integer retries) {

    public Healthcheck {
      test = List.copyOf(test);
    }

    private static Healthcheck read(YamlValue value) {
      if (value instanceof YamlValue.Scalar none && none.value().equals("none")) {
        return new Healthcheck(List.of("NONE"), null, null, null, null);
      }
      return value.read(
          fields ->
              new Healthcheck(
                  fields.required("command", Healthcheck::test, List.of()),
                  fields.optional("interval", YamlValue::duration),
                  fields.optional("timeout", YamlValue::duration),
                  fields.optional("startPeriod", YamlValue::duration),
                  fields.optional("retries", YamlValue::wholeNumber)),
          "command",
          "interval",
          "timeout",
          "startPeriod",
          "retries");
    }

    private static List<String> test(YamlValue value) {
      List<String> test = new ArrayList<>();
      if (value instanceof YamlValue.Sequence) {
        test.add("CMD");
        test.addAll(words(value));
      } else {
        test.add("CMD-SHELL");
        test.add(DefinitionReader.plain(value));
      }
      return test;
    }
  }

  /** The keys of golden.yaml that this is made of. */
  static GoldenContainer read(YamlValue.Fields fields) {
    return new GoldenContainer(
        fields.optional("workingDirectory", GoldenContainer::folder),
        fields.optional("entrypoint", GoldenContainer::words, List.of()),
        fields.optional("ports", GoldenContainer::ports, List.of()),
        fields.entries("labels", GoldenContainer::labelKey, GoldenContainer::labelValue),
        fields.optional("healthcheck", Healthcheck::read));
  }

  private static String folder(YamlValue value) {
    String text = DefinitionReader.plain(value);
    return value.place().told(() -> ContainerPath.parse("'workingDirectory'", text).toString());
  }

  private static List<String> words(YamlValue value) {
    List<String> words = value.list(DefinitionReader::plain);
    if (words.isEmpty()) {
      throw value.refused("is empty", "Write the program and its arguments, or remove it.");
    }
    return words;
  }

  private static List<String> ports(YamlValue value) {
    List<List<String>> ports =
        value.list(
            port ->
                port.parsed(
                    text ->
                        ExposedPorts.parse(
                            List.of(text),
                            "'ports'",
                            "Write ports of 1 to 65535 in quotes, like \"8080\", \"8000-8010\" or"
                                + " \"53/udp\".")));
    return ports.stream().flatMap(List::stream).distinct().toList();
  }

  private static String labelKey(String key) {
    if (!LABEL.matcher(key).matches() || !key.contains(".")) {
      throw new RefusedException(
          "'" + Printable.of(key) + "' is not the key of a label.",
          "Write printable ASCII without blanks, with a domain of the company's in front:"
              + " 'com.company.team'.");
    }
    return key;
  }

  private static String labelValue(YamlValue value) {
    String text = value.isEmptyText() ? "" : DefinitionReader.plain(value);
    if (text.length() > MAX_LABEL) {
      throw value.refused("is longer than " + MAX_LABEL + " characters", "Write a shorter one.");
    }
    return text;
  }

  public Optional<String> workingDirectory() {
    return Optional.ofNullable(workingDirectoryOrNull);
  }

  public Optional<Healthcheck> healthcheck() {
    return Optional.ofNullable(healthcheckOrNull);
  }
}
