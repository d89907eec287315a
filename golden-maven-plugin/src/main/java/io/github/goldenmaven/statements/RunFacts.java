package io.github.goldenmaven.statements;

import io.github.goldenmaven.oci.json.JsonObject;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The run that made an image: what its digest does not depend on.
 *
 * @param builder a URI that names the machine and who may use it
 * @param invocation the run itself, a URL of a CI server, where one is known
 * @param tools what the run used, as resource descriptors of in-toto: JDK, Maven, plugin
 */
public record RunFacts(
    URI builder,
    Optional<URI> invocation,
    Instant started,
    Instant finished,
    List<JsonObject> tools) {

  public RunFacts {
    started = started.truncatedTo(ChronoUnit.SECONDS);
    finished = finished.truncatedTo(ChronoUnit.SECONDS);
    tools = List.copyOf(tools);
  }

  /** A program of the run, by its package URL. */
  public static JsonObject tool(String name, String packageUrl) {
    return JsonObject.EMPTY.with("name", name).with("uri", packageUrl);
  }

  /** An absolute URI that shows no credentials; empty where it is none. */
  static Optional<URI> address(String text) {
    try {
      return Optional.of(URI.create(text))
          .filter(address -> address.isAbsolute() && address.getRawUserInfo() == null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@code runDetails} of SLSA's provenance. */
  JsonObject toJson() {
    JsonObject metadata = JsonObject.EMPTY;
    if (invocation.isPresent()) {
      metadata = metadata.with("invocationId", invocation.get().toString());
    }
    return JsonObject.EMPTY
        .with("builder", JsonObject.EMPTY.with("id", builder.toString()))
        .with(
            "metadata",
            metadata.with("startedOn", started.toString()).with("finishedOn", finished.toString()));
  }
}
