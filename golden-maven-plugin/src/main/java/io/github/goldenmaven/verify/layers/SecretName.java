package io.github.goldenmaven.verify.layers;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Files that are secrets by their name: private keys of SSH, password files of Git, npm, Maven,
 * Docker, cloud tools, PostgreSQL and {@code .netrc}, {@code .env}. Key stores and other PEM files
 * are not among them: most hold certificates only.
 */
final class SecretName {

  private static final List<Pattern> NAMES =
      List.of(
          Pattern.compile("(.*/)?id_(rsa|dsa|ecdsa|ed25519)"),
          Pattern.compile("(.*/)?(?![^/]*pub)[^/]*(private[-_.]?key|[-_.]key)\\.pem"),
          Pattern.compile("(.*/)?(?![^/]*pub)[^/]*\\.key"),
          Pattern.compile("(.*/)?\\.(netrc|npmrc|pypirc|pgpass|htpasswd|git-credentials|env)"),
          Pattern.compile("(.*/)?\\.docker/config\\.json"),
          Pattern.compile("(.*/)?\\.m2/settings(-security)?\\.xml"),
          Pattern.compile("(.*/)?settings-security\\.xml"),
          Pattern.compile("(.*/)?\\.aws/credentials"),
          Pattern.compile("(.*/)?\\.kube/config"),
          Pattern.compile("(.*/)?\\.config/gcloud/.*"),
          Pattern.compile("(.*/)?\\.gnupg/.*"));

  private SecretName() {}

  static boolean matches(String path) {
    String folded = path.toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(name -> name.matcher(folded).matches());
  }
}
