package io.github.goldenmaven.bake.certificates;

import io.github.goldenmaven.peers.DockerEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * A Java program that says which Java it runs on, and of every URL what it got: for Java 17 and
 * newer, run from outside of the image.
 *
 * @param classes where it was compiled to
 */
public record TlsClient(Path classes) {

  private static final String CLIENT =
      """
      import java.net.URI;
      import java.net.http.*;

      public class Client {
        public static void main(String[] arguments) throws Exception {
          System.out.print(Runtime.version().feature());
          HttpClient client = HttpClient.newHttpClient();
          for (String url : arguments) {
            try {
              HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
              System.out.print(
                  " " + client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            } catch (javax.net.ssl.SSLHandshakeException e) {
              System.out.print(" not trusted");
            }
          }
        }
      }
      """;

  public static TlsClient compiledIn(Path classes) throws IOException {
    Path source =
        Files.writeString(Files.createDirectories(classes).resolve("Client.java"), CLIENT);
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "--release", "17", "-d", classes.toString(), source.toString());
    if (compiled != 0) {
      throw new IllegalStateException("the client does not compile");
    }
    return new TlsClient(classes);
  }

  /**
   * Runs it in an image, on the machine's network; what it printed, like {@code 17 hello}.
   *
   * @param options of {@code docker run}, each one word
   */
  public String in(DockerEngine engine, String image, List<String> options, String... urls) {
    List<String> run = new ArrayList<>(List.of("run", "--rm", "--network", "host"));
    run.addAll(List.of("--volume", classes + ":/app:ro"));
    run.addAll(options);
    run.addAll(List.of(image, "java", "-cp", "/app", "Client"));
    run.addAll(List.of(urls));
    return engine.docker(run.toArray(String[]::new)).strip();
  }
}
