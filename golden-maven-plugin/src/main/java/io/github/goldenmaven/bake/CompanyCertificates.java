package io.github.goldenmaven.bake;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.Warning;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The company's certificate authorities, from PEM, DER and PKCS #7 files; each is a CA, valid now,
 * with a key that is worth something. The date decides what is refused, never what is written.
 */
final class CompanyCertificates {

  /** What one of them is called in files and aliases: enough of its fingerprint to tell it. */
  private static final int SHORT = 16;

  /** Fingerprints with a comma between them are at most 4096 bytes. */
  private static final int MOST = 63;

  private static final int MAX_BYTES = 1024 * 1024;
  private static final int LEAST_RSA_BITS = 2048;
  private static final int LEAST_EC_BITS = 224;
  private static final Duration SOON = Duration.ofDays(60);
  private static final String BEGIN = "-----BEGIN ";
  private static final int JKS_MAGIC = 0xFEEDFEED;
  private static final int JCEKS_MAGIC = 0xCECECECE;

  private static final String EXPORT_AGAIN =
      "Export the certificate again, and name its file in 'certificates'.";
  private static final String KEEP_AWAY =
      "Keep the key away from images, consider it disclosed if others saw this file, and name a"
          + " file with the certificate alone in 'certificates'.";

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
    if (certificates.authorities.size() > MOST) {
      throw new RefusedException(
          "'certificates' name "
              + certificates.authorities.size()
              + " certificates, and the label of their fingerprints holds "
              + MOST
              + ".",
          "Name the roots alone in 'certificates': servers send what was issued below them.");
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
      refuse(source, "cannot be read", "Name a readable file in 'certificates'.");
      return;
    }
    if (bytes.length == 0) {
      refuse(source, "is empty", "Name a file with a certificate in 'certificates'.");
    } else if (bytes.length > MAX_BYTES) {
      refuse(
          source,
          "has more than " + MAX_BYTES + " bytes",
          "Name a file with a certificate in 'certificates'.");
    } else if (isUtf16(bytes)) {
      refuse(
          source,
          "is UTF-16, as '>' of PowerShell writes text",
          "Save it as ASCII or UTF-8, and name it in 'certificates'.");
    } else if (isKeyStore(bytes)) {
      refuse(
          source,
          "is a key store, which may hold a private key",
          "Export its certificate (keytool -exportcert -rfc) and name that file in"
              + " 'certificates'.");
    } else if (version(bytes) >= 0) {
      refuse(source, "holds a private key", KEEP_AWAY);
    } else {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      if (text.contains(BEGIN)) {
        addPem(source, text);
      } else {
        addDer(source, bytes);
      }
    }
  }

  private static boolean isUtf16(byte[] bytes) {
    return bytes.length > 1
        && (bytes[0] & 0xFF) + (bytes[1] & 0xFF) == 0xFE + 0xFF
        && (bytes[0] == (byte) 0xFE || bytes[0] == (byte) 0xFF);
  }

  private static boolean isKeyStore(byte[] bytes) {
    int magic = bytes.length < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt();
    return magic == JKS_MAGIC || magic == JCEKS_MAGIC || version(bytes) == 3;
  }

  /**
   * Of a sequence that begins with a number: 3 of PKCS #12, 0 or 1 of private keys, -1 for all
   * else. A certificate begins with a sequence, and PKCS #7 with an object identifier.
   */
  private static int version(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != Der.SEQUENCE) {
      return -1;
    }
    int content = bytes[1] >= 0 ? 2 : 2 + (bytes[1] & 0x7F);
    return bytes.length > content + 2 && bytes[content] == Der.INTEGER && bytes[content + 1] == 1
        ? bytes[content + 2]
        : -1;
  }

  private void addPem(Source source, String text) {
    if (text.contains("PRIVATE KEY-----")) {
      refuse(source, "holds a private key", KEEP_AWAY);
      return;
    }
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int next = text.indexOf(BEGIN, begin + BEGIN.length());
      addBlock(source, text.substring(begin + BEGIN.length(), next < 0 ? text.length() : next));
      begin = next;
    }
  }

  /** What follows a block's {@code BEGIN}, as far as the next one's. */
  private void addBlock(Source source, String text) {
    int dashes = text.indexOf("-----");
    String label = dashes < 0 ? "" : text.substring(0, dashes);
    int end = dashes < 0 ? -1 : text.indexOf("-----END " + label + "-----", dashes);
    if (end < 0) {
      refuse(source, "begins a PEM block that never ends", EXPORT_AGAIN);
      return;
    }
    byte[] der;
    try {
      der = Base64.getDecoder().decode(text.substring(dashes + 5, end).replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      refuse(source, "has a block that is not Base64", EXPORT_AGAIN);
      return;
    }
    switch (label) {
      case "CERTIFICATE", "X509 CERTIFICATE" -> addDer(source, der);
      case "PKCS7", "PKCS #7 SIGNED DATA" -> addPkcs7(source, der);
      default ->
          refuse(
              source,
              "has a block '" + Printable.of(label) + "', which is no certificate",
              "Name a file with certificates alone in 'certificates'.");
    }
  }

  private void addDer(Source source, byte[] der) {
    List<X509Certificate> certificates = new ArrayList<>();
    ByteArrayInputStream in = new ByteArrayInputStream(der);
    try {
      do {
        certificates.add((X509Certificate) factory().generateCertificate(in));
      } while (in.available() > 0);
    } catch (CertificateException e) {
      if (certificates.isEmpty()) {
        addPkcs7(source, der);
      } else {
        refuse(source, "has something after a certificate that is none", EXPORT_AGAIN);
      }
      return;
    }
    certificates.forEach(certificate -> check(source, certificate));
  }

  private void addPkcs7(Source source, byte[] der) {
    try {
      Collection<? extends Certificate> chain =
          factory().generateCertPath(new ByteArrayInputStream(der), "PKCS7").getCertificates();
      if (chain.isEmpty()) {
        refuse(source, "holds no certificate", "Name a file with a certificate in 'certificates'.");
      }
      for (Certificate certificate : chain) {
        check(source, (X509Certificate) certificate);
      }
    } catch (CertificateException e) {
      refuse(
          source,
          "is no certificate",
          "Name a file with certificates in PEM, DER or PKCS #7 (.p7b) in 'certificates'.");
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
          "Leave it out of 'certificates' until then, or see that this machine's clock is right.");
    } else if (!expires.isAfter(now)) {
      refuse(
          source,
          it + "expired on " + day(expires),
          "Name the certificate that replaced it in 'certificates'.");
    } else if (certificate.getBasicConstraints() < 0) {
      refuse(
          source,
          it + "is no certificate authority's",
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
    remedies.add(remedy);
  }
}
