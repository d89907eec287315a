package io.github.goldenmaven.registry.credentials;

import io.github.goldenmaven.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What jib does not read of Docker's and Podman's files: accounts of paths below a host, the file
 * that {@code REGISTRY_AUTH_FILE} names, and the credential helpers, which jib would wait for as
 * long as they write. Each file is read once, when a registry asks; the helper of a host comes
 * before the helper of all hosts, and that before what stands in the file, as with Docker.
 *
 * @see <a
 *     href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">containers-auth.json(5)</a>
 */
public final class AuthFiles {

  private static final int MAX_NOTED = 3;

  /** Docker Hub, as helpers know it. */
  private static final String HUB = "https://index.docker.io/v1/";

  /** None. */
  public static final AuthFiles NONE = new AuthFiles(null, List.of());

  private final @Nullable Path named;
  private final List<Path> usual;

  private @Nullable List<LoginFile> read;

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
   * The login of an account.
   *
   * @param account {@code registry.example/team}; of a host alone what the named file has, and what
   *     a helper keeps, for jib reads the rest
   * @param notes told what was wrong with a file or a helper, without any of its content
   */
  synchronized Optional<Credentials> find(String account, Consumer<String> notes) {
    List<LoginFile> files = files(notes);
    for (int at = 0; at < files.size(); at++) {
      LoginFile file = files.get(at);
      boolean isHost = !account.contains("/");
      Optional<Credentials> found =
          isHost ? helped(file, account, notes) : Optional.<Credentials>empty();
      if (found.isEmpty() && (!isHost || isNamed(at) || file.helper(account).isPresent())) {
        found = Optional.ofNullable(file.accounts().get(account));
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Whether a file says which program keeps a host's login, so that nobody else is asked. */
  synchronized boolean hasHelper(String host, Consumer<String> notes) {
    return files(notes).stream().anyMatch(file -> file.helper(host).isPresent());
  }

  private boolean isNamed(int at) {
    return at == 0 && named != null;
  }

  private static Optional<Credentials> helped(LoginFile file, String host, Consumer<String> notes) {
    return file.helper(host)
        .flatMap(
            name -> new CredentialHelper(name).find(host.equals("docker.io") ? HUB : host, notes));
  }

  /** Each read once: the one that was named, then the usual ones. */
  private List<LoginFile> files(Consumer<String> notes) {
    List<LoginFile> known = read;
    if (known == null) {
      known = new ArrayList<>();
      if (named != null) {
        if (!Files.isReadable(named)) {
          notes.accept(
              "'" + Printable.of(named.toString()) + "' of REGISTRY_AUTH_FILE is not there");
        }
        known.add(LoginFile.read(named, notes));
      }
      for (Path file : usual) {
        known.add(LoginFile.read(file, notes));
      }
      Set<String> without = new TreeSet<>();
      known.forEach(file -> without.addAll(file.without()));
      known.forEach(file -> without.removeAll(file.accounts().keySet()));
      without.stream().limit(MAX_NOTED).forEach(path -> notes.accept(withoutLogin(path)));
      read = known;
    }
    return known;
  }

  /** Docker's helpers keep logins of hosts: the host's account is taken then, and that is said. */
  private static String withoutLogin(String account) {
    return "the entry of '"
        + Printable.of(account)
        + "' has no login in it, and credential helpers are asked for hosts alone";
  }
}
