package io.github.goldenmaven.jenkins;

import java.util.List;

/** What {@code withCredentials} finds under an id. */
public sealed interface Credentials {

  /** The parts that may never be shown: each is masked in the log and looked for in arguments. */
  List<String> secrets();

  /** For {@code usernamePassword} and {@code usernameColonPassword}. */
  static Credentials usernamePassword(String username, String password) {
    return new UsernamePassword(username, password);
  }

  /** For {@code string}. */
  static Credentials secretText(String text) {
    return new SecretText(text);
  }

  /** For {@code file}: the content that a file on the agent has while the block runs. */
  static Credentials secretFile(String content) {
    return new SecretFile(content);
  }

  /** For {@code sshUserPrivateKey}: the key that a file on the agent has while the block runs. */
  static Credentials sshKey(String username, String privateKey, String passphrase) {
    return new SshKey(username, privateKey, passphrase);
  }

  /**
   * For {@code certificate}: the key store that a file on the agent has while the block runs.
   *
   * @param keystore its content as text: what a command does with it is not simulated
   * @param alias shown to everybody
   */
  static Credentials certificate(String keystore, String password, String alias) {
    return new Certificate(keystore, password, alias);
  }

  /**
   * A key store.
   *
   * @param keystore the first secret
   * @param password the second
   * @param alias not a secret
   */
  record Certificate(String keystore, String password, String alias) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(keystore, password);
    }

    @Override
    public String toString() {
      return "Certificate[" + alias + ", ****]";
    }
  }

  /**
   * A user name with its private key.
   *
   * @param username not a secret
   * @param privateKey the first secret
   * @param passphrase the second, empty where the key has none
   */
  record SshKey(String username, String privateKey, String passphrase) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(privateKey, passphrase);
    }

    @Override
    public String toString() {
      return "SshKey[" + username + ", ****]";
    }
  }

  /**
   * A user name with its password.
   *
   * @param username not a secret
   * @param password the secret
   */
  record UsernamePassword(String username, String password) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(password);
    }

    @Override
    public String toString() {
      return "UsernamePassword[" + username + ", ****]";
    }
  }

  /**
   * A text.
   *
   * @param text the secret
   */
  record SecretText(String text) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(text);
    }

    @Override
    public String toString() {
      return "SecretText[****]";
    }
  }

  /**
   * A file.
   *
   * @param content the secret
   */
  record SecretFile(String content) implements Credentials {
    @Override
    public List<String> secrets() {
      return List.of(content);
    }

    @Override
    public String toString() {
      return "SecretFile[****]";
    }
  }
}
