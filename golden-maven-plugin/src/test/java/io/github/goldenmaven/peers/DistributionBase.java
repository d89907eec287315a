package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A stand-in for official images of distributions that this machine is not: {@link JlinkBase}, and
 * above it the distribution's own trust stores, with its paths and links. Debian's static busybox
 * is its shell, {@code wget} and much else; Debian's OpenSSL checks servers for it, and looks where
 * the distribution's does. The C library is this machine's, Alpine's musl is not in it.
 */
public enum DistributionBase {
  ALPINE(
      """
      f etc/os-release ID=alpine
      f etc/alpine-release 3.22.0
      b etc/ssl/certs/ca-certificates.crt 644
      j etc/ssl/certs/java/cacerts 644
      """,
      """
      l etc/ssl/cert.pem certs/ca-certificates.crt
      l usr/lib/ssl /etc/ssl
      l opt/java/openjdk/lib/security/cacerts /etc/ssl/certs/java/cacerts
      """),
  RED_HAT(
      """
      f etc/os-release ID="rhel"
      d etc/pki/ca-trust/source/anchors
      b etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem 444
      j etc/pki/ca-trust/extracted/java/cacerts 444
      """,
      """
      l etc/pki/tls/cert.pem /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem
      l etc/pki/tls/certs/ca-bundle.crt /etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem
      l etc/pki/java/cacerts /etc/pki/ca-trust/extracted/java/cacerts
      l etc/ssl/certs /etc/pki/tls/certs
      l usr/lib/ssl /etc/pki/tls
      l opt/java/openjdk/lib/security/cacerts ../../../../../etc/pki/java/cacerts
      """),
  SUSE(
      """
      f etc/os-release ID="sles"
      d etc/pki/trust/anchors
      d var/lib/ca-certificates/pem
      b var/lib/ca-certificates/ca-bundle.pem 444
      j var/lib/ca-certificates/java-cacerts 444
      """,
      """
      l etc/ssl/certs ../../var/lib/ca-certificates/pem
      l etc/ssl/ca-bundle.pem ../../var/lib/ca-certificates/ca-bundle.pem
      l usr/lib/ssl/cert.pem /var/lib/ca-certificates/ca-bundle.pem
      l opt/java/openjdk/lib/security/cacerts /var/lib/ca-certificates/java-cacerts
      """);

  private static final Path OPENSSL = Path.of("/usr/bin/openssl");

  private final String files;
  private final String links;

  /**
   * @param files one a line: {@code f PATH TEXT}, {@code d PATH}, {@code b PATH MODE} the bundle,
   *     {@code j PATH MODE} the JVM's trust store
   * @param links {@code l PATH TARGET}
   */
  DistributionBase(String files, String links) {
    this.files = files;
    this.links = links;
  }

  /** The tag in the layout. */
  public String tag() {
    return name().toLowerCase(java.util.Locale.ROOT).replace("_", "");
  }

  /**
   * Writes the image: the base below, a layer of programs that takes the base's bundle away, and
   * the distribution's files and links in a layer each.
   *
   * @param bundle what it trusts, as PEM
   * @param trustStore the same as the JVM reads it
   * @param folder to work in
   * @throws PeerMissingException where this is not Debian, or has no openssl
   */
  public LayoutFolder on(LayoutFolder below, byte[] bundle, byte[] trustStore, Path folder)
      throws IOException {
    LayoutFolder layout = LayoutFolder.at(folder.resolve("layout"));
    List<Layer> layers =
        List.of(
            layer(programs(folder.resolve("debian")), folder.resolve("programs.tar.gz")),
            layer(entries(links, bundle, trustStore), folder.resolve("links.tar.gz")),
            layer(entries(files, bundle, trustStore), folder.resolve("files.tar.gz")));
    layout.put(below, JlinkBase.TAG, layers, tag());
    return layout;
  }

  private List<LayerEntry> programs(Path debian) throws IOException {
    Machine.require("openssl");
    DebianPackages.unpack(debian, "busybox-static");
    Path busybox = debian.resolve("bin/busybox");
    List<LayerEntry> entries = new ArrayList<>();
    entries.add(TinyBase.directory("etc/ssl", 0755));
    entries.add(TinyBase.file("etc/ssl/.wh.certs", ""));
    // A folder of its own, as Alpine has it: through a link of the base some runtimes write
    // nothing.
    entries.add(TinyBase.directory("bin", 0755));
    entries.add(JlinkBase.file("bin/busybox", busybox));
    for (String applet : Command.of(busybox.toString(), "--list-full").run().lines().toList()) {
      if (!applet.equals("bin/busybox")) {
        entries.add(link(applet, "/bin/busybox"));
      }
    }
    entries.add(JlinkBase.file("usr/bin/openssl", OPENSSL));
    for (String library : JlinkBase.libraries(Set.of(OPENSSL))) {
      entries.add(JlinkBase.file(library.substring(1), Path.of(library)));
    }
    return entries;
  }

  private static List<LayerEntry> entries(String lines, byte[] bundle, byte[] trustStore) {
    return lines
        .lines()
        .map(line -> line.split(" ", 3))
        .map(
            words ->
                switch (words[0]) {
                  case "f" -> TinyBase.file(words[1], words[2] + "\n");
                  case "d" -> TinyBase.directory(words[1], 0755);
                  case "b" -> file(words[1], bundle, words[2]);
                  case "j" -> file(words[1], trustStore, words[2]);
                  default -> link(words[1], words[2]);
                })
        .toList();
  }

  private static LayerEntry file(String path, byte[] bytes, String mode) {
    return new LayerEntry.File(
        path,
        bytes.length,
        () -> new ByteArrayInputStream(bytes),
        Integer.parseInt(mode, 8),
        Owner.ROOT,
        Instant.EPOCH);
  }

  private static LayerEntry link(String path, String target) {
    return new LayerEntry.SymbolicLink(path, target, Owner.ROOT, Instant.EPOCH);
  }

  private static Layer layer(List<LayerEntry> entries, Path file) {
    return LayerWriter.write(entries, Compression.DEFLATED, file);
  }
}
