package io.github.goldenmaven.registry.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One container and the images around it, under names that nobody else has: so that all of it can
 * be removed without knowing how far its making got. {@link #close} does, and so does the end of
 * this JVM.
 */
final class RunContainer implements AutoCloseable {

  private static final String SHELL = "/bin/sh";

  /**
   * The marker, then the commands, each in a shell of its own as Docker's RUN has it. Both outputs
   * are one, so that they stay in order.
   */
  private static final String SCRIPT =
      "exec 2>&1; n=0; for c in \"$@\"; do echo \"$0$n\"; n=$((n+1)); /bin/sh -ec \"$c\" || exit"
          + " $?; done";

  private final Engine engine;
  private final String repository;
  private final String id = UUID.randomUUID().toString();
  private final Thread hook = new Thread(this::remove, "golden-run-removal");

  private RunContainer(Engine engine, String repository) {
    this.engine = engine;
    this.repository = repository;
  }

  /** Names for one run; nothing is in the engine yet. */
  static RunContainer in(Engine engine, String repository) {
    RunContainer container = new RunContainer(engine, repository);
    Runtime.getRuntime().addShutdownHook(container.hook);
    return container;
  }

  String id() {
    return id;
  }

  /** What the official image is loaded as, where the engine lacks it. */
  String base() {
    return repository + ":" + id;
  }

  /** What the container is committed as. */
  String result() {
    return repository + ":" + id + "-result";
  }

  /** What the container writes before each command, with the command's number behind. */
  String marker() {
    return "golden-run " + id + " ";
  }

  private String name() {
    return "golden-run-" + id;
  }

  void create(String image, List<String> commands, Map<String, String> environment) {
    List<String> arguments = new ArrayList<>(List.of("-c", SCRIPT, marker()));
    arguments.addAll(commands);
    JsonObject container =
        JsonObject.EMPTY
            .with("Image", image)
            .with("User", "0:0")
            .with("WorkingDir", "/")
            .with("Entrypoint", JsonValue.ofTexts(List.of(SHELL)))
            .with("Cmd", JsonValue.ofTexts(arguments))
            .with(
                "Env",
                JsonValue.ofTexts(
                    environment.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList()))
            .with("Healthcheck", JsonObject.EMPTY.with("Test", JsonValue.ofTexts(List.of("NONE"))))
            .with("AttachStdout", JsonValue.of(true))
            .with("AttachStderr", JsonValue.of(true))
            .with("Labels", Map.of("io.github.goldenmaven.run", id));
    Engine.Said said =
        engine.ask(Request.Method.POST, "/containers/create?name=" + name(), container);
    require(said, "make a container for");
  }

  /** Starts it and hears it out; its exit code. */
  int run(CommandOutput output) {
    // Attached before it starts, so that not a line is lost.
    String attach = "/containers/" + name() + "/attach?stream=1&stdout=1&stderr=1";
    try (Response stream = engine.open(Request.Method.POST, attach)) {
      require(engine.ask(Request.Method.POST, "/containers/" + name() + "/start", null), "start");
      output.read(stream.getBody());
    } catch (IOException e) {
      throw engine.unreachable(e);
    }
    Engine.Said ended = engine.ask(Request.Method.POST, "/containers/" + name() + "/wait", null);
    require(ended, "wait for");
    JsonObject json =
        StrictJson.read("The end of the container", ended.body().getBytes(StandardCharsets.UTF_8));
    return Math.toIntExact(json.required("StatusCode", json.integer("StatusCode")));
  }

  void commit() {
    String path =
        "/commit?container=" + name() + "&repo=" + repository + "&tag=" + id + "-result&pause=0";
    require(engine.ask(Request.Method.POST, path, JsonObject.EMPTY), "keep what was changed by");
  }

  private void require(Engine.Said said, String what) {
    if (said.isOk()) {
      return;
    }
    if (said.message().contains("\"" + SHELL + "\"") && said.message().contains("no such file")) {
      throw new RefusedException(
          "The official image has no '" + SHELL + "', so that 'run' cannot run commands in it.",
          "Leave 'run' out of golden.yaml, or name an official image with a shell in 'from'.");
    }
    throw new UnavailableException(
        "The Docker Engine at %s could not %s the commands of 'run': %s."
            .formatted(engine, what, said.message()),
        "Look into the engine's log and at the free space of its disk, then bake again.");
  }

  /** Removes all there is in the engine; what is not there is no fault. */
  private synchronized void remove() {
    remove("/containers/" + name() + "?force=1&v=1");
    remove("/images/" + result() + "?force=1");
    remove("/images/" + base() + "?force=1");
  }

  private void remove(String path) {
    try {
      engine.ask(Request.Method.DELETE, path, null);
    } catch (GoldenException e) {
      // An engine that is gone has nothing that could be removed now.
      return;
    }
  }

  @Override
  public void close() {
    // An interrupted thread's conversation with a socket breaks off; this one must not.
    boolean interrupted = Thread.interrupted();
    try {
      remove();
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook runs, and waits for this.
      return;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
