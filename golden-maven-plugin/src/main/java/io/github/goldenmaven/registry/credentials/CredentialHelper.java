package io.github.goldenmaven.registry.credentials;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A program that keeps logins: {@code docker-credential-NAME get} reads the name of a registry and
 * answers with JSON. It is bounded in time and bytes, and what it says is a secret.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">docker credential
 *     helpers</a>
 */
final class CredentialHelper {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** A killed process is gone in milliseconds; a busy machine needs longer. */
  private static final Duration TO_DIE = Duration.ofSeconds(10);

  /** Tokens of clouds have some kilobytes. */
  private static final int MAX_BYTES = 1 << 20;

  private final String program;
  private final Duration patience;

  /**
   * @param name as files have it, {@code ecr-login}
   */
  CredentialHelper(String name) {
    this(name, PATIENCE);
  }

  CredentialHelper(String name, Duration patience) {
    this.program = "docker-credential-" + name;
    this.patience = patience;
  }

  /**
   * Asks for the login of a registry.
   *
   * @param server as the helper knows it
   * @param notes told why there is none, without any of what the helper said
   * @throws UnavailableException when it does not answer
   */
  Optional<Credentials> find(String server, Consumer<String> notes) {
    String shown = "'" + Printable.of(program) + "'";
    if (!program.matches("[A-Za-z0-9._-]{1,200}")) {
      notes.accept(shown + " is no name of a program");
      return Optional.empty();
    }
    Process process = started();
    if (process == null) {
      notes.accept(shown + " is not installed");
      return Optional.empty();
    }
    try {
      byte[] answer = answer(process, server);
      if (answer.length > MAX_BYTES) {
        notes.accept(shown + " wrote more than " + MAX_BYTES + " bytes, which is no login");
        return Optional.empty();
      }
      return login(answer, process.isAlive() ? -1 : process.exitValue(), shown, notes);
    } finally {
      end(process);
    }
  }

  private UnavailableException unanswered(String server) {
    return new UnavailableException(
        ("The credential helper '%s' did not answer within %s seconds when it was asked for the"
                + " login of '%s'.")
            .formatted(program, patience.toSeconds(), Printable.of(server)),
        ("Run 'echo %s | %s get' to see what it waits for, or put the credentials into a <server>"
                + " with the id of the registry in Maven's settings.xml.")
            .formatted(Printable.of(server), program));
  }

  /** Null where there is no such program. */
  private @Nullable Process started() {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    for (String suffix : windows ? List.of("", ".exe", ".cmd") : List.of("")) {
      try {
        return new ProcessBuilder(program + suffix, "get").redirectError(Redirect.DISCARD).start();
      } catch (IOException e) {
        // Told as not installed.
      }
    }
    return null;
  }

  /** All it writes until it ends, or one byte more than it may. */
  private byte[] answer(Process process, String server) {
    return BackgroundTask.start("golden-credential-helper", () -> written(process, server))
        .result(patience, "it looked for the login of '" + Printable.of(server) + "'")
        .orElseThrow(() -> unanswered(server));
  }

  private static byte[] written(Process process, String server) {
    try (OutputStream in = process.getOutputStream()) {
      in.write((server + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It did not want to read; what it says counts.
    }
    try {
      byte[] answer = process.getInputStream().readNBytes(MAX_BYTES + 1);
      if (answer.length <= MAX_BYTES) {
        process.waitFor();
      }
      return answer;
    } catch (IOException | InterruptedException e) {
      return new byte[0];
    }
  }

  private static Optional<Credentials> login(
      byte[] answer, int exit, String shown, Consumer<String> notes) {
    if (exit != 0) {
      String said = new String(answer, StandardCharsets.UTF_8);
      notes.accept(
          said.contains("credentials not found")
              ? shown + " has none"
              : shown + " failed with exit code " + exit);
      return Optional.empty();
    }
    try {
      JsonObject json = StrictJson.readLeniently("The answer", answer);
      String user = json.string("Username").orElse("");
      String secret = json.string("Secret").orElse("");
      if (!user.isEmpty() && !secret.isEmpty()) {
        return Optional.of(new Credentials(user, secret));
      }
      notes.accept(shown + " has none");
    } catch (RefusedException e) {
      // Its message may quote a secret.
      notes.accept(shown + " answered with what is no login");
    }
    return Optional.empty();
  }

  /** Kills it and what it started, and waits until none of them is left. */
  private static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    all.forEach(ProcessHandle::destroyForcibly);
    try {
      CompletableFuture.allOf(
              all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
          .get(TO_DIE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // The system has its death to see to; a build need not wait for that.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
