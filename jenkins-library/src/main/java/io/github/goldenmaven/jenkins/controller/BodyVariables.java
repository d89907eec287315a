package io.github.goldenmaven.jenkins.controller;

import static java.nio.charset.StandardCharsets.UTF_8;

import hudson.AbortException;
import io.github.goldenmaven.jenkins.Credentials;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables and the files that exist while the body of a block step runs. */
final class BodyVariables {

  private final Path folder;
  private final int number;
  private final Map<String, String> variables = new LinkedHashMap<>();
  private final List<Path> files = new ArrayList<>();

  /**
   * None yet.
   *
   * @param inside the context of the body
   * @param number the number of the step, which its files are named by
   */
  BodyVariables(Context inside, int number) {
    this.folder = Path.of(inside.folder() + "@tmp");
    this.number = number;
  }

  /** The block that sets them for its body and deletes the files at its end. */
  OpenBlock block(Program.Running caller, StepCall call, Context inside) {
    return new PlainBlock(caller, call, inside.with(variables), files, -1);
  }

  private void set(@Nullable Object name, String value) {
    if (name != null) {
      variables.put(String.valueOf(name), value);
    }
  }

  /** Writes a file and sets a variable to its path. */
  void setFile(@Nullable Object name, String kind, String content) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(kind + "-" + number + "-" + files.size());
    Files.write(file, content.getBytes(UTF_8));
    files.add(file);
    set(name, file.toString());
  }

  /**
   * Sets what a binding of {@code withCredentials} names.
   *
   * @throws AbortException if the credentials are of another type than the binding
   */
  void setCredentials(Map<?, ?> binding, Credentials found) throws IOException {
    String type = String.valueOf(binding.get("$class"));
    if (found instanceof Credentials.UsernamePassword pair && type.equals("usernamePassword")) {
      set(binding.get("usernameVariable"), pair.username());
      set(binding.get("passwordVariable"), pair.password());
    } else if (found instanceof Credentials.UsernamePassword pair
        && type.equals("usernameColonPassword")) {
      set(binding.get("variable"), pair.username() + ":" + pair.password());
    } else if (found instanceof Credentials.SecretText text && type.equals("string")) {
      set(binding.get("variable"), text.text());
    } else if (found instanceof Credentials.SecretFile file && type.equals("file")) {
      setFile(binding.get("variable"), "secret", file.content());
    } else if (found instanceof Credentials.SshKey key && type.equals("sshUserPrivateKey")) {
      setFile(binding.get("keyFileVariable"), "key", key.privateKey());
      set(binding.get("passphraseVariable"), key.passphrase());
      set(binding.get("usernameVariable"), key.username());
    } else if (found instanceof Credentials.Certificate store && type.equals("certificate")) {
      setFile(binding.get("keystoreVariable"), "keystore", store.keystore());
      set(binding.get("passwordVariable"), store.password());
      set(binding.get("aliasVariable"), store.alias());
    } else {
      throw new AbortException(
          "Credentials '"
              + binding.get("credentialsId")
              + "' are of another type than '"
              + type
              + "'");
    }
  }
}
