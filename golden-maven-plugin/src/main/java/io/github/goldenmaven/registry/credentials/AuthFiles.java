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
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What jib does not read of Docker's and Podman's files: accounts of paths below a host, and the
 * file that {@code REGISTRY_AUTH_FILE} names. Each file is read once, when a registry asks.
 *
 * @see <a
 *     href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 */
public final class AuthFiles {

  private static final int MAX_BYTES = 1 << 20;
  private static final int MAX_NOTED = 3;

  /** What people name who want no logins. */
  private static final Path NO_FILE = Path.of("/dev/null");

  /** None. */
  public static final AuthFiles NONE = new AuthFiles(null, List.of());

  private final @Nullable Path named;
  private final List<Path> usual;

  private @Nullable Map<String, Credentials> accounts;

  private AuthFiles(@Nullable Path named, List<Path> usual) {
    this.named = named;
    this.usual = usual;
  }

  /** The files that this environment leads to. */
  public static AuthFiles of(Map<String, String> environment, Path home) {
    List<Path> usual = new ArrayList<>();
    folder(environment, "XDG_RUNTIME_DIR", null).map(AuthFiles::containers).ifPresent(usual::add);
    folder(environment, "XDG_CONFIG_HOME", home.resolve(".config"))
        .map(AuthFiles::containers)
        .ifPresent(usual::add);
    folder(environment, "DOCKER_CONFIG", home.resolve(".docker"))
        .map(folder -> folder.resolve("config.json"))
        .ifPresent(usual::add);
    return new AuthFiles(folder(environment, "REGISTRY_AUTH_FILE", null).orElse(null), usual);
  }

  private static Path containers(Path folder) {
    return folder.resolve("containers").resolve("auth.json");
  }

  private static Optional<Path> folder(
      Map<String, String> environment, String variable, @Nullable Path otherwise) {
    String value = environment.getOrDefault(variable, "");
    return value.isBlank() ? Optional.ofNullable(otherwise) : Optional.of(Path.of(value));
  }

  /**
   * The entry of an account.
   *
   * @param account {@code registry.example/team}; a host alone is found in the named file only, for
   *     jib reads the others
   * @param notes told what was wrong with a file, without any of its content
   */
  synchronized Optional<Credentials> find(String account, Consumer<String> notes) {
    Map<String, Credentials> known = accounts;
    if (known == null) {
      known = new HashMap<>();
      Set<String> elsewhere = new TreeSet<>();
      if (named != null && !Files.isReadable(named)) {
        notes.accept("'" + Printable.of(named.toString()) + "' of REGISTRY_AUTH_FILE is not there");
      }
      for (Path file : usual) {
        read(file, notes, elsewhere::add).forEach(known::putIfAbsent);
      }
      known.keySet().removeIf(key -> !key.contains("/"));
      if (named != null) {
        known.putAll(read(named, notes, elsewhere::add));
      }
      elsewhere.removeAll(known.keySet());
      elsewhere.stream().limit(MAX_NOTED).forEach(path -> notes.accept(withoutLogin(path)));
      accounts = known;
    }
    return Optional.ofNullable(known.get(account));
  }

  /**
   * One file.
   *
   * @param without told the accounts of paths that have an entry and no login in it
   */
  private static Map<String, Credentials> read(
      Path file, Consumer<String> notes, Consumer<String> without) {
    Map<String, Credentials> found = new HashMap<>();
    if (!Files.isReadable(file) || file.equals(NO_FILE)) {
      return found;
    }
    if (Files.isDirectory(file)) {
      notes.accept(unreadable(file));
      return found;
    }
    RegularFile.require(
        file,
        "Keep a file of logins there, or none; REGISTRY_AUTH_FILE and DOCKER_CONFIG lead"
            + " elsewhere.");
    try (InputStream in = Files.newInputStream(file)) {
      JsonObject json = StrictJson.readLeniently("The file", in.readNBytes(MAX_BYTES));
      for (Map.Entry<String, JsonValue> entry :
          json.object("auths").orElse(JsonObject.EMPTY).fields().entrySet()) {
        if (entry.getValue() instanceof JsonValue.Nested login) {
          String account = name(entry.getKey());
          Optional<Credentials> known = credentials(login.object());
          known.ifPresent(credentials -> found.put(account, credentials));
          if (known.isEmpty() && account.contains("/")) {
            without.accept(account);
          }
        }
      }
    } catch (IOException | RefusedException e) {
      // Its message may quote the file.
      notes.accept(unreadable(file));
    }
    return found;
  }

  private static String unreadable(Path file) {
    return "'" + Printable.of(file.toString()) + "' is not readable";
  }

  /** Docker's helpers keep logins of hosts: the host's account is taken then, and that is said. */
  private static String withoutLogin(String account) {
    return "the entry of '"
        + Printable.of(account)
        + "' has no login in it, and credential helpers are asked for hosts alone";
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
