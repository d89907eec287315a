package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.contents.SecretContent;
import java.util.List;
import java.util.regex.Pattern;

/** Variables whose values are secrets by their form: keys of clouds and of code hosts. */
public final class SecretVariable {

  private static final List<Pattern> VALUES =
      List.of(
          Pattern.compile("-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----"),
          Pattern.compile("\\b(AKIA|ASIA)[0-9A-Z]{16}\\b"),
          Pattern.compile("\\bAIza[0-9A-Za-z_-]{35}"),
          Pattern.compile("\\bgh[pousr]_[A-Za-z0-9]{36}|\\bgithub_pat_[A-Za-z0-9_]{22}"),
          Pattern.compile("\\bgl(pat|dt|rt|ptt|cbt|ft|soat|agent)-[A-Za-z0-9_-]{20}"),
          Pattern.compile(
              "\\bxox[abceoprs]-[A-Za-z0-9-]{10}|\\bxapp-[0-9]-[A-Za-z0-9-]{10}"
                  + "|\\bhooks\\.slack\\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20}"),
          Pattern.compile("\\bdckr_[po]at_[A-Za-z0-9_-]{20}|\\bhvs\\.[A-Za-z0-9_-]{24}"),
          Pattern.compile("\\b[sr]k_live_[0-9a-zA-Z]{24}|\\bnpm_[A-Za-z0-9]{36}"),
          Pattern.compile("\\bAccountKey=[A-Za-z0-9+/]{43,88}={0,2}"));

  private static final Pattern NAMES =
      Pattern.compile(
          "(.*_)?(AWS_SECRET_ACCESS_KEY|AZURE_CLIENT_SECRET|AZURE_STORAGE_KEY|GOOGLE_API_KEY"
              + "|AWS_SESSION_TOKEN|ALIBABA_CLOUD_ACCESS_KEY_SECRET|OCI_CLI_KEY_CONTENT)",
          Pattern.CASE_INSENSITIVE);

  /** What holds an AWS secret key, and the form of one: by its form alone it may be a digest. */
  private static final Pattern AWS = Pattern.compile("(?i).*(SECRET|AWS|S3).*");

  private static final Pattern AWS_SECRET =
      Pattern.compile("(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[A-Za-z0-9/+]{40}");

  private SecretVariable() {}

  public static boolean matches(String name, String value) {
    return (NAMES.matcher(name).matches() && !value.isBlank())
        || (AWS.matcher(name).matches() && AWS_SECRET.matcher(value).matches())
        || SecretContent.isSecret(value)
        || VALUES.stream().anyMatch(form -> form.matcher(value).find());
  }
}
