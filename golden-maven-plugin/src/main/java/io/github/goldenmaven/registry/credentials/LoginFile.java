package io.github.goldenmaven.registry.credentials;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One file of Docker's or Podman's logins.
 *
 * @param accounts {@code registry.example} or {@code registry.example/team}, and the login there
 * @param without accounts of paths that have an entry and no login in it
 * @param helpers programs that keep the login of a host, by that host
 * @param store the program that keeps those of all other hosts; empty where there is none
 */
record LoginFile(
    Map<String, Credentials> accounts,
    Set<String> without,
    Map<String, String> helpers,
    String store) {

  static final LoginFile NONE = new LoginFile(Map.of(), Set.of(), Map.of(), "");

  private static final int MAX_BYTES = 1 << 20;

  /** What people name who want no logins. */
  private static final Path NO_FILE = Path.of("/dev/null");

  /**
   * Reads a file, which need not be there.
   *
   * @param notes told what was wrong with it, without any of its content
   */
  static LoginFile read(Path file, Consumer<String> notes) {
    if (!Files.isReadable(file) || file.equals(NO_FILE)) {
      return NONE;
    }
    if (Files.isDirectory(file)) {
      notes.accept(unreadable(file));
      return NONE;
    }
    RegularFile.require(
        file,
        "Keep a file of logins there, or none; REGISTRY_AUTH_FILE and DOCKER_CONFIG lead"
            + " elsewhere.");
    try (InputStream in = Files.newInputStream(file)) {
      return of(StrictJson.readLeniently("The file", in.readNBytes(MAX_BYTES)));
    } catch (IOException | RefusedException e) {
      // Its message may quote the file.
      notes.accept(unreadable(file));
      return NONE;
    }
  }

  private static LoginFile of(JsonObject json) {
    Map<String, Credentials> accounts = new LinkedHashMap<>();
    Set<String> without = new LinkedHashSet<>();
    json.object("auths")
        .orElse(JsonObject.EMPTY)
        .fields()
        .forEach(
            (key, value) -> {
              if (value instanceof JsonValue.Nested login) {
                Optional<Credentials> known = credentials(login.object());
                known.ifPresent(credentials -> accounts.put(name(key), credentials));
                if (known.isEmpty() && name(key).contains("/")) {
                  without.add(name(key));
                }
              }
            });
    Map<String, String> helpers = new LinkedHashMap<>();
    json.object("credHelpers")
        .orElse(JsonObject.EMPTY)
        .fields()
        .forEach(
            (key, value) -> {
              if (value instanceof JsonValue.Text name) {
                helpers.put(name(key), name.value());
              }
            });
    return new LoginFile(accounts, without, helpers, json.string("credsStore").orElse(""));
  }

  /** The program that keeps the login of a host; empty where the file names none. */
  Optional<String> helper(String host) {
    return Optional.ofNullable(helpers.get(host))
        .or(() -> Optional.of(store))
        .filter(name -> !name.isEmpty());
  }

  private static String unreadable(Path file) {
    return "'" + Printable.of(file.toString()) + "' is not readable";
  }

  /** An entry's name without what old versions of Docker wrote around it. */
  private static String name(String key) {
    String name = key.replaceFirst("^https?://", "").replaceFirst("/(v[12]/?)?$", "");
    return name.equals("index.docker.io") ? "docker.io" : name;
  }

  private static Optional<Credentials> credentials(JsonObject login) {
    Optional<String> identity = login.string("identitytoken").filter(token -> !token.isEmpty());
    if (identity.isPresent()) {
      return identity.map(token -> new Credentials("<token>", token));
    }
    String auth = login.string("auth").orElse("").strip();
    if (auth.isEmpty()) {
      return login
          .string("username")
          .map(user -> new Credentials(user, login.string("password").orElse("")));
    }
    try {
      String pair = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 1
          ? Optional.empty()
          : Optional.of(
              new Credentials(
                  pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\0+$", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
