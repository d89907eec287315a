package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.http.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Connections that break in the middle of a layer, before a real registry wherever it can. */
@NeedsPeer
class BlobTransferTest extends BlobTransferFixture {

  private static List<String> conversation(DockerRegistry registry) {
    return registry.requests().stream()
        .map(Request::toString)
        .map(line -> line.replaceAll("uploads/[^? ]+[^ ]*", "uploads/SESSION"))
        .map(line -> line.replaceAll("(499|500)$", "broken"))
        .toList();
  }

  /** docker-registry 2.8.2 forgets a session whose PUT broke, so it gets all of the layer again. */
  @Test
  @NeedsPeer("docker-registry")
  void sendsALayerAgainToARegistryThatCannotResume() throws Exception {
    try (DockerRegistry registry = DockerRegistry.options().onDisk(storage).start();
        CuttingProxy proxy = CuttingProxy.ofUploads(registry.uri().getPort(), 1_000_000, 1)) {
      store(proxy.host()).put(LARGE, progress::addAndGet);

      assertThat(proxy.cutsLeft()).isZero();
      assertThat(registry.blob("apps/orders", LARGE.digest()))
          .contains(LARGE.open().readAllBytes());
      // The broken request may be logged after the next.
      assertThat(conversation(registry))
          .containsExactlyInAnyOrder(
              "POST /v2/apps/orders/blobs/uploads/ 202",
              "PUT /v2/apps/orders/blobs/uploads/SESSION broken",
              "GET /v2/apps/orders/blobs/uploads/SESSION 404",
              "HEAD /v2/apps/orders/blobs/" + LARGE.digest() + " 404",
              "POST /v2/apps/orders/blobs/uploads/ 202",
              "PUT /v2/apps/orders/blobs/uploads/SESSION 201");
      assertThat(progress).hasValue(LARGE.size());
      assertThat(time.sleeps()).hasSize(1);
    }
  }

  /** The request's stream is closed under its reader when the connection breaks. */
  @Test
  void takesNoStreamItClosedItselfForAFaultOfTheMachine() throws Exception {
    Payload payload = new Payload(LARGE, 0, progress::addAndGet);
    try (InputStream stream = payload.open()) {
      assertThat(stream.readNBytes(1000)).hasSize(1000);
    }
    Path file = java.nio.file.Files.write(storage.resolve("layer"), new byte[1000]);
    Payload ofFile = new Payload(Blob.of(file, LARGE.digest(), 1000), 0, progress::addAndGet);
    InputStream closed = ofFile.open();
    closed.close();

    assertThatThrownBy(() -> closed.read(new byte[10], 0, 10)).isInstanceOf(IOException.class);
    assertThat(ofFile.localFault()).isNull();
    payload.takeBack();
    assertThat(progress).hasValue(0);
  }

  /** A registry that keeps what arrived, as the specification asks. */
  @Test
  void sendsTheRestOfALayerWhenTheConnectionBreaks() throws Exception {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    List<String> ranges = new ArrayList<>();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              ranges.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Range")));
              if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "/session?part=0");
              } else if (exchange.getRequestMethod().equals("GET")) {
                answer(
                    exchange,
                    204,
                    "Location",
                    "/session?part=1",
                    "Range",
                    "0-" + (kept.size() - 1));
              } else if (kept.size() == 0) {
                kept.write(exchange.getRequestBody().readNBytes(1_000_000));
              } else {
                kept.write(exchange.getRequestBody().readAllBytes());
                answer(exchange, 201);
              }
            })) {
      store(registry.host()).put(LARGE, progress::addAndGet);

      assertThat(kept.toByteArray()).isEqualTo(LARGE.open().readAllBytes());
      assertThat(registry.asked())
          .containsExactly(
              "POST /v2/apps/orders/blobs/uploads/",
              "PUT /session?part=0&digest=" + LARGE.digest(),
              "GET /session?part=0",
              "PUT /session?part=1&digest=" + LARGE.digest());
      assertThat(ranges).containsExactly("null", "null", "null", "1000000-2999999");
      assertThat(progress).hasValue(LARGE.size());
    }
  }

  @Test
  @NeedsPeer("docker-registry")
  void readsTheRestOfALayerWhenTheConnectionBreaks() throws Exception {
    try (DockerRegistry registry = DockerRegistry.start();
        CuttingProxy proxy = CuttingProxy.ofDownloads(registry.uri().getPort(), 1_200_000, 2)) {
      store(registry.host()).put(LARGE, Progress.SILENT);
      registry.mark();

      try (InputStream in = store(proxy.host()).open(DESCRIPTOR, progress::addAndGet)) {
        assertThat(in.readAllBytes()).isEqualTo(LARGE.open().readAllBytes());
      }

      assertThat(proxy.cutsLeft()).isZero();
      assertThat(registry.requests()).extracting(Request::status).containsExactly(200, 206, 206);
      assertThat(progress).hasValue(LARGE.size());
    }
  }

  @Test
  @NeedsPeer({"docker-registry", "openssl"})
  void goesOnWhereATlsConnectionBreaks() throws Exception {
    try (DockerRegistry registry = DockerRegistry.options().withTls().start();
        CuttingProxy down = CuttingProxy.ofDownloads(registry.uri().getPort(), 1_200_000, 2);
        CuttingProxy up = CuttingProxy.ofUploads(registry.uri().getPort(), 1_000_000, 1)) {
      RegistryClient client =
          AccessOfTests.client(
              AccessOfTests.anonymous()
                  .withCaCertificates(registry.certificates().orElseThrow().ca())
                  .access(),
              time.waiting());
      client
          .store(RegistryStoreTest.reference(up.host() + "/apps/orders"))
          .put(LARGE, Progress.SILENT);
      RegistryStore store = client.store(RegistryStoreTest.reference(down.host() + "/apps/orders"));

      try (InputStream in = store.open(DESCRIPTOR, progress::addAndGet)) {
        assertThat(in.readAllBytes()).isEqualTo(LARGE.open().readAllBytes());
      }

      assertThat(up.cutsLeft()).isZero();
      assertThat(down.cutsLeft()).isZero();
    }
  }

  /** A layer that is copied from a store that lies. */
  @Test
  void uploadsNoLayerThatIsRefusedOnItsWay() {
    try (LyingRegistry source =
            LyingRegistry.telling(exchange -> answer(exchange, 200, new byte[(int) LARGE.size()]));
        LyingRegistry registry =
            LyingRegistry.telling(exchange -> answer(exchange, 202, "Location", "/session"))) {
      Blob copied =
          new Blob(
              LARGE.digest(),
              LARGE.size(),
              () -> store(source.host()).open(DESCRIPTOR, Progress.SILENT));

      assertThatThrownBy(() -> store(registry.host()).put(copied, Progress.SILENT))
          .isInstanceOf(RefusedException.class)
          .hasMessageStartingWith(
              "The blob '"
                  + LARGE.digest()
                  + "' of '"
                  + source.host()
                  + "/apps/orders' has other bytes: they are '");
      assertThat(source.asked()).hasSize(1);
    }
  }

  @Test
  @NeedsPeer("docker-registry")
  void givesUpOnAConnectionThatBreaksEachTime() {
    try (DockerRegistry registry = DockerRegistry.start();
        CuttingProxy proxy = CuttingProxy.ofUploads(registry.uri().getPort(), 100_000, 99)) {
      assertThatThrownBy(() -> store(proxy.host()).put(LARGE, progress::addAndGet))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The registry '"
                  + proxy.host()
                  + "' broke the connection 4 times. Run the build again; where it happens every"
                  + " time, look at the registry's log and at what stands between.");
      assertThat(registry.manifest("apps/orders", "1")).isEmpty();
    }
  }

  /** A registry that forgets its upload sessions, as some in the clouds do. */
  @Test
  void beginsAgainWhereTheSessionIsLost() {
    AtomicInteger puts = new AtomicInteger();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              switch (exchange.getRequestMethod()) {
                case "POST" -> answer(exchange, 202, "Location", "/session");
                case "PUT" -> answer(exchange, puts.incrementAndGet() == 1 ? 503 : 201);
                default -> answer(exchange, 404);
              }
            })) {
      store(registry.host()).put(LARGE, progress::addAndGet);

      assertThat(registry.asked())
          .containsExactly(
              "POST /v2/apps/orders/blobs/uploads/",
              "PUT /session?digest=" + LARGE.digest(),
              "GET /session",
              "HEAD /v2/apps/orders/blobs/" + LARGE.digest(),
              "POST /v2/apps/orders/blobs/uploads/",
              "PUT /session?digest=" + LARGE.digest());
      assertThat(progress).hasValue(LARGE.size());
    }
  }

  /** The last byte arrived, the answer did not. */
  @Test
  void sendsNothingTwiceThatArrived() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              switch (exchange.getRequestMethod()) {
                case "POST" -> answer(exchange, 202, "Location", "/session");
                case "PUT" -> answer(exchange, 502);
                case "HEAD" -> answer(exchange, 200);
                default -> answer(exchange, 404);
              }
            })) {
      store(registry.host()).put(LARGE, progress::addAndGet);

      assertThat(registry.asked()).hasSize(4);
      assertThat(progress).hasValue(LARGE.size());
    }
  }

  /** A registry without ranges sends the whole layer again: only the rest is handed on. */
  @Test
  void passesOverWhatItHasWhereARegistryBeginsAgain() throws Exception {
    AtomicInteger gets = new AtomicInteger();
    byte[] bytes = LARGE.open().readAllBytes();
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.sendResponseHeaders(200, bytes.length);
              int count = gets.incrementAndGet() == 1 ? 1_000_000 : bytes.length;
              exchange.getResponseBody().write(bytes, 0, count);
            })) {
      try (InputStream in = store(registry.host()).open(DESCRIPTOR, progress::addAndGet)) {
        assertThat(in.readAllBytes()).isEqualTo(bytes);
      }
      assertThat(gets).hasValue(2);
    }
  }

  @Test
  void stopsTheTransferWhenItIsClosedEarly() throws Exception {
    AtomicLong written = new AtomicLong();
    byte[] piece = new byte[65536];
    long size = 1_000_000_000L;
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              exchange.sendResponseHeaders(200, size);
              while (true) {
                exchange.getResponseBody().write(piece);
                written.addAndGet(piece.length);
              }
            })) {
      Descriptor huge = Descriptor.of(MediaTypes.OCI_LAYER, LARGE.digest(), size);
      try (InputStream in = store(registry.host()).open(huge, progress::addAndGet)) {
        assertThat(in.readNBytes(10)).hasSize(10);
      }
      assertThat(written).hasValueLessThan(100_000_000);
      assertThat(progress).hasValueLessThan(100_000_000);
    }
  }

  @Test
  void survivesASizeWithoutEnd() {
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 200, new byte[] {1}))) {
      Descriptor endless =
          Descriptor.of(
              io.github.goldenmaven.oci.MediaTypes.OCI_LAYER,
              Digest.of(new byte[] {1}),
              Long.MAX_VALUE);
      assertThatThrownBy(() -> registry.store().open(endless, Progress.SILENT).readAllBytes())
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("has 1 bytes where 9223372036854775807 are stated");
    }
  }
}
