package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Debian's docker-registry on a free loopback port, with a log of every request it answered. It
 * ends with {@link #close()}, or with this JVM.
 */
public final class DockerRegistry implements AutoCloseable {

  /** May do everything in a registry started {@linkplain Options#withCredentials() so}. */
  public static final String USER = "builder";

  /** The password of {@link #USER}; a colon and a blank are in it on purpose. */
  public static final String PASSWORD = "open:sesame 9";

  private static final String HTPASSWD =
      USER + ":$2y$05$XlggPEDL9dk30Pae3wRnn.eTrAm2w/NHDNrBZf.9rjTUWr.r/ESNm\n";

  /**
   * How a registry is set up.
   *
   * @param storage folder that keeps the images; {@code null} for one that goes with the registry
   * @param port {@code 0} for any free one
   */
  public record Options(@Nullable Path storage, boolean tls, boolean credentials, int port) {

    /** Keeps images in a folder, which stays after the end. */
    public Options onDisk(Path folder) {
      return new Options(folder, tls, credentials, port);
    }

    /** Speaks HTTPS only, with a certificate of {@link DockerRegistry#certificates()}. */
    public Options withTls() {
      return new Options(storage, true, credentials, port);
    }

    /** Asks for {@link #USER} and {@link #PASSWORD}. */
    public Options withCredentials() {
      return new Options(storage, tls, true, port);
    }

    /** Listens on this port. */
    public Options onPort(int port) {
      return new Options(storage, tls, credentials, port);
    }

    public DockerRegistry start() {
      return DockerRegistry.start(this);
    }
  }

  private final Options options;
  private final int port;
  private final @Nullable TestCertificates certificates;
  private final Keeper keeper;
  private final RegistryWire wire;
  private int marked;

  private DockerRegistry(
      Options options, int port, @Nullable TestCertificates certificates, Keeper keeper) {
    this.options = options;
    this.port = port;
    this.certificates = certificates;
    this.keeper = keeper;
    this.wire = new RegistryWire(uri(), certificates, options.credentials());
  }

  /** Over plain HTTP, for everybody, with images that go when it ends, until told otherwise. */
  public static Options options() {
    return new Options(null, false, false, 0);
  }

  /** One as {@link #options()} are. */
  public static DockerRegistry start() {
    return options().start();
  }

  /** Serves until its input ends: {@code [--tls] [--credentials] [--disk=FOLDER] [--port=N]}. */
  public static void main(String[] arguments) throws IOException {
    Options options = options();
    for (String argument : arguments) {
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.equals("--tls")) {
        options = options.withTls();
      } else if (argument.equals("--credentials")) {
        options = options.withCredentials();
      } else if (argument.startsWith("--disk=")) {
        options = options.onDisk(Path.of(value));
      } else if (argument.startsWith("--port=")) {
        options = options.onPort(Integer.parseInt(value));
      } else {
        throw new IllegalArgumentException("'" + argument + "' is not an option.");
      }
    }
    try (DockerRegistry registry = options.start()) {
      System.out.println(registry.host());
      while (System.in.read() >= 0) {}
    }
  }

  private static DockerRegistry start(Options options) {
    Path program = Machine.require("docker-registry");
    IllegalStateException taken = new IllegalStateException("no free port");
    for (int attempt = 0; attempt < 3; attempt++) {
      try {
        return start(options, program);
      } catch (IllegalStateException e) {
        // Another process took the port between our look and the registry's.
        if (!String.valueOf(e.getMessage()).contains("address already in use")) {
          throw e;
        }
        taken.addSuppressed(e);
      }
    }
    throw taken;
  }

  private static DockerRegistry start(Options options, Path program) {
    try {
      Path folder = Files.createTempDirectory("gm-registry-");
      int port = options.port() == 0 ? FreePort.find() : options.port();
      TestCertificates certificates =
          options.tls() ? TestCertificates.in(folder.resolve("tls")) : null;
      Files.writeString(folder.resolve("htpasswd"), HTPASSWD);
      Path config =
          Files.writeString(
              folder.resolve("config.yml"), configuration(options, port, folder, certificates));
      Keeper keeper =
          Keeper.start(folder, "", List.of(program.toString(), "serve", config.toString()));
      DockerRegistry registry = new DockerRegistry(options, port, certificates, keeper);
      keeper.await("docker-registry", Duration.ofSeconds(20), () -> registry.ask("/v2/"));
      return registry;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(
      Options options, int port, Path folder, @Nullable TestCertificates certificates) {
    // Not its driver in memory: that one copies a blob again for each piece that comes.
    Path storage = options.storage() == null ? folder.resolve("storage") : options.storage();
    String tls =
        certificates == null
            ? ""
            : "  tls: {certificate: '%s', key: '%s'}\n"
                .formatted(certificates.server(), certificates.serverKey());
    String auth =
        options.credentials()
            ? "auth: {htpasswd: {realm: golden, path: '" + folder.resolve("htpasswd") + "'}}\n"
            : "";
    return """
    version: 0.1
    log: {level: error}
    storage:
      filesystem: {rootdirectory: '%s'}
      delete: {enabled: true}
      maintenance: {uploadpurging: {enabled: false}}
    http:
      addr: 127.0.0.1:%d
      secret: %s
    """
            .formatted(storage.toAbsolutePath(), port, UUID.randomUUID())
        + tls
        + auth;
  }

  /** {@code localhost:PORT}: what a reference begins with. */
  public String host() {
    return "localhost:" + port;
  }

  public URI uri() {
    return URI.create((options.tls() ? "https://" : "http://") + host());
  }

  /** The CA that issued this registry's certificate; empty over plain HTTP. */
  public Optional<TestCertificates> certificates() {
    return Optional.ofNullable(certificates);
  }

  /** Every request answered since the start or the last {@link #mark()}, in the log's order. */
  public synchronized List<Request> requests() {
    List<Request> all = logged();
    return List.copyOf(all.subList(marked, all.size()));
  }

  /** Lets {@link #requests()} begin here. */
  public synchronized void mark() {
    marked = logged().size();
  }

  /** Puts a manifest as it is, whatever it says; its blobs must be there. */
  public void put(String mediaType, byte[] manifest, String repository, String tag) {
    wire.putManifest(mediaType, manifest, repository, tag);
  }

  /**
   * Pushes an image of a layout, all its platforms, byte for byte. These requests are not counted.
   */
  public void push(LayoutFolder from, String tag, String repository, String toTag) {
    wire.push(from, tag, repository, toTag);
  }

  /** The manifest or index of a tag or digest, as it is stored; not counted. */
  public Optional<RawManifest> manifest(String repository, String tag) {
    return wire.manifest(repository, tag);
  }

  /** A blob whole; empty where it is not there; not counted. */
  public Optional<byte[]> blob(String repository, Digest digest) {
    return wire.blob(repository, digest);
  }

  /** Whether it still serves; false after {@link #kill()}. */
  public boolean isServing() {
    return ask("/v2/");
  }

  /** Ends it as a power cut would. */
  public void kill() {
    keeper.kill();
  }

  @Override
  public void close() {
    keeper.close();
  }

  /**
   * A line is written when an answer ends, which its reader may see first: so a question of our own
   * goes through the log, and then the log must be quiet for a moment.
   */
  private List<Request> logged() {
    String question = "/v2/?settled=" + UUID.randomUUID();
    ask(question);
    long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    long size = -1;
    while (System.nanoTime() < deadline) {
      String log = read();
      if (log.contains(question) && log.length() == size) {
        return log.lines()
            .map(Request::parse)
            .flatMap(Optional::stream)
            .filter(request -> !request.userAgent().equals(RegistryWire.AGENT))
            .toList();
      }
      size = log.length();
      Keeper.pause(Duration.ofMillis(15));
    }
    throw new IllegalStateException(
        "the registry's log does not settle.\n" + keeper.tail("err.log"));
  }

  private String read() {
    try {
      return Files.readString(keeper.log("out.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ask(String path) {
    try {
      return wire.send("GET", path, "", null).status() > 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** What an Authorization header says for {@link #USER}. */
  public static String basic() {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
  }
}
