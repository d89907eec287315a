package io.github.goldenmaven.registry.remote;

import static io.github.goldenmaven.registry.LyingRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.LyingRegistry;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@NeedsPeer
class BlobTransferRefusalsTest extends BlobTransferFixture {

  @Test
  void saysThatARepositoryMustBeMadeFirst() {
    try (LyingRegistry registry = LyingRegistry.telling(exchange -> answer(exchange, 404))) {
      assertThatThrownBy(() -> store(registry.host()).put(LARGE, Progress.SILENT))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' has no repository 'apps/orders'. Create it there first, or name another in"
                  + " <image> (-Dgolden.image) or 'to' of golden.yaml.");
    }
  }

  @Test
  void saysThatALayerIsTooLargeForTheRegistry() {
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 202, "Location", "/session");
              } else {
                answer(exchange, 413);
              }
            })) {
      assertThatThrownBy(() -> store(registry.host()).put(LARGE, progress::addAndGet))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The registry '"
                  + registry.host()
                  + "' refuses the upload of the blob '"
                  + LARGE.digest()
                  + "' as too large (413). Raise the body limit of the registry, or of the proxy in"
                  + " front of it.");
      assertThat(progress).hasValue(0);
    }
  }

  @Test
  void saysThatItsOwnBytesCannotBeRead() {
    Blob gone =
        new Blob(
            LARGE.digest(),
            LARGE.size(),
            () -> {
              throw new IOException("Input/output error");
            });
    Blob shorter = new Blob(LARGE.digest(), LARGE.size(), () -> large(1000).open());
    try (LyingRegistry registry =
        LyingRegistry.telling(exchange -> answer(exchange, 202, "Location", "/session"))) {
      assertThatThrownBy(() -> store(registry.host()).put(gone, Progress.SILENT))
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "The blob '"
                  + LARGE.digest()
                  + "' cannot be read on this machine: Input/output error. Run the build again,"
                  + " after 'mvn clean' where it happens again.");
      assertThatThrownBy(() -> store(registry.host()).put(shorter, Progress.SILENT))
          .isInstanceOf(UnavailableException.class)
          .hasMessageContaining(
              "cannot be read on this machine: it has not the 3000000 bytes it had.");
    }
  }

  @Test
  void refusesAnotherPieceThanItAskedFor() {
    AtomicInteger gets = new AtomicInteger();
    byte[] bytes = new byte[3_000_000];
    try (LyingRegistry registry =
        LyingRegistry.telling(
            exchange -> {
              if (gets.incrementAndGet() == 1) {
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes, 0, 1000);
              } else {
                answer(exchange, 206, bytes, "Content-Range", "bytes 7-2999999/3000000");
              }
            })) {
      assertThatThrownBy(() -> store(registry.host()).blob(DESCRIPTOR))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("comes in other pieces than were asked for.");
    }
  }
}
