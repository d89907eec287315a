package io.github.goldenmaven.contents;

import java.util.Set;

/** Which files' bytes are kept while an official image's layers pass by: those a bake reads. */
public final class RetainedFiles {

  /** Larger ones of these names are none that a bake could edit. */
  public static final long MAX_BYTES = 8 * 1024 * 1024;

  /** Raise when the list changes: what was kept before lacks the new ones. */
  static final int VERSION = 3;

  private static final Set<String> NAMES =
      Set.of(
          // The JVM's: trust, proxies, version.
          "cacerts",
          "jssecacerts",
          "java-cacerts",
          "net.properties",
          "release",
          // The distribution's: who it is, its users, its trust.
          "os-release",
          "passwd",
          "group",
          "ca-certificates.crt",
          "ca-bundle.crt",
          "ca-bundle.pem",
          "tls-ca-bundle.pem",
          "cert.pem");

  private RetainedFiles() {}

  /** Whether the bytes of files of this name are kept. */
  public static boolean keeps(String path) {
    return NAMES.contains(path.substring(path.lastIndexOf('/') + 1));
  }
}
