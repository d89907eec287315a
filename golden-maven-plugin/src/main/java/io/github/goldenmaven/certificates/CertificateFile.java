package io.github.goldenmaven.certificates;

import io.github.goldenmaven.certificates.CertificateFault.Cure;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;

/**
 * The certificates of a file in PEM, DER or PKCS #7, as people have them: with a byte order mark,
 * Windows' line ends, the attributes that openssl writes around a block, OpenSSL's own {@code
 * TRUSTED CERTIFICATE}. What else is in the file is a fault, and a private key most of all.
 *
 * @param distrusted what the file itself says is not to be trusted for servers
 */
public record CertificateFile(
    List<X509Certificate> certificates,
    List<X509Certificate> distrusted,
    List<CertificateFault> faults) {

  private static final int MAX_BYTES = 1024 * 1024;
  private static final String BEGIN = "-----BEGIN ";
  private static final int SEQUENCE = 0x30;
  private static final int INTEGER = 0x02;
  private static final int JKS_MAGIC = 0xFEEDFEED;
  private static final int JCEKS_MAGIC = 0xCECECECE;

  public CertificateFile {
    certificates = List.copyOf(certificates);
    distrusted = List.copyOf(distrusted);
    faults = List.copyOf(faults);
  }

  /** Reads a file; never throws for what is in it. */
  public static CertificateFile read(Path file) {
    Reading reading = new Reading();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      reading.fault("is not a regular file", Cure.READABLE);
      return new CertificateFile(List.of(), List.of(), reading.faults);
    }
    try (InputStream in = Files.newInputStream(file)) {
      reading.add(in.readNBytes(MAX_BYTES + 1));
    } catch (IOException e) {
      reading.fault("cannot be read", Cure.READABLE);
    }
    return new CertificateFile(reading.certificates, reading.distrusted, reading.faults);
  }

  /** Whose it is, safe to show. */
  public static String name(X509Certificate certificate) {
    return Printable.of(certificate.getSubjectX500Principal().getName());
  }

  /** A day as {@code 2026-11-23}, UTC. */
  public static String day(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** What was found so far. */
  private static final class Reading {

    private final List<X509Certificate> certificates = new ArrayList<>();
    private final List<X509Certificate> distrusted = new ArrayList<>();
    private final List<CertificateFault> faults = new ArrayList<>();

    void fault(String fault, Cure cure) {
      faults.add(new CertificateFault(fault, cure));
    }

    void add(byte[] bytes) {
      if (bytes.length == 0) {
        fault("is empty", Cure.NAME_ONE);
      } else if (bytes.length > MAX_BYTES) {
        fault("has more than " + MAX_BYTES + " bytes", Cure.NAME_ONE);
      } else if (isUtf16(bytes)) {
        fault("is UTF-16, as '>' of PowerShell writes text", Cure.SAVE_AS_UTF8);
      } else if (isKeyStore(bytes)) {
        fault("is a key store, which may hold a private key", Cure.EXPORT_FROM_STORE);
      } else if (version(bytes) >= 0) {
        fault("holds a private key", Cure.KEEP_AWAY);
      } else {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.contains(BEGIN)) {
          addPem(text);
        } else {
          addDer(bytes);
        }
      }
    }

    private void addPem(String text) {
      if (text.contains("PRIVATE KEY-----")) {
        fault("holds a private key", Cure.KEEP_AWAY);
        return;
      }
      int begin = text.indexOf(BEGIN);
      while (begin >= 0) {
        int next = text.indexOf(BEGIN, begin + BEGIN.length());
        addBlock(text.substring(begin + BEGIN.length(), next < 0 ? text.length() : next));
        begin = next;
      }
    }

    /** What follows a block's {@code BEGIN}, as far as the next one's. */
    private void addBlock(String text) {
      int dashes = text.indexOf("-----");
      String label = dashes < 0 ? "" : text.substring(0, dashes);
      int end = dashes < 0 ? -1 : text.indexOf("-----END " + label + "-----", dashes);
      if (end < 0) {
        fault("begins a PEM block that never ends", Cure.EXPORT_AGAIN);
        return;
      }
      byte[] der;
      try {
        der = Base64.getDecoder().decode(text.substring(dashes + 5, end).replaceAll("\\s", ""));
      } catch (IllegalArgumentException e) {
        fault("has a block that is not Base64", Cure.EXPORT_AGAIN);
        return;
      }
      switch (label) {
        case "CERTIFICATE", "X509 CERTIFICATE" -> addDer(der);
        case "TRUSTED CERTIFICATE" -> addTrusted(der);
        case "PKCS7", "PKCS #7 SIGNED DATA" -> addPkcs7(der);
        default ->
            fault(
                "has a block '" + Printable.of(label) + "', which is no certificate",
                Cure.CERTIFICATES_ALONE);
      }
    }

    private void addDer(byte[] der) {
      List<X509Certificate> found = new ArrayList<>();
      ByteArrayInputStream in = new ByteArrayInputStream(der);
      try {
        do {
          found.add((X509Certificate) factory().generateCertificate(in));
        } while (in.available() > 0);
      } catch (CertificateException e) {
        if (found.isEmpty()) {
          addPkcs7(der);
        } else {
          fault("has something after a certificate that is none", Cure.EXPORT_AGAIN);
        }
        return;
      }
      certificates.addAll(found);
    }

    /** OpenSSL's form: a certificate, and then what it is trusted for. */
    private void addTrusted(byte[] der) {
      ByteArrayInputStream in = new ByteArrayInputStream(der);
      try {
        X509Certificate certificate = (X509Certificate) factory().generateCertificate(in);
        (TrustSettings.allowServers(in.readAllBytes()) ? certificates : distrusted)
            .add(certificate);
      } catch (CertificateException e) {
        fault("has a block 'TRUSTED CERTIFICATE' without a certificate", Cure.EXPORT_AGAIN);
      }
    }

    private void addPkcs7(byte[] der) {
      try {
        Collection<? extends Certificate> chain =
            factory().generateCertPath(new ByteArrayInputStream(der), "PKCS7").getCertificates();
        if (chain.isEmpty()) {
          fault("holds no certificate", Cure.NAME_ONE);
        }
        for (Certificate certificate : chain) {
          certificates.add((X509Certificate) certificate);
        }
      } catch (CertificateException e) {
        fault("is no certificate", Cure.KNOWN_FORM);
      }
    }
  }

  private static CertificateFactory factory() throws CertificateException {
    return CertificateFactory.getInstance("X.509");
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
    if (bytes.length < 2 || bytes[0] != SEQUENCE) {
      return -1;
    }
    int content = bytes[1] >= 0 ? 2 : 2 + (bytes[1] & 0x7F);
    return bytes.length > content + 2 && bytes[content] == INTEGER && bytes[content + 1] == 1
        ? bytes[content + 2]
        : -1;
  }
}
