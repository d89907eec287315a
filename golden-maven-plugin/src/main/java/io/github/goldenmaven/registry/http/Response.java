package io.github.goldenmaven.registry.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * What a server answered; its body is still on the wire and must be read, discarded or closed.
 *
 * @param party where it came from, after redirects
 */
public record Response(Party party, int status, HttpHeaders headers, InputStream body)
    implements AutoCloseable {

  /** The most that is read of a body nobody wants, to keep its connection in use. */
  private static final int WORTH_DRAINING = 64 * 1024;

  private static final int PEEKED = 64;

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*[\"']?([A-Za-z0-9._:+-]{1,40})", Pattern.CASE_INSENSITIVE);

  /** The body has more bytes than its reader takes. */
  public static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
      super("more than " + limit + " bytes");
    }
  }

  public URI from() {
    return party.uri();
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** What the answer says it is, lower case without parameters; empty where it does not say. */
  public String contentType() {
    return header("Content-Type")
        .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  /** In which letters its text is written; UTF-8 where it does not say, or says nothing known. */
  public Charset charset() {
    Matcher named = CHARSET.matcher(header("Content-Type").orElse(""));
    try {
      return named.find() ? Charset.forName(named.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /** Where it leads; an address of nothing is none. */
  public Optional<String> location() {
    return header("Location").filter(address -> !address.isBlank());
  }

  /** A page for people, which no registry answers with; told by its first letter if by no type. */
  public boolean isPage() {
    return contentType().equals("text/html")
        || contentType().equals("application/xhtml+xml")
        || (contentType().isEmpty() && body.markSupported() && beginsAsPage());
  }

  private boolean beginsAsPage() {
    try {
      body.mark(PEEKED);
      String begin = new String(body.readNBytes(PEEKED), StandardCharsets.UTF_8);
      body.reset();
      return begin.stripLeading().startsWith("<");
    } catch (IOException e) {
      // Whoever reads the body is told.
      return false;
    }
  }

  /** Whether something between compressed it, or its server, without being asked. */
  public boolean isGzip() {
    String encoding = header("Content-Encoding").orElse("").strip().toLowerCase(Locale.ROOT);
    return encoding.equals("gzip") || encoding.equals("x-gzip");
  }

  /** The body without a compression of the way. */
  public InputStream unpacked() throws IOException {
    return isGzip() ? new GZIPInputStream(body) : body;
  }

  /**
   * The same answer with its document in memory, so that a connection which breaks under it is
   * found out while the request can be sent again; one that is no success as it is.
   */
  public Response whole(int limit, Duration within) throws IOException {
    if (status != 200) {
      return this;
    }
    byte[] bytes = bytes(limit, within);
    HttpHeaders plain =
        HttpHeaders.of(
            headers.map(),
            (name, value) ->
                !name.equalsIgnoreCase("Content-Encoding")
                    && !name.equalsIgnoreCase("Content-Length"));
    return new Response(party, status, plain, new ByteArrayInputStream(bytes));
  }

  /** The whole body, of at most {@code limit} bytes, within a time. */
  public byte[] bytes(int limit, Duration within) throws IOException {
    try {
      if (headers.firstValueAsLong("Content-Length").orElse(0) > limit) {
        discard();
        throw new TooLargeException(limit);
      }
      byte[] bytes = beginning(limit, within);
      if (bytes.length > limit) {
        throw new TooLargeException(limit);
      }
      return bytes;
    } catch (IOException e) {
      throw new UnreachedException(party, e);
    }
  }

  /** The body as far as {@code limit} bytes and perhaps one more. */
  public byte[] beginning(int limit, Duration within) throws IOException {
    try (body) {
      InputStream plain = unpacked();
      long end = System.nanoTime() + within.toNanos();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
        bytes.write(buffer, 0, Math.min(read, limit + 1 - bytes.size()));
        if (bytes.size() > limit) {
          break;
        }
        if (System.nanoTime() > end) {
          throw new HttpTimeoutException("the body took too long");
        }
      }
      return bytes.toByteArray();
    }
  }

  /** Throws the body away, so that the connection can serve again where that is cheap. */
  public void discard() {
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
