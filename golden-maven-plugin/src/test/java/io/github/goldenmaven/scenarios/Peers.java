package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** One registry for everybody, one that is guarded, and a Docker Engine, for all scenarios. */
record Peers(Path folder, DockerRegistry registry, DockerRegistry guarded, DockerEngine engine)
    implements AutoCloseable {

  static Peers start(Path folder) throws IOException {
    return new Peers(
        folder,
        DockerRegistry.options().onDisk(folder.resolve("storage")).start(),
        DockerRegistry.options().withTls().withCredentials().start(),
        DockerEngine.start());
  }

  /** Where everything is, as properties of a build. */
  Map<String, String> addresses() {
    Map<String, String> addresses = new TreeMap<>();
    addresses.put("peers.registry", registry.host());
    addresses.put("peers.guarded", guarded.host());
    addresses.put("peers.engine", engine.host());
    addresses.put("peers.storage", folder.resolve("storage").toString());
    addresses.put("peers.base", registry.host() + "/golden/java:17");
    return addresses;
  }

  @Override
  public void close() {
    engine.close();
    guarded.close();
    registry.close();
  }
}
