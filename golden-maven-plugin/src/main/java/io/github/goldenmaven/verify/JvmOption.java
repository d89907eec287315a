package io.github.goldenmaven.verify;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What options of a JVM a service may give: the first row that fits says it, with the reason. What
 * no row fits is not known, and so is nobody's.
 *
 * @param grammar of the whole option; of one with a value in the next word, without it
 */
record JvmOption(Pattern grammar, Use use, String reason) {

  /** What becomes of one. */
  enum Use {
    FREE,
    /** Its value is a class path, in it or in the next word. */
    CLASS_PATH,
    /** A Java agent. */
    AGENT,
    /** It is free, and its value is the next word. */
    FREE_WITH_NEXT,
    /** The golden image's alone. */
    GOLDENS
  }

  private static final String NUMBER = "-?(0x)?[0-9a-fA-F.]+[kKmMgGtT%]?";

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
          // System properties: free but for those of the JVM itself, of these some by name.
          row(
              "-D(java\\.security\\.egd|java\\.util\\.logging\\.(manager|config\\.(file|class))"
                  + "|java\\.awt\\.headless|java\\.io\\.tmpdir"
                  + "|java\\.net\\.prefer(IPv4Stack|IPv6Addresses)|java\\.library\\.path"
                  + "|java\\.rmi\\.server\\.hostname|java\\.util\\.concurrent\\..*"
                  + "|java\\.util\\.prefs\\..*|java\\.locale\\..*|java\\.compiler"
                  + "|java\\.net\\.useSystemProxies=false"
                  + "|com\\.sun\\.management\\.jmxremote(\\..*)?"
                  + "|sun\\.net\\.(inetaddr\\.ttl|inetaddr\\.negative\\.ttl"
                  + "|client\\.default(Connect|Read)Timeout|http\\.retryPost)"
                  + "|sun\\.rmi\\..*Timeout|sun\\.stdout\\.encoding|sun\\.stderr\\.encoding"
                  + "|sun\\.jnu\\.encoding|sun\\.java\\.command"
                  + "|jdk\\.(tracePinnedThreads|virtualThreadScheduler\\..*"
                  + "|httpclient\\.(keepalive\\.timeout.*|connectionPoolSize|bufsize|maxframesize"
                  + "|hpack.*|enablepush|HttpClient\\.log)|nio\\.maxCachedBufferSize|io\\.\\w+"
                  + "|xml\\.\\w*[lL]imit\\w*|serialFilter|attach\\.allowAttachSelf)"
                  + "|javax\\.xml\\..*|javax\\.accessibility\\..*|javax\\.imageio\\..*"
                  + "|javax\\.persistence\\..*"
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
              "-Dotel\\.(javaagent\\.enabled|sdk\\.disabled)(=.*)?",
              Use.GOLDENS,
              "it switches the golden image's agent off"),
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
          row(
              "-XX:[+-]\\w+|-XX:\\w+=(" + NUMBER + "|[\\w,.+-]*)",
              Use.FREE,
              "it is a switch or a number"),
          row(
              "-XX:(HeapDumpPath|ErrorFile|LogFile|NativeMemoryTracking|StartFlightRecording"
                  + "|FlightRecorderOptions|SharedArchiveFile|ArchiveClassesAtExit"
                  + "|SharedClassListFile|SharedArchiveConfigFile|DumpLoadedClassList|AOTCache"
                  + "|AOTCacheOutput|AOTConfiguration|AOTMode|CRaCCheckpointTo|CRaCRestoreFrom"
                  + "|CompileCommand|CompileCommandFile|CompileOnly|CompilerDirectivesFile"
                  + "|ReplayDataFile|PerfDataSaveFile|StartFlightRecording.*)[=:].*",
              Use.FREE,
              "it writes a dump, a log or an archive"),
          row(
              "-X(log|loggc|verbosegclog|trace|dump|shareclasses|jit|aot|gc)\\b.*",
              Use.FREE,
              "it writes a log or a cache"),
          row("-X[\\w:.,+=%-]*", Use.FREE, "it is a switch or a number"),
          row(
              "-(server|client|minimal|version|showversion|help|\\?|d32|d64|esa|dsa|verbose(:\\w+)?"
                  + "|(ea|da|enableassertions|disableassertions)(:.*)?|enablesystemassertions"
                  + "|disablesystemassertions|splash:.*)|--(version|show-version|help|help-extra)",
              Use.FREE,
              "it is a switch"));

  private static final JvmOption UNKNOWN = row(".*", Use.GOLDENS, "the gate does not know it");

  private static JvmOption row(String grammar, Use use, String reason) {
    return new JvmOption(Pattern.compile(grammar, Pattern.DOTALL), use, reason);
  }

  /** What becomes of an option as it is written. */
  static JvmOption of(String option) {
    return TABLE.stream()
        .filter(row -> row.grammar.matcher(option).matches())
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** Whether a row says that the option is the golden image's alone: in any text, for any JVM. */
  static boolean isGoldens(String option) {
    JvmOption row = of(option);
    return row.use == Use.GOLDENS && !row.equals(UNKNOWN);
  }
}
