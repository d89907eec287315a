package io.github.goldenmaven.registry.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.StoreKind;
import io.github.goldenmaven.text.Printable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The images of one name in a Docker Engine.
 *
 * <p>An engine takes and gives images whole, so blobs put here wait until a tag is put, and blobs
 * mounted here are read from the other store only if the engine then lacks them: both must stay
 * readable until {@link #put(RawManifest, String)} has returned. An image is known by its image ID,
 * the digest of its config: see {@link #imageId}.
 */
public final class EngineStore implements ImageStore {

  private final DaemonReference reference;
  private final Path staging;
  private final Engine engine;
  private final Map<Digest, Source> sources = new ConcurrentHashMap<>();
  private final Map<Digest, RawManifest> manifests = new ConcurrentHashMap<>();

  /** Where a blob's bytes come from when the engine wants them. */
  interface Source {
    InputStream open(Progress progress) throws IOException;
  }

  private EngineStore(DaemonReference reference, Path staging, Engine engine) {
    this.reference = reference;
    this.staging = staging;
    this.engine = engine;
  }

  /**
   * Opens the engine that an environment names. It is greeted in the background; one that does not
   * answer fails the first question.
   *
   * @param staging folder for what is read out of the engine; emptied on {@link #close()}
   * @param environment DOCKER_HOST, DOCKER_TLS_VERIFY and DOCKER_CERT_PATH, where they are set
   * @throws RefusedException when they cannot be understood
   */
  public static EngineStore open(
      DaemonReference reference, Path staging, Map<String, String> environment) {
    Engine engine = new Engine(EngineAddress.of(environment));
    Path own = staging.resolve("engine-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
    return new EngineStore(reference, own, engine);
  }

  @Override
  public String name() {
    return reference.name();
  }

  @Override
  public StoreKind kind() {
    return StoreKind.DOCKER_ENGINE;
  }

  /** Operating system and processor the engine runs: of an index, it takes this one. */
  public Platform platform() {
    return engine.platform();
  }

  /** What the tag points to now, as the engine names it; empty where there is no such image. */
  public Optional<Digest> imageId(String tag) {
    return engine.inspect(named(tag)).map(Engine.Inspected::id);
  }

  /**
   * Whether the tag points to this image now: one small question, where {@link #manifest(String)}
   * would read the whole image. Of an index, the manifest for {@link #platform()} must have been
   * put before.
   */
  @Override
  public boolean holds(RawManifest manifest, String tag) {
    Optional<Digest> id = imageId(tag);
    return id.isPresent()
        && forThisEngine(manifest).filter(image -> isId(id.get(), image)).isPresent();
  }

  /** Reads the image out of the engine, unless it is the one that was put here. */
  @Override
  public synchronized Optional<RawManifest> manifest(String tag) {
    Optional<Engine.Inspected> there = engine.inspect(named(tag));
    if (there.isEmpty()) {
      return Optional.empty();
    }
    for (RawManifest known : manifests.values()) {
      if (!known.isIndex() && isId(there.get().id(), new ImageManifest(known))) {
        return Optional.of(known);
      }
    }
    return Optional.of(read(named(tag), there.get()));
  }

  /** An engine's names are given by whoever uses it, so they tell of no repository. */
  @Override
  public List<String> tags() {
    return List.of();
  }

  @Override
  public Optional<RawManifest> manifest(Digest digest) {
    return Optional.ofNullable(manifests.get(digest));
  }

  @Override
  public byte[] blob(Descriptor descriptor) {
    if (descriptor.size() > StrictJson.MAX_BYTES) {
      throw new RefusedException(
          "'" + descriptor.digest() + "' of '" + name() + "' has " + descriptor.size() + " bytes.",
          "No honest config or statement needs that; look at what made the image.");
    }
    try (InputStream in = open(descriptor, Progress.SILENT)) {
      byte[] bytes = in.readNBytes(Math.toIntExact(descriptor.size()) + 1);
      if (bytes.length == descriptor.size() && Digest.of(bytes).equals(descriptor.digest())) {
        return bytes;
      }
    } catch (IOException e) {
      throw unreadable(descriptor, e);
    }
    throw new RefusedException(
        "'" + descriptor.digest() + "' of '" + name() + "' is not what its digest says.",
        "Build again, and let nothing write into the build's folders at the same time.");
  }

  @Override
  public InputStream open(Descriptor descriptor, Progress progress) {
    Source source = sources.get(descriptor.digest());
    if (source == null) {
      throw new UnavailableException(
          "'" + name() + "' has no '" + descriptor.digest() + "'.",
          "Read the image's manifest first: a Docker Engine gives images whole.");
    }
    try {
      return source.open(progress);
    } catch (IOException e) {
      throw unreadable(descriptor, e);
    }
  }

  @Override
  public boolean has(Descriptor blob) {
    return sources.containsKey(blob.digest());
  }

  /** Always possible: the other store is asked for the blob only if the engine lacks it. */
  @Override
  public boolean mount(Descriptor blob, ImageSource from) {
    sources.putIfAbsent(blob.digest(), progress -> from.open(blob, progress));
    return true;
  }

  /** Keeps the blob until a tag is put; the progress hears of its bytes when they move. */
  @Override
  public void put(Blob blob, Progress progress) {
    sources.put(blob.digest(), unheard -> new Heard(blob.open(), progress));
  }

  @Override
  public void put(RawManifest manifest) {
    manifests.put(manifest.digest(), manifest);
  }

  /**
   * Loads an image into the engine, only those layers that it lacks where it says which; of an
   * index, the image for {@link #platform()}.
   */
  @Override
  public void put(RawManifest manifest, String tag) {
    if (!putIfComplete(manifest, tag)) {
      throw new UnavailableException(
          "'%s:%s' needs a layer that the Docker Engine at %s lost.".formatted(name(), tag, engine),
          "Build again.");
    }
  }

  @Override
  public boolean putIfComplete(RawManifest manifest) {
    put(manifest);
    return true;
  }

  /**
   * Like {@link #put(RawManifest, String)}.
   *
   * @return false where the engine lacks a layer, or the config, that was neither put nor mounted
   *     here
   */
  @Override
  public synchronized boolean putIfComplete(RawManifest manifest, String tag) {
    ImageManifest image = forThisEngine(manifest).orElseThrow(() -> foreign(manifest));
    if (!has(image.config())) {
      return false;
    }
    if (!new ThinImageLoad(engine, image, named(tag), blob(image.config()), sources).load()) {
      return false;
    }
    put(image.raw());
    Digest id = imageId(tag).orElse(image.config().digest());
    if (!isId(id, image)) {
      throw new UnavailableException(
          "'" + name() + ":" + tag + "' is '" + id + "' and not the image that was just loaded.",
          "Somebody else set the tag at the same moment; build again.");
    }
    return true;
  }

  @Override
  public List<Descriptor> referrers(Digest subject) {
    return List.of();
  }

  @Override
  public void attach(List<RawManifest> statements) {
    throw new RefusedException(
        "'" + name() + "' cannot keep statements about images: it is in a Docker Engine.",
        "Let <image> (-Dgolden.image) or 'to' of golden.yaml name a registry or an OCI layout"
            + " folder.");
  }

  @Override
  public void close() {
    engine.close();
    try {
      SavedImage.delete(staging);
    } catch (IOException e) {
      throw new UnavailableException(
          "'" + Printable.of(staging.toString()) + "' could not be removed.",
          "Remove it by hand: nothing needs it any more.",
          e);
    }
  }

  private String named(String tag) {
    return reference.image().name() + ":" + tag;
  }

  /** An engine on containerd names an image by its manifest, any other by its config. */
  private static boolean isId(Digest id, ImageManifest image) {
    return id.equals(image.config().digest()) || id.equals(image.digest());
  }

  /**
   * The image itself, or of an index the one for the engine's platform; empty where it has none.
   */
  private Optional<ImageManifest> forThisEngine(RawManifest manifest) {
    if (!manifest.isIndex()) {
      return Optional.of(new ImageManifest(manifest));
    }
    Platform platform = engine.platform();
    return new ImageIndex(manifest)
        .runnable().stream()
            .filter(entry -> isFor(platform, entry.platform().orElseThrow()))
            .findFirst()
            .flatMap(entry -> manifest(entry.digest()))
            .map(ImageManifest::new);
  }

  private static boolean isFor(Platform engine, Platform image) {
    return image.os().equals(engine.os()) && image.architecture().equals(engine.architecture());
  }

  private RefusedException foreign(RawManifest index) {
    String offered =
        new ImageIndex(index)
            .runnable().stream()
                .map(entry -> "'" + entry.platform().orElseThrow() + "'")
                .collect(Collectors.joining(", "));
    return new RefusedException(
        "The Docker Engine at %s runs '%s', but '%s' would be for %s."
            .formatted(engine, engine.platform(), name(), offered),
        "Name a base for the engine's platform in <base> (-Dgolden.base), or that platform in"
            + " 'platforms' of golden.yaml; or let <image> (-Dgolden.image) or 'to' of golden.yaml"
            + " name a registry.");
  }

  private RawManifest read(String image, Engine.Inspected expected) {
    String what = "The image '" + image + "' of the Docker Engine at " + engine;
    // Asked for by its ID, so that a tag moved meanwhile does not give another image.
    try (Response saved = engine.save(expected.id().toString())) {
      SavedImage.Staged staged =
          SavedImage.stage(what, saved.getBody(), staging.resolve(expected.id().hex()));
      ImageManifest manifest = new ImageManifest(staged.manifest());
      if (engine.keepsLayersByChain() && !isId(expected.id(), manifest)) {
        throw new RefusedException(
            what + " has the ID '" + expected.id() + "' but another config.",
            "Pull or build the image again, so that the engine has it whole.");
      }
      staged
          .blobs()
          .forEach((digest, blob) -> sources.put(digest, heard -> new Heard(blob.open(), heard)));
      put(staged.manifest());
      return staged.manifest();
    }
  }

  private UnavailableException unreadable(Descriptor descriptor, IOException e) {
    return new UnavailableException(
        "'" + descriptor.digest() + "' could not be read again for '" + name() + "'.",
        "Build again, and let nothing remove files of the build at the same time.",
        e);
  }

  /** A stream whose bytes are told as they pass. */
  private static final class Heard extends FilterInputStream {

    private final Progress progress;

    Heard(InputStream in, Progress progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read() throws IOException {
      int read = in.read();
      progress.advanced(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = in.read(bytes, offset, length);
      progress.advanced(Math.max(read, 0));
      return read;
    }
  }
}
