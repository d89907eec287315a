package io.github.goldenmaven.verify;

import java.util.Set;

/**
 * Variables that decide which code runs and whom it trusts, so that they are the golden image's
 * whatever its {@code protect} says.
 */
final class LockedVariables {

  private static final Set<String> NAMES =
      Set.of(
          // What every JVM reads.
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "OPENJ9_JAVA_OPTIONS",
          "IBM_JAVA_OPTIONS",
          "JAVA_HOME",
          "CLASSPATH",
          // Which programs and libraries are found; LD_ is below.
          "PATH",
          "GLIBC_TUNABLES",
          "GCONV_PATH",
          "BASH_ENV",
          "PYTHONPATH",
          "NODE_OPTIONS",
          // Whom programs trust.
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "OPENSSL_CONF",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "AWS_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS",
          "NODE_TLS_REJECT_UNAUTHORIZED",
          // Through whom they speak.
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "ALL_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "all_proxy",
          "no_proxy");

  private LockedVariables() {}

  static boolean has(String name) {
    return NAMES.contains(name) || name.startsWith("LD_") || name.startsWith("GIT_SSL_");
  }
}
