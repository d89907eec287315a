package io.github.goldenmaven.oci;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 content digest, {@code sha256:} and 64 lower-case hex digits.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#digests">OCI
 *     image spec, Digests</a>
 */
public record Digest(String hex) implements Comparable<Digest> {

  private static final String PREFIX = "sha256:";
  private static final int DIGITS = 64;

  public Digest {
    if (!isHex(hex, 0)) {
      throw new IllegalArgumentException("not 64 lower-case hex digits: " + Printable.of(hex));
    }
  }

  /**
   * Parses {@code sha256:<64 lower-case hex>}.
   *
   * @throws RefusedException for any other form or algorithm
   */
  public static Digest parse(String text) {
    if (!isOne(text)) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' is not a digest this build can check.",
          "Write 'sha256:' and 64 lower-case hex digits.");
    }
    return new Digest(text.substring(PREFIX.length()));
  }

  /** Whether {@link #parse} takes it. */
  public static boolean isOne(String text) {
    return text.startsWith(PREFIX) && isHex(text, PREFIX.length());
  }

  /** No pattern: an image names dozens, each is looked at several times, and a fleet has many. */
  private static boolean isHex(String text, int from) {
    if (text.length() - from != DIGITS) {
      return false;
    }
    for (int at = from; at < text.length(); at++) {
      char digit = text.charAt(at);
      if (!((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  /** The digest of these bytes. */
  public static Digest of(byte[] bytes) {
    return of(sha256().digest(bytes), 32);
  }

  /** The digest that a {@link #sha256()} has come to; resets it. */
  public static Digest of(MessageDigest sha256) {
    return of(sha256.digest(), 32);
  }

  private static Digest of(byte[] hash, int length) {
    if (hash.length != length) {
      throw new IllegalArgumentException("a SHA-256 has " + length + " bytes, not " + hash.length);
    }
    return new Digest(HexFormat.of().formatHex(hash));
  }

  /** A fresh SHA-256, for hashing a stream as it passes. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The first twelve digits, enough for people to tell two apart. */
  public String shortHex() {
    return hex.substring(0, 12);
  }

  /**
   * Written out, as in the other records that every build compares: a record's own is put together
   * from method handles when it is first used, dozens of hidden classes in each JVM.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Digest digest && hex.equals(digest.hex);
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public int compareTo(Digest other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
