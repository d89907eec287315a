package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.certificates.CertificateFile;
import io.github.goldenmaven.text.Printable;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a server's certificate is not believed, with the names and dates in it. */
public final class Distrust extends CertificateException {

  private static final long serialVersionUID = 1L;
  private static final int MAX_NAMES = 6;
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private final String problem;
  private final String remedy;

  private Distrust(String problem, String remedy, CertificateException cause) {
    super(problem, cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** What follows the server's name, as one sentence. */
  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }

  /**
   * Tells the kinds apart.
   *
   * @param host as it was spoken to
   * @param leftOut what was named to be trusted and could not be, as the end of a sentence
   */
  static Distrust of(
      CertificateException fault,
      X509Certificate[] chain,
      @Nullable String host,
      String leftOut,
      Instant now) {
    if (UnreachedException.cause(fault, CertificateExpiredException.class).isPresent()
        || UnreachedException.cause(fault, CertificateNotYetValidException.class).isPresent()) {
      for (X509Certificate certificate : chain) {
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
          return outOfTime(fault, chain, certificate, "expired on ", now);
        }
        if (certificate.getNotBefore().toInstant().isAfter(now)) {
          return outOfTime(fault, chain, certificate, "is not valid before ", now);
        }
      }
    }
    String reason = String.valueOf(fault.getMessage());
    if (reason.contains("No name matching") || reason.contains("No subject alternative")) {
      return otherHost(fault, chain, host);
    }
    if (reason.contains("PKIX") || reason.contains("certification path")) {
      return unknownAuthority(fault, chain, leftOut);
    }
    return new Distrust(
        "shows a certificate that is not accepted: " + Printable.of(reason) + ".",
        "Have it renewed, or look at this JVM's settings for certificates.",
        fault);
  }

  private static Distrust otherHost(
      CertificateException fault, X509Certificate[] chain, @Nullable String host) {
    return new Distrust(
        "shows a certificate for other hosts: it is for "
            + names(chain[0])
            + (host == null ? "" : ", and not for '" + Printable.of(host) + "'")
            + ".",
        "Name it as its certificate does, or have its certificate renewed.",
        fault);
  }

  private static Distrust unknownAuthority(
      CertificateException fault, X509Certificate[] chain, String leftOut) {
    X509Certificate last = chain[chain.length - 1];
    boolean itself = last.getIssuerX500Principal().equals(last.getSubjectX500Principal());
    return new Distrust(
        "shows a certificate of an authority that this JVM does not know: '"
            + CertificateFile.name(chain[0])
            + "', issued by "
            + (itself && chain.length == 1
                ? "itself"
                : "'" + Printable.of(last.getIssuerX500Principal().getName()) + "'")
            + leftOut
            + ".",
        "Name a PEM file with your company's authority in <caCertificates>"
            + " (-Dgolden.caCertificates)"
            + (itself || chain.length > 1
                ? "."
                : "; where it is named already, have the server send the certificates between"
                    + " too."),
        fault);
  }

  private static Distrust outOfTime(
      CertificateException fault,
      X509Certificate[] chain,
      X509Certificate certificate,
      String how,
      Instant now) {
    Instant date =
        (how.startsWith("expired") ? certificate.getNotAfter() : certificate.getNotBefore())
            .toInstant();
    return new Distrust(
        "shows a certificate "
            + (certificate.equals(chain[0]) ? "that " : "of an authority that ")
            + how
            + CertificateFile.day(date)
            + ": '"
            + CertificateFile.name(certificate)
            + "'.",
        "Have it renewed; where it is valid, look at this machine's clock, by which today is "
            + CertificateFile.day(now)
            + ".",
        fault);
  }

  /** The hosts in it, at most a few. */
  private static String names(X509Certificate certificate) {
    List<String> names =
        alternatives(certificate)
            .limit(MAX_NAMES)
            .map(name -> "'" + Printable.of(name, 100) + "'")
            .toList();
    return names.isEmpty()
        ? "'" + CertificateFile.name(certificate) + "'"
        : String.join(", ", names);
  }

  private static Stream<String> alternatives(X509Certificate certificate) {
    try {
      Collection<List<?>> all = certificate.getSubjectAlternativeNames();
      return all == null
          ? Stream.empty()
          : all.stream()
              .filter(name -> List.of(DNS_NAME, IP_ADDRESS).contains(name.get(0)))
              .map(name -> String.valueOf(name.get(1)));
    } catch (CertificateParsingException e) {
      return Stream.empty();
    }
  }
}
