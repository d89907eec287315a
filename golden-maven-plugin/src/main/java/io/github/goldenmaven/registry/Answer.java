package io.github.goldenmaven.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a server answered; its body is still on the wire and must be read, discarded or closed.
 *
 * @param party where it came from, after redirects
 */
record Answer(Party party, int status, HttpHeaders headers, InputStream body)
    implements AutoCloseable {

  /** The most that is read of a body nobody wants, to keep its connection in use. */
  private static final int WORTH_DRAINING = 64 * 1024;

  /** The body has more bytes than its reader takes. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
      super("more than " + limit + " bytes");
    }
  }

  URI from() {
    return party.uri();
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** What the answer says it is, lower case without parameters; empty where it does not say. */
  String contentType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** A page for people, which no registry answers with. */
  boolean isPage() {
    return contentType().equals("text/html") || contentType().equals("application/xhtml+xml");
  }

  /** The whole body, of at most {@code limit} bytes, within a time. */
  byte[] bytes(int limit, Duration within) throws IOException {
    try {
      return read(limit, within);
    } catch (IOException e) {
      throw new UnreachedException(party, e);
    }
  }

  private byte[] read(int limit, Duration within) throws IOException {
    try (body) {
      if (headers.firstValueAsLong("Content-Length").orElse(0) > limit) {
        throw new TooLargeException(limit);
      }
      long end = System.nanoTime() + within.toNanos();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
        bytes.write(buffer, 0, read);
        if (bytes.size() > limit) {
          throw new TooLargeException(limit);
        }
        if (System.nanoTime() > end) {
          throw new HttpTimeoutException("the body took too long");
        }
      }
      return bytes.toByteArray();
    }
  }

  /** Throws the body away, so that the connection can serve again where that is cheap. */
  void discard() {
    try (body) {
      if (headers.firstValueAsLong("Content-Length").orElse(0) <= WORTH_DRAINING) {
        long end = System.nanoTime() + Duration.ofSeconds(2).toNanos();
        byte[] buffer = new byte[8192];
        int left = WORTH_DRAINING;
        while (left > 0 && System.nanoTime() < end) {
          int read = body.read(buffer);
          if (read < 0) {
            break;
          }
          left -= read;
        }
      }
    } catch (IOException e) {
      // Nobody wanted these bytes; the connection is closed and not used again.
    }
  }

  @Override
  public void close() {
    discard();
  }
}
