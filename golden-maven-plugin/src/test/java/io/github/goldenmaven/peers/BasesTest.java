package io.github.goldenmaven.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("longest")
@NeedsPeer({"docker", "dockerd", "docker-registry", "ip", "mmdebstrap", "umoci"})
class BasesTest {

  @TempDir Path folder;

  @Test
  void bothBasesRunJavaAsAGoldenImageInADockerEngine() {
    try (DockerRegistry registry = DockerRegistry.start();
        DockerEngine engine = DockerEngine.start()) {
      for (LayoutFolder base : List.of(JlinkBase.layout(), RealBase.layout())) {
        ImageManifest image = new ImageManifest(base.manifest(OfficialImage.TAG));
        ImageConfig config = base.config(image);
        assertThat(image.layers()).hasSize(2);
        assertThat(config.environment()).containsKeys("PATH", "JAVA_HOME");
        assertThat(config.labels()).containsEntry("org.opencontainers.image.version", "12");
        String golden = GoldenFixture.of(base).pushTo(registry, "golden/java");
        engine.docker("pull", "--quiet", golden);
        String properties =
            engine.docker(
                "run",
                "--rm",
                golden,
                config.environment().get("JAVA_HOME") + "/bin/java",
                "-XshowSettings:properties",
                "-version");
        assertThat(properties).isEmpty();
        assertThat(engine.docker("run", "--rm", golden, "java", "--version")).contains("penJDK");
      }
    }
  }

  @Test
  void theStandInIsWrittenWhereTheReadmeAsksAndUmociUnpacksIt() throws Exception {
    Path layout = folder.resolve("official");
    JlinkBase.main(new String[] {layout.toString()});
    Path bundle = folder.resolve("bundle");
    Command.of(Machine.require("umoci").toString(), "unpack", "--image")
        .with(layout + ":" + JlinkBase.TAG, bundle.toString())
        .run();
    assertThat(bundle.resolve("rootfs/opt/java/openjdk/bin/java")).isExecutable();
    assertThat(Files.readString(bundle.resolve("rootfs/etc/nsswitch.conf"))).contains("hosts: ");
  }

  @Test
  void aContainerIsServedAndAsked() throws Exception {
    Path source =
        Files.writeString(
            folder.resolve("Hello.java"),
            """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;

            class Hello {
              public static void main(String[] arguments) throws Exception {
                HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
                server.createContext("/hello", exchange -> {
                  exchange.sendResponseHeaders(200, 5);
                  exchange.getResponseBody().write("hello".getBytes());
                  exchange.close();
                });
                server.start();
                System.out.println("started");
              }
            }
            """);
    Command.of(Path.of(System.getProperty("java.home"), "bin", "javac").toString())
        .with("-d", folder.toString(), source.toString())
        .run();
    try (DockerRegistry registry = DockerRegistry.start();
        DockerEngine engine = DockerEngine.start()) {
      String golden = GoldenFixture.of(JlinkBase.layout()).pushTo(registry, "golden/java");
      engine.docker("pull", "--quiet", golden);
      Files.writeString(
          folder.resolve("Dockerfile"),
          "FROM "
              + golden
              + "\nCOPY *.class /app/\nCMD [\"java\", \"-cp\", \"/app\", \"Hello\"]\n");
      engine.docker("build", "--quiet", "--tag", "hello:1", folder.toString());
      try (DockerCommand.Container hello = engine.command().serve("hello:1", 8080, "/hello")) {
        assertThat(hello.get()).isEqualTo("hello");
        assertThat(hello.logs()).isEqualTo("started\n");
      }
    }
  }
}
