package io.github.goldenmaven.registry;

import io.github.goldenmaven.DeniedException;
import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.oci.StrictJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/**
 * What can go wrong with one server, each with the remedy that cures it. Never shows an address's
 * query, a header or a body: credentials travel there.
 *
 * @param server what to call it, {@code The registry 'registry.example:5000'}
 * @param host as a reference names it
 * @param sent what a server may say again, and nobody shall read
 */
record Failures(
    String server, String host, Timeouts timeouts, CredentialSource credentials, Sent sent) {

  private static final int MAX_ERROR_BODY = 64 * 1024;

  static Failures of(String host, RegistryAccess access, Sent sent) {
    return new Failures(
        "The registry '" + Printable.of(host) + "'",
        host,
        access.timeouts(),
        access.credentials(),
        sent);
  }

  /** No answer came. */
  GoldenException unreachable(IOException fault) {
    if (has(fault, UnresolvedAddressException.class) || has(fault, UnknownHostException.class)) {
      return new UnavailableException(
          server + " has no address: its name is not known here.",
          "Look for a slip in <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or 'to'"
              + " of golden.yaml, and at this"
              + " machine's DNS and proxy settings.",
          fault);
    }
    if (fault instanceof HttpConnectTimeoutException) {
      return new UnavailableException(
          server + " took no connection for " + timeouts.connect().toSeconds() + " seconds.",
          "Look whether a firewall stands between, or a <proxy> is missing in Maven's"
              + " settings.xml.",
          fault);
    }
    if (has(fault, ConnectException.class)) {
      return new UnavailableException(
          server + " refuses connections.",
          "Look whether it runs, and whether its port is right in <base> (-Dgolden.base), <image>"
              + " (-Dgolden.image), or 'from' or 'to' of golden.yaml.",
          fault);
    }
    if (fault instanceof HttpTimeoutException) {
      return new UnavailableException(
          server + " gave no answer for " + timeouts.answer().toSeconds() + " seconds.",
          "Run the build again when it is less busy.",
          fault);
    }
    if (fault instanceof InterruptedIOException) {
      return new UnavailableException(
          server + " was not waited for: the build was interrupted.", "Run it again.", fault);
    }
    if (fault instanceof Answer.TooLargeException) {
      return new RefusedException(
          server + " answers with " + Printable.of(String.valueOf(fault.getMessage())) + ".",
          "No honest manifest, token or error needs that; look at what answers there.",
          fault);
    }
    return tls(fault).orElseGet(() -> broken(fault));
  }

  private UnavailableException broken(IOException fault) {
    return new UnavailableException(
        server + " broke the connection " + Retries.ATTEMPTS + " times.",
        "Run the build again; where it happens every time, look at the registry's log and at what"
            + " stands between.",
        fault);
  }

  private Optional<GoldenException> tls(IOException fault) {
    if (isNotTls(fault)) {
      return Optional.of(
          new UnavailableException(
              server + " does not speak TLS.",
              "Where plain HTTP is meant, name it in <insecureRegistries>"
                  + " (-Dgolden.insecureRegistries="
                  + host
                  + ").",
              fault));
    }
    if (!has(fault, SSLHandshakeException.class)) {
      // Broken connections are TLS faults too, where there is TLS.
      return Optional.empty();
    }
    String reason = String.valueOf(fault.getMessage());
    if (isUnknownAuthority(reason)) {
      return Optional.of(
          new UnavailableException(
              server + " shows a certificate of an authority that this JVM does not know.",
              "Name a PEM file with your company's authority in <caCertificates>"
                  + " (-Dgolden.caCertificates).",
              fault));
    }
    if (isForOtherHosts(reason)) {
      return Optional.of(
          new UnavailableException(
              server + " shows a certificate for other hosts.",
              "Name it as its certificate does, or have its certificate renewed.",
              fault));
    }
    return Optional.of(
        new UnavailableException(
            server + " ended the TLS handshake: " + Printable.of(reason) + ".",
            "Look at its TLS settings and at this JVM's.",
            fault));
  }

  private static boolean isUnknownAuthority(String reason) {
    return reason.contains("PKIX") || reason.contains("certification path");
  }

  private static boolean isForOtherHosts(String reason) {
    return reason.contains("No name matching") || reason.contains("No subject alternative");
  }

  /** Whether a certificate was seen and not believed: then the other side does speak TLS. */
  static boolean isDistrust(IOException fault) {
    String reason = String.valueOf(fault.getMessage());
    return fault instanceof SSLException && (isUnknownAuthority(reason) || isForOtherHosts(reason));
  }

  /** Whether a TLS handshake failed because the other side does not speak TLS at all. */
  static boolean isNotTls(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("Unsupported or unrecognized SSL message")
          || message.contains("plaintext connection")) {
        return true;
      }
    }
    return false;
  }

  private static boolean has(Throwable fault, Class<? extends Throwable> kind) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  UnavailableException askedToWait(int status, Duration wait) {
    return new UnavailableException(
        server + " answers " + status + " and asks to wait " + Retries.spoken(wait) + ".",
        status == 429
            ? "Its limit is reached: run the build later, or log in where that raises the limit."
            : "Run the build again when it is back.");
  }

  UnavailableException keepsAnswering(int status, int times) {
    return new UnavailableException(
        server + " answered " + status + " " + times + " times.",
        status == 429
            ? "Its limit is reached: run the build later, or log in where that raises the limit."
            : "Run the build again when it is well; its log says what is wrong.");
  }

  /** 401, before any credentials were shown, or after. */
  DeniedException notAuthenticated(Access access, boolean withCredentials) {
    if (withCredentials) {
      return new DeniedException(
          server
              + " does not accept the credentials found for it in "
              + credentials.description()
              + ", to "
              + deed(access)
              + ".",
          "Renew them: in the <server> with the id '"
              + host
              + "' in Maven's settings.xml, or with 'docker login "
              + host
              + "'.");
    }
    return new DeniedException(
        server
            + " asks for credentials to "
            + deed(access)
            + ", and there are none in "
            + credentials.description()
            + ".",
        "Put them into a <server> with the id '"
            + host
            + "' in Maven's settings.xml, or run 'docker login "
            + host
            + "'.");
  }

  /** 403. */
  DeniedException notAllowed(Access access) {
    return new DeniedException(
        server + " does not allow us to " + deed(access) + ".",
        "Have the account of '"
            + host
            + "' given that right, or name another repository in "
            + parameter(access)
            + ".");
  }

  private static String deed(Access access) {
    return (access.push() ? "push to '" : "pull from '") + access.repository() + "'";
  }

  private static String parameter(Access access) {
    return access.push()
        ? "<image> (-Dgolden.image) or 'to' of golden.yaml"
        : "<base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or 'to' of golden.yaml";
  }

  /** An answer that nothing was prepared for; reads its body. */
  GoldenException unexpected(String doing, Access access, Answer answer) {
    return switch (answer.status()) {
      case 401 -> {
        answer.discard();
        yield notAuthenticated(access, true);
      }
      case 403 -> {
        answer.discard();
        yield notAllowed(access);
      }
      case 413 -> {
        answer.discard();
        yield new RefusedException(
            server + " refuses " + doing + " as too large (413).",
            "Raise the body limit of the registry, or of the proxy in front of it.");
      }
      default -> {
        int status = answer.status();
        yield unexpected(doing, status, errors(answer));
      }
    };
  }

  /** The same, where the body was read already. */
  UnavailableException unexpected(String doing, int status, List<JsonObject> errors) {
    return new UnavailableException(
        server + " answered " + status + " to " + doing + detail(errors) + ".",
        "Look at the registry's log for this request.");
  }

  private String detail(List<JsonObject> errors) {
    return errors.stream()
        .findFirst()
        .flatMap(error -> error.string("message").or(() -> error.string("code")))
        .map(said -> ": '" + Printable.of(sent.hidden(said)) + "'")
        .orElse("");
  }

  /**
   * The {@code errors} of an answer's body; none where it is not a registry's.
   *
   * @see <a
   *     href="https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#error-codes">OCI
   *     distribution spec, error codes</a>
   */
  List<JsonObject> errors(Answer answer) {
    try {
      byte[] body = answer.bytes(MAX_ERROR_BODY, timeouts.answer());
      return StrictJson.read("An error answer", body).objects("errors");
    } catch (IOException | RefusedException e) {
      return List.of();
    }
  }

  /** Whether one of these errors has this code. */
  static boolean says(List<JsonObject> errors, String code) {
    return errors.stream()
        .anyMatch(
            error ->
                error
                    .string("code")
                    .filter(c -> c.toUpperCase(Locale.ROOT).equals(code))
                    .isPresent());
  }
}
