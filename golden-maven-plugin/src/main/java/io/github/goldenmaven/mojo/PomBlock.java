package io.github.goldenmaven.mojo;

import io.github.goldenmaven.packaging.container.ContainerSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A parameter that has elements of its own, as the POM has it. Maven would fail at the first
 * element that a bean lacks, before any goal could name the nearest one, and take a truth that is
 * none for false; {@link ParameterCheck} has looked at both when this is read.
 *
 * @param expressions what a text's {@code ${…}} stand for
 */
public record PomBlock(
    @Nullable PlexusConfiguration written, UnaryOperator<@Nullable String> expressions)
    implements ContainerSettings.Source {

  PomBlock at(String name) {
    return new PomBlock(written == null ? null : written.getChild(name, false), expressions);
  }

  List<PomBlock> children() {
    return written == null
        ? List.of()
        : Stream.of(written.getChildren()).map(child -> new PomBlock(child, expressions)).toList();
  }

  /** The element's text; {@code null} where there is no element or no text. */
  @Nullable String text() {
    String text = written == null ? null : written.getValue(null);
    return text == null || text.isEmpty() ? null : expressions.apply(text);
  }

  @Override
  public @Nullable String text(String name) {
    return at(name).text();
  }

  @Override
  public @Nullable Boolean truth(String name) {
    String text = text(name);
    return text == null ? null : Boolean.valueOf(text);
  }

  /** A text for each child, whatever its name, or what stands between commas. */
  @Override
  public @Nullable List<@Nullable String> list(String name) {
    PomBlock list = at(name);
    if (list.written == null) {
      return null;
    }
    String text = list.text();
    if (list.children().isEmpty() && text != null) {
      return new ArrayList<>(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
    }
    List<@Nullable String> texts = new ArrayList<>();
    list.children().forEach(child -> texts.add(child.text()));
    return texts;
  }

  /** A text for the name of each child. */
  @Override
  public @Nullable Map<String, @Nullable String> map(String name) {
    PlexusConfiguration map = at(name).written;
    if (map == null) {
      return null;
    }
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    for (PlexusConfiguration child : map.getChildren()) {
      texts.put(child.getName(), new PomBlock(child, expressions).text());
    }
    return texts;
  }
}
