package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Docker context that is chosen: by DOCKER_CONTEXT, else by {@code currentContext} of Docker's
 * {@code config.json}.
 *
 * @param what what to call its address: {@code The host of the Docker context 'desktop-linux'}
 * @param tlsOrNull folder of its certificates
 * @see <a href="https://docs.docker.com/engine/manage-resources/contexts/">Docker contexts</a>
 */
record EngineContext(String what, String host, @Nullable Path tlsOrNull) {

  private static final int MAX_BYTES = 1 << 20;
  private static final String DEFAULT = "default";

  /** Empty where it is the default one, which is the engine of this machine. */
  static Optional<EngineContext> chosen(Map<String, String> environment) {
    String config = environment.getOrDefault("DOCKER_CONFIG", "");
    Path folder =
        config.isBlank()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".docker")
            : Path.of(config);
    String variable = environment.getOrDefault("DOCKER_CONTEXT", "").strip();
    String name = variable.isEmpty() ? current(folder.resolve("config.json")) : variable;
    return name.isEmpty() || name.equals(DEFAULT)
        ? Optional.empty()
        : Optional.of(read(folder.resolve("contexts"), name, !variable.isEmpty()));
  }

  private static String current(Path config) {
    if (!Files.isReadable(config)) {
      return "";
    }
    try {
      return json(config).string("currentContext").orElse("");
    } catch (IOException | RefusedException e) {
      // Docker's own command warns of such a file and takes the default; so do we without a word of
      // it, for credentials are in it.
      return "";
    }
  }

  private static JsonObject json(Path file) throws IOException {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return StrictJson.readLeniently("The file", in.readNBytes(MAX_BYTES));
    }
  }

  private static EngineContext read(Path contexts, String name, boolean byVariable) {
    String id = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
    String shown = "the Docker context '" + Printable.of(name) + "'";
    Path meta = contexts.resolve("meta").resolve(id).resolve("meta.json");
    try {
      String host =
          json(meta)
              .object("Endpoints")
              .flatMap(endpoints -> endpoints.object("docker"))
              .flatMap(docker -> docker.string("Host"))
              .orElse("");
      Path tls = contexts.resolve("tls").resolve(id).resolve("docker");
      boolean hasTls =
          List.of("ca.pem", "cert.pem", "key.pem").stream()
              .map(tls::resolve)
              .allMatch(file -> Files.isRegularFile(file) && Files.isReadable(file));
      return new EngineContext("The host of " + shown, host, hasTls ? tls : null);
    } catch (IOException | RefusedException e) {
      throw new RefusedException(
          (byVariable ? "DOCKER_CONTEXT" : "'currentContext' of Docker's config.json")
              + " chooses "
              + shown
              + ", and '"
              + Printable.of(meta.toString())
              + "' cannot be read.",
          "Choose one that 'docker context ls' lists, or set DOCKER_HOST.");
    }
  }
}
