package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.JibReadable;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.RealBase;
import io.github.goldenmaven.peers.TinyBase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One registry for everybody, one that is guarded, and a Docker Engine, for all scenarios; and what
 * a platform team would have put there: golden images, and an official one that is not golden.
 */
record Peers(Path folder, DockerRegistry registry, DockerRegistry guarded, DockerEngine engine)
    implements AutoCloseable {

  private static final String LINE = "17";
  private static final String JAVA = "io.github.goldenmaven.golden.java";
  private static final String FOR_JIB = "17-for-jib";
  private static final String LAYOUT = "golden-java";

  static Peers start(Path folder) throws IOException {
    Peers peers =
        new Peers(
            folder,
            DockerRegistry.options().onDisk(folder.resolve("storage")).start(),
            DockerRegistry.options()
                .onDisk(folder.resolve("guarded-storage"))
                .withTls()
                .withCredentials()
                .start(),
            DockerEngine.start());
    peers.stock();
    return peers;
  }

  private void stock() throws IOException {
    LayoutFolder official = RealBase.layout();
    registry.push(official, RealBase.TAG, "official/java", LINE);
    GoldenFixture java = GoldenFixture.of(official).line(LINE).version("17.0.15").label(JAVA, LINE);
    LayoutFolder golden = java.writeTo(folder.resolve(LAYOUT));
    registry.push(golden, LINE, "golden/java", LINE);
    guarded.push(golden, LINE, "golden/java", LINE);
    JibReadable.tag(golden, LINE, FOR_JIB);
    registry.push(golden, FOR_JIB, "golden/java", FOR_JIB);
    java.label(JAVA, "11").pushTo(registry, "golden/old");
    LayoutFolder server =
        java.name("server")
            .with(
                ClassFiles.entry("docker-entrypoint.sh", new byte[0]),
                new ClassFiles()
                    .manifest("Main-Class: org.eclipse.jetty.start.Main")
                    .with("org/eclipse/jetty/start/Main.class", 17)
                    .entry("usr/local/jetty/start.jar"))
            .runtime(Peers::startsAServer)
            .writeTo(folder.resolve("server"));
    registry.push(server, LINE, "golden/server", LINE);
    JibReadable.tag(server, LINE, FOR_JIB);
    registry.push(server, FOR_JIB, "golden/server", FOR_JIB);
    LayoutFolder twins =
        TinyBase.writeTo(
            folder.resolve("twins"),
            new Platform("linux", "amd64", null),
            new Platform("linux", "arm64", null));
    GoldenFixture.of(twins).line(LINE).version("17.0.15").pushTo(registry, "golden/twins");
  }

  /** As the official images of servlet engines do. */
  private static JsonObject startsAServer(JsonObject runtime) {
    return runtime
        .with("Entrypoint", JsonValue.ofTexts(List.of("/docker-entrypoint.sh")))
        .with("Cmd", JsonValue.ofTexts(List.of("java", "-jar", "/usr/local/jetty/start.jar")));
  }

  /** Where everything is, as properties of a build. */
  Map<String, String> addresses() {
    Map<String, String> addresses = new TreeMap<>();
    addresses.put("peers.registry", registry.host());
    addresses.put("peers.storage", folder.resolve("storage").toString());
    addresses.put("peers.base", registry.host() + "/golden/java:" + LINE);
    addresses.put("peers.jibBase", registry.host() + "/golden/java:" + FOR_JIB);
    addresses.put("peers.layout", folder.resolve(LAYOUT) + ":" + LINE);
    addresses.put("peers.guarded", guarded.host());
    addresses.put("peers.ca", guarded.certificates().orElseThrow().ca().toString());
    addresses.put("peers.engine", engine.host());
    return addresses;
  }

  @Override
  public void close() {
    engine.close();
    guarded.close();
    registry.close();
  }
}
