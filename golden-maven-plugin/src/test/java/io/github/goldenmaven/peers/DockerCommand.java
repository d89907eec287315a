package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The docker command, told which engine to talk to and to look at no configuration of the user's.
 *
 * @param host like {@code unix:///run/docker.sock}
 */
public record DockerCommand(String host) {

  private static final Duration START = Duration.ofSeconds(60);

  /** Runs the command and gives back its standard output. */
  public String docker(String... arguments) {
    return Command.of(Machine.require("docker").toString(), "--host", host)
        .with(arguments)
        .environment("DOCKER_CONFIG", "/nonexistent")
        .environment("DOCKER_CONTEXT", "")
        .environment("DOCKER_HOST", "")
        .run();
  }

  /** Runs an image to its end, pulling it afresh, and gives back what it printed. */
  public String run(String image, String... arguments) {
    docker("pull", "--quiet", image);
    List<String> run = new ArrayList<>(List.of("run", "--rm", image));
    run.addAll(List.of(arguments));
    return docker(run.toArray(String[]::new));
  }

  /**
   * Runs an image and waits until it answers a GET with any status below 500.
   *
   * @param port the container's
   * @param path of the GET, from its slash
   * @param options of {@code docker run}, each one word
   */
  public Container serve(String image, int port, String path, String... options) {
    List<String> run = new ArrayList<>(List.of("run", "--detach", "--publish"));
    run.add("127.0.0.1::" + port);
    run.addAll(List.of(options));
    run.add(image);
    String id = docker(run.toArray(String[]::new)).strip();
    String published = docker("port", id, Integer.toString(port)).lines().findFirst().orElseThrow();
    Container container = new Container(this, id, URI.create("http://" + published + path));
    container.await();
    return container;
  }

  /**
   * A container that serves HTTP; removed on close.
   *
   * @param uri where it was seen to answer
   */
  public record Container(DockerCommand docker, String id, URI uri) implements AutoCloseable {

    private void await() {
      long deadline = System.nanoTime() + START.toNanos();
      while (status() >= 500) {
        boolean running =
            docker.docker("inspect", "--format", "{{.State.Running}}", id).startsWith("true");
        if (!running || System.nanoTime() > deadline) {
          String logs = logs();
          close();
          throw new IllegalStateException("'" + uri + "' does not answer.\n" + logs);
        }
        Keeper.pause(Duration.ofMillis(100));
      }
    }

    private int status() {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(2000);
        connection.setReadTimeout(10_000);
        return connection.getResponseCode() < 0 ? 599 : connection.getResponseCode();
      } catch (IOException e) {
        return 599;
      }
    }

    /** The body of a GET of {@link #uri()}. */
    public String get() {
      try (InputStream body = uri.toURL().openConnection(Proxy.NO_PROXY).getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** What it wrote to its standard output. */
    public String logs() {
      return docker.docker("logs", id);
    }

    @Override
    public void close() {
      docker.docker("rm", "--force", "--volumes", id);
    }
  }
}
