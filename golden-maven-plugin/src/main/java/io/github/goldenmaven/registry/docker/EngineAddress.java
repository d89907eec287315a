package io.github.goldenmaven.registry.docker;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.transport.SSLConfig;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the Docker Engine is, by the environment variables and the context that Docker's own
 * command reads.
 *
 * @param certificates folder with {@code ca.pem}, {@code cert.pem} and {@code key.pem}; {@code
 *     null} for no TLS
 * @see <a href="https://docs.docker.com/reference/cli/docker/#environment-variables">Docker CLI,
 *     environment variables</a>
 */
record EngineAddress(URI uri, @Nullable Path certificates) {

  private static final List<String> PEM = List.of("ca.pem", "cert.pem", "key.pem");

  /** Reads DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, else the context that is chosen. */
  static EngineAddress of(Map<String, String> environment) {
    String host = environment.getOrDefault("DOCKER_HOST", "");
    if (host.isBlank()) {
      Optional<EngineContext> context = EngineContext.chosen(environment);
      if (context.isPresent()) {
        EngineContext chosen = context.orElseThrow();
        URI uri = parse(chosen.what(), chosen.host());
        return new EngineAddress(uri, "tcp".equals(uri.getScheme()) ? chosen.tlsOrNull() : null);
      }
    }
    URI uri = host.isBlank() ? byDefault() : parse("DOCKER_HOST", host.strip());
    boolean tls = !environment.getOrDefault("DOCKER_TLS_VERIFY", "").isEmpty();
    return new EngineAddress(uri, tls && "tcp".equals(uri.getScheme()) ? pem(environment) : null);
  }

  private static URI byDefault() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    return URI.create(windows ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock");
  }

  private static URI parse(String what, String host) {
    try {
      URI uri = new URI(host);
      boolean local = "unix".equals(uri.getScheme()) || "npipe".equals(uri.getScheme());
      boolean remote =
          "tcp".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getPort() > 0
              && uri.getRawUserInfo() == null;
      boolean named =
          uri.getRawAuthority() == null && uri.getPath() != null && !uri.getPath().isEmpty();
      boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      if (plain && (remote || (local && named))) {
        return uri;
      }
      throw refused(what, host);
    } catch (URISyntaxException e) {
      // Its message holds the whole address.
      throw refused(what, host);
    }
  }

  private static RefusedException refused(String what, String host) {
    // What stands before an '@' may be a password.
    String shown = host.contains("@") ? "an address with an '@'" : "'" + Printable.of(host) + "'";
    return new RefusedException(
        what + " is " + shown + ", which is no Docker Engine this build can reach.",
        what.equals("DOCKER_HOST")
            ? "Set DOCKER_HOST to 'unix:///PATH' or 'tcp://HOST:PORT', or unset it."
            : "Set DOCKER_HOST to 'unix:///PATH' or 'tcp://HOST:PORT', or choose another context"
                + " with DOCKER_CONTEXT.");
  }

  private static Path pem(Map<String, String> environment) {
    String named = environment.getOrDefault("DOCKER_CERT_PATH", "");
    Path folder =
        named.isEmpty() ? Path.of(System.getProperty("user.home"), ".docker") : Path.of(named);
    for (String file : PEM) {
      Path one = folder.resolve(file);
      if (!Files.isRegularFile(one) || !Files.isReadable(one)) {
        throw new RefusedException(
            "DOCKER_TLS_VERIFY is set, but '" + Printable.of(one.toString()) + "' cannot be read.",
            "Let DOCKER_CERT_PATH name the folder with 'ca.pem', 'cert.pem' and 'key.pem'.");
      }
    }
    return folder;
  }

  /** How docker-java is told of the certificates. */
  @Nullable SSLConfig tls() {
    return certificates == null ? null : new LocalDirectorySSLConfig(certificates.toString());
  }

  @Override
  public String toString() {
    return uri.toString();
  }
}
