package io.github.goldenmaven.registry.errors;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.registry.http.Distrust;
import io.github.goldenmaven.registry.http.Party;
import io.github.goldenmaven.registry.http.Response;
import io.github.goldenmaven.registry.http.UnreachedException;
import io.github.goldenmaven.text.Printable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Why no answer came, or no whole one, and from whom. */
public final class NoAnswer {

  private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: ([0-9]{3})");

  private final RegistryErrors failures;

  private NoAnswer(RegistryErrors failures) {
    this.failures = failures;
  }

  static GoldenException of(RegistryErrors failures, IOException fault) {
    return new NoAnswer(failures).told(fault);
  }

  private GoldenException told(IOException fault) {
    Party party = UnreachedException.party(fault);
    Optional<String> status = tunnelStatus(fault);
    if (party != null && status.isPresent()) {
      return party.noTunnel(status.orElseThrow(), fault);
    }
    if (party != null && party.proxyOrNull() != null && isNoConnection(fault)) {
      return noConnection(
          "The proxy '" + party.proxy().orElse("") + "', on the way to '" + party.address() + "',",
          "its <proxy> in Maven's settings.xml",
          fault);
    }
    return ofServer(failures.who(party), fault);
  }

  private GoldenException ofServer(String who, IOException fault) {
    if (isNoConnection(fault)) {
      return noConnection(who, RegistryErrors.PARAMETERS, fault);
    }
    if (has(fault, HttpTimeoutException.class)) {
      return new UnavailableException(
          who + " gave no answer for " + failures.timeouts().answer().toSeconds() + " seconds.",
          "Run the build again when it is less busy.",
          fault);
    }
    if (has(fault, InterruptedIOException.class)) {
      return new UnavailableException(
          who + " was not waited for: the build was interrupted.", "Run it again.", fault);
    }
    if (has(fault, Response.TooLargeException.class)) {
      return new RefusedException(
          who + " answers with " + Printable.of(String.valueOf(fault.getMessage())) + ".",
          "No honest manifest, token or error needs that; look at what answers there.",
          fault);
    }
    return tls(who, fault).orElseGet(() -> broken(who, fault));
  }

  private static boolean isNoConnection(IOException fault) {
    return has(fault, UnresolvedAddressException.class)
        || has(fault, UnknownHostException.class)
        || has(fault, HttpConnectTimeoutException.class)
        || has(fault, ConnectException.class);
  }

  /**
   * What a proxy answered to a wish for a way through it.
   *
   * <p>The JDK's client tells it in words alone.
   */
  static Optional<String> tunnelStatus(IOException fault) {
    Matcher told = NO_TUNNEL.matcher(String.valueOf(fault.getMessage()));
    return told.find() ? Optional.of(told.group(1)) : Optional.empty();
  }

  private UnavailableException noConnection(String who, String where, IOException fault) {
    boolean proxied = !where.equals(RegistryErrors.PARAMETERS);
    if (has(fault, UnresolvedAddressException.class) || has(fault, UnknownHostException.class)) {
      return new UnavailableException(
          who + " has no address: its name is not known here.",
          "Check " + where + " for a typo, and this machine's DNS and proxy settings.",
          fault);
    }
    if (has(fault, HttpConnectTimeoutException.class)) {
      return new UnavailableException(
          who
              + " took no connection for "
              + failures.timeouts().connect().toSeconds()
              + " seconds.",
          proxied
              ? "Look whether a firewall stands between, and at " + where + "."
              : "Look whether a firewall stands between, or a <proxy> is missing in Maven's"
                  + " settings.xml.",
          fault);
    }
    return new UnavailableException(
        who + " refuses connections.",
        "Look whether it runs, and whether its port is right in " + where + ".",
        fault);
  }

  private UnavailableException broken(String who, IOException fault) {
    return new UnavailableException(
        who + " broke the connection " + Retries.ATTEMPTS + " times.",
        "Run the build again; where it happens every time, look at the registry's log and at what"
            + " stands between.",
        fault);
  }

  private Optional<GoldenException> tls(String who, IOException fault) {
    if (isNotTls(fault)) {
      return Optional.of(
          new UnavailableException(
              who + " does not speak TLS.",
              "Where plain HTTP is meant, name it in <insecureRegistries>"
                  + " (-Dgolden.insecureRegistries="
                  + failures.host()
                  + ").",
              fault));
    }
    Optional<Distrust> distrust = UnreachedException.cause(fault, Distrust.class);
    if (distrust.isPresent()) {
      return distrust.map(
          why -> new UnavailableException(who + " " + why.problem(), why.remedy(), fault));
    }
    return handshake(who, fault);
  }

  /** Broken connections are TLS faults too, where there is TLS: only what was said counts. */
  private static Optional<GoldenException> handshake(String who, IOException fault) {
    Optional<String> said = alert(fault);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    String reason = said.orElseThrow();
    if (reason.contains("certificate_required") || reason.contains("bad_certificate")) {
      return Optional.of(
          new UnavailableException(
              who + " asks for a certificate of ours (" + Printable.of(reason) + ").",
              "Give this JVM a key store that has one, with -Djavax.net.ssl.keyStore and its"
                  + " password in MAVEN_OPTS, or use an address that takes passwords.",
              fault));
    }
    if (reason.contains("protocol")) {
      return Optional.of(
          new UnavailableException(
              who + " speaks another version of TLS than this JVM: " + Printable.of(reason) + ".",
              "Have it speak TLS 1.2 or newer; jdk.tls.disabledAlgorithms of this JVM says what is"
                  + " not spoken.",
              fault));
    }
    return Optional.of(
        new UnavailableException(
            who + " ended the TLS handshake: " + Printable.of(reason) + ".",
            "Look at its versions of TLS, its ciphers and this JVM's, and whether it asks for a"
                + " certificate of ours: that is one of -Djavax.net.ssl.keyStore in MAVEN_OPTS.",
            fault));
  }

  /** Why a handshake failed, where the other side speaks TLS: an alert, or what was agreed on. */
  public static Optional<String> alert(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      boolean isAlert = message.contains("Received fatal alert");
      boolean isHandshake =
          cause instanceof SSLHandshakeException
              && !(cause.getCause() instanceof EOFException)
              && !isNotTls(cause);
      if (cause instanceof SSLException && (isAlert || isHandshake)) {
        return Optional.of(message);
      }
    }
    return Optional.empty();
  }

  /** Whether a certificate was seen and not believed: then the other side does speak TLS. */
  public static boolean isDistrust(IOException fault) {
    return has(fault, Distrust.class);
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

  public static boolean has(Throwable fault, Class<? extends Throwable> kind) {
    return UnreachedException.cause(fault, kind).isPresent();
  }
}
