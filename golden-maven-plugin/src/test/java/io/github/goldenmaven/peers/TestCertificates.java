package io.github.goldenmaven.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A company CA made for one test, and a certificate it issued for {@code localhost}, {@code
 * 127.0.0.1}, {@code outside.example} and {@code shop.inside.example}; all as PEM files.
 */
public record TestCertificates(Path ca, Path server, Path serverKey) {

  private static final String CONFIG =
      """
      [req]
      distinguished_name = name
      prompt = no
      [name]
      CN = Golden Maven test
      [ca]
      basicConstraints = critical, CA:TRUE
      keyUsage = critical, keyCertSign
      subjectKeyIdentifier = hash
      [server]
      basicConstraints = CA:FALSE
      extendedKeyUsage = serverAuth, clientAuth
      subjectKeyIdentifier = hash
      authorityKeyIdentifier = keyid
      subjectAltName = DNS:localhost, IP:127.0.0.1, DNS:outside.example, DNS:shop.inside.example
      """;

  /** Makes both with openssl, in this folder. */
  public static TestCertificates in(Path folder) {
    try {
      Files.createDirectories(folder);
      Path config = Files.writeString(folder.resolve("openssl.cnf"), CONFIG);
      Path ca = folder.resolve("ca.pem");
      Path caKey = folder.resolve("ca.key");
      Path server = folder.resolve("server.pem");
      Path serverKey = folder.resolve("server.key");
      Command make =
          Command.of(Machine.require("openssl").toString(), "req", "-x509", "-newkey", "ec")
              .with("-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "3650")
              .with("-config", config.toString());
      make.with("-extensions", "ca", "-subj", "/CN=Golden Maven test CA")
          .with("-keyout", caKey.toString(), "-out", ca.toString())
          .run();
      make.with("-extensions", "server", "-subj", "/CN=localhost")
          .with("-CA", ca.toString(), "-CAkey", caKey.toString())
          .with("-keyout", serverKey.toString(), "-out", server.toString())
          .run();
      return new TestCertificates(ca, server, serverKey);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Trusts this CA and no other. */
  public SSLContext trust() {
    try (InputStream pem = Files.newInputStream(ca)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the CA just made cannot be read", e);
    }
  }
}
