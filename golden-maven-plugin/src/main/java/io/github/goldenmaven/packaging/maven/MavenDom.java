package io.github.goldenmaven.packaging.maven;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's {@code <configuration>} read as Maven itself reads it into a goal's parameters.
 *
 * @param expressions puts in what a build made: {@code ${git.commit.id}}; {@code null} for nothing
 */
record MavenDom(@Nullable Xpp3Dom dom, UnaryOperator<@Nullable String> expressions) {

  /** An element further in; reads as nothing where one of the names is missing. */
  MavenDom at(String... names) {
    Xpp3Dom at = dom;
    for (String name : names) {
      at = at == null ? null : at.getChild(name);
    }
    return new MavenDom(at, expressions);
  }

  /** The element's text; {@code null} where there is no element or no text. */
  @Nullable String text() {
    return dom == null || dom.getValue() == null ? null : expressions.apply(dom.getValue());
  }

  /** An attribute of the element; empty where there is none. */
  String attribute(String name) {
    String value = dom == null ? null : dom.getAttribute(name);
    return value == null ? "" : value;
  }

  @Nullable Boolean truth() {
    String text = text();
    return text == null ? null : Boolean.valueOf(text);
  }

  List<MavenDom> children() {
    return dom == null
        ? List.of()
        : Arrays.stream(dom.getChildren()).map(child -> new MavenDom(child, expressions)).toList();
  }

  /**
   * One text for each child, whatever its name, or a text with commas; {@code null} for neither.
   */
  @Nullable List<String> texts() {
    String text = text();
    if (children().isEmpty() && text != null) {
      return Arrays.stream(text.split(",", -1)).map(String::trim).toList();
    }
    return dom == null
        ? null
        : new ArrayList<>(children().stream().map(MavenDom::orEmpty).toList());
  }

  /** A text for the name of each child. */
  @Nullable Map<String, String> map() {
    if (dom == null) {
      return null;
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (Xpp3Dom child : dom.getChildren()) {
      map.put(child.getName(), new MavenDom(child, expressions).orEmpty());
    }
    return map;
  }

  private String orEmpty() {
    String text = text();
    return text == null ? "" : text;
  }
}
