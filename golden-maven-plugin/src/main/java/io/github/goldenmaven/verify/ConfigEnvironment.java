package io.github.goldenmaven.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** G3: variables that switch off what the golden image sets. */
final class ConfigEnvironment implements Rule {

  private static final About ABOUT =
      new About(
          "CONFIG_ENVIRONMENT",
          "The service leaves the golden image's environment as it is",
          "One variable switches off the company's agent, trust store or proxy, or loads a library"
              + " into every process.",
          "Take the variable out of <container><environment>; JVM flags belong into <jvmFlags>.",
          true);

  /** What decides which code runs and whom it trusts, whatever the golden says. */
  private static final Set<String> ALWAYS =
      Set.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "JAVA_HOME",
          "PATH",
          "LD_PRELOAD",
          "LD_LIBRARY_PATH",
          "LD_AUDIT",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "CURL_CA_BUNDLE",
          "REQUESTS_CA_BUNDLE",
          "NODE_EXTRA_CA_CERTS",
          "NODE_OPTIONS",
          "PYTHONPATH",
          "HTTP_PROXY",
          "HTTPS_PROXY",
          "NO_PROXY",
          "http_proxy",
          "https_proxy",
          "no_proxy");

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenBase golden = subject.ground().actual().orElse(null);
    if (golden == null) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    Map<String, String> wanted = golden.platform().config().environment();
    Map<String, String> found = subject.platform().config().environment();
    Set<String> names = new TreeSet<>(ALWAYS);
    names.addAll(subject.upper().protect().environment());
    for (String name : names) {
      String should = wanted.get(name);
      String is = found.get(name);
      if (is == null ? should != null : !is.equals(should)) {
        findings.add(
            Finding.refuse(
                ABOUT, shown(should), shown(is), subject.where() + ", variable " + name));
      }
    }
    Set<String> seen = new HashSet<>();
    for (String variable : subject.platform().config().env()) {
      int equals = variable.indexOf('=');
      String name = equals < 0 ? variable : variable.substring(0, equals);
      if (!seen.add(name)) {
        findings.add(
            Finding.refuse(
                ABOUT, "each variable once", "twice", subject.where() + ", variable " + name));
      }
    }
    return findings;
  }

  private static String shown(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "not set" : "'" + value + "'";
  }
}
