package io.github.goldenmaven.registry;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A blob's bytes from a registry; goes on where it was when the connection breaks. */
final class BlobDownload extends BlockInputStream {

  /** A transfer slower than this is a fault, not a slow network. In bytes a second. */
  private static final long SLOWEST = 8 * 1024;

  /** Whatever size is stated. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final RegistryHost host;
  private final Ask ask;
  private final String store;
  private final Descriptor descriptor;
  private final long deadline;

  private @Nullable InputStream body;
  private long position;

  /** Bytes to pass over, where the registry begins at the first again. */
  private long unwanted;

  private int broken;

  BlobDownload(RegistryHost host, Ask ask, String store, Descriptor descriptor, Timeouts timeouts) {
    this.host = host;
    this.ask = ask;
    this.store = store;
    this.descriptor = descriptor;
    long seconds = Math.min(descriptor.size() / SLOWEST, LONGEST.toSeconds());
    this.deadline = System.nanoTime() + timeouts.answer().plusSeconds(seconds).toNanos();
    this.body = request();
  }

  private InputStream request() {
    Answer answer = host.send(position == 0 ? ask : ask.with("Range", "bytes=" + position + "-"));
    return switch (answer.status()) {
      case 200 -> whole(answer);
      case 206 -> rest(answer);
      case 404 -> {
        answer.discard();
        throw new UnavailableException(
            "'" + store + "' has no blob '" + descriptor.digest() + "', which its manifest names.",
            "Push the image again: it is not whole.");
      }
      default ->
          throw host.failures()
              .unexpected(
                  "our request for the blob '" + descriptor.digest() + "'", ask.access(), answer);
    };
  }

  private InputStream whole(Answer answer) {
    long stated = answer.headers().firstValueAsLong("Content-Length").orElse(descriptor.size());
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

  private InputStream rest(Answer answer) {
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
        throw host.failures().unreachable(new HttpTimeoutException("too slow"));
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
        throw host.failures().unreachable(e);
      } catch (IOException e) {
        resume(e);
      }
    }
  }

  private void resume(IOException fault) throws IOException {
    close();
    broken++;
    host.retries().pause(broken, fault);
    body = request();
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
