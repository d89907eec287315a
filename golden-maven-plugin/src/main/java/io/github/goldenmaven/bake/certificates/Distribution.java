package io.github.goldenmaven.bake.certificates;

import io.github.goldenmaven.contents.ImageFiles;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A family of Linux distributions: where certificates are.
 *
 * @see <a
 *     href="https://www.freedesktop.org/software/systemd/man/latest/os-release.html">os-release</a>
 */
enum Distribution {
  DEBIAN(
      "debian ubuntu wolfi chainguard",
      "usr/local/share/ca-certificates",
      ".crt",
      "etc/ssl/certs/ca-certificates.crt",
      "etc/ssl/certs"),
  ALPINE(
      "alpine",
      "usr/local/share/ca-certificates",
      ".crt",
      "etc/ssl/certs/ca-certificates.crt",
      "etc/ssl/certs"),
  RED_HAT(
      "rhel fedora centos rocky almalinux ol amzn mariner azurelinux",
      "etc/pki/ca-trust/source/anchors",
      ".pem",
      "etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
      "etc/pki/ca-trust/extracted/pem/directory-hash"),
  SUSE(
      "suse opensuse sles",
      "etc/pki/trust/anchors",
      ".pem",
      "var/lib/ca-certificates/ca-bundle.pem",
      "var/lib/ca-certificates/pem"),
  UNKNOWN("", "", "", "", "");

  private static final List<String> FILES = List.of("etc/os-release", "usr/lib/os-release");
  private static final Pattern NAMES =
      Pattern.compile("(?md)^(ID|ID_LIKE)=[\"']?([A-Za-z0-9 ._-]++)[\"']?[ \\t\\r]*+$");

  private final String names;
  private final String anchors;
  private final String suffix;
  private final String bundle;
  private final String hashes;

  /**
   * @param names separated by blanks
   */
  Distribution(String names, String anchors, String suffix, String bundle, String hashes) {
    this.names = names;
    this.anchors = anchors;
    this.suffix = suffix;
    this.bundle = bundle;
    this.hashes = hashes;
  }

  /** The distribution of an image; {@link #UNKNOWN} where it does not say. */
  static Distribution of(ImageFiles files) {
    if (files.find("etc/alpine-release").isPresent()) {
      return ALPINE;
    }
    return FILES.stream()
        .flatMap(path -> files.content(path).stream())
        .flatMap(bytes -> names(new String(bytes, StandardCharsets.UTF_8)).stream())
        .flatMap(name -> Stream.of(values()).filter(distribution -> distribution.isCalled(name)))
        .findFirst()
        .orElse(UNKNOWN);
  }

  private boolean isCalled(String name) {
    return List.of(names.split(" ")).contains(name);
  }

  /** What it calls itself, before what it is like. */
  private static List<String> names(String osRelease) {
    List<String> itself = new ArrayList<>();
    List<String> like = new ArrayList<>();
    Matcher lines = NAMES.matcher(osRelease);
    while (lines.find()) {
      (lines.group(1).equals("ID") ? itself : like)
          .addAll(List.of(lines.group(2).strip().split(" +")));
    }
    itself.addAll(like);
    return itself;
  }

  /** The folder its own tool reads company certificates from. */
  Optional<String> anchors() {
    return this == UNKNOWN ? Optional.empty() : Optional.of(anchors);
  }

  /** How files of that folder end. */
  String suffix() {
    return suffix;
  }

  /** The bundle its programs read. */
  Optional<String> bundle() {
    return this == UNKNOWN ? Optional.empty() : Optional.of(bundle);
  }

  /**
   * The folder that OpenSSL looks into by hashed names, where the image has it: that of Red Hat
   * came with EL 10, where {@code /etc/pki/tls/certs} leads to it.
   */
  String hashes() {
    return hashes;
  }
}
