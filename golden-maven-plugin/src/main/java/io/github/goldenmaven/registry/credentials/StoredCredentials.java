package io.github.goldenmaven.registry.credentials;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Credentials of this machine's user: the servers of Maven's settings.xml, then Docker's and
 * Podman's files and their credential helpers, then the helpers and login of the known clouds.
 *
 * <p>jib's classes, which know all but the first, are fetched and loaded when a registry asks and
 * the settings have no answer.
 */
public final class StoredCredentials implements CredentialSource {

  private static final String DOCKER_HUB = "docker.io";
  private static final List<String> DOCKER_HUB_NAMES =
      List.of(
          "index.docker.io",
          "registry-1.docker.io",
          "registry.hub.docker.com",
          "https://index.docker.io/v1/");

  private final Function<String, Optional<Credentials>> servers;
  private final Function<String, CredentialPlaces> others;
  private final AuthFiles files;
  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * @param servers of Maven's settings, decrypted when asked for, by their id: a registry's host,
   *     with or without its port, or a path below it
   * @param others the places of other tools, asked for by the registry that they are needed for
   * @param files what Docker's and Podman's files say of paths, and Podman's file by its variable
   */
  public StoredCredentials(
      Function<String, Optional<Credentials>> servers,
      Function<String, CredentialPlaces> others,
      AuthFiles files) {
    this.servers = servers;
    this.others = others;
    this.files = files;
  }

  /** Settings and files together: the longest path wins, and of one path the settings. */
  @Override
  public synchronized String account(String host, String repository) {
    String path = repository;
    while (!path.isEmpty()) {
      String account = host + "/" + path;
      if (servers.apply(account).isPresent() || files.find(account, notes::add).isPresent()) {
        return account;
      }
      path = path.substring(0, Math.max(path.lastIndexOf('/'), 0));
    }
    return host;
  }

  @Override
  public Optional<Credentials> find(String account) {
    return account.contains("/")
        ? servers.apply(account).or(() -> inFiles(account))
        : server(account).or(() -> inFiles(account)).or(() -> elsewhere(account));
  }

  private synchronized Optional<Credentials> inFiles(String account) {
    return files.find(account, notes::add);
  }

  private Optional<Credentials> server(String host) {
    Optional<Credentials> exact = servers.apply(host);
    if (exact.isPresent()) {
      return exact;
    }
    if (host.equals(DOCKER_HUB)) {
      return DOCKER_HUB_NAMES.stream().map(servers).flatMap(Optional::stream).findFirst();
    }
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.endsWith("]")
        ? Optional.empty()
        : servers.apply(host.substring(0, colon));
  }

  private synchronized Optional<Credentials> elsewhere(String host) {
    return others.apply(host).find(host, files.hasHelper(host, notes::add), notes::add);
  }

  @Override
  public synchronized String description() {
    String places =
        "Maven's settings.xml, Docker's and Podman's files and their credential helpers";
    return notes.isEmpty() ? places : places + " (" + String.join("; ", notes) + ")";
  }
}
