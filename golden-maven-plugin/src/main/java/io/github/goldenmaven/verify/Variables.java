package io.github.goldenmaven.verify;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Families of variables that decide which code runs and whom it trusts, so that they are the golden
 * image's whatever its {@code protect} says. Names are looked at in any letter case: some runtimes
 * do.
 *
 * @param names of the whole family
 */
record Variables(Pattern names, String reason) {

  private static final List<Variables> FAMILIES =
      List.of(
          family(
              "JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|(JDK|OPENJ9|IBM)_JAVA_OPTIONS"
                  + "|JAVA_HOME|JRE_HOME|JDK_HOME|CLASSPATH|JAVACMD",
              "every JVM, or what starts it, reads it"),
          family(
              "SSL_CERT_(FILE|DIR)|SSL_CA_.*|OPENSSL_.*|CURL_.*|REQUESTS_CA_BUNDLE|AWS_CA_BUNDLE"
                  + "|PIP_CERT|PIP_TRUSTED_HOST|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED"
                  + "|NPM_CONFIG_(CAFILE|CA|STRICT_SSL)|YARN_(CA_FILE_PATH|STRICT_SSL)"
                  + "|HTTPLIB2_CA_CERTS|GRPC_DEFAULT_SSL_ROOTS_FILE_PATH|NIX_SSL_CERT_FILE"
                  + "|GIT_SSL_.*|GIT_PROXY.*|PGSSLROOTCERT|PGSSLMODE|CARGO_HTTP_CAINFO|BUNDLE_SSL_.*"
                  + "|RUBY_?SSL.*|PERL_LWP_SSL_.*|HTTPS_CA_(FILE|DIR)|PYTHONHTTPSVERIFY"
                  + "|DENO_(CERT|TLS_CA_STORE)|SYSTEM_CERTIFICATE_PATH|USE_SYSTEM_CA_CERTS"
                  + "|.*_CA_BUNDLE|GNUTLS_.*|P11_KIT_.*|KRB5_.*|DOTNET_SSL_.*|SSLKEYLOGFILE|NSS_.*",
              "programs trust whom it says"),
          family(
              "PATH|LD_.*|GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH|MALLOC_TRACE|BASH_ENV"
                  + "|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|IFS|PS4|PYTHONPATH|PYTHONHOME"
                  + "|PYTHONSTARTUP|PYTHONINSPECT|PYTHONUSERBASE|NODE_OPTIONS|NODE_PATH|RUBYOPT"
                  + "|RUBYLIB|PERL5LIB|PERL5OPT|PERL5DB|PERLLIB|LUA_INIT.*|LUA_(C)?PATH|PHPRC"
                  + "|PHP_INI_SCAN_DIR|COR(ECLR)?_(PROFILER|ENABLE_PROFILING).*|CORECLR_.*"
                  + "|DOTNET_STARTUP_HOOKS|DOTNET_ROOT.*|DOTNET_ADDITIONAL_DEPS|GIT_(EXEC_PATH|SSH.*)"
                  + "|LIBPATH|SHLIB_PATH|DYLD_.*|_RLD.*|QEMU_LD_PREFIX|PROOT_.*|FAKEROOT.*",
              "it decides which code is found and loaded"),
          family(
              "(HTTPS?|ALL|NO|FTP|SOCKS|RSYNC|GRPC|WSS?|CGI_HTTP)_PROXY|AUTO_PROXY"
                  + "|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|RESOLV_.*|NSS_WRAPPER_.*",
              "it decides whom programs speak to"),
          family(
              "OTEL_(JAVAAGENT_ENABLED|SDK_DISABLED|JAVAAGENT_EXTENSIONS"
                  + "|JAVAAGENT_CONFIGURATION_FILE)|DD_(TRACE|PROFILING|APPSEC|AGENT).*ENABLED"
                  + "|NEW_RELIC_(AGENT_)?ENABLED|ELASTIC_APM_(ENABLED|RECORDING|INSTRUMENT)"
                  + "|APPLICATIONINSIGHTS_.*ENABLED|DT_(DISABLE|AGENTACTIVE|CUSTOM_PROP_OFF).*"
                  + "|SPLUNK_.*ENABLED",
              "it switches the golden image's agents off"));

  private static Variables family(String names, String reason) {
    return new Variables(Pattern.compile(names, Pattern.CASE_INSENSITIVE), reason);
  }

  /** Why a variable is the golden image's alone; empty where it is nobody's. */
  static Optional<String> reason(String name) {
    return FAMILIES.stream()
        .filter(family -> family.names.matcher(name).matches())
        .map(Variables::reason)
        .findFirst();
  }

  static boolean isGoldens(String name) {
    return reason(name).isPresent();
  }

  /** The words of a value that are options of a JVM. */
  static List<String> options(String value) {
    return Arrays.stream(value.split("[\\s\"'`;&|()]+", -1))
        .filter(word -> word.startsWith("-"))
        .toList();
  }
}
