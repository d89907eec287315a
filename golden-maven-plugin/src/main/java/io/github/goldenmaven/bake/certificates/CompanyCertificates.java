package io.github.goldenmaven.bake.certificates;

import static io.github.goldenmaven.certificates.CertificateFile.day;
import static io.github.goldenmaven.certificates.CertificateFile.name;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.certificates.CertificateFile;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The company's certificate authorities, from PEM, DER and PKCS #7 files; each is a CA, valid now,
 * with a key that is worth something. The date decides what is refused, never what is written.
 */
public final class CompanyCertificates {

  /** What one of them is called in files and aliases: enough of its fingerprint to tell it. */
  private static final int SHORT = 16;

  /** Fingerprints with a comma between them are at most 4096 bytes. */
  private static final int MOST = 63;

  private static final int LEAST_RSA_BITS = 2048;
  private static final int LEAST_EC_BITS = 224;
  private static final Duration SOON = Duration.ofDays(60);

  /**
   * A file of certificates.
   *
   * @param origin where golden.yaml names it: {@code certificates[0]}
   */
  public record Source(Path file, String origin) {}

  /** One authority, and what it is called in the image. */
  record Authority(String fingerprint, X509Certificate certificate) {

    /** {@code golden-} and the beginning of its fingerprint. */
    String name() {
      return "golden-" + fingerprint.substring(0, SHORT);
    }

    /** PEM with Unix line ends, 64 letters a line. */
    String pem() {
      try {
        return "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
            + "\n-----END CERTIFICATE-----\n";
      } catch (CertificateEncodingException e) {
        throw new IllegalStateException("a certificate that was read cannot be written", e);
      }
    }
  }

  private final Map<String, Authority> authorities = new TreeMap<>();
  private final Set<String> problems = new LinkedHashSet<>();
  private final Set<String> remedies = new LinkedHashSet<>();
  private final List<Warning> warnings = new ArrayList<>();
  private final Instant now;

  private CompanyCertificates(Instant now) {
    this.now = now;
  }

  /**
   * Reads and checks them.
   *
   * @throws RefusedException with every fault of every file
   */
  public static CompanyCertificates read(List<Source> sources, Instant now) {
    CompanyCertificates certificates = new CompanyCertificates(now);
    for (Source source : sources) {
      certificates.add(source);
    }
    if (!certificates.problems.isEmpty()) {
      throw new RefusedException(
          String.join(" ", certificates.problems), String.join(" ", certificates.remedies));
    }
    if (certificates.authorities.size() > MOST) {
      throw new RefusedException(
          "'certificates' name "
              + certificates.authorities.size()
              + " certificates, and the label of their fingerprints holds "
              + MOST
              + ".",
          "Name only the root certificates in 'certificates': servers send the intermediate ones.");
    }
    return certificates;
  }

  /** By fingerprint. */
  List<Authority> authorities() {
    return List.copyOf(authorities.values());
  }

  /** SHA-256 of each certificate, lower-case hex, sorted. */
  public List<String> fingerprints() {
    return List.copyOf(authorities.keySet());
  }

  /** A line for each: whose it is, who vouches for it, until when. */
  public List<String> notes() {
    return authorities.values().stream().map(CompanyCertificates::told).toList();
  }

  public List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  private static String told(Authority authority) {
    X509Certificate certificate = authority.certificate();
    String subject = name(certificate);
    // As bytes: to compare names as names, the JDK loads its tables of Unicode.
    boolean itself =
        Arrays.equals(
            certificate.getIssuerX500Principal().getEncoded(),
            certificate.getSubjectX500Principal().getEncoded());
    return "Certificate "
        + subject
        + ", issued by "
        + (itself ? "itself" : Printable.of(certificate.getIssuerX500Principal().getName()))
        + ", expires "
        + day(certificate.getNotAfter().toInstant())
        + ", SHA-256 "
        + authority.fingerprint();
  }

  private void add(Source source) {
    CertificateFile file = CertificateFile.read(source.file());
    file.faults()
        .forEach(fault -> refuse(source, fault.fault(), fault.cure().in("'certificates'")));
    file.distrusted().forEach(certificate -> leftOut(source, certificate, "is not for servers"));
    List<X509Certificate> valid = new ArrayList<>();
    List<X509Certificate> over = new ArrayList<>();
    for (X509Certificate certificate : file.certificates()) {
      (certificate.getNotAfter().toInstant().isAfter(now) ? valid : over).add(certificate);
    }
    valid.forEach(certificate -> check(source, certificate));
    for (X509Certificate certificate : over) {
      String expired = "expired on " + day(certificate.getNotAfter().toInstant());
      if (valid.isEmpty()) {
        refuse(
            source,
            "holds '" + name(certificate) + "', which " + expired,
            "Name the certificate that replaced it in 'certificates'.");
      } else {
        leftOut(source, certificate, expired);
      }
    }
  }

  /** One of several that brings nothing: bundles are kept for years. */
  private void leftOut(Source source, X509Certificate certificate, String why) {
    warnings.add(
        new Warning(
            "The certificate '"
                + name(certificate)
                + "' in '"
                + Printable.of(source.file().toString())
                + "' "
                + why
                + " and is left out.",
            "Remove it from that file of 'certificates'."));
  }

  private void check(Source source, X509Certificate certificate) {
    String it = "holds '" + name(certificate) + "', which ";
    if (certificate.getNotBefore().toInstant().isAfter(now)) {
      refuse(
          source,
          it + "is not valid before " + day(certificate.getNotBefore().toInstant()),
          "Leave it out of 'certificates' until then, or check this machine's clock.");
    } else if (!isAuthority(certificate)) {
      refuse(
          source,
          it + "is not the certificate of a certificate authority",
          "Name the certificate of the CA that issued it in 'certificates'.");
    } else if (isWeak(certificate.getPublicKey())) {
      refuse(
          source,
          it + "has a weak key (" + told(certificate.getPublicKey()) + ")",
          "Have the CA renewed with RSA of at least "
              + LEAST_RSA_BITS
              + " bits or a curve of at least "
              + LEAST_EC_BITS
              + ", and name the new certificate in 'certificates'.");
    } else {
      accept(certificate);
    }
  }

  /** By its extensions; a root of the first version has none, and signs itself. */
  private static boolean isAuthority(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0
        || (certificate.getVersion() == 1
            && Arrays.equals(
                certificate.getIssuerX500Principal().getEncoded(),
                certificate.getSubjectX500Principal().getEncoded()));
  }

  private void accept(X509Certificate certificate) {
    Instant expires = certificate.getNotAfter().toInstant();
    String fingerprint;
    try {
      fingerprint = Digest.of(certificate.getEncoded()).hex();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
    boolean isNew =
        authorities.putIfAbsent(fingerprint, new Authority(fingerprint, certificate)) == null;
    if (isNew && expires.isBefore(now.plus(SOON))) {
      warnings.add(
          new Warning(
              "The certificate '" + name(certificate) + "' expires on " + day(expires) + ".",
              "Add its successor to 'certificates' beside it, and bake again before that day."));
    }
  }

  private static boolean isWeak(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() < LEAST_RSA_BITS;
    }
    if (key instanceof ECPublicKey ec) {
      return ec.getParams().getOrder().bitLength() < LEAST_EC_BITS;
    }
    return key instanceof DSAPublicKey;
  }

  private static String told(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA of " + rsa.getModulus().bitLength() + " bits";
    }
    if (key instanceof ECPublicKey ec) {
      return "a curve of " + ec.getParams().getOrder().bitLength() + " bits";
    }
    return key.getAlgorithm();
  }

  private void refuse(Source source, String fault, String remedy) {
    problems.add(
        "The file '"
            + Printable.of(source.file().toString())
            + "' of '"
            + source.origin()
            + "' "
            + fault
            + ".");
    remedies.add(remedy);
  }
}
