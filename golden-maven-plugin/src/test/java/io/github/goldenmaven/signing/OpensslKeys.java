package io.github.goldenmaven.signing;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.CommandFailedException;
import io.github.goldenmaven.peers.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Keys and signatures as openssl makes them, in a folder of its own. */
public final class OpensslKeys {

  private final Path folder;

  public OpensslKeys(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes a key in PKCS#8.
   *
   * @param kind a curve like {@code P-256}, bits like {@code RSA-3072}, or a name of openssl's
   */
  public Path key(String kind) {
    Path key = folder.resolve(kind + ".pem");
    String[] options =
        kind.startsWith("RSA-")
            ? new String[] {"RSA", "-pkeyopt", "rsa_keygen_bits:" + kind.substring(4)}
            : kind.startsWith("P-") || kind.startsWith("sec")
                ? new String[] {"EC", "-pkeyopt", "ec_paramgen_curve:" + kind}
                : new String[] {kind};
    openssl(Command.of("genpkey", "-out", key.toString(), "-algorithm").with(options));
    return key;
  }

  /** The key again, after a command of openssl's has written it: {@code pkcs8 -topk8 …}. */
  public Path again(String name, Path key, String... command) {
    Path written = folder.resolve(name);
    openssl(Command.of(command).with("-in", key.toString(), "-out", written.toString()));
    return written;
  }

  public Path publicHalf(Path key) {
    return again(key.getFileName() + ".pub", key, "pkey", "-pubout");
  }

  public VerificationKey verificationKey(Path key) {
    return VerificationKey.parse(read(publicHalf(key)), "The key 'of openssl'");
  }

  public static SigningKey open(Path key) {
    return SigningKey.open(KeyReference.parse(key.toString()), Optional.empty());
  }

  /** What openssl signs with this key: by SHA-256, and Ed25519 without. */
  public byte[] sign(Path key, byte[] message) {
    Path signature = folder.resolve("signature");
    Command command =
        isEdwards(key)
            ? Command.of("pkeyutl", "-sign", "-rawin", "-inkey", key.toString(), "-in")
            : Command.of("dgst", "-sha256", "-sign", key.toString());
    command = command.with(isEdwards(key) ? new String[0] : new String[] {"-out", "" + signature});
    command = command.with(written("message", message).toString());
    openssl(isEdwards(key) ? command.with("-out", signature.toString()) : command);
    return read(signature);
  }

  /** Whether openssl accepts a signature. */
  public boolean verifies(Path publicHalf, byte[] message, byte[] signature) {
    String key = publicHalf.toString();
    String file = written("message", message).toString();
    String given = written("signature", signature).toString();
    try {
      openssl(
          isEdwards(publicHalf)
              ? Command.of("pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", key)
                  .with("-sigfile", given, "-in", file)
              : Command.of("dgst", "-sha256", "-verify", key, "-signature", given, file));
      return true;
    } catch (CommandFailedException refused) {
      return false;
    }
  }

  private static boolean isEdwards(Path key) {
    return key.getFileName().toString().startsWith("ED25519");
  }

  public String openssl(Command command) {
    return Command.of(Machine.require("openssl").toString())
        .with(command.line().toArray(new String[0]))
        .in(folder)
        .run();
  }

  /** A file of these bytes. */
  public Path written(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
