package io.github.goldenmaven.verify;

import java.util.List;
import java.util.regex.Pattern;

/** Variables whose values are secrets by their form: keys of clouds and of code hosts. */
final class SecretVariable {

  private static final List<Pattern> VALUES =
      List.of(
          Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----"),
          Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
          Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"),
          Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36}|\\bgithub_pat_[A-Za-z0-9_]{22}"),
          Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20}"),
          Pattern.compile("\\bxox[abeoprs]-[A-Za-z0-9-]{10}"),
          Pattern.compile("\\b[sr]k_live_[0-9a-zA-Z]{24}|\\bnpm_[A-Za-z0-9]{36}"),
          Pattern.compile("\\bAccountKey=[A-Za-z0-9+/]{43,88}={0,2}"));

  private static final Pattern NAMES =
      Pattern.compile(
          "(.*_)?(AWS_SECRET_ACCESS_KEY|AZURE_CLIENT_SECRET|AZURE_STORAGE_KEY|GOOGLE_API_KEY"
              + "|AWS_SESSION_TOKEN|ALIBABA_CLOUD_ACCESS_KEY_SECRET|OCI_CLI_KEY_CONTENT)",
          Pattern.CASE_INSENSITIVE);

  private SecretVariable() {}

  static boolean matches(String name, String value) {
    return (NAMES.matcher(name).matches() && !value.isBlank())
        || VALUES.stream().anyMatch(form -> form.matcher(value).find());
  }
}
