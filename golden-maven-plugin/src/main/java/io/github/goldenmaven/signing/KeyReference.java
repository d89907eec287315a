package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a private key is: what {@code golden.key} says. Names the key, and never holds it. */
public sealed interface KeyReference {

  String PARAMETER = "<key> (golden.key)";

  String REMEDY =
      "Give the path of a PEM key, 'env:NAME' or 'pkcs11:CONFIG-FILE#ALIAS' in <key> or with"
          + " -Dgolden.key.";

  /** A file with a key in PEM. */
  record PemFile(Path path) implements KeyReference {

    /** Windows and volumes of some containers have no such permissions, and then nothing to say. */
    @Override
    public Optional<String> warning() {
      try {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        return permissions.contains(PosixFilePermission.OTHERS_READ)
            ? Optional.of(
                "%s can be read by every user of this machine (%s)."
                    .formatted(this, PosixFilePermissions.toString(permissions)))
            : Optional.empty();
      } catch (IOException | UnsupportedOperationException e) {
        return Optional.empty();
      }
    }

    @Override
    public String toString() {
      return "The key " + Secrets.shown(path);
    }
  }

  /** An environment variable whose value is a key in PEM. */
  record Variable(String name) implements KeyReference {
    @Override
    public String toString() {
      return "The key in the environment variable '" + name + "'";
    }
  }

  /**
   * A key of a token that the JDK's PKCS#11 provider opens.
   *
   * @param config that provider's configuration file
   */
  record Token(Path config, String alias) implements KeyReference {
    @Override
    public String toString() {
      return "The key '%s' of %s".formatted(Printable.of(alias), Secrets.shown(config));
    }
  }

  /**
   * Reads {@code PATH}, {@code env:NAME} or {@code pkcs11:CONFIG-FILE#ALIAS}. Opens nothing.
   *
   * @throws RefusedException when it is none of these, or the key itself, which it does not show
   */
  static KeyReference parse(String text) {
    return parse(text, Path.of(""));
  }

  /** The same, with relative paths as from this folder. */
  static KeyReference parse(String text, Path folder) {
    if (text.isBlank()) {
      throw new RefusedException(PARAMETER + " is empty.", REMEDY);
    }
    if (text.startsWith(Secrets.VARIABLE)) {
      return new Variable(Secrets.variable(text, PARAMETER, REMEDY));
    }
    if (text.startsWith("pkcs11:")) {
      return token(text.substring("pkcs11:".length()), folder);
    }
    Optional<Path> path = path(text, folder);
    if (path.isEmpty() || isKeyItself(text, path.get())) {
      throw new RefusedException(
          PARAMETER + " looks like a key itself, not like its place.",
          REMEDY + " Replace a key that stood in a command line or a POM.");
    }
    return new PemFile(path.get());
  }

  private static Token token(String text, Path folder) {
    int hash = text.indexOf('#');
    String file = text.substring(0, Math.max(hash, 0));
    String alias = text.substring(hash + 1);
    if (file.isBlank() || alias.isBlank()) {
      throw new RefusedException(
          PARAMETER + " begins with 'pkcs11:', but is not 'pkcs11:CONFIG-FILE#ALIAS'.", REMEDY);
    }
    Path config =
        path(file, folder)
            .orElseThrow(
                () ->
                    new RefusedException(
                        PARAMETER + " has no path between 'pkcs11:' and '#'.", REMEDY));
    return new Token(config, alias);
  }

  private static Optional<Path> path(String text, Path folder) {
    try {
      return Optional.of(folder.resolve(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** A PEM block, or Base64 or hex as long as the shortest key's, without a file of that name. */
  private static boolean isKeyItself(String text, Path path) {
    return text.contains("-----")
        || text.indexOf('\n') >= 0
        || (Pattern.matches("[A-Za-z0-9+/=_-]{43,}", text) && !Files.exists(path));
  }

  /** One sentence for the log where others can read the key; no reason to refuse it. */
  default Optional<String> warning() {
    return Optional.empty();
  }
}
