package io.github.goldenmaven.golden.policy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.text.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which repositories of a registry: {@code registry.company.example/golden/*}.
 *
 * <p>The host is written out, with its port where references have one. A {@code *} stands for any
 * letters within one path component, and for nothing too; a {@code *} that is the whole last
 * component stands for any components, one at least: {@code golden/*} has {@code golden/java} and
 * {@code golden/team/java} but not {@code golden}. Tags and digests do not matter.
 */
public record RepositoryPattern(String host, List<String> components) {

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9.-]+(:[0-9]+)?|\\[[0-9A-Fa-f:]+\\](:[0-9]+)?");
  private static final Pattern COMPONENT = Pattern.compile("[a-z0-9._*-]+");
  private static final String ANY = "*";

  public RepositoryPattern {
    components = List.copyOf(components);
  }

  /**
   * Parses {@code host/component/…}.
   *
   * @throws RefusedException when it has no host, or a component that no repository can have
   */
  public static RepositoryPattern parse(String text) {
    List<String> parts = Arrays.asList(text.split("/", -1));
    String host = parts.get(0).toLowerCase(Locale.ROOT);
    List<String> components = parts.subList(1, parts.size());
    boolean looksLikeHost = host.contains(".") || host.contains(":") || host.equals("localhost");
    if (!looksLikeHost
        || !HOST.matcher(host).matches()
        || components.isEmpty()
        || !components.stream().allMatch(part -> COMPONENT.matcher(part).matches())) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' is not a repository pattern.",
          "Write a registry's host and a lower-case path, where '*' stands for anything, like"
              + " 'registry.company.example/golden/*'; no tag.");
    }
    return new RepositoryPattern(host.equals("index.docker.io") ? "docker.io" : host, components);
  }

  /** Whether a reference is in one of these repositories. */
  public boolean matches(RegistryReference reference) {
    if (!reference.host().equals(host)) {
      return false;
    }
    List<String> path = Arrays.asList(reference.repository().split("/", -1));
    int last = components.size() - 1;
    boolean deep = components.get(last).equals(ANY);
    if (deep ? path.size() < components.size() : path.size() != components.size()) {
      return false;
    }
    for (int at = 0; at < components.size(); at++) {
      if (!matches(components.get(at), path.get(at))) {
        return false;
      }
    }
    return true;
  }

  /** Goes back to the last {@code *} only, so that no pattern can take long. */
  private static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  @Override
  public String toString() {
    return host + "/" + String.join("/", components);
  }
}
