package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.RawTar;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a row of the review's tables pushes: steps with {@code " ; "} between them, each a word and
 * its values. A value with blanks stands between « and »; {@code \n} is a new line.
 *
 * <p>Of layers: {@code file PATH [TEXT [MODE]]}, {@code prog PATH}, {@code dir PATH [MODE
 * [UID:GID]]}, {@code link PATH TARGET}, {@code hard PATH TARGET}, {@code pipe PATH}, {@code
 * attribute NAME} of the next entry, and {@code layer} for a further one. Of the config: {@code env
 * NAME=VALUE}, {@code more ENTRY} of Env as it is, {@code unset NAME}, {@code entry}, {@code cmd},
 * {@code health}, {@code shell}, {@code workdir}, {@code user}, {@code volume}. {@code protect
 * JSON} and {@code given PATH} are a golden image's; {@code policy TEXT} is the gate's.
 */
final class ReviewedImage {

  private static final Pattern WORD = Pattern.compile("«([^»]*)»|(\\S+)");

  private final List<RawTar> layers = new ArrayList<>(List.of(new RawTar()));
  private final List<LayerEntry> entries = new ArrayList<>();
  private final List<UnaryOperator<JsonObject>> changes = new ArrayList<>();
  private final List<String> given = new ArrayList<>();
  private String policy = "";

  static ReviewedImage of(String steps) {
    ReviewedImage image = new ReviewedImage();
    for (String step : steps.split(" ; ", -1)) {
      List<String> words = words(step.strip());
      if (!words.isEmpty()) {
        image.step(words.get(0), words.subList(1, words.size()));
      }
    }
    return image;
  }

  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      String found = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(found.replace("\\n", "\n").replace("\\0", "\0"));
    }
    return words;
  }

  List<byte[]> layers() {
    return layers.stream().map(RawTar::end).toList();
  }

  /** What a golden image has in its one layer. */
  List<LayerEntry> entries() {
    return List.copyOf(entries);
  }

  List<String> given() {
    return List.copyOf(given);
  }

  String policy() {
    return policy;
  }

  JsonObject runtime(JsonObject runtime) {
    JsonObject changed = runtime;
    for (UnaryOperator<JsonObject> change : changes) {
      changed = change.apply(changed);
    }
    return changed;
  }

  private void step(String kind, List<String> values) {
    switch (kind) {
      case "file", "prog", "dir", "link", "hard", "pipe", "attribute", "layer" ->
          content(kind, values);
      case "env" -> changes.add(Reported.environment(values.get(0)));
      case "more" -> env(env -> env.add(values.get(0)));
      case "unset" -> env(env -> env.removeIf(one -> one.startsWith(values.get(0) + "=")));
      case "entry" -> set("Entrypoint", JsonValue.ofTexts(values));
      case "cmd" -> set("Cmd", JsonValue.ofTexts(values));
      case "shell" -> set("Shell", JsonValue.ofTexts(values));
      case "health" ->
          set(
              "Healthcheck",
              JsonValue.of(JsonObject.EMPTY.with("Test", JsonValue.ofTexts(values))));
      case "workdir" -> changes.add(runtime -> runtime.with("WorkingDir", values.get(0)));
      case "user" -> changes.add(runtime -> runtime.with("User", values.get(0)));
      case "volume" ->
          set("Volumes", JsonValue.of(JsonObject.EMPTY.with(values.get(0), JsonObject.EMPTY)));
      case "protect" -> content("file", List.of("opt/golden/protect.json", values.get(0)));
      case "given" -> given.addAll(values);
      case "policy" -> policy = values.get(0);
      default -> throw new IllegalArgumentException(kind);
    }
  }

  private void set(String field, JsonValue value) {
    changes.add(runtime -> runtime.with(field, value));
  }

  private void env(java.util.function.Consumer<List<String>> change) {
    changes.add(
        runtime -> {
          List<String> env = new ArrayList<>(runtime.strings("Env"));
          change.accept(env);
          return runtime.with("Env", JsonValue.ofTexts(env));
        });
  }

  private void content(String kind, List<String> values) {
    RawTar tar = layers.get(layers.size() - 1);
    String path = values.isEmpty() ? "" : values.get(0);
    String second = values.size() > 1 ? values.get(1) : "";
    switch (kind) {
      case "layer" -> layers.add(new RawTar());
      case "attribute" -> tar.pax('x', "SCHILY.xattr." + path + "=1");
      case "link" -> {
        tar.entry('2', path, "", header -> RawTar.put(header, 157, second));
        entries.add(new LayerEntry.SymbolicLink(path, second, Owner.ROOT, Instant.EPOCH));
      }
      case "hard" -> tar.entry('1', path, "", header -> RawTar.put(header, 157, second));
      case "pipe" -> tar.entry('6', path);
      case "dir" -> {
        int mode = second.isEmpty() ? 0755 : Integer.parseInt(second, 8);
        int owner = values.size() > 2 ? Integer.parseInt(values.get(2)) : 0;
        tar.entry('5', path + "/", "", header -> rights(header, mode, owner));
        entries.add(new LayerEntry.Directory(path, mode, new Owner(owner, owner), Instant.EPOCH));
      }
      default -> {
        int plain = kind.equals("prog") ? 0755 : 0644;
        int mode = values.size() > 2 ? Integer.parseInt(values.get(2), 8) : plain;
        String text = second.isEmpty() ? "x" : second;
        tar.entry('0', path, text, header -> rights(header, mode, 0));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        entries.add(
            new LayerEntry.File(
                path,
                bytes.length,
                () -> new ByteArrayInputStream(bytes),
                mode,
                Owner.ROOT,
                Instant.EPOCH));
      }
    }
  }

  private static void rights(byte[] header, int mode, int owner) {
    Arrays.fill(header, 100, 124, (byte) 0);
    RawTar.put(header, 100, "%07o".formatted(mode));
    RawTar.put(header, 108, "%07o".formatted(owner));
    RawTar.put(header, 116, "%07o".formatted(owner));
  }
}
