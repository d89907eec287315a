package io.github.goldenmaven.verify;

import io.github.goldenmaven.golden.GoldenDefinition.Protect;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.verify.Links.Walk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Paths, each with all below it, at which a service may put nothing: from the root, without a slash
 * before them.
 */
final class ProtectedPaths {

  private static final List<String> ALWAYS =
      List.of(
          // Who is who, and who may do what.
          "etc/passwd etc/group etc/shadow etc/gshadow etc/subuid etc/subgid etc/sudoers"
              + " etc/sudoers.d etc/pam.d etc/security",
          // Whom programs trust.
          "etc/ssl etc/pki etc/ca-certificates etc/ca-certificates.conf usr/share/ca-certificates"
              + " etc/crypto-policies"
              + " usr/share/pki usr/local/share/ca-certificates etc/java etc/apk etc/apt"
              + " etc/yum.repos.d",
          // Which code runs, and what is loaded into it.
          "bin sbin lib lib32 lib64 libx32 usr/bin usr/sbin usr/lib usr/lib32 usr/lib64 usr/libx32"
              + " usr/libexec usr/local/bin usr/local/sbin usr/local/lib etc/ld.so.preload"
              + " etc/ld.so.conf etc/ld.so.conf.d etc/ld.so.cache etc/profile etc/profile.d"
              + " etc/bash.bashrc etc/bashrc etc/environment etc/alternatives"
              + " etc/ld-musl-x86_64.path etc/ld-musl-aarch64.path etc/ld-musl-armhf.path"
              + " etc/ld-musl-i386.path etc/ld-musl-powerpc64le.path etc/ld-musl-s390x.path"
              + " etc/ld-musl-riscv64.path",
          // Where names lead.
          "etc/nsswitch.conf etc/hosts etc/resolv.conf etc/host.conf etc/gai.conf",
          // What scanners believe is installed.
          "etc/os-release usr/lib/os-release etc/alpine-release etc/debian_version var/lib/dpkg"
              + " var/lib/rpm lib/apk",
          // What the golden image brought.
          "opt/golden");

  /** No link to one of these protects it: services are at home there, or everybody is. */
  private static final Set<String> WIDE =
      Set.of(
          ("app data dev etc home media mnt opt proc root run srv sys tmp usr usr/local usr/share var"
                  + " var/cache var/lib var/log var/run var/tmp")
              .split(" ", -1));

  private final NavigableSet<String> paths = new TreeSet<>();

  private ProtectedPaths() {}

  /**
   * The ones above, what the golden protects, its JVM, the folders its programs are found in, what
   * its config starts and names, and whatever links among all these lead to.
   */
  static ProtectedPaths of(ImageConfig golden, Protect protect, GoldenContents contents) {
    List<String> named = new ArrayList<>();
    ALWAYS.forEach(group -> named.addAll(Arrays.asList(group.split(" ", -1))));
    named.addAll(protect.paths());
    named.addAll(new GoldenNeeds(golden, contents).paths());
    ProtectedPaths all = new ProtectedPaths();
    for (String name : named) {
      all.add(new Links().follow(name).orElse(""));
      contents
          .links()
          .walk(name)
          .ifPresent(
              walk -> {
                all.add(walk.path());
                walk.crossed().forEach(all::add);
              });
    }
    all.addTargets(contents);
    return all;
  }

  /** What is linked to from a protected place is what runs there, with each link on the way. */
  private void addTargets(GoldenContents contents) {
    List<String> links = contents.links().paths();
    boolean more = true;
    while (more) {
      more = false;
      for (String link : links) {
        if (!covers(link)) {
          continue;
        }
        Walk walk = contents.links().walk(link).orElse(new Walk("", List.of()));
        List<String> targets = new ArrayList<>(walk.crossed());
        if (!isLeftToServices(walk.path(), contents)) {
          targets.add(walk.path());
        }
        for (String target : targets) {
          if (!covers(target)) {
            add(target);
            more |= !target.isEmpty();
          }
        }
      }
    }
  }

  /** Folders of all and everybody, and what the golden expects its services to bring. */
  private static boolean isLeftToServices(String target, GoldenContents contents) {
    return WIDE.contains(target) || (target.startsWith("app/") && !contents.has(target));
  }

  /** The root itself is none: that would leave a service no place at all. */
  private void add(String path) {
    if (!path.isEmpty()) {
      paths.add(path);
    }
  }

  List<String> all() {
    return List.copyOf(paths);
  }

  /** Whether a path is one of them, or below one. */
  boolean covers(String path) {
    String folder = path;
    while (!folder.isEmpty()) {
      if (paths.contains(folder)) {
        return true;
      }
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
    }
    return false;
  }

  /** Whether one of them is below this path. */
  boolean isAbove(String path) {
    String first = paths.ceiling(path + "/");
    return path.isEmpty() || (first != null && first.startsWith(path + "/"));
  }
}
