package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Opens an encrypted PKCS#8 key: PBES2 with PBKDF2 and AES (RFC 8018, section 6.2), as openssl
 * writes it. The steps are taken one by one, for the JDK's own "PBES2" cipher takes passwords in
 * ASCII only.
 */
final class EncryptedKey {

  /** What the JDK calls the parameters of PBES2. */
  private static final Pattern SCHEME = Pattern.compile("PBEWith(HmacSHA[0-9/]+)AndAES_(128|256)");

  /** About ten seconds; openssl writes 2048, and the most careful a million. */
  private static final int MOST_ITERATIONS = 10_000_000;

  private static final String REMEDY =
      "Encrypt it anew with 'openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW' and give NEW in"
          + " <key> or with -Dgolden.key.";

  private EncryptedKey() {}

  /**
   * Decrypts a key.
   *
   * @param what the key as messages name it
   * @return PKCS#8
   * @throws RefusedException when the password is not the key's, or the scheme is another
   */
  static byte[] decrypt(byte[] der, char[] password, String what) {
    if (!isWellFormed(der)) {
      throw new RefusedException(
          what + " is broken: its PEM block holds no encrypted PKCS#8 key.", REMEDY);
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
      Matcher scheme = SCHEME.matcher(String.valueOf(info.getAlgParameters()));
      if (!scheme.matches()) {
        throw otherScheme(what);
      }
      PBEParameterSpec parameters = bounded(info, what);
      int bits = Integer.parseInt(scheme.group(2));
      byte[] plain = decrypt(info.getEncryptedData(), parameters, password, scheme.group(1), bits);
      if (PrivateKeyInfo.isWellFormed(plain)) {
        return plain;
      }
    } catch (IOException | NoSuchAlgorithmException e) {
      throw otherScheme(what);
    } catch (GeneralSecurityException e) {
      // The padding does not fit: told below, without the cause.
    }
    throw new RefusedException(
        "The password does not open " + lower(what) + ".",
        "Give the key's own password as 'env:NAME' or a file in <keyPassword> or with"
            + " -Dgolden.keyPassword; 'openssl pkey -in KEY -noout' tries one.");
  }

  private static PBEParameterSpec bounded(EncryptedPrivateKeyInfo info, String what)
      throws GeneralSecurityException {
    PBEParameterSpec parameters = info.getAlgParameters().getParameterSpec(PBEParameterSpec.class);
    if (parameters.getIterationCount() > MOST_ITERATIONS) {
      throw new RefusedException(
          "%s is encrypted with %d iterations; %d are the most."
              .formatted(what, parameters.getIterationCount(), MOST_ITERATIONS),
          REMEDY);
    }
    return parameters;
  }

  private static boolean isWellFormed(byte[] der) {
    try {
      Der info = new Der(der).only(Der.SEQUENCE);
      info.within(Der.SEQUENCE).objectIdentifier();
      info.content(Der.OCTET_STRING);
      return info.isAtEnd();
    } catch (Der.MalformedException e) {
      return false;
    }
  }

  private static byte[] decrypt(
      byte[] data, PBEParameterSpec parameters, char[] password, String function, int bits)
      throws GeneralSecurityException {
    PBEKeySpec spec =
        new PBEKeySpec(password, parameters.getSalt(), parameters.getIterationCount(), bits);
    byte[] secret =
        SecretKeyFactory.getInstance("PBKDF2With" + function).generateSecret(spec).getEncoded();
    spec.clearPassword();
    Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
    cipher.init(
        Cipher.DECRYPT_MODE, new SecretKeySpec(secret, "AES"), parameters.getParameterSpec());
    return cipher.doFinal(data);
  }

  private static RefusedException otherScheme(String what) {
    return new RefusedException(
        what + " is encrypted in a way that Java does not read: not by PBES2 with PBKDF2 and AES.",
        REMEDY);
  }

  private static String lower(String what) {
    return Character.toLowerCase(what.charAt(0)) + what.substring(1);
  }
}
