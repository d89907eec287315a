package io.github.goldenmaven.registry.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs commands on an image in a Docker Engine and gives back what they changed, as one layer.
 *
 * <p>The engine gets the image from our own store, by digest: it pulls nothing, and needs no
 * credentials. Each command has a shell of its own, as root, all in one container. What an image
 * declares as a volume is no part of the layer. Nothing stays in the engine, whatever happens.
 */
public final class EngineRun {

  private static final String REPOSITORY = "golden-maven.invalid/run";

  private final Engine engine;
  private final Path folder;
  private final Console console;

  private EngineRun(Engine engine, Path folder, Console console) {
    this.engine = engine;
    this.folder = folder;
    this.console = console;
  }

  /**
   * Runs the commands, in order, until one fails.
   *
   * @param store where the image is
   * @param environment of the commands, over the image's: a proxy; not kept in the layer
   * @param folder where the layer's file stays
   * @param engine DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, where they are set
   * @return the layer, gzip-compressed
   * @throws RefusedException when a command fails, the image has no shell, or the engine's platform
   *     is another one
   * @throws UnavailableException when there is no engine, or it fails
   */
  public static Layer run(
      PlatformImage image,
      ImageSource store,
      List<String> commands,
      Map<String, String> environment,
      Path folder,
      Map<String, String> engine,
      Console console) {
    try (Engine opened = new Engine(EngineAddress.of(engine), Duration.ZERO)) {
      return new EngineRun(opened, folder, console).run(image, store, commands, environment);
    }
  }

  private Layer run(
      PlatformImage image,
      ImageSource store,
      List<String> commands,
      Map<String, String> environment) {
    requirePlatform(image.platform());
    try (RunContainer container = RunContainer.in(engine, REPOSITORY)) {
      String base = base(image, store, container);
      container.create(base, commands, environment);
      CommandOutput output = new CommandOutput(container.marker(), commands, console::info);
      int exit = execute(container, output);
      if (exit != 0) {
        throw failed(output, exit);
      }
      container.commit();
      return layer(image, container);
    }
  }

  private void requirePlatform(Platform wanted) {
    Platform there;
    try {
      there = engine.platform();
    } catch (UnavailableException e) {
      throw new UnavailableException(
          e.problem(),
          "'run' of golden.yaml needs a Docker Engine: start one, let DOCKER_HOST name one that"
              + " runs, or leave 'run' out.",
          e);
    }
    if (!there.os().equals(wanted.os()) || !there.architecture().equals(wanted.architecture())) {
      throw new RefusedException(
          "The commands of 'run' are to run on '%s', but the Docker Engine at %s runs '%s'."
              .formatted(wanted, engine, there),
          "Let DOCKER_HOST name an engine of that platform, or leave it out of 'platforms' in"
              + " golden.yaml.");
    }
  }

  /** The image as the engine knows it; loaded, under a name of its own, where it is not there. */
  private String base(PlatformImage image, ImageSource store, RunContainer container) {
    ImageManifest manifest = image.manifest();
    for (Digest id : List.of(manifest.config().digest(), manifest.digest())) {
      if (engine
          .inspect(id.toString())
          .filter(there -> there.diffIds().equals(image.config().diffIds()))
          .isPresent()) {
        return id.toString();
      }
    }
    Map<Digest, EngineStore.Source> sources = new HashMap<>();
    for (Descriptor layer : manifest.layers()) {
      sources.put(
          layer.digest(),
          unheard ->
              store.open(
                  layer, console.transferring("official layer", layer.digest(), layer.size())));
    }
    byte[] config = config(image, store);
    if (!new ThinImageLoad(engine, manifest, container.base(), config, sources).load()) {
      throw new UnavailableException(
          "The Docker Engine at " + engine + " lost a layer of the official image.", "Bake again.");
    }
    return container.base();
  }

  private static byte[] config(PlatformImage image, ImageSource store) {
    byte[] known = image.config().toBytes();
    Descriptor config = image.manifest().config();
    return Digest.of(known).equals(config.digest()) ? known : store.blob(config);
  }

  /** Starts the container and hears it out; in a thread that an interrupt need not break. */
  private int execute(RunContainer container, CommandOutput output) {
    try {
      return BackgroundTask.start("golden-run", () -> container.run(output))
          .result("'" + Printable.of(output.command()) + "' ran");
    } catch (GoldenException e) {
      throw e;
    } catch (RuntimeException e) {
      throw engine.unreachable(e);
    }
  }

  private static RefusedException failed(CommandOutput output, int exit) {
    String wrote =
        output.tail().isEmpty()
            ? " wrote nothing"
            : " wrote:\n  " + String.join("\n  ", output.tail()) + "\n";
    return new RefusedException(
        "The command '%s' of 'run'%s%sand failed with exit code %s."
            .formatted(
                Printable.of(output.command()), wrote, output.tail().isEmpty() ? " " : "", exit),
        "Fix it in 'run' of golden.yaml: it runs as root, with '/bin/sh -ec', on the official"
            + " image.");
  }

  /** The one layer that the committed image has above the official one. */
  private Layer layer(PlatformImage image, RunContainer container) {
    String what = "What the commands of 'run' left in the Docker Engine at " + engine;
    Path staging = folder.resolve("run-" + container.id());
    try (Response saved = engine.save(container.result())) {
      SavedImage.Staged staged = SavedImage.stage(what, saved.getBody(), staging);
      ImageManifest manifest = new ImageManifest(staged.manifest());
      byte[] config = bytes(staged, manifest.config());
      List<Digest> diffIds = ImageConfig.read(what, config).diffIds();
      int below = image.config().diffIds().size();
      if (diffIds.size() != below + 1
          || !diffIds.subList(0, below).equals(image.config().diffIds())) {
        throw new UnavailableException(
            what + " is not one layer above the official image.",
            "Look into the engine's log, then bake again.");
      }
      return kept(staged, manifest.layers().get(below), diffIds.get(below));
    } catch (IOException e) {
      throw new UnavailableException(
          "'" + Printable.of(folder.toString()) + "' could not be written.",
          "Make room or fix the permissions there, or name another folder in <cache> or"
              + " -Dgolden.cache.",
          e);
    } finally {
      delete(staging);
    }
  }

  /** Out of the staged files, which are deleted: copied, or compressed where it was not. */
  private Layer kept(SavedImage.Staged staged, Descriptor top, Digest diffId) throws IOException {
    Blob blob = Objects.requireNonNull(staged.blobs().get(top.digest()));
    Path file = folder.resolve("run-" + diffId.hex() + ".tar.gz");
    if (!top.mediaType().equals(MediaTypes.OCI_LAYER_GZIP)) {
      return LayerWriter.compress(blob.content(), Compression.DEFLATED, file);
    }
    Files.createDirectories(folder);
    try (InputStream in = blob.open()) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return new Layer(Blob.of(file, blob.digest(), blob.size()), diffId, MediaTypes.OCI_LAYER_GZIP);
  }

  private static byte[] bytes(SavedImage.Staged staged, Descriptor config) throws IOException {
    Blob blob = Objects.requireNonNull(staged.blobs().get(config.digest()));
    try (InputStream in = blob.open()) {
      return in.readNBytes(StrictJson.MAX_BYTES);
    }
  }

  private static void delete(Path folder) {
    try {
      SavedImage.delete(folder);
    } catch (IOException e) {
      // In the bake's own work folder, which the next bake tidies up.
      return;
    }
  }
}
