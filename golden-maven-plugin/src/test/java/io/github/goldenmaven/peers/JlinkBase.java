package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A stand-in for an official image where Docker Hub cannot be reached: a runtime that jlink makes
 * of the JDK this runs on, and the few files of this machine's C library that it needs. No network
 * and no root; about 10 seconds the first time, then kept. Runs in a Docker Engine, TLS and agents
 * included.
 */
public final class JlinkBase {

  /** The tag in the layout. */
  public static final String TAG = OfficialImage.TAG;

  private static final String RECIPE = "3";
  private static final String JAVA_HOME = TinyBase.JAVA_HOME;
  private static final Instant TIME = Instant.parse(OfficialImage.CREATED);

  private static final String MODULES =
      "java.se,jdk.crypto.ec,jdk.httpserver,jdk.management,jdk.naming.dns,jdk.net,jdk.unsupported,jdk.zipfs";

  /** The runtime's files whose libraries must be there; those of the desktop stay without. */
  private static final List<String> LINKED =
      List.of(
          "bin/java",
          "lib/libinstrument.so",
          "lib/libjava.so",
          "lib/libjimage.so",
          "lib/libmanagement.so",
          "lib/libnet.so",
          "lib/libnio.so",
          "lib/libverify.so",
          "lib/libzip.so",
          "lib/server/libjvm.so");

  /** What the C library opens by name at run time, beside itself. */
  private static final List<String> OPENED_BY_NAME =
      List.of("libgcc_s.so.1", "libnss_dns.so.2", "libnss_files.so.2", "libresolv.so.2");

  private static final Pattern LIBRARY = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x");

  private JlinkBase() {}

  /**
   * The image, in a folder that is not to be written to.
   *
   * @throws PeerMissingException where this is no JDK with jlink, or no Linux with the GNU C
   *     library
   */
  public static LayoutFolder layout() {
    String jdk = System.getProperty("java.home") + System.getProperty("java.vm.version");
    Digest key = Digest.of((RECIPE + MODULES + jdk).getBytes(StandardCharsets.UTF_8));
    return Cache.layout("jlink-" + key.shortHex(), JlinkBase::make);
  }

  /** Writes it into a layout folder, as {@link #TAG}, and says what it is. */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 1) {
      throw new IllegalArgumentException("Name the layout folder to write.");
    }
    LayoutFolder made = layout();
    Path target = Path.of(arguments[0]);
    Cache.delete(target);
    try (Stream<Path> files = Files.walk(made.path())) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(made.path().relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    System.out.println(
        "In place of an official image: Java "
            + Runtime.version()
            + " of '"
            + System.getProperty("java.home")
            + "', made with jlink, and this machine's C library; in 'oci:"
            + target
            + ":"
            + TAG
            + "'.");
  }

  private static void make(LayoutFolder layout, Path work) throws IOException {
    Path jlink = Path.of(System.getProperty("java.home"), "bin", "jlink");
    if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux")
        || Machine.find("ldd").isEmpty()) {
      throw new PeerMissingException("A base made with jlink needs Linux and the GNU C library.");
    }
    if (!Files.isExecutable(jlink)) {
      throw new PeerMissingException("'" + jlink + "' is missing: run on a JDK, not on a JRE.");
    }
    Path runtime = work.resolve("runtime");
    // The name of the better compression changed in JDK 21.
    String compress = Runtime.version().feature() < 21 ? "2" : "zip-6";
    Command.of(jlink.toString(), "--add-modules", MODULES, "--output", runtime.toString())
        .with("--compress=" + compress, "--no-header-files", "--no-man-pages")
        .with("--strip-java-debug-attributes")
        .run();
    List<Layer> layers =
        List.of(
            LayerWriter.write(
                system(runtimesLibraries(runtime)),
                Compression.DEFLATED,
                work.resolve("system.tar.gz")),
            LayerWriter.write(java(runtime), Compression.DEFLATED, work.resolve("java.tar.gz")));
    OfficialImage.tag(layout, OfficialImage.put(layout, OfficialImage.here(), JAVA_HOME, layers));
  }

  /** Every library of this machine that the runtime is linked to or opens by name. */
  private static Set<String> runtimesLibraries(Path runtime) {
    Set<String> libraries =
        libraries(
            LINKED.stream()
                .map(runtime::resolve)
                .filter(Files::exists)
                .collect(Collectors.toUnmodifiableSet()));
    libraries.removeIf(library -> library.startsWith(runtime.toString()));
    for (String library : List.copyOf(libraries)) {
      for (String name : OPENED_BY_NAME) {
        Path sibling = Path.of(library).resolveSibling(name);
        if (library.contains("/libc.so") && Files.exists(sibling)) {
          libraries.add(sibling.toString());
        }
      }
    }
    return libraries;
  }

  /** Every library of this machine that these files are linked to. */
  static Set<String> libraries(Set<Path> files) {
    String ldd = Machine.find("ldd").orElseThrow().toString();
    return files.stream()
        .flatMap(file -> Command.of(ldd, file.toString()).run().lines())
        .map(JlinkBase::library)
        .filter(library -> !library.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String library(String line) {
    Matcher matcher = LIBRARY.matcher(line);
    return matcher.find() ? matcher.group(1) : "";
  }

  private static List<LayerEntry> system(Set<String> libraries) throws IOException {
    List<LayerEntry> entries = new ArrayList<>();
    entries.add(TinyBase.directory("etc", 0755));
    entries.add(TinyBase.directory("tmp", 01777));
    entries.add(
        TinyBase.file(
            "etc/os-release", "ID=stand-in\nID_LIKE=debian\nNAME=\"Stand-in, made with jlink\"\n"));
    entries.add(TinyBase.file("etc/passwd", "root:x:0:0:root:/root:/sbin/nologin\n"));
    entries.add(TinyBase.file("etc/group", "root:x:0:\n"));
    entries.add(
        TinyBase.file("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"));
    Path certificates = Path.of("/etc/ssl/certs/ca-certificates.crt");
    if (Files.isReadable(certificates)) {
      entries.add(file("etc/ssl/certs/ca-certificates.crt", certificates));
    }
    for (String library : libraries) {
      entries.add(file(library.substring(1), Path.of(library)));
    }
    return entries;
  }

  private static List<LayerEntry> java(Path runtime) throws IOException {
    String home = JAVA_HOME.substring(1);
    List<LayerEntry> entries = new ArrayList<>();
    for (int slash = home.indexOf('/'); slash > 0; slash = home.indexOf('/', slash + 1)) {
      entries.add(TinyBase.directory(home.substring(0, slash), 0755));
    }
    try (Stream<Path> files = Files.walk(runtime)) {
      for (Path file : files.toList()) {
        String inside = runtime.relativize(file).toString();
        String path = inside.isEmpty() ? home : home + "/" + inside;
        entries.add(Files.isDirectory(file) ? TinyBase.directory(path, 0755) : file(path, file));
      }
    }
    String trusted = home + "/lib/security/cacerts";
    Path own = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    if (!Files.exists(runtime.resolve("lib/security/cacerts")) && Files.isReadable(own)) {
      entries.add(file(trusted, own));
    }
    return entries;
  }

  /** A file of this machine; a link's target stands where the link was. */
  static LayerEntry file(String path, Path file) throws IOException {
    return new LayerEntry.File(
        path,
        Files.size(file),
        () -> Files.newInputStream(file),
        Files.isExecutable(file) ? 0755 : 0644,
        Owner.ROOT,
        TIME);
  }
}
