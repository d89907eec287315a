package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import java.util.List;

/**
 * What a config may hold at most, by what Linux takes: rules look at each path and each word, and
 * one image must not keep a gate from looking at the next.
 */
public final class ConfigBounds {

  /** PATH_MAX (limits.h). */
  private static final int MAX_PATH = 4096;

  /** MAX_ARG_STRLEN (execve(2)): one argument or variable. */
  private static final int MAX_WORD = 128 * 1024;

  /** A quarter of the usual stack, for all arguments and variables together (execve(2)). */
  private static final int MAX_WORDS = 2 * 1024 * 1024;

  private static final int MAX_COUNT = 10_000;

  private static final String REMEDY = "Have the image built again without what is too long.";

  private final String where;
  private long characters;
  private long count;

  private ConfigBounds(String where) {
    this.where = where;
  }

  /**
   * Looks at the runtime part of a config.
   *
   * @throws RefusedException when it holds more than any Linux runs
   */
  public static void require(JsonObject runtime, String where) {
    ConfigBounds bounds = new ConfigBounds(where);
    for (String key : List.of("Entrypoint", "Cmd", "Shell", "OnBuild", "Env")) {
      runtime.strings(key).forEach(word -> bounds.word(key, word));
    }
    runtime
        .object("Healthcheck")
        .ifPresent(
            check -> check.strings("Test").forEach(word -> bounds.word("Healthcheck", word)));
    for (String key : List.of("WorkingDir", "User", "StopSignal")) {
      bounds.path(key, runtime.string(key).orElse(""));
    }
    for (String key : List.of("Volumes", "ExposedPorts")) {
      runtime
          .object(key)
          .ifPresent(map -> map.fields().keySet().forEach(path -> bounds.path(key, path)));
    }
  }

  private void word(String key, String word) {
    require(key, word.length(), MAX_WORD);
    characters += word.length();
    if (characters > MAX_WORDS || ++count > MAX_COUNT) {
      throw new RefusedException(
          ("The image '%s' has commands and variables of more than %s characters, or more than %s"
                  + " of them.")
              .formatted(where, MAX_WORDS, MAX_COUNT),
          REMEDY);
    }
  }

  private void path(String key, String path) {
    require(key, path.length(), MAX_PATH);
    if (++count > MAX_COUNT) {
      throw new RefusedException(
          "The image '" + where + "' has more than " + MAX_COUNT + " of '" + key + "'.", REMEDY);
    }
  }

  private void require(String key, int length, int most) {
    if (length > most) {
      throw new RefusedException(
          "The image '%s' has a text of %s characters in '%s', more than %s."
              .formatted(where, length, key, most),
          REMEDY);
    }
  }
}
