package io.github.goldenmaven.bake.certificates;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a JVM's trust store, {@code cacerts}. The same certificates give the same bytes on
 * any machine: no salt, no time of writing, entries sorted by alias.
 */
public final class TrustStoreFile {

  /** A form of trust stores. */
  public enum Form {
    /** PKCS #12 without encryption, MAC and password, which the JVM reads with no flags. */
    PKCS12,
    /** Java's old form, for JVMs before 17. */
    JKS;

    static Form of(int feature) {
      return feature >= FIRST_WITHOUT_PASSWORD ? PKCS12 : JKS;
    }
  }

  /** The oldest JDK with which password-less stores were tried. */
  private static final int FIRST_WITHOUT_PASSWORD = 17;

  private static final int JKS_MAGIC = 0xFEEDFEED;
  private static final int JKS_VERSION = 2;
  private static final int JKS_CERTIFICATE = 2;
  private static final String CHANGEIT = "changeit";
  private static final String DATA = "1.2.840.113549.1.7.1";
  private static final String CERT_BAG = "1.2.840.113549.1.12.10.1.3";
  private static final String X509 = "1.2.840.113549.1.9.22.1";
  private static final String FRIENDLY_NAME = "1.2.840.113549.1.9.20";
  private static final String ORACLE_TRUSTED_KEY_USAGE = "2.16.840.1.113894.746875.1.1";
  private static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
  private static final String REMEDY =
      "Only JKS and PKCS #12 stores that hold certificates alone and have the password 'changeit'"
          + " or none are supported: name another official image in 'from', or leave 'certificates'"
          + " out.";

  private TrustStoreFile() {}

  /**
   * Every certificate of a store by its alias, whichever form it has: with Java's customary
   * password, with an empty one, or without any protection.
   *
   * @param what the store, for the message: {@code /opt/java/lib/security/cacerts}
   */
  public static SortedMap<String, Certificate> read(String what, byte[] bytes) {
    KeyStore store = isJks(bytes) ? jks(what, bytes) : pkcs12(what, bytes);
    try {
      SortedMap<String, Certificate> certificates = new TreeMap<>();
      for (String alias : Collections.list(store.aliases())) {
        if (!store.isCertificateEntry(alias)) {
          throw new RefusedException(
              "The trust store '"
                  + Printable.of(what)
                  + "' of the official image holds '"
                  + Printable.of(alias)
                  + "', which is no trusted certificate and would be lost.",
              REMEDY);
        }
        certificates.put(alias, store.getCertificate(alias));
      }
      return certificates;
    } catch (KeyStoreException e) {
      throw new IllegalStateException("a store that was loaded has entries", e);
    }
  }

  private static boolean isJks(byte[] bytes) {
    return bytes.length >= Integer.BYTES && ByteBuffer.wrap(bytes).getInt() == JKS_MAGIC;
  }

  /** Whatever its password: it guards against accidents alone, and hides nothing. */
  private static KeyStore jks(String what, byte[] bytes) {
    return load("JKS", bytes, null).orElseThrow(() -> unreadable(what));
  }

  /**
   * Never without a password: the JDK would then leave out what is encrypted, and give back a store
   * that has lost its authorities.
   */
  private static KeyStore pkcs12(String what, byte[] bytes) {
    return load("PKCS12", bytes, CHANGEIT)
        .or(() -> load("PKCS12", bytes, ""))
        .orElseThrow(() -> unreadable(what));
  }

  private static Optional<KeyStore> load(
      String type, byte[] bytes, @Nullable String passwordOrNull) {
    try {
      KeyStore store = KeyStore.getInstance(type);
      store.load(
          new ByteArrayInputStream(bytes),
          passwordOrNull == null ? null : passwordOrNull.toCharArray());
      return Optional.of(store);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // The JDK's parsers do not foresee all that garbage can be.
      return Optional.empty();
    }
  }

  private static RefusedException unreadable(String what) {
    return new RefusedException(
        "The trust store '" + Printable.of(what) + "' of the official image cannot be read.",
        REMEDY);
  }

  /**
   * A store of these certificates.
   *
   * @param certificates by alias, sorted
   */
  public static byte[] write(SortedMap<String, Certificate> certificates, Form form) {
    try {
      return form == Form.PKCS12 ? pkcs12(certificates) : jks(certificates);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * PKCS #12 with one unencrypted bag.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7292">RFC 7292</a>
   */
  private static byte[] pkcs12(SortedMap<String, Certificate> certificates)
      throws CertificateEncodingException {
    List<byte[]> bags = new ArrayList<>();
    for (Map.Entry<String, Certificate> entry : certificates.entrySet()) {
      byte[] certificate =
          Der.of(
              Der.SEQUENCE,
              Der.oid(X509),
              Der.of(Der.CONTEXT_0, Der.of(Der.OCTET_STRING, entry.getValue().getEncoded())));
      byte[] name =
          attribute(
              FRIENDLY_NAME,
              Der.of(Der.BMP_STRING, entry.getKey().getBytes(StandardCharsets.UTF_16BE)));
      // Without it the JDK takes the entry for a link of somebody's chain, and not for trusted.
      byte[] trusted = attribute(ORACLE_TRUSTED_KEY_USAGE, Der.oid(ANY_EXTENDED_KEY_USAGE));
      bags.add(
          Der.of(
              Der.SEQUENCE,
              Der.oid(CERT_BAG),
              Der.of(Der.CONTEXT_0, certificate),
              Der.setOf(name, trusted)));
    }
    byte[] safe = data(Der.of(Der.SEQUENCE, bags.toArray(byte[][]::new)));
    return Der.of(
        Der.SEQUENCE, Der.of(Der.INTEGER, new byte[] {3}), data(Der.of(Der.SEQUENCE, safe)));
  }

  private static byte[] attribute(String oid, byte[] value) {
    return Der.of(Der.SEQUENCE, Der.oid(oid), Der.of(Der.SET, value));
  }

  private static byte[] data(byte[] content) {
    return Der.of(
        Der.SEQUENCE, Der.oid(DATA), Der.of(Der.CONTEXT_0, Der.of(Der.OCTET_STRING, content)));
  }

  /** Java's own form; its digest keeps out accidents, and its password is known to everybody. */
  private static byte[] jks(SortedMap<String, Certificate> certificates)
      throws IOException, CertificateEncodingException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(JKS_MAGIC);
    out.writeInt(JKS_VERSION);
    out.writeInt(certificates.size());
    for (Map.Entry<String, Certificate> entry : certificates.entrySet()) {
      byte[] encoded = entry.getValue().getEncoded();
      out.writeInt(JKS_CERTIFICATE);
      out.writeUTF(entry.getKey());
      out.writeLong(0); // the time of the entry's making: none
      out.writeUTF("X.509");
      out.writeInt(encoded.length);
      out.write(encoded);
    }
    out.flush();
    out.write(jksDigest(bytes.toByteArray()));
    return bytes.toByteArray();
  }

  private static byte[] jksDigest(byte[] content) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(CHANGEIT.getBytes(StandardCharsets.UTF_16BE));
      sha1.update("Mighty Aphrodite".getBytes(StandardCharsets.UTF_8));
      return sha1.digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
