package io.github.goldenmaven.golden;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Folders and files of a golden image that are given to applications, by its golden.yaml or by a
 * policy. What holds trust, users, programs, libraries or a JVM is never given.
 */
public final class Given {

  /** Belongs to every service, without being named. */
  private static final String DEFAULT = "app";

  /** How deep below a folder of the system's. */
  private static final int DEPTH = 3;

  private static final PathSet NEVER =
      new PathSet(
          Arrays.asList(
              // Who is who, and whom programs trust.
              ("etc/security etc/pam.d etc/sudoers.d etc/ssl etc/pki etc/ca-certificates"
                      + " etc/crypto-policies etc/java usr/share/ca-certificates usr/share/pki"
                      + " usr/local/share/ca-certificates var/lib/ca-certificates opt/golden"
                      // Which code is installed, runs, and is loaded into it.
                      + " etc/apk etc/apt etc/yum.repos.d etc/ld.so.conf.d etc/profile.d"
                      + " etc/alternatives usr/bin usr/sbin usr/lib usr/lib32 usr/lib64 usr/libx32"
                      + " usr/libexec usr/local/bin usr/local/sbin usr/local/lib usr/local/lib64"
                      + " var/lib/dpkg var/lib/rpm var/lib/apk var/lib/apt")
                  .split(" ")));

  private static final Pattern TRUST =
      Pattern.compile("cacerts|.*\\.(jks|p12|pfx|keystore|truststore|security|policy)");
  private static final Pattern LIBRARY = Pattern.compile(".*\\.so(\\.[0-9.]+)?");

  /** So many entries of a folder are looked at; one with more is not given. */
  private static final int MAX_ENTRIES = 20_000;

  private final ImageTree golden;
  private final PathSet paths;
  private final Map<String, String> faults = new TreeMap<>();

  /**
   * @param paths absolute; those that this golden image cannot give are left out
   * @param jvms homes of its JVMs, without a slash before them
   */
  public Given(ImageTree golden, Collection<String> paths, PathSet jvms) {
    this.golden = golden;
    TreeSet<String> good = new TreeSet<>();
    for (String path : withDefault(paths)) {
      Optional<String> fault = fault(golden, path, jvms);
      fault.ifPresentOrElse(
          why -> {
            if (!path.equals(DEFAULT)) {
              faults.put(path, "'/" + path + "' is not given to applications: it " + why);
            }
          },
          () -> good.add(path));
    }
    this.paths = new PathSet(good);
  }

  /** Why a path, or a folder above it, that was to be given is not: a clause for people. */
  Optional<String> fault(String path) {
    return new PathSet(faults.keySet()).covering(path).map(faults::get);
  }

  /** These and the one that is every service's, without a slash before them. */
  static Set<String> withDefault(Collection<String> paths) {
    Set<String> all = new TreeSet<>();
    paths.forEach(path -> all.add(path.substring(1)));
    all.add(DEFAULT);
    return all;
  }

  /** The outermost given folder that a path is, or is in. */
  public Optional<String> folder(String path) {
    Optional<String> found = paths.covering(path);
    while (found.isPresent()) {
      Optional<String> outer = paths.covering(PathSet.parent(found.orElseThrow()));
      if (outer.isEmpty()) {
        break;
      }
      found = outer;
    }
    return found.filter(folder -> !golden.isFile(folder));
  }

  /** Whether this very file of the golden image is given. */
  boolean file(String path) {
    return paths.has(path) && !path.equals(DEFAULT) && golden.isFile(path);
  }

  /** Whether something given lies below a path. */
  boolean isAbove(String path) {
    return paths.isAbove(path);
  }

  /**
   * Demands that a path may be given, judged by its name.
   *
   * @param path absolute, without a dot or a slash too many
   * @throws RefusedException when no golden image gives it
   */
  public static String require(String path) {
    nameFault(path.substring(1))
        .ifPresent(
            fault -> {
              throw new RefusedException(
                  "'" + Printable.of(path) + "' cannot be given to applications: it " + fault + ".",
                  "Name a folder that a server reads applications from, at least two components"
                      + " below one of the system's, like '/var/lib/jetty/webapps'.");
            });
    return path;
  }

  /**
   * Why a path cannot be given; empty where a golden image or a policy may give it.
   *
   * @param path without a slash before it
   */
  public static Optional<String> nameFault(String path) {
    boolean shallow =
        path.isEmpty() || (Places.isSystem(path) && path.split("/", DEPTH + 1).length < DEPTH);
    if (shallow) {
      return Optional.of("is one of the system's own folders");
    }
    if (NEVER.covers(path) || NEVER.isAbove(path)) {
      return Optional.of("holds trust, users, programs or libraries");
    }
    return Optional.empty();
  }

  /**
   * Why this golden image cannot give a path: a clause for people.
   *
   * @param path without a slash before it
   */
  public static Optional<String> fault(ImageTree golden, String path, PathSet jvms) {
    Optional<String> byName = nameFault(path);
    if (byName.isPresent()) {
      return byName;
    }
    for (String part = path; !part.isEmpty(); part = PathSet.parent(part)) {
      if (golden.type(part) == ImageTree.Type.LINK) {
        return Optional.of("leads through the link '/" + part + "'");
      }
      if (golden.isFile(part) && !part.equals(path)) {
        return Optional.of("lies below the file '/" + part + "'");
      }
    }
    if (jvms.covers(path) || jvms.isAbove(path)) {
      return Optional.of("holds a JVM, or is in one");
    }
    // Services only ever add to the default one, and what is there says that the golden means it.
    return path.equals(DEFAULT) ? Optional.empty() : held(golden, path, new int[] {MAX_ENTRIES});
  }

  private static Optional<String> held(ImageTree golden, String path, int[] left) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (left[0]-- == 0) {
      return Optional.of("has more than " + MAX_ENTRIES + " files of the golden image");
    }
    boolean file = golden.isFile(path);
    if (golden.type(path) == ImageTree.Type.PROGRAM || (file && LIBRARY.matcher(name).matches())) {
      return Optional.of("holds the program or library '/" + path + "'");
    }
    if (file && TRUST.matcher(name).matches()) {
      return Optional.of("holds '/" + path + "', which decides whom programs trust");
    }
    for (String below : golden.names(path)) {
      Optional<String> fault = held(golden, path + "/" + below, left);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }
}
