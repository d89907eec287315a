package io.github.goldenmaven.provenance.git;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where sources or a page are, as a label may tell: never with a password, a token or a person's
 * name in it.
 */
public final class SourceAddress {

  private static final Pattern URL =
      Pattern.compile(
          "((?:[a-zA-Z0-9+.-]+:)*[a-zA-Z0-9+.-]+)://([^/?#]*)([^?#]*)(?:\\?([^#]*))?.*",
          Pattern.DOTALL);

  private static final Pattern SECRET_IN_QUERY =
      Pattern.compile(
          "(?:^|[&;])[^=&;]*(?:token|passw|pwd|secret|key|auth|sig|credential)[^=&;]*=",
          Pattern.CASE_INSENSITIVE);

  /** Git's short form of ssh, {@code user@host:path}: a colon before any slash. */
  private static final Pattern SCP = Pattern.compile("(?:([^/:@]*)@)?([^/:@]{2,}):([^@]+)");

  /** The one user name of ssh addresses that is everybody's. */
  private static final String SHARED_USER = "git";

  /** Maven's form: {@code scm:git:URL}. */
  private static final Pattern SCM = Pattern.compile("scm[:|][a-zA-Z0-9_.-]+[:|](.+)");

  /** The way to read, where Maven's form has two, in any order. */
  private static final Pattern FETCH =
      Pattern.compile("(?:.*\\[fetch=]|\\[push=])?(.+?)(?:\\[push=].*)?");

  /** As an address begins that only this machine has. */
  private static final Pattern FOLDER =
      Pattern.compile("(?is)(file:|/|\\.\\.?[/\\\\]|[a-z]:[/\\\\]|\\\\).*");

  private static final Set<String> KNOWN =
      Set.of("https", "http", "ssh", "git", "git+ssh", "ssh+git", "ftp", "ftps", "file");

  private SourceAddress() {}

  /**
   * The address in what {@code <scm>} says: Maven's prefix is left out.
   *
   * @return empty where it leads to a folder, which only this machine has
   * @see <a href="https://maven.apache.org/scm/scm-url-format.html">SCM URL format</a>
   */
  public static Optional<String> ofScm(@Nullable String written) {
    String text = written == null ? "" : written.strip();
    Matcher scm = SCM.matcher(text);
    if (scm.matches()) {
      Matcher fetch = FETCH.matcher(scm.group(1));
      return Optional.of(fetch.matches() ? fetch.group(1) : scm.group(1))
          .filter(SourceAddress::isElsewhere);
    }
    return Optional.of(text)
        .filter(address -> !address.isEmpty() && !FOLDER.matcher(address).matches());
  }

  /**
   * The address without user, password, fragment, and a query that holds a secret; of ssh addresses
   * the user {@code git} stays, because everybody's address has it.
   *
   * @return empty where an {@code @} is left that could end a password
   */
  public static Optional<String> withoutCredentials(String address) {
    String text = address.strip();
    Matcher url = URL.matcher(text);
    if (url.matches()) {
      return cleaned(url.group(1), url.group(2), url.group(3) + query(url.group(4)));
    }
    Matcher scp = SCP.matcher(text);
    if (scp.matches()) {
      String user = SHARED_USER.equals(scp.group(1)) ? SHARED_USER + "@" : "";
      return Optional.of(user + scp.group(2) + ":" + scp.group(3));
    }
    return text.contains("@") ? Optional.empty() : Optional.of(text);
  }

  private static String query(@Nullable String query) {
    return query == null || SECRET_IN_QUERY.matcher(query).find() ? "" : "?" + query;
  }

  private static Optional<String> cleaned(String scheme, String authority, String path) {
    if (path.contains("@")) {
      // 'https://user:pass/word@host': the password's slash ended what looks like the host.
      return Optional.empty();
    }
    int at = authority.lastIndexOf('@');
    String user =
        scheme.endsWith("ssh") && authority.substring(0, Math.max(at, 0)).equals(SHARED_USER)
            ? SHARED_USER + "@"
            : "";
    return Optional.of(scheme + "://" + user + authority.substring(at + 1) + path);
  }

  /**
   * Whether an address is found from other machines too: a folder's path or {@code file:} URL would
   * tell about the machine, and give one commit another digest on the next.
   */
  static boolean isElsewhere(String address) {
    if (FOLDER.matcher(address).matches()) {
      return false;
    }
    Matcher url = URL.matcher(address);
    return url.matches() ? !url.group(2).isEmpty() : SCP.matcher(address).matches();
  }

  /** Whether git's configuration may have it stand for another: no known scheme, and no host. */
  static boolean isShorthand(String address) {
    Matcher url = URL.matcher(address);
    if (url.matches()) {
      return !KNOWN.contains(url.group(1).toLowerCase(Locale.ROOT));
    }
    Matcher scp = SCP.matcher(address);
    return scp.matches() && scp.group(1) == null && !scp.group(2).contains(".");
  }
}
