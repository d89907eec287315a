package io.github.goldenmaven.provenance;

import io.github.goldenmaven.provenance.git.SourceAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository of sources is, whichever of its addresses one has: {@code
 * https://git.example/shop/orders}, {@code git@git.example:shop/orders.git} and {@code
 * ssh://git@git.example/shop/orders/} are one place.
 *
 * @param host in lower case, with a port that is not its scheme's own
 * @param path without slashes around it, and without git's ending
 */
public record SourcePlace(String host, String path) {

  private static final int LONGEST = 4096;
  private static final Pattern URL =
      Pattern.compile(
          "(?:[a-zA-Z0-9+.-]+:)*([a-zA-Z0-9+.-]+)://([^/?#]+)([^?#]*).*", Pattern.DOTALL);
  private static final Pattern SCP = Pattern.compile("(?:[^/:@]*@)?([^/:@]{2,}):([^@]+)");
  private static final Pattern OWN_PORT =
      Pattern.compile("(https:443|http:80|[a-z+]*ssh:22|git:9418)");
  private static final Pattern PORT = Pattern.compile(":[0-9]+$");

  /** Names under which big hosts are reached by ssh, or by a browser. */
  private static final Pattern SIDE_DOOR = Pattern.compile("^(www|ssh|altssh)\\.");

  /** How Bitbucket Server writes a repository for a browser, and for git over HTTPS. */
  private static final Pattern PROJECT =
      Pattern.compile("^(?:.*/)?(projects|users)/([^/]+)/repos/([^/]+)");

  private static final List<Pattern> FORMS =
      List.of(
          Pattern.compile("^scm/"),
          Pattern.compile("^a/"),
          Pattern.compile("_git/"),
          Pattern.compile("^v3/"));

  /** Empty where the text names no host. */
  public static Optional<SourcePlace> of(@Nullable String address) {
    String text = SourceAddress.ofScm(address).orElse("");
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher url = URL.matcher(text);
    if (url.matches()) {
      String authority = url.group(2);
      return place(
          url.group(1).toLowerCase(Locale.ROOT),
          authority.substring(authority.lastIndexOf('@') + 1),
          url.group(3));
    }
    Matcher scp = SCP.matcher(text);
    return scp.matches() && !text.contains("://")
        ? place("ssh", scp.group(1), scp.group(2))
        : Optional.empty();
  }

  private static Optional<SourcePlace> place(String scheme, String host, String path) {
    String name = host.toLowerCase(Locale.ROOT);
    Matcher port = PORT.matcher(name);
    if (port.find() && OWN_PORT.matcher(scheme + port.group()).matches()) {
      name = name.substring(0, port.start());
    }
    String shorter = path.replaceAll("^/+|/+$", "").replaceAll("\\.git$", "");
    return name.isEmpty() ? Optional.empty() : Optional.of(new SourcePlace(name, shorter));
  }

  /** Whether what people named is certainly not in a repository; false where one says nothing. */
  static boolean disagree(String named, String repository) {
    Optional<SourcePlace> there = of(named);
    Optional<SourcePlace> here = of(repository);
    return there.isPresent() && here.isPresent() && !here.get().mayHold(there.get());
  }

  /**
   * Whether a page or a folder that people name may be in this repository: the repository itself, a
   * branch or a module below it ({@code /tree/main}, {@code /orders}), in the forms that hosts give
   * one repository. Letter case, ports and side doors of a host count for nothing, and neither does
   * a host that may be an alias.
   */
  private boolean mayHold(SourcePlace named) {
    String repository = loosely(path);
    String other = loosely(named.path);
    return (looseHost().equals(named.looseHost()) || isAlias() || named.isAlias())
        && (other.equals(repository) || other.startsWith(repository + "/"));
  }

  /**
   * Hosts without a dot may be names that ssh's configuration gives others: {@code github-work}.
   */
  private boolean isAlias() {
    return !looseHost().contains(".");
  }

  private String looseHost() {
    return SIDE_DOOR.matcher(PORT.matcher(host).replaceFirst("")).replaceFirst("");
  }

  private static String loosely(String path) {
    String loose = path.toLowerCase(Locale.ROOT).replace(".git/", "/");
    Matcher project = PROJECT.matcher(loose);
    if (project.find()) {
      String owner = project.group(1).equals("users") ? "~" + project.group(2) : project.group(2);
      return owner + "/" + project.group(3) + loose.substring(project.end());
    }
    for (Pattern form : FORMS) {
      loose = form.matcher(loose).replaceFirst("");
    }
    return loose;
  }
}
