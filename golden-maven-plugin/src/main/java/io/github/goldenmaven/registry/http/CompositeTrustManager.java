package io.github.goldenmaven.registry.http;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.certificates.CertificateFault;
import io.github.goldenmaven.certificates.CertificateFile;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed: the JVM's authorities, and the company's own. The JVM's are read
 * when the first certificate is seen, for they are many and a plain registry shows none.
 */
public final class CompositeTrustManager extends X509ExtendedTrustManager {

  private static final String KEY_STORE = "javax.net.ssl.keyStore";
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";

  private final List<X509Certificate> own;

  /** What was named and is not trusted, as the end of a sentence. */
  private final String leftOut;

  private @Nullable X509ExtendedTrustManager known;

  private CompositeTrustManager(List<X509Certificate> own, String leftOut) {
    this.own = own;
    this.leftOut = leftOut;
  }

  /**
   * Trusts the JVM's authorities and those of a file.
   *
   * @param pem {@code null} for the JVM's alone
   * @throws RefusedException when the file is not one of certificates
   */
  public static SSLContext context(@Nullable Path pem) {
    requireRegular(TRUST_STORE, System.getProperty(TRUST_STORE, ""));
    CompositeTrustManager trust =
        pem == null ? new CompositeTrustManager(List.of(), "") : read(pem);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(ownKeys(), new TrustManager[] {trust}, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new RefusedException(
          "The key store of this JVM cannot be read, '"
              + Printable.of(String.valueOf(System.getProperty(KEY_STORE)))
              + "'.",
          "Look at -D" + KEY_STORE + " and its password in MAVEN_OPTS.",
          e);
    }
  }

  private static void requireRegular(String property, String file) {
    if (!file.isEmpty()) {
      RegularFile.require(
          Path.of(file), "Let -D" + property + " in MAVEN_OPTS name a key store's file.");
    }
  }

  /** The keys a JVM shows to servers that ask for them, as its own default does. */
  private static KeyManager[] ownKeys() throws IOException, GeneralSecurityException {
    String file = System.getProperty(KEY_STORE, "");
    if (file.isEmpty()) {
      return new KeyManager[0];
    }
    requireRegular(KEY_STORE, file);
    char[] password = System.getProperty(KEY_STORE + "Password", "").toCharArray();
    KeyStore store =
        KeyStore.getInstance(System.getProperty(KEY_STORE + "Type", KeyStore.getDefaultType()));
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, password);
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, password);
    return factory.getKeyManagers();
  }

  private synchronized X509ExtendedTrustManager known() throws CertificateException {
    X509ExtendedTrustManager ready = known;
    if (ready == null) {
      try {
        ready = own.isEmpty() ? manager(null) : manager(together());
      } catch (IOException | GeneralSecurityException e) {
        throw new CertificateException("the authorities of this JVM cannot be read", e);
      }
      known = ready;
    }
    return ready;
  }

  private KeyStore together() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (X509Certificate authority : manager(null).getAcceptedIssuers()) {
      store.setCertificateEntry("jvm-" + number++, authority);
    }
    for (Certificate authority : own) {
      store.setCertificateEntry("own-" + number++, authority);
    }
    return store;
  }

  private static X509ExtendedTrustManager manager(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("no " + X509TrustManager.class.getSimpleName());
  }

  private static CompositeTrustManager read(Path pem) {
    RegularFile.require(
        pem, "Name a file of PEM certificates in <caCertificates> (-Dgolden.caCertificates).");
    CertificateFile file = CertificateFile.read(pem);
    if (!file.faults().isEmpty()) {
      CertificateFault first = file.faults().get(0);
      throw new RefusedException(
          "The file of certificate authorities '%s' %s."
              .formatted(Printable.of(pem.toString()), first.fault()),
          first.cure().in("<caCertificates> (-Dgolden.caCertificates)"));
    }
    Instant now = Instant.now();
    List<X509Certificate> valid = new ArrayList<>();
    StringBuilder leftOut = new StringBuilder();
    for (X509Certificate certificate : file.certificates()) {
      if (certificate.getNotAfter().toInstant().isAfter(now)) {
        valid.add(certificate);
      } else {
        leftOut
            .append("; of ")
            .append("'")
            .append(Printable.of(pem.toString()))
            .append("' the certificate '")
            .append(CertificateFile.name(certificate))
            .append("' is left out, for it expired on ")
            .append(CertificateFile.day(certificate.getNotAfter().toInstant()));
      }
    }
    return new CompositeTrustManager(valid, leftOut.toString());
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    try {
      known().checkServerTrusted(chain, type, engine);
    } catch (CertificateException e) {
      throw Distrust.of(e, chain, engine.getPeerHost(), leftOut, Instant.now());
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    try {
      known().checkServerTrusted(chain, type, socket);
    } catch (CertificateException e) {
      throw Distrust.of(e, chain, null, leftOut, Instant.now());
    }
  }

  /** Without engine or socket nobody could check the host's name. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw new CertificateException("a certificate without its host");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("nobody connects to us");
  }

  /** None: only servers send this list. */
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
