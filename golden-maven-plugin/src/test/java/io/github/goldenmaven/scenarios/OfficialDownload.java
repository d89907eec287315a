package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.promote.Promotion;
import io.github.goldenmaven.promote.Statements;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** One platform of an official image, copied from its registry into an OCI layout. */
record OfficialDownload(String reference) {

  private static final int PATIENCE_MILLIS = 2000;

  /**
   * Copies it.
   *
   * @return false where the registry cannot be reached; the layout has no tag then
   */
  boolean into(Path layout) {
    RegistryReference image = (RegistryReference) ImageReference.parse(reference);
    if (!answers(image.host())) {
      return false;
    }
    ImageStores stores =
        AccessOfTests.stores(
            AccessOfTests.anonymous().withUserAgent("golden-maven/quickstart").access(),
            daemon -> {
              throw new IllegalStateException("no engine is asked");
            });
    ImageReference target =
        ImageReference.parse("oci:" + layout + ":" + image.tag().orElse("latest"));
    DocumentCache documents = new DocumentCache(layout.resolveSibling("documents"));
    try (ImageStore from = stores.open(image);
        ImageStore into = stores.open(target)) {
      Optional<PlatformImage> here =
          new ImageResolver(from, documents)
              .resolve(image)
              .map(ResolvedImage::platforms)
              .flatMap(
                  platforms ->
                      platforms.stream()
                          .filter(platform -> here().covers(platform.platform()))
                          .findFirst());
      here.ifPresent(
          platform ->
              new Promotion(from, into, documents, new RecordingConsole())
                  .promote(
                      Statements.of(platform.manifest().digest(), from, documents),
                      target,
                      true,
                      false));
      return here.isPresent();
    } catch (GoldenException e) {
      return false;
    }
  }

  /** A short look, for the client itself is patient. */
  private static boolean answers(String host) {
    String name = host.equals("docker.io") ? "registry-1.docker.io" : host.split(":", 2)[0];
    int port = host.contains(":") ? Integer.parseInt(host.split(":", 2)[1]) : 443;
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(name, port), PATIENCE_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Platform here() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return Platform.parse("linux/" + (architecture.equals("aarch64") ? "arm64" : "amd64"));
  }
}
