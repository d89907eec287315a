package io.github.goldenmaven.golden;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Families of variables that decide which code runs and whom it trusts, so that they are the golden
 * image's whatever its {@code protect} says. Names are looked at in any letter case: some runtimes
 * do.
 *
 * @param names of the whole family
 * @param values that do so; a golden image's own value stays whatever it is
 */
public record Variables(Pattern names, Pattern values, String reason) {

  private static final String ANY = ".*";

  /** All but what switches on. */
  private static final String NOT_ON = "(?!(true|1)$).*";

  private static final String NOT_OFF = "(?!(false|0)$).*";

  /** Of a JVM's options; what is behind a golden image's own may be a service's. */
  private static final Pattern JVM_OPTIONS =
      Pattern.compile("JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|(JDK|OPENJ9|IBM)_JAVA_OPTIONS");

  private static final List<Variables> AGENTS =
      List.of(
          agents(
              "OTEL_JAVAAGENT_ENABLED|OTEL_INSTRUMENTATION_COMMON_DEFAULT_ENABLED"
                  + "|DD_(TRACE|PROFILING|APPSEC|AGENT).*ENABLED|NEW_?RELIC_(CONFIG_)?(AGENT_)?ENABLED"
                  + "|ELASTIC_APM_(ENABLED|RECORDING|INSTRUMENT)|APPLICATIONINSIGHTS_.*ENABLED"
                  + "|SPLUNK_.*ENABLED",
              NOT_ON),
          agents("OTEL_SDK_DISABLED|DT_DISABLE.*|INSTANA_DISABLE", NOT_OFF),
          agents(
              "OTEL_JAVAAGENT_(EXTENSIONS|CONFIGURATION_FILE)|OTEL_(EXPERIMENTAL_)?CONFIG_FILE"
                  + "|DT_(AGENTACTIVE|CUSTOM_PROP_OFF).*",
              ANY));

  private static final List<Variables> FAMILIES =
      List.of(
          family(
              JVM_OPTIONS.pattern()
                  + "|JAVA_HOME|JRE_HOME|JDK_HOME|CLASSPATH|JDK_JAVAC_OPTIONS|JAVACMD",
              ANY,
              "every JVM, or what starts it, reads it"),
          family(
              "JAVA|JAVA_(BIN|CMD|EXE|EXECUTABLE|PATH)|_?RUN_?(JAVA|JDB)",
              ".*/.*",
              "scripts start the JVM that it names"),
          family(
              "SSL_CERT_(FILE|DIR)|SSL_CA_.*|OPENSSL_.*|CURL_.*|REQUESTS_CA_BUNDLE|AWS_CA_BUNDLE"
                  + "|PIP_CERT|PIP_TRUSTED_HOST|NODE_EXTRA_CA_CERTS|NODE_TLS_REJECT_UNAUTHORIZED"
                  + "|NPM_CONFIG_(CAFILE|CA|STRICT_SSL)|YARN_(CA_FILE_PATH|STRICT_SSL)"
                  + "|HTTPLIB2_CA_CERTS|GRPC_DEFAULT_SSL_ROOTS_FILE_PATH|NIX_SSL_CERT_FILE"
                  + "|GIT_SSL_.*|GIT_PROXY.*|PGSSLROOTCERT|PGSSLMODE|CARGO_HTTP_CAINFO|BUNDLE_SSL_.*"
                  + "|RUBY_?SSL.*|PERL_LWP_SSL_.*|HTTPS_CA_(FILE|DIR)|(SYSTEM_)?WGETRC|GODEBUG"
                  + "|DENO_(CERT|TLS_CA_STORE)|SYSTEM_CERTIFICATE_PATH|USE_SYSTEM_CA_CERTS"
                  + "|JRE_CACERTS_PATH|.*_CA_BUNDLE|GNUTLS_.*|P11_KIT_.*|KRB5_.*|DOTNET_SSL_.*"
                  + "|DOTNET_SYSTEM_NET_.*|SSLKEYLOGFILE|NSS_.*",
              ANY,
              "programs trust whom it says"),
          family(
              "PATH|LD_.*|GLIBC_TUNABLES|GCONV_PATH|GETCONF_DIR|(MUSL_)?LOCPATH|NLSPATH|NIS_PATH"
                  + "|MALLOC_TRACE|BASH_ENV|BASH_FUNC_.*|SHELLOPTS|BASHOPTS|PROMPT_COMMAND|IFS|PS4"
                  + "|NODE_OPTIONS|NODE_PATH|RUBYOPT|RUBYLIB|RUBYSHELL|RUBYPATH|GEM_(HOME|PATH)"
                  + "|BUNDLE_(GEMFILE|PATH)|PERL5.*|PERLLIB|LUA_INIT.*|LUA_(C)?PATH|PHPRC"
                  + "|PHP_INI_SCAN_DIR|COR(ECLR)?_(PROFILER|ENABLE_PROFILING).*|CORECLR_.*"
                  + "|DOTNET_STARTUP_HOOKS|DOTNET_ROOT.*|DOTNET_ADDITIONAL_DEPS|LESS(OPEN|CLOSE)"
                  + "|GIT_(EXEC_PATH|SSH.*|CONFIG.*|TEMPLATE_DIR|EXTERNAL_DIFF|PAGER|EDITOR)"
                  + "|(GIT|SSH|SUDO)_ASKPASS|LIBPATH|SHLIB_PATH|DYLD_.*|_RLD.*|QEMU_LD_PREFIX"
                  + "|PROOT_.*|FAKEROOT.*",
              ANY,
              "it decides which code is found and loaded"),
          family(
              "PYTHON(?!(UNBUFFERED|DONTWRITEBYTECODE|IOENCODING|HASHSEED|UTF8|FAULTHANDLER"
                  + "|OPTIMIZE|NOUSERSITE|SAFEPATH|DEVMODE|TRACEMALLOC|MALLOC)$)[A-Z]+",
              ANY,
              "it decides which code is found and loaded"),
          family("ENV", ".*/.*", "shells read the file that it names"),
          family(
              "(HTTPS?|ALL|NO|FTP|SOCKS|RSYNC|GRPC|NO_GRPC|WSS?|CGI_HTTP|PIP)_PROXY|AUTO_PROXY"
                  + "|NPM_CONFIG_(HTTPS?_|NO_?)?PROXY|YARN_HTTPS?_PROXY"
                  + "|HOSTALIASES|RES_OPTIONS|LOCALDOMAIN|RESOLV_.*|NSS_WRAPPER_.*",
              ANY,
              "it decides whom programs speak to"));

  /**
   * Where servers that golden images have look for what they run, if a golden image says nothing.
   */
  private static final List<Variables> SERVERS =
      List.of(
          family(
              "(CATALINA|TOMCAT|TOMEE|JSSE)_(HOME|BASE)|JAVA_ENDORSED_DIRS",
              ANY,
              "it is where Tomcat's scripts look for its programs, libraries and settings"),
          family(
              "JETTY_(HOME|BASE|CONF|RUN)|JETTY_START_(CONFIG|D)",
              ANY,
              "it is where Jetty's scripts look for its modules and settings"),
          family(
              "(JBOSS|WILDFLY|EAP|KEYCLOAK|KC)_HOME(_DIR)?|JBOSS_(BASE|CONFIG|DATA|CONTENT)_DIR"
                  + "|JBOSS_MODULE_?PATH|JBOSS_MODULES_SYSTEM_PKGS|(RUN|STANDALONE|DOMAIN)_CONF"
                  + "|KC_CONFIG_FILE",
              ANY,
              "it is where WildFly's scripts look for its modules and settings"),
          family(
              "WLP_(INSTALL|USER|OUTPUT)_DIR|VARIABLE_SOURCE_DIRS|KARAF_(HOME|BASE|DATA|ETC)"
                  + "|(PAYARA|GLASSFISH)_(DIR|HOME)|DOMAIN_(DIR|HOME)|(PRE|POST)BOOT_COMMANDS.*"
                  + "|(ORACLE|MW|WL|WLS)_HOME|(EXT_)?(PRE|POST)_CLASSPATH",
              ANY,
              "it is where a server's scripts look for its modules and settings"));

  private static Variables family(String names, String values, String reason) {
    return new Variables(
        Pattern.compile(names, Pattern.CASE_INSENSITIVE),
        Pattern.compile(values, Pattern.CASE_INSENSITIVE | Pattern.DOTALL),
        reason);
  }

  private static Variables agents(String names, String values) {
    return family(names, values, "it switches the golden image's agents off");
  }

  /**
   * Why a variable is the golden image's alone; empty where it is nobody's.
   *
   * @param valueOrNull of the service's; {@code null} where it takes the golden image's away
   */
  public static Optional<String> reason(String name, @Nullable String valueOrNull) {
    Optional<String> agents = reason(AGENTS, name, valueOrNull);
    return agents.isPresent() ? agents : reason(FAMILIES, name, valueOrNull);
  }

  private static Optional<String> reason(
      List<Variables> families, String name, @Nullable String value) {
    return families.stream()
        .filter(family -> family.names.matcher(name).matches())
        .filter(family -> value == null || family.values.matcher(value).matches())
        .map(Variables::reason)
        .findFirst();
  }

  /** Why a variable that a golden image does not set may lead a server of its elsewhere. */
  public static Optional<String> leadsElsewhere(String name, String value) {
    return value.isBlank() ? Optional.empty() : reason(SERVERS, name, value);
  }

  /** Why a property switches an agent off, as the variable does that agents read in its place. */
  static Optional<String> agentOff(String property, String value) {
    String name = property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    return reason(AGENTS, name, value);
  }

  /** Whether it is the golden image's alone, with some value. */
  public static boolean isGoldens(String name) {
    return reason(name, null).isPresent();
  }

  /** Whether a JVM reads options of it. */
  public static boolean hasOptions(String name) {
    return JVM_OPTIONS.matcher(name).matches();
  }
}
