package io.github.goldenmaven.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every single change to the fields of a document: each field taken away, given another value of
 * any kind or the value that it has elsewhere, written in other letters; fields added that it could
 * have; each entry of a list dropped, doubled, moved, and others brought.
 */
final class SingleChanges {

  /**
   * One of them.
   *
   * @param told where and what
   * @param json the document as it is then
   */
  record Change(String told, String json) {
    @Override
    public String toString() {
      return told;
    }
  }

  /** Where two documents differ; a value that is not there is missing. */
  record Difference(String path, JsonNode before, JsonNode after) {}

  private static final ObjectMapper JACKSON = new ObjectMapper();

  /** Of any field. */
  private static final String ANY = "[null, {}, \"evil\", 0]";

  private final ObjectNode good;
  private final Map<String, List<JsonNode>> values = new LinkedHashMap<>();
  private final Map<String, List<String>> fields;
  private final List<Change> changes = new ArrayList<>();

  private SingleChanges(ObjectNode good, String values, Map<String, List<String>> fields) {
    this.good = good;
    this.fields = fields;
    for (String line : values.lines().toList()) {
      int space = line.indexOf(' ');
      this.values.put(line.substring(0, space), elements(line.substring(space + 1)));
    }
  }

  /**
   * Lists them.
   *
   * @param values of fields by name, a line each: the name, and a JSON array
   * @param fields that an object may have besides those it has, by its name in its parent; that of
   *     the document is empty
   */
  static List<Change> of(byte[] document, String values, Map<String, List<String>> fields) {
    SingleChanges all = new SingleChanges(tree(document), values, fields);
    all.walk("", "", all.good);
    return all.changes;
  }

  static ObjectNode tree(byte[] document) {
    try {
      return (ObjectNode) JACKSON.readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where they differ: fields of objects, entries of lists of objects, and other values whole. */
  static List<Difference> between(byte[] before, byte[] after) {
    List<Difference> differences = new ArrayList<>();
    differ("", tree(before), tree(after), differences);
    return differences;
  }

  private static void differ(String path, JsonNode one, JsonNode other, List<Difference> found) {
    boolean entries =
        one.isArray() && other.isArray() && one.size() == other.size() && one.path(0).isObject();
    if (one.isObject() && other.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      one.fieldNames().forEachRemaining(names::add);
      other.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        differ(below(path, name), one.path(name), other.path(name), found);
      }
    } else if (entries && !isMoved(one, other)) {
      for (int at = 0; at < one.size(); at++) {
        differ(path + "/" + at, one.get(at), other.get(at), found);
      }
    } else if (!one.equals(other)) {
      found.add(new Difference(path, one, other));
    }
  }

  private static boolean isMoved(JsonNode one, JsonNode other) {
    Set<JsonNode> before = new LinkedHashSet<>();
    one.forEach(before::add);
    Set<JsonNode> after = new LinkedHashSet<>();
    other.forEach(after::add);
    return before.equals(after);
  }

  private static String below(String path, String name) {
    return path + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private static List<JsonNode> elements(String array) {
    try {
      List<JsonNode> elements = new ArrayList<>();
      JACKSON.readTree(array).forEach(elements::add);
      return elements;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(array, e);
    }
  }

  /**
   * @param kind the name of the field it is in; of an entry of a list, that of the list
   */
  private void walk(String path, String kind, JsonNode node) {
    if (node instanceof ObjectNode object) {
      fields(path, object);
      for (String name : fields.getOrDefault(kind, List.of())) {
        for (JsonNode value : object.has(name) ? List.<JsonNode>of() : values(name)) {
          object(path, "plus " + name + "=" + value, to -> to.set(name, value));
        }
      }
      object
          .properties()
          .forEach(field -> walk(below(path, field.getKey()), field.getKey(), field.getValue()));
    } else if (node instanceof ArrayNode array) {
      entries(path, kind, array);
      for (int at = 0; at < array.size(); at++) {
        walk(path + "/" + at, kind, array.get(at));
      }
    }
  }

  private void fields(String path, ObjectNode object) {
    object
        .fieldNames()
        .forEachRemaining(
            name -> {
              object(path, "without " + name, to -> to.remove(name));
              Set<JsonNode> others = new LinkedHashSet<>(elements(ANY));
              others.addAll(values(name));
              others.addAll(good.findValues(name));
              others.remove(object.get(name));
              for (JsonNode value : others) {
                object(path, name + "=" + value, to -> to.set(name, value));
              }
              String upper = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
              String lower = name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
              String twin = upper.equals(name) ? lower : upper;
              object(path, name + " and " + twin, to -> to.set(twin, to.get(name)));
              object(path, twin + " for " + name, to -> to.set(twin, to.remove(name)));
            });
  }

  private void entries(String path, String kind, ArrayNode array) {
    for (int entry = 0; entry < array.size(); entry++) {
      int at = entry;
      array(path, "without " + at, list -> list.remove(at));
      array(path, "twice " + at, list -> list.add(at, list.get(at)));
      array(path, "moved " + at, list -> Collections.swap(list, at, (at + 1) % list.size()));
    }
    for (JsonNode value : values.getOrDefault(kind + "[]", List.of())) {
      array(path, "plus " + value, list -> list.add(value));
      array(path, "first " + value, list -> list.add(0, value));
    }
  }

  private List<JsonNode> values(String name) {
    return values.getOrDefault(name, List.of());
  }

  private void object(String path, String told, Consumer<ObjectNode> change) {
    ObjectNode copy = good.deepCopy();
    change.accept((ObjectNode) copy.at(path));
    add(path, told, copy);
  }

  private void array(String path, String told, Consumer<List<JsonNode>> change) {
    ObjectNode copy = good.deepCopy();
    ArrayNode array = (ArrayNode) copy.at(path);
    List<JsonNode> entries = new ArrayList<>();
    array.forEach(entries::add);
    change.accept(entries);
    array.removeAll().addAll(entries);
    add(path, told, copy);
  }

  private void add(String path, String told, ObjectNode changed) {
    if (!changed.equals(good)) {
      changes.add(new Change(path + ": " + told, changed.toString()));
    }
  }
}
