package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidParameterException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.login.LoginException;

/**
 * Opens a key of a PKCS#11 token by the JDK's own provider, which lists a private key only with a
 * certificate of the same CKA_ID beside it, and knows EC and RSA only.
 */
final class TokenKey {

  private static final String CONFIG_REMEDY =
      "Write the lines 'name = NAME', 'library = PATH' and 'slotListIndex = 0' of the JDK's PKCS#11"
          + " provider into it, and name it as 'pkcs11:CONFIG-FILE#ALIAS' in <key> or with"
          + " -Dgolden.key.";

  private static final String PIN_REMEDY =
      "Give the token's PIN as 'env:NAME' or a file in <keyPassword> or with"
          + " -Dgolden.keyPassword. Few wrong ones lock a token.";

  private static final int MAX_CONFIG = 64 * 1024;

  private static final Pattern LINE = Pattern.compile("line (\\d+)");

  /**
   * Tokens in use by their configuration. A login counts for the whole process, so the last that
   * uses a token ends it.
   */
  private static final Map<Path, Shared> OPEN = new HashMap<>();

  private static final class Shared {
    private final Provider provider;
    private int users;

    Shared(Provider provider) {
      this.provider = provider;
    }
  }

  private TokenKey() {}

  /**
   * Opens a key.
   *
   * @param pin is overwritten after the login
   * @throws RefusedException when configuration, token, PIN or key are not as they have to be
   */
  static SigningKey open(KeyReference.Token reference, Optional<char[]> pin) {
    String file = Secrets.shown(reference.config());
    byte[] config =
        Secrets.ofFile(
            reference.config(), "The PKCS#11 configuration " + file, MAX_CONFIG, CONFIG_REMEDY);
    if (config.length == 0) {
      throw new RefusedException("The PKCS#11 configuration " + file + " is empty.", CONFIG_REMEDY);
    }
    Path path = reference.config().toAbsolutePath().normalize();
    Provider provider = acquire(path, file);
    try {
      KeyStore store = login(provider, pin.orElse(new char[0]), file);
      KeyStore.PrivateKeyEntry entry = entry(store, reference);
      VerificationKey half =
          VerificationKey.ofSpki(
              entry.getCertificate().getPublicKey().getEncoded(),
              reference.toString(),
              SigningKey.REMEDY);
      return SigningKey.ofToken(
          reference.toString(), entry.getPrivateKey(), half, provider, () -> release(path));
    } catch (RuntimeException e) {
      release(path);
      throw e;
    } finally {
      pin.ifPresent(letters -> Arrays.fill(letters, '\0'));
    }
  }

  private static synchronized Provider acquire(Path path, String file) {
    Shared shared = OPEN.computeIfAbsent(path, config -> new Shared(configured(config, file)));
    shared.users++;
    return shared.provider;
  }

  private static synchronized void release(Path path) {
    Shared shared = OPEN.get(path);
    if (shared == null || --shared.users > 0) {
      return;
    }
    OPEN.remove(path);
    try {
      ((AuthProvider) shared.provider).logout();
    } catch (LoginException | ProviderException e) {
      // Nobody was logged in, or the token is gone: there is no more to end.
    }
  }

  private static Provider configured(Path config, String file) {
    Provider provider = Security.getProvider("SunPKCS11");
    if (provider == null) {
      throw new RefusedException(
          "This Java has no PKCS#11 provider.",
          "Run Maven with a JDK that has the module 'jdk.crypto.cryptoki', or give a PEM key in"
              + " <key> or with -Dgolden.key.");
    }
    try {
      return provider.configure(config.toString());
    } catch (InvalidParameterException e) {
      // The provider's own words may show what somebody wrote there by mistake: a PIN.
      Matcher line = LINE.matcher(reason(e));
      throw new RefusedException(
          "The PKCS#11 configuration %s has a fault%s."
              .formatted(file, line.find() ? " in line " + line.group(1) : ""),
          CONFIG_REMEDY);
    } catch (ProviderException | UnsatisfiedLinkError e) {
      throw new RefusedException(
          "The PKCS#11 configuration %s opens no token: %s."
              .formatted(file, Printable.of(reason(e)).replaceAll("\\.$", "")),
          CONFIG_REMEDY);
    }
  }

  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  static KeyStore login(Provider provider, char[] pin, String file) {
    KeyStore store;
    try {
      store = KeyStore.getInstance("PKCS11", provider);
    } catch (GeneralSecurityException e) {
      throw new RefusedException(
          "The PKCS#11 configuration " + file + " names a slot without a token.", CONFIG_REMEDY);
    }
    if (pin.length == 0) {
      throw new RefusedException(
          "The token of " + file + " needs a PIN, and none is given.", PIN_REMEDY);
    }
    try {
      store.load(null, pin);
      return store;
    } catch (IOException | GeneralSecurityException | ProviderException e) {
      String code = reason(e);
      throw new RefusedException(
          code.contains("PIN")
              ? "The PIN does not open the token of %s: the token says '%s'."
                  .formatted(file, Printable.of(code))
              : "The token of %s cannot be read: it says '%s'.".formatted(file, Printable.of(code)),
          PIN_REMEDY);
    }
  }

  /**
   * The key with its certificate. One without, or a certificate alone, is not listed: which of both
   * it is cannot be told.
   */
  private static KeyStore.PrivateKeyEntry entry(KeyStore store, KeyReference.Token reference) {
    try {
      List<String> keys = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.entryInstanceOf(alias, KeyStore.PrivateKeyEntry.class)) {
          keys.add(alias);
        }
      }
      if (!keys.contains(reference.alias())) {
        throw new RefusedException(
            "The token of %s has no key '%s' with a certificate beside it; it has %s."
                .formatted(
                    Secrets.shown(reference.config()),
                    Printable.of(reference.alias()),
                    shown(keys)),
            "Name one it has as 'pkcs11:CONFIG-FILE#ALIAS' in <key> or with -Dgolden.key, or put a"
                + " certificate with the key's CKA_ID on the token: Java reads the public half from"
                + " it.");
      }
      return (KeyStore.PrivateKeyEntry) store.getEntry(reference.alias(), null);
    } catch (GeneralSecurityException | ProviderException e) {
      throw new RefusedException(
          reference + " cannot be used: Java's PKCS#11 provider knows keys of EC and RSA only.",
          SigningKey.REMEDY);
    }
  }

  private static String shown(List<String> keys) {
    return keys.isEmpty()
        ? "none"
        : keys.stream()
            .sorted()
            .limit(10)
            .map(Printable::of)
            .collect(Collectors.joining("', '", "'", "'"));
  }
}
