package io.github.goldenmaven.packaging.container;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists and maps in the text of one property, as jib writes them. */
public final class CommaText {

  private CommaText() {}

  /** Items between commas; {@code \,} is a comma of an item, any other {@code \} is itself. */
  public static List<String> items(String text) {
    List<String> items = new ArrayList<>();
    StringBuilder item = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      if (next == ',') {
        items.add(item.toString());
        item.setLength(0);
      } else if (next == '\\' && i + 1 < text.length() && text.charAt(i + 1) == ',') {
        item.append(',');
        i++;
      } else {
        item.append(next);
      }
    }
    items.add(item.toString());
    return items;
  }

  /** Like {@link #items}, without blanks around and without items that say nothing. */
  public static List<String> list(String text) {
    return items(text).stream().map(String::strip).filter(item -> !item.isEmpty()).toList();
  }

  /**
   * {@code name=value} each; the last of a name counts.
   *
   * @param where names the property in a refusal: {@code the POM's property 'a'}
   * @param property its name
   * @throws RefusedException when an item has no name or no {@code =}
   */
  public static Map<String, String> map(List<String> items, String where, String property) {
    Map<String, String> map = new LinkedHashMap<>();
    for (String pair : items) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new RefusedException(
            "'" + Printable.of(pair) + "' in " + where + " is no name and value.",
            "Write '"
                + property
                + "' as name=value,name=value, with '\\,' for a comma in a value.");
      }
      map.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return map;
  }
}
