package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.layer.TarEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is remembered of the content of a layer's files: small ones that the gate reads, and which
 * are keys. Of all others nothing.
 */
public final class KeptContent {

  /** What a file that is kept may have at most, in bytes. */
  static final int MAX_FILE = 1 << 20;

  private static final Pattern READ =
      Pattern.compile(
          "opt/golden/protect\\.json|(.*/)?jib-(classpath|main-class)-file"
              + "|etc/(ld-musl-[^/]*\\.path|ld\\.so\\.conf(\\.d/[^/]*)?)");

  private static final Pattern LIBRARIES =
      Pattern.compile("fetc/(ld-musl-[^/]*\\.path|ld\\.so\\.conf(\\.d/[^/]*)?)");
  private static final String RELEASE = "release";
  private static final String JAVA_VERSION = "JAVA_VERSION=";

  /** By a letter for what it is, and the path. */
  private final Map<String, String> known = new TreeMap<>();

  /** Reads what is to be kept of a file that a layer has. */
  void look(TarEntry entry, InputStream content) throws IOException {
    if (entry.type() != TarEntry.Type.FILE) {
      return;
    }
    if (READ.matcher(entry.path()).matches()) {
      byte[] bytes = content.readNBytes(MAX_FILE + 1);
      if (bytes.length <= MAX_FILE || entry.path().equals(LayerContents.PROTECT)) {
        known.put("f" + entry.path(), new String(bytes, StandardCharsets.ISO_8859_1));
      }
      return;
    }
    String head = text(content.readNBytes(SecretContent.HEAD));
    if (isRelease(entry.path()) && head.contains(JAVA_VERSION)) {
      known.put("r" + entry.path(), head);
    }
    String text =
        SecretContent.goesOn(head)
            ? head + text(content.readNBytes(SecretContent.MAX_KEYS - SecretContent.HEAD))
            : head;
    SecretContent.of(text).ifPresent(secret -> known.put("k" + entry.path(), secret.name()));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static boolean isRelease(String path) {
    return path.equals(RELEASE) || path.endsWith("/" + RELEASE);
  }

  /** How a file begins that tells a JVM's version. */
  public Optional<String> release(String path) {
    return Optional.ofNullable(known.get("r" + path));
  }

  /** A file that is kept, each byte a character (ISO 8859-1). */
  public Optional<String> file(String path) {
    return Optional.ofNullable(known.get("f" + path));
  }

  /** Folders in which the layer's settings of musl's and glibc's loader have libraries. */
  public List<String> libraryFolders() {
    return known.entrySet().stream()
        .filter(file -> LIBRARIES.matcher(file.getKey()).matches())
        .flatMap(file -> Arrays.stream(file.getValue().split("[\\s:,]+", -1)))
        .filter(folder -> folder.startsWith("/"))
        .toList();
  }

  /** What a file is that must not be seen, by what it holds: the end of a sentence. */
  public Optional<String> secret(String path) {
    if (is(SecretContent.PRIVATE_KEY, path)) {
      return Optional.of("is a private key");
    }
    return is(SecretContent.LOGIN, path)
        ? Optional.of("holds a password or a token")
        : Optional.empty();
  }

  /** Whether a file is a public key or a certificate, and holds no private one. */
  public boolean isPublicKey(String path) {
    return is(SecretContent.PUBLIC_KEY, path);
  }

  private boolean is(SecretContent content, String path) {
    return content.name().equals(known.get("k" + path));
  }

  /** All of it, each character a byte: lengths in characters before the texts. */
  String encoded() {
    StringBuilder text = new StringBuilder();
    known.forEach(
        (key, value) -> {
          String bytes =
              new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
          text.append(bytes.length()).append(' ').append(bytes);
          text.append(value.length()).append(' ').append(value);
        });
    return text.toString();
  }

  /**
   * Reads it back.
   *
   * @throws IllegalArgumentException when it is nothing that was written
   */
  static KeptContent decoded(String text) {
    KeptContent kept = new KeptContent();
    int[] at = {0};
    while (at[0] < text.length()) {
      String key = next(text, at);
      kept.known.put(
          new String(key.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8),
          next(text, at));
    }
    return kept;
  }

  private static String next(String text, int[] at) {
    int blank = text.indexOf(' ', at[0]);
    if (blank < 0 || blank - at[0] > 9) {
      throw new IllegalArgumentException("no length");
    }
    int length = Integer.parseInt(text.substring(at[0], blank));
    if (length < 0 || length > text.length() - blank - 1) {
      throw new IllegalArgumentException("no text of that length");
    }
    at[0] = blank + 1 + length;
    return text.substring(blank + 1, at[0]);
  }
}
