package io.github.goldenmaven.certificates;

/**
 * What is wrong with a file of certificates.
 *
 * @param fault what follows "The file 'x'": {@code is empty}
 * @param cure what the user can do about it
 */
public record CertificateFault(String fault, Cure cure) {

  /** What cures it, whatever parameter named the file. */
  public enum Cure {
    READABLE("Name a readable file in %s."),
    NAME_ONE("Name a file with a certificate in %s."),
    SAVE_AS_UTF8("Save it as ASCII or UTF-8, and name it in %s."),
    EXPORT_FROM_STORE(
        "Export its certificate (keytool -exportcert -rfc) and name that file in %s."),
    EXPORT_AGAIN("Export the certificate again, and name its file in %s."),
    KEEP_AWAY(
        "Keep the key away from images, consider it disclosed if others saw this file, and name a"
            + " file with the certificate alone in %s."),
    CERTIFICATES_ALONE("Name a file with certificates alone in %s."),
    KNOWN_FORM("Name a file with certificates in PEM, DER or PKCS #7 (.p7b) in %s.");

    private final String remedy;

    Cure(String remedy) {
      this.remedy = remedy;
    }

    /**
     * The remedy for who named the file so.
     *
     * @param parameter {@code 'certificates'}, {@code <caCertificates> (-Dgolden.caCertificates)}
     */
    public String in(String parameter) {
      return String.format(remedy, parameter);
    }
  }
}
