package io.github.goldenmaven.golden.yaml;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/**
 * Reads a YAML file so that it can mean one thing only: one document in UTF-8, no duplicate keys,
 * no anchors, aliases, merge keys or tags, of bounded size and depth. Values are built from the
 * parser's events, so nothing in the file can make an object or grow by reference.
 *
 * @see <a href="https://yaml.org/spec/1.2.2/">YAML 1.2.2</a>
 */
public final class YamlFile {

  public static final int MAX_BYTES = 1024 * 1024;

  private static final int MAX_DEPTH = 32;

  private final String file;
  private final Iterator<Event> events;

  /**
   * A file as it was read, once.
   *
   * @param digest of its bytes
   */
  public record Read(YamlValue.Mapping top, Digest digest) {}

  /** Hears of what is wrong but no reason to read no further. */
  private final ProblemCollector together;

  private YamlFile(String file, Iterator<Event> events, ProblemCollector together) {
    this.file = file;
    this.events = events;
    this.together = together;
  }

  /**
   * Reads a file whose top is a mapping.
   *
   * @param parameter what names the file, for the remedy: {@code <policy> or -Dgolden.policy}
   * @param together hears of what is wrong beside what is read: keys twice, anchors, tags
   * @throws RefusedException when it is missing, empty, or not YAML
   */
  public static YamlValue.Mapping read(Path file, String parameter, ProblemCollector together) {
    return readWhole(file, parameter, together).top();
  }

  /** The same, with the digest of the very bytes. */
  public static Read readWhole(Path file, String parameter, ProblemCollector together) {
    String name = file.toString();
    byte[] bytes = bytes(file, parameter);
    String text = text(file, bytes);
    LoadSettings settings = LoadSettings.builder().setCodePointLimit(MAX_BYTES).build();
    try {
      return new Read(
          new YamlFile(name, new Parse(settings).parseString(text).iterator(), together).document(),
          Digest.of(bytes));
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
      together.add(
          place(name, "", mark)
              .refused(
                  "is not YAML: " + Printable.of(String.valueOf(e.getProblem())),
                  "Fix that line; a YAML editor shows what is wrong."));
      together.refuse();
      throw e;
    } catch (ReaderException e) {
      throw place(name, text, e.getPosition())
          .refused(
              String.format(
                  "has the character U+%04X, which YAML does not allow", e.getCodePoint()),
              "Take it out.");
    }
  }

  /** Of a character that is in no event. */
  private static YamlLocation place(String file, String text, int codePoint) {
    String before = text.substring(0, text.offsetByCodePoints(0, codePoint));
    int line = (int) before.chars().filter(character -> character == '\n').count();
    return new YamlLocation(file, "", line + 1, before.length() - before.lastIndexOf('\n'));
  }

  /** A refusal of what stands at a path of a file that was read before. */
  public static RefusedException refused(
      Path file, String parameter, String path, String problem, String remedy) {
    return refused(
        file, parameter, path, whole -> whole.find(path).map(YamlValue::place), problem, remedy);
  }

  /** The same of a key: the word that is wrong stands before the colon. */
  public static RefusedException refusedKey(
      Path file, String parameter, String path, String problem, String remedy) {
    return refused(file, parameter, path, whole -> whole.findKey(path), problem, remedy);
  }

  private static RefusedException refused(
      Path file,
      String parameter,
      String path,
      Function<YamlValue, Optional<YamlLocation>> search,
      String problem,
      String remedy) {
    Optional<YamlLocation> place = Optional.empty();
    try {
      place = search.apply(read(file, parameter, new ProblemCollector()));
    } catch (GoldenException e) {
      // It changed since it was read: the key alone has to do.
    }
    return place
        .map(found -> found.told(problem, remedy))
        .orElseGet(
            () ->
                new RefusedException(
                    "In '" + Printable.of(file.toString()) + "', '" + path + "': " + problem,
                    remedy));
  }

  private static byte[] bytes(Path file, String parameter) {
    String shown = "'" + Printable.of(file.toString()) + "'";
    byte[] bytes;
    if (!Files.exists(file)) {
      throw new RefusedException(
          "The file " + shown + " does not exist.", "Name an existing file in " + parameter + ".");
    }
    RegularFile.require(file, "Name a file in " + parameter + ", no pipe, device or folder.");
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      throw new RefusedException(
          "The file " + shown + " cannot be read.",
          "Name a readable file in " + parameter + ".",
          e);
    }
    if (bytes.length > MAX_BYTES) {
      throw new RefusedException(
          "The file " + shown + " has more than " + MAX_BYTES + " bytes.",
          "Name the right file in " + parameter + ".");
    }
    return bytes;
  }

  private static String text(Path file, byte[] bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    boolean fits =
        !StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes), text, true).isError();
    String read = text.flip().toString();
    if (!fits) {
      throw place(file.toString(), read, read.codePointCount(0, read.length()))
          .refused("is not UTF-8", "Save it as UTF-8 in your editor.");
    }
    // Windows' editors put a byte order mark in front.
    return read.startsWith("\uFEFF") ? read.substring(1) : read;
  }

  private YamlValue.Mapping document() {
    events.next(); // the stream's start
    if (!(events.next() instanceof DocumentStartEvent)) {
      throw new YamlLocation(file, "", 1, 1)
          .refused("is empty", "Write what it is for, or do not name it: empty never means allow.");
    }
    YamlValue value = value(events.next(), "", 1);
    if (!(value instanceof YamlValue.Mapping top)) {
      together.refuse();
      throw value
          .place()
          .refused("is not a mapping", "Begin with a key and a colon, like 'golden:'.");
    }
    events.next(); // the document's end
    if (events.next() instanceof DocumentStartEvent second) {
      together.add(
          place(second, "")
              .refused(
                  "has a second document",
                  "Keep one document, without '---' after its first line."));
    }
    return top;
  }

  private YamlValue value(Event event, String path, int depth) {
    YamlLocation place = place(event, path);
    if (depth > MAX_DEPTH) {
      throw place.refused(
          "is nested deeper than " + MAX_DEPTH + " levels", "Write it flatter, as documented.");
    }
    Optional<RefusedException> fault = notWrittenOut(event, place);
    fault.ifPresent(together::add);
    YamlValue value = written(event, place, depth);
    return fault.<YamlValue>map(told -> new YamlValue.Faulty(place, told)).orElse(value);
  }

  private YamlValue written(Event event, YamlLocation place, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return new YamlValue.Scalar(place, scalar.getValue(), !scalar.isPlain());
    }
    if (event instanceof AliasEvent) {
      return new YamlValue.Sequence(place, List.of());
    }
    return event.getEventId() == Event.ID.SequenceStart
        ? sequence(place, depth)
        : mapping(place, depth);
  }

  private static Optional<RefusedException> notWrittenOut(Event event, YamlLocation place) {
    Optional<Anchor> anchor = event instanceof NodeEvent node ? node.getAnchor() : Optional.empty();
    if (event instanceof AliasEvent || anchor.isPresent()) {
      return Optional.of(
          place.refused("has an anchor or an alias", "Write the value out in each place."));
    }
    Optional<String> tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
    return tag.map(
        name ->
            place.refused(
                "has the tag '" + Printable.of(name) + "'", "Write the value without a tag."));
  }

  private YamlValue sequence(YamlLocation place, int depth) {
    List<YamlValue> values = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      values.add(value(event, place.path() + "[" + values.size() + "]", depth + 1));
      event = events.next();
    }
    return new YamlValue.Sequence(place, values);
  }

  private YamlValue mapping(YamlLocation place, int depth) {
    Map<String, YamlValue> values = new LinkedHashMap<>();
    Map<String, YamlLocation> keys = new LinkedHashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      YamlLocation keyPlace = place(event, place.path());
      notWrittenOut(event, keyPlace).ifPresent(together::add);
      if (event instanceof ScalarEvent key) {
        String name = key.getValue();
        String path = place.of(name);
        YamlLocation first = keys.putIfAbsent(name, place(event, path));
        if (first != null) {
          together.add(
              place(event, path)
                  .refused(
                      "is there twice, first in line " + first.line(), "Keep one of the two."));
        }
        values.putIfAbsent(name, value(events.next(), path, depth + 1));
      } else {
        together.add(
            keyPlace.refused("has a key that is not text", "Write a word before the colon."));
        written(event, keyPlace, depth + 1);
        value(events.next(), place.path(), depth + 1);
      }
      event = events.next();
    }
    return new YamlValue.Mapping(place, values, keys);
  }

  private YamlLocation place(Event event, String path) {
    return place(file, path, event.getStartMark());
  }

  private static YamlLocation place(String file, String path, Optional<Mark> mark) {
    return new YamlLocation(
        file, path, mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1);
  }
}
