package io.github.goldenmaven.golden;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What options of a JVM a service may give: the first row that fits says it, with the reason. What
 * no row fits is not known, and so is nobody's.
 *
 * @param grammar of the whole option; of one with a value in the next word, without it
 */
public record JvmOption(Pattern grammar, Use use, String reason) {

  /** What becomes of one. */
  public enum Use {
    FREE,
    /** Its value is a class path, in it or in the next word. */
    CLASS_PATH,
    /** A Java agent. */
    AGENT,
    /** It runs what the gate cannot read. */
    UNREAD,
    /** It leads a server to other settings than the golden image's. */
    LEADS_ELSEWHERE,
    /** It is free, and its value is the next word. */
    FREE_WITH_NEXT,
    /** The golden image's alone. */
    GOLDENS
  }

  private static final String NUMBER = "-?(0x[0-9a-fA-F]+|[0-9]+(\\.[0-9]+)?)[kKmMgGtT%]?";

  private static final List<JvmOption> TABLE =
      List.of(
          // Which JVM runs, and what it is made of.
          row("-XXaltjvm.*", Use.GOLDENS, "it loads another libjvm"),
          row(
              "-XX:(Flags|VMOptionsFile)(=.*)?|-XX:[+-]ReadVMOptionsFile|-Xoptionsfile.*",
              Use.GOLDENS,
              "it reads options from a file"),
          row(
              "-XX:(OnError|OnOutOfMemoryError)(=.*)?|-Xdump:.*\\btool\\b.*",
              Use.GOLDENS,
              "it runs a command"),
          row(
              "-Xbootclasspath.*|--patch-module(=.*)?|--upgrade-module-path(=.*)?",
              Use.GOLDENS,
              "it replaces classes of the JVM"),
          row(
              "-agentpath:.*|-agentlib:.*|-Xrun.*",
              Use.GOLDENS,
              "it loads native code into the JVM"),
          row("-javaagent:.*", Use.AGENT, "it changes the classes that others load"),
          row(
              "-XX:CRaCRestoreFrom.*",
              Use.UNREAD,
              "it goes on with the memory of another process, which the gate cannot read"),
          // System properties: free but for those of the JVM itself, of these some by name.
          row(
              "-Djava\\.security\\.egd=file:/+dev/(\\./)*u?random|-Djava\\.compiler=(NONE)?",
              Use.FREE,
              "it is the device of the system, or none"),
          row(
              "-D(java\\.awt\\.headless|java\\.io\\.tmpdir"
                  + "|java\\.net\\.prefer(IPv4Stack|IPv6Addresses)|java\\.library\\.path"
                  + "|java\\.rmi\\.server\\.hostname|java\\.util\\.concurrent\\..*"
                  + "|java\\.util\\.(logging|prefs|Arrays)\\..*|java\\.locale\\..*"
                  + "|java\\.net\\.useSystemProxies=false"
                  + "|com\\.sun\\.management\\.jmxremote(\\..*)?"
                  + "|sun\\.net\\.(inetaddr\\.ttl|inetaddr\\.negative\\.ttl"
                  + "|client\\.default(Connect|Read)Timeout|http\\.retryPost)"
                  + "|sun\\.rmi\\..*Timeout|sun\\.stdout\\.encoding|sun\\.stderr\\.encoding"
                  + "|sun\\.jnu\\.encoding|sun\\.java\\.command"
                  + "|sun\\.net\\.http\\.allowRestrictedHeaders"
                  + "|jdk\\.(tracePinnedThreads|virtualThreadScheduler\\..*"
                  + "|httpclient\\.(keepalive\\.timeout.*|connectionPoolSize|bufsize|maxframesize"
                  + "|hpack.*|enablepush|allowRestrictedHeaders|HttpClient\\.log)|nio\\.maxCachedBufferSize|io\\.\\w+"
                  + "|xml\\.\\w*[lL]imit\\w*|serialFilter|attach\\.allowAttachSelf)"
                  + "|javax\\.(xml|accessibility|imageio|persistence|faces|servlet|ws|jms|cache|json"
                  + "|validation|websocket|ejb|enterprise)\\..*"
                  + "|http\\.(keepAlive|maxConnections|agent|maxRedirects)(\\..*)?)(=.*)?",
              Use.FREE,
              "it leaves trust, proxy and code of the JVM as they are"),
          row("-Djava\\.class\\.path=.*", Use.CLASS_PATH, "it is a class path"),
          row(
              "-D(java|javax|jdk|sun|com\\.sun|http|https|ftp)\\..*|-Dsocks.*|-Dnetworkaddress\\..*"
                  + "|-D(proxyHost|proxyPort|nonProxyHosts|gopherProxy.*|ftpProxy.*)(=.*)?",
              Use.GOLDENS,
              "it decides whom the JVM trusts, whom it speaks to or what it is made of"),
          row(
              "-D((catalina|jetty|karaf)\\.(home|base|data|etc)|jboss\\.home\\.dir"
                  + "|jboss\\.(server|domain)\\.(base|config|data)\\.dir|module\\.path"
                  + "|wlp\\.(install|user|server|output)\\.dir|server\\.(config|output)\\.dir"
                  + "|kc\\.home\\.dir|weblogic\\.(home|RootDirectory))=.*",
              Use.LEADS_ELSEWHERE,
              "it is where a server looks for its modules and settings"),
          row("-D.*", Use.FREE, "it is the application's own"),
          // Classes of the service.
          row(
              "-cp|-classpath|--class-path(=.*)?|-p|--module-path(=.*)?|-jar",
              Use.CLASS_PATH,
              "it is a class path"),
          row("-m|--module", Use.FREE_WITH_NEXT, "it names a module"),
          row(
              "--(add-opens|add-exports|add-reads|add-modules|limit-modules|enable-native-access"
                  + "|illegal-native-access|source)",
              Use.FREE_WITH_NEXT,
              "it opens modules to the service's own code"),
          row(
              "--(add-opens|add-exports|add-reads|add-modules|limit-modules|enable-native-access"
                  + "|illegal-native-access|illegal-access|source|module|finalization"
                  + "|sun-misc-unsafe-memory-access)=.*|--enable-preview|--disable-@files"
                  + "|--dry-run|--validate-modules|--list-modules|--show-module-resolution",
              Use.FREE,
              "it opens modules to the service's own code"),
          // Switches and numbers, and files that the JVM writes or that only make it faster.
          row("-XX:[+-]\\w+|-XX:\\w+=" + NUMBER, Use.FREE, "it is a switch or a number"),
          row(
              "-XX:(NativeMemoryTracking|ShenandoahGC(Mode|Heuristics)|UseBranchProtection|AOTMode"
                  + "|DisableIntrinsic|ControlIntrinsic|AbortVMOnException|TraceJVMTI|CPUFeatures"
                  + "|CRaCIgnoredFileDescriptors)=[\\w,.+-]*",
              Use.FREE,
              "it is a switch of more than two ways"),
          row(
              "-XX:(HeapDumpPath|ErrorFile|LogFile|FlightRecorderOptions|SharedArchiveFile|ArchiveClassesAtExit"
                  + "|SharedClassListFile|SharedArchiveConfigFile|DumpLoadedClassList|AOTCache"
                  + "|AOTCacheOutput|AOTConfiguration|CRaCCheckpointTo"
                  + "|CompileCommand|CompileCommandFile|CompileOnly|CompilerDirectivesFile"
                  + "|ReplayDataFile|PerfDataSaveFile)[=:].*|-XX:StartFlightRecording([=:].*)?",
              Use.FREE,
              "it writes a dump, a log or an archive"),
          row(
              "-X(log|loggc|verbosegclog|trace|dump|shareclasses|jit|aot|gc)\\b.*",
              Use.FREE,
              "it writes a log or a cache"),
          row("-XX.*", Use.GOLDENS, "the gate does not know that option of the JVM"),
          row("-X[\\w:.,+=%-]*", Use.FREE, "it is a switch or a number"),
          row(
              "-(server|client|minimal|version|showversion|help|\\?|d32|d64|esa|dsa|verbose(:\\w+)?"
                  + "|(ea|da|enableassertions|disableassertions)(:.*)?|enablesystemassertions"
                  + "|disablesystemassertions|splash:.*)|--(version|show-version|help|help-extra)",
              Use.FREE,
              "it is a switch"));

  private static final Pattern PROPERTY = Pattern.compile("-D([^=]+)(?:=((?s:.*)))?");

  private static final JvmOption UNKNOWN = row(".*", Use.GOLDENS, "the gate does not know it");

  private static JvmOption row(String grammar, Use use, String reason) {
    return new JvmOption(Pattern.compile(grammar, Pattern.DOTALL), use, reason);
  }

  /** What becomes of an option as it is written. */
  public static JvmOption of(String option) {
    Matcher property = PROPERTY.matcher(option);
    if (property.matches()) {
      String value = property.group(2) == null ? "" : property.group(2);
      Optional<String> reason = Variables.agentOff(property.group(1), value);
      if (reason.isPresent()) {
        return row("", Use.GOLDENS, reason.orElseThrow());
      }
    }
    return TABLE.stream()
        .filter(row -> row.grammar.matcher(option).matches())
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** Whether a row says that the option is the golden image's alone: in any text, for any JVM. */
  public static boolean isGoldens(String option) {
    JvmOption row = of(option);
    return row.use == Use.GOLDENS && !row.equals(UNKNOWN);
  }
}
