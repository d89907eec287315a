package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.Warning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The company's certificate authorities, from PEM, DER and PKCS #7 files; each is a CA, valid now,
 * with a key that is worth something. The date decides what is refused, never what is written.
 */
final class CompanyCertificates {

  /** What one of them is called in files and aliases: enough of its fingerprint to tell it. */
  private static final int SHORT = 16;

  private static final int MAX_BYTES = 1024 * 1024;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int LEAST_EC_BITS = 224;
  private static final Duration SOON = Duration.ofDays(60);
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 #]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final byte[] JKS_MAGIC = {(byte) 0xFE, (byte) 0xED, (byte) 0xFE, (byte) 0xED};

  /**
   * A file of certificates.
   *
   * @param origin where golden.yaml names it: {@code certificates[0]}
   */
  record Source(Path file, String origin) {}

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
  static CompanyCertificates read(List<Source> sources, Instant now) {
    CompanyCertificates certificates = new CompanyCertificates(now);
    for (Source source : sources) {
      certificates.add(source);
    }
    if (!certificates.problems.isEmpty()) {
      throw new RefusedException(
          String.join(" ", certificates.problems), String.join(" ", certificates.remedies));
    }
    return certificates;
  }

  /** By fingerprint. */
  List<Authority> authorities() {
    return List.copyOf(authorities.values());
  }

  /** SHA-256 of each certificate, lower-case hex, sorted. */
  List<String> fingerprints() {
    return List.copyOf(authorities.keySet());
  }

  /** A line for each: whose it is, who vouches for it, until when. */
  List<String> notes() {
    return authorities.values().stream().map(CompanyCertificates::told).toList();
  }

  List<Warning> warnings() {
    return List.copyOf(warnings);
  }

  private static String told(Authority authority) {
    X509Certificate certificate = authority.certificate();
    String subject = name(certificate);
    String issuer = Printable.of(certificate.getIssuerX500Principal().getName());
    return "Certificate "
        + subject
        + ", issued by "
        + (issuer.equals(subject) ? "itself" : issuer)
        + ", expires "
        + day(certificate.getNotAfter().toInstant())
        + ", SHA-256 "
        + authority.fingerprint();
  }

  private static String name(X509Certificate certificate) {
    return Printable.of(certificate.getSubjectX500Principal().getName());
  }

  private static String day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  private void add(Source source) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(source.file())) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    } catch (IOException e) {
      refuse(source, "cannot be read", "Name a readable file");
      return;
    }
    if (bytes.length == 0) {
      refuse(source, "is empty", "Name a file with a certificate");
    } else if (bytes.length > MAX_BYTES) {
      refuse(source, "has more than " + MAX_BYTES + " bytes", "Name a file with a certificate");
    } else if (isKeyStore(bytes)) {
      refuse(
          source,
          "is a key store, which may hold a private key",
          "Export its certificate (keytool -exportcert -rfc) and name that file");
    } else {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (text.contains("-----BEGIN ")) {
        addPem(source, text);
      } else {
        addDer(source, bytes);
      }
    }
  }

  private static boolean isKeyStore(byte[] bytes) {
    if (bytes.length > 4
        && bytes[0] == JKS_MAGIC[0]
        && bytes[1] == JKS_MAGIC[1]
        && bytes[2] == JKS_MAGIC[2]) {
      return true;
    }
    // PKCS #12: a sequence that begins with the version 3; a certificate's begins with a sequence.
    int content = (bytes[1] & 0x80) == 0 ? 2 : 2 + (bytes[1] & 0x7F);
    return bytes[0] == Der.SEQUENCE
        && bytes.length > content + 2
        && bytes[content] == Der.INTEGER
        && bytes[content + 1] == 1
        && bytes[content + 2] == 3;
  }

  private void addPem(Source source, String text) {
    if (text.contains("PRIVATE KEY-----")) {
      refuse(
          source,
          "holds a private key",
          "Keep the key away from images, consider it disclosed if others saw this file, and name a"
              + " file with the certificate alone");
      return;
    }
    Matcher blocks = BLOCK.matcher(text);
    boolean any = false;
    while (blocks.find()) {
      any = true;
      byte[] der;
      try {
        der = Base64.getMimeDecoder().decode(blocks.group(2));
      } catch (IllegalArgumentException e) {
        refuse(source, "has a block that is not Base64", "Export the certificate again");
        continue;
      }
      switch (blocks.group(1)) {
        case "CERTIFICATE", "X509 CERTIFICATE" -> addDer(source, der);
        case "PKCS7", "PKCS #7 SIGNED DATA" -> addPkcs7(source, der);
        default ->
            refuse(
                source,
                "has a block '" + Printable.of(blocks.group(1)) + "', which is no certificate",
                "Name a file with certificates alone");
      }
    }
    if (!any) {
      refuse(source, "begins a PEM block that never ends", "Export the certificate again");
    }
  }

  private void addDer(Source source, byte[] der) {
    try {
      check(source, (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der)));
    } catch (CertificateException e) {
      addPkcs7(source, der);
    }
  }

  private void addPkcs7(Source source, byte[] der) {
    try {
      Collection<? extends Certificate> chain =
          factory().generateCertPath(new ByteArrayInputStream(der), "PKCS7").getCertificates();
      if (chain.isEmpty()) {
        refuse(source, "holds no certificate", "Name a file with a certificate");
      }
      for (Certificate certificate : chain) {
        check(source, (X509Certificate) certificate);
      }
    } catch (CertificateException e) {
      refuse(
          source,
          "is no certificate",
          "Name a file with certificates in PEM, DER or PKCS #7 (.p7b)");
    }
  }

  private static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509");
  }

  private void check(Source source, X509Certificate certificate) {
    String it = "holds '" + name(certificate) + "', which ";
    Instant expires = certificate.getNotAfter().toInstant();
    if (certificate.getNotBefore().toInstant().isAfter(now)) {
      refuse(
          source,
          it + "is not valid before " + day(certificate.getNotBefore().toInstant()),
          "Wait until then, or see that this machine's clock is right");
    } else if (!expires.isAfter(now)) {
      refuse(source, it + "expired on " + day(expires), "Name the certificate that replaced it");
    } else if (certificate.getBasicConstraints() < 0) {
      refuse(
          source,
          it + "is no certificate authority's",
          "Name the certificate of the CA that issued it");
    } else if (isWeak(certificate.getPublicKey())) {
      refuse(
          source,
          it + "has a weak key (" + told(certificate.getPublicKey()) + ")",
          "Have the CA renewed with RSA of at least "
              + LEAST_RSA_BITS
              + " bits or a curve of at least "
              + LEAST_EC_BITS);
    } else {
      accept(certificate, expires);
    }
  }

  private void accept(X509Certificate certificate, Instant expires) {
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
    remedies.add(remedy + " in 'certificates' of golden.yaml.");
  }
}
