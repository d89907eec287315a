package io.github.goldenmaven.golden.yaml;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.NearestName;
import io.github.goldenmaven.text.Printable;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A value of a YAML file that knows where it stands. Each reading method takes one type and refuses
 * any other.
 */
public sealed interface YamlValue {
  /** Of days that a policy may name. */
  int FIRST_YEAR = 2000;

  /** Of days that a policy may name. */
  int LAST_YEAR = 2100;

  /** Of time spans: ten years. */
  Duration LONGEST = Duration.ofDays(3653);

  YamlLocation place();

  /** A fault of what stands here: {@code is not a list}. */
  default RefusedException refused(String fault, String remedy) {
    return place().refused(fault, remedy);
  }

  /** Text, not empty; what other YAML readers take for a number or truth must be in quotes. */
  default String text() {
    throw refused("is not text", "Write one value there.");
  }

  /** Whether it is text in quotes with nothing in it. */
  default boolean isEmptyText() {
    return false;
  }

  /** {@code true} or {@code false}, without quotes. */
  default boolean truth() {
    throw refused("is neither true nor false", "Write 'true' or 'false', without quotes.");
  }

  /** The values directly in this one. */
  default Collection<YamlValue> parts() {
    return List.of();
  }

  /** The value that stands at a path, here or further in. */
  default Optional<YamlValue> find(String path) {
    return place().path().equals(path)
        ? Optional.of(this)
        : parts().stream().flatMap(part -> part.find(path).stream()).findFirst();
  }

  /** Where the key of a path stands, here or further in. */
  default Optional<YamlLocation> findKey(String path) {
    return parts().stream().flatMap(part -> part.findKey(path).stream()).findFirst();
  }

  /** A whole number without sign. */
  default int wholeNumber() {
    throw refused("is not a whole number", "Write one like '2', without quotes.");
  }

  /**
   * Keys and values, of which only these keys are known.
   *
   * @param together is told of the others, so that they hide nothing of the known ones
   */
  default Fields fields(ProblemCollector together, String... known) {
    throw refused(
        "is not a mapping", "Write keys and values there: '" + String.join("', '", known) + "'.");
  }

  /** What is made of keys and values, of which only these keys are known; all refusals together. */
  default <T> T read(Function<Fields, T> reader, String... known) {
    ProblemCollector together = new ProblemCollector();
    T read = reader.apply(fields(together, known));
    together.refuse();
    return read;
  }

  /** Keys that some grammar knows, each value read; all refusals together. */
  public default <T> Map<String, T> entries(
      UnaryOperator<String> grammar, Function<YamlValue, T> reader) {
    throw refused("is not a mapping", "Write keys and values there.");
  }

  /** Elements, each read; all refusals together. */
  public default <T> List<T> list(Function<YamlValue, T> reader) {
    throw refused("is not a list", "Write one like '[a, b]'.");
  }

  /** Text that some grammar knows; its refusal is told with the place. */
  default <T> T parsed(Function<String, T> grammar) {
    String text = text();
    return place().told(() -> grammar.apply(text));
  }

  /** A day, {@code 2027-01-15}: what lasts for ever has no day, and is not written. */
  default LocalDate date() {
    String text = text();
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Told below, as a day that is no day.
    }
    throw refused(
        "is '" + Printable.of(text) + "', which is not a day",
        "Write one like '2027-01-15', from " + FIRST_YEAR + " to " + LAST_YEAR + ".");
  }

  /** A time span, {@code P45D} or {@code PT12H}, more than nothing and at most ten years. */
  default Duration duration() {
    String text = text();
    try {
      Duration duration = Duration.parse(text);
      if (!duration.isZero() && !duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Told below, as a span that is no span.
    }
    throw refused(
        "is '" + Printable.of(text) + "', which is not a time span",
        "Write one of days or hours, like 'P45D' or 'PT12H', of ten years at most.");
  }

  record Scalar(YamlLocation place, String value, boolean quoted) implements YamlValue {

    private static final Pattern NOT_TEXT =
        Pattern.compile(
            "~|null|true|false|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)(e[-+]?[0-9]+)?"
                + "|0o[0-7]+|0x[0-9a-f]+|[-+]?\\.inf|\\.nan",
            Pattern.CASE_INSENSITIVE);

    @Override
    public String text() {
      if (value.isBlank() || (!quoted && value.equals("~"))) {
        throw refused("has no value", "Write one, or remove the key.");
      }
      if (!quoted && NOT_TEXT.matcher(value).matches()) {
        throw refused(
            "is '" + Printable.of(value) + "', which not every YAML reader reads as text",
            "Put it in quotes: \"" + Printable.of(value) + "\".");
      }
      return value;
    }

    /** A bare number is no span, in quotes or without. */
    @Override
    public Duration duration() {
      return quoted ? YamlValue.super.duration() : new Scalar(place, value, true).duration();
    }

    @Override
    public boolean isEmptyText() {
      return quoted && value.isEmpty();
    }

    @Override
    public boolean truth() {
      if (quoted || !(value.equals("true") || value.equals("false"))) {
        throw refused(
            "is '" + Printable.of(value) + "', which is neither true nor false",
            "Write 'true' or 'false', without quotes.");
      }
      return value.equals("true");
    }

    @Override
    public int wholeNumber() {
      if (quoted || !value.matches("0|[1-9][0-9]{0,8}")) {
        throw refused(
            "is '" + Printable.of(value) + "', which is not a whole number",
            "Write one like '2', without quotes.");
      }
      return Integer.parseInt(value);
    }
  }

  /** One that was told to be wrong already, for a reason of its own; nothing is read from it. */
  record Faulty(YamlLocation place, RefusedException fault) implements YamlValue {

    @Override
    public String text() {
      throw fault;
    }

    @Override
    public boolean truth() {
      throw fault;
    }

    @Override
    public int wholeNumber() {
      throw fault;
    }

    @Override
    public Fields fields(ProblemCollector together, String... known) {
      throw fault;
    }

    @Override
    public <T> Map<String, T> entries(
        UnaryOperator<String> grammar, Function<YamlValue, T> reader) {
      throw fault;
    }

    @Override
    public <T> List<T> list(Function<YamlValue, T> reader) {
      throw fault;
    }
  }

  record Sequence(YamlLocation place, List<YamlValue> values) implements YamlValue {
    public Sequence {
      values = List.copyOf(values);
    }

    @Override
    public Collection<YamlValue> parts() {
      return values;
    }

    @Override
    public <T> List<T> list(Function<YamlValue, T> reader) {
      ProblemCollector together = new ProblemCollector();
      List<Optional<T>> read = new ArrayList<>();
      for (YamlValue value : values) {
        read.add(together.read(() -> Optional.of(reader.apply(value)), Optional.empty()));
      }
      together.refuse();
      return read.stream().flatMap(Optional::stream).toList();
    }
  }

  /**
   * Keys and values.
   *
   * @param keys where each key stands
   */
  record Mapping(YamlLocation place, Map<String, YamlValue> values, Map<String, YamlLocation> keys)
      implements YamlValue {

    @Override
    public Collection<YamlValue> parts() {
      return values.values();
    }

    @Override
    public Optional<YamlLocation> findKey(String path) {
      return keys.values().stream()
          .filter(key -> key.path().equals(path))
          .findFirst()
          .or(() -> YamlValue.super.findKey(path));
    }

    @Override
    public Fields fields(ProblemCollector together, String... known) {
      Set<String> closed = new LinkedHashSet<>(List.of(known));
      keys.forEach(
          (key, keyPlace) -> {
            if (!closed.contains(key)) {
              together.add(keyPlace.refused("is not a known key", NearestName.advice(closed, key)));
            }
          });
      return new Fields(this, together);
    }

    @Override
    public <T> Map<String, T> entries(
        UnaryOperator<String> grammar, Function<YamlValue, T> reader) {
      ProblemCollector together = new ProblemCollector();
      Map<String, T> read = new LinkedHashMap<>();
      keys.forEach(
          (key, keyPlace) -> {
            together.read(() -> keyPlace.told(() -> grammar.apply(key)), key);
            together
                .read(() -> Optional.ofNullable(values.get(key)).map(reader), Optional.<T>empty())
                .ifPresent(value -> read.put(key, value));
          });
      together.refuse();
      return read;
    }

    /** The same without these keys. */
    public Mapping without(Collection<String> gone) {
      Map<String, YamlLocation> left = new LinkedHashMap<>(keys);
      left.keySet().removeAll(gone);
      return new Mapping(place, values, left);
    }
  }

  /**
   * A mapping whose keys are all known.
   *
   * @param together is told of each value that is refused, so that the others are read all the same
   */
  record Fields(Mapping mapping, ProblemCollector together) {
    public boolean has(String key) {
      return mapping.values.containsKey(key);
    }

    /** Refuses what all keys say together. */
    public void refuse(String fault, String remedy) {
      together.add(mapping.refused(fault, remedy));
    }

    /** A value that must be there; something else where it is not, or is refused. */
    public <T> T required(String key, Function<YamlValue, T> reader, T otherwise) {
      if (!has(key)) {
        refuse("has no '" + key + "'", "Write '" + key + "' there.");
      }
      return optional(key, reader, otherwise);
    }

    /** A value that may be left out; something else where it is, and where it is refused. */
    public <T> T optional(String key, Function<YamlValue, T> reader, T otherwise) {
      YamlValue value = mapping.values.get(key);
      return value == null ? otherwise : together.read(() -> reader.apply(value), otherwise);
    }

    /** A value that may be left out; {@code null} where it is, and where it is refused. */
    public <T> @Nullable T optional(String key, Function<YamlValue, T> reader) {
      YamlValue value = mapping.values.get(key);
      return value == null
          ? null
          : together.read(() -> Optional.of(reader.apply(value)), Optional.<T>empty()).orElse(null);
    }

    /** Elements of a list that may be left out. */
    public <T> List<T> list(String key, Function<YamlValue, T> reader) {
      return optional(key, value -> value.list(reader), List.of());
    }

    /** Keys and values of a mapping that may be left out. */
    public <T> Map<String, T> entries(
        String key, UnaryOperator<String> grammar, Function<YamlValue, T> reader) {
      return optional(key, value -> value.entries(grammar, reader), Map.of());
    }
  }
}
