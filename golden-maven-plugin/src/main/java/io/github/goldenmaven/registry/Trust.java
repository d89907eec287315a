package io.github.goldenmaven.registry;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed: the JVM's authorities, and the company's own. */
final class Trust {

  private Trust() {}

  static SSLContext withAuthoritiesOf(Path pem) {
    Collection<? extends Certificate> own = read(pem);
    try {
      KeyStore together = KeyStore.getInstance(KeyStore.getDefaultType());
      together.load(null, null);
      int number = 0;
      for (TrustManager manager : managers(null)) {
        if (manager instanceof X509TrustManager known) {
          for (X509Certificate authority : known.getAcceptedIssuers()) {
            together.setCertificateEntry("jvm-" + number++, authority);
          }
        }
      }
      for (Certificate authority : own) {
        together.setCertificateEntry("own-" + number++, authority);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers(together), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw refused(pem, "cannot be trusted by this JVM", e);
    }
  }

  private static TrustManager[] managers(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> read(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw refused(pem, "has no certificate in it", null);
      }
      return found;
    } catch (IOException e) {
      throw refused(pem, "cannot be read", e);
    } catch (GeneralSecurityException e) {
      throw refused(pem, "is not a file of PEM certificates", e);
    }
  }

  private static RefusedException refused(Path pem, String fault, @Nullable Exception cause) {
    return new RefusedException(
        "The file of certificate authorities '" + Printable.of(pem.toString()) + "' " + fault + ".",
        "Let <caCertificates> (-Dgolden.caCertificates) name a PEM file: one or more blocks that"
            + " begin with '-----BEGIN CERTIFICATE-----'.",
        cause);
  }
}
