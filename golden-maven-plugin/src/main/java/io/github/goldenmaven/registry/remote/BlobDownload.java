package io.github.goldenmaven.registry.remote;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.registry.http.BlockInputStream;
import io.github.goldenmaven.registry.http.Request;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.registry.http.Timeouts;
import io.github.goldenmaven.registry.http.UnreachedException;
import io.github.goldenmaven.registry.http.VerifiedStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A blob's bytes from a registry; goes on where it was when the connection breaks. */
final class BlobDownload extends BlockInputStream {

  /** A transfer slower than this is a fault, not a slow network. In bytes a second. */
  private static final long SLOWEST = 8 * 1024;

  private static final int MAX_PAGE = 64 * 1024;

  /** Whatever size is stated. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final RegistryHost host;
  private final Request ask;
  private final String store;
  private final Descriptor descriptor;
  private final long deadline;

  private @Nullable Response answer;
  private @Nullable InputStream body;
  private long position;
  private boolean packed;

  /** Bytes to pass over, where the registry begins at the first again. */
  private long unwanted;

  private int broken;

  BlobDownload(
      RegistryHost host, Request ask, String store, Descriptor descriptor, Timeouts timeouts) {
    this.host = host;
    this.ask = ask;
    this.store = store;
    this.descriptor = descriptor;
    long seconds = Math.min(descriptor.size() / SLOWEST, LONGEST.toSeconds());
    this.deadline = System.nanoTime() + timeouts.answer().plusSeconds(seconds).toNanos();
    this.body = request();
  }

  private InputStream request() {
    boolean isWhole = position == 0 || packed;
    Response answer = host.send(isWhole ? ask : ask.with("Range", "bytes=" + position + "-"));
    this.answer = answer;
    return switch (answer.status()) {
      case 200 -> whole(answer);
      case 206 -> rest(answer);
      case 404 -> {
        answer.discard();
        throw new UnavailableException(
            "'" + store + "' has no blob '" + descriptor.digest() + "', which its manifest names.",
            "Push the image again: it is not whole.");
      }
      default -> throw host.failures().unexpected(doing(), ask.access(), answer);
    };
  }

  private InputStream whole(Response answer) {
    OptionalLong length = answer.headers().firstValueAsLong("Content-Length");
    long stated = length.orElse(descriptor.size());
    if (answer.isPage() && (length.isEmpty() || stated != descriptor.size())) {
      throw page(answer);
    }
    if (answer.isGzip() && (length.isEmpty() || stated != descriptor.size())) {
      return unpacked(answer);
    }
    if (stated != descriptor.size()) {
      answer.discard();
      throw VerifiedStream.refused(
          store,
          descriptor.digest(),
          "has " + stated + " bytes where " + descriptor.size() + " are stated");
    }
    unwanted = position;
    return answer.body();
  }

  /**
   * Compressed on the way: what was stored is inside. Its bytes cannot be asked for from a place.
   */
  private InputStream unpacked(Response answer) {
    packed = true;
    unwanted = position;
    try {
      return answer.unpacked();
    } catch (IOException e) {
      throw host.failures().unreachable(new UnreachedException(answer.party(), e));
    }
  }

  /** Whoever answers a question for a blob with a page of another size is no registry. */
  private GoldenException page(Response answer) {
    try {
      byte[] bytes = answer.bytes(MAX_PAGE, Duration.ofSeconds(5));
      return host.failures().foreign(doing(), answer, bytes);
    } catch (IOException e) {
      return host.failures().foreign(doing(), answer, new byte[0]);
    }
  }

  private String doing() {
    return "our request for the blob '" + descriptor.digest() + "'";
  }

  private InputStream rest(Response answer) {
    String range = answer.header("Content-Range").orElse("");
    if (position == 0 || !range.startsWith("bytes " + position + "-")) {
      answer.discard();
      throw VerifiedStream.refused(
          store, descriptor.digest(), "comes in other pieces than were asked for");
    }
    return answer.body();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    while (true) {
      InputStream from = body;
      if (from == null) {
        throw new IOException("closed");
      }
      if (System.nanoTime() - deadline > 0) {
        close();
        throw unreachable(new HttpTimeoutException("too slow"));
      }
      try {
        from.skipNBytes(unwanted);
        unwanted = 0;
        int read = from.read(target, offset, length);
        if (read >= 0 || position >= descriptor.size()) {
          position += Math.max(read, 0);
          return read;
        }
        // A body without a stated length that ends early is a broken connection too.
        resume(new IOException("it ended after " + position + " bytes"));
      } catch (InterruptedIOException e) {
        throw unreachable(e);
      } catch (IOException e) {
        resume(e);
      }
    }
  }

  private void resume(IOException fault) throws IOException {
    close();
    broken++;
    host.retries().pause(broken, from(fault));
    body = request();
  }

  private GoldenException unreachable(IOException fault) {
    return host.failures().unreachable(from(fault));
  }

  /** A fault of the connection that the bytes come over. */
  private IOException from(IOException fault) {
    Response now = answer;
    return now == null ? fault : new UnreachedException(now.party(), fault);
  }

  @Override
  public void close() throws IOException {
    InputStream from = body;
    body = null;
    unwanted = 0;
    if (from != null) {
      from.close();
    }
  }
}
