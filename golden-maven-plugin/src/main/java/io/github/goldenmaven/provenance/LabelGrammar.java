package io.github.goldenmaven.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.provenance.git.SourceAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What the value of each label may be: one grammar for the stamp and for the gate. */
final class LabelGrammar {

  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final Pattern SECOND =
      Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
  private static final Pattern FINGERPRINTS = Pattern.compile("[0-9a-f]{64}(,[0-9a-f]{64})*");
  private static final Pattern COORDINATES =
      Pattern.compile("[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[!-~&&[^:]]+");
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,3}");
  private static final Pattern WORD = Pattern.compile("[!-~]+");

  private LabelGrammar() {}

  /** What is wrong with a value: a clause for people, without the value. */
  static Optional<String> fault(Label label, String value) {
    if (value.length() > label.form().maxBytes()
        || FreeText.utf8Length(value) > label.form().maxBytes()) {
      return Optional.of("is longer than " + label.form().maxBytes() + " bytes");
    }
    return switch (label) {
      case TITLE, DESCRIPTION, VENDOR, LICENSES ->
          FreeText.isOneSafeLine(value) ? Optional.empty() : Optional.of("is not one line of text");
      case VERSION -> matches(WORD, value, "is not a version");
      case REVISION -> matches(COMMIT, value, "is not a commit of 40 or 64 digits");
      case SOURCE, URL -> address(value);
      case CREATED -> created(value);
      case BASE_NAME, OFFICIAL_NAME -> name(value);
      case BASE_DIGEST, BASE_MANIFEST, BASE_CHAIN, OFFICIAL_DIGEST ->
          parsed(Digest::parse, value, "is not a digest");
      case SCHEMA -> matches(NUMBER, value, "is not a number");
      case ROLE -> matches(Pattern.compile("golden|application"), value, "is not a role");
      case BASE_LAYERS -> matches(NUMBER, value, "is not a number of layers");
      case GOLDEN_NAME, GOLDEN_VERSION, GOLDEN_LINE ->
          RegistryReference.isTag(value) ? Optional.empty() : Optional.of("is not a tag");
      case GOLDEN_CERTIFICATES ->
          matches(FINGERPRINTS, value, "is not a list of SHA-256 fingerprints");
      case GOLDEN_JAVA -> parsed(JavaVersions::parse, value, "is not a list of Java versions");
      case GOLDEN_TREE -> parsed(GoldenTree::parse, value, "does not describe files");
      case MAVEN_COORDINATES -> matches(COORDINATES, value, "is not group:artifact:version");
      case SOURCE_DIRTY -> matches(Pattern.compile("true"), value, "is not 'true'");
    };
  }

  /** What a value may be, for people; {@link #fault} holds it to this. */
  static String told(Label label) {
    return switch (label) {
      case TITLE, DESCRIPTION, VENDOR, LICENSES -> "One line in any language";
      case VERSION -> "One word of printable ASCII";
      case REVISION -> "A commit, 40 or 64 hexadecimal digits";
      case SOURCE, URL -> "One word of printable ASCII without user, password or secret";
      case CREATED -> "`2026-11-23T00:00:00Z`";
      case BASE_NAME, OFFICIAL_NAME -> "`registry/repository:tag`, a digest behind it or none";
      case BASE_DIGEST, BASE_MANIFEST, BASE_CHAIN, OFFICIAL_DIGEST ->
          "`sha256:` and 64 hexadecimal digits";
      case SCHEMA, BASE_LAYERS -> "1 to 9999";
      case ROLE -> "`golden` or `application`";
      case GOLDEN_NAME, GOLDEN_VERSION, GOLDEN_LINE ->
          "What a tag may be: letters, digits, `_`, `.` and `-`, 128 of them";
      case GOLDEN_CERTIFICATES -> "64 hexadecimal digits each, a comma between them";
      case GOLDEN_JAVA -> "Numbers from 8, a comma between them, or `none`";
      case GOLDEN_TREE ->
          "`names=app/,etc;given=/PATH;jvms=/opt/java:17;java=/opt/java/bin/java;links=bin;kept=opt/java/`:"
              + " lists with commas, paths with `%` and two digits for all but letters, digits and"
              + " `._+@~/-`; a slash behind a name says that the folder is empty";
      case MAVEN_COORDINATES -> "`group:artifact:version`";
      case SOURCE_DIRTY -> "`true`";
    };
  }

  private static Optional<String> matches(Pattern grammar, String value, String fault) {
    return grammar.matcher(value).matches() ? Optional.empty() : Optional.of(fault);
  }

  private static Optional<String> parsed(Consumer<String> parser, String value, String fault) {
    try {
      parser.accept(value);
      return Optional.empty();
    } catch (RefusedException e) {
      return Optional.of(fault);
    }
  }

  private static Optional<String> address(String value) {
    if (!WORD.matcher(value).matches()) {
      return Optional.of("is not an address");
    }
    return SourceAddress.withoutCredentials(value).filter(value::equals).isPresent()
        ? Optional.empty()
        : Optional.of("has a user, a password or a secret");
  }

  private static Optional<String> created(String value) {
    try {
      Instant.parse(value);
      return matches(SECOND, value, "is not a time in UTC of whole seconds");
    } catch (DateTimeException e) {
      return Optional.of("is not a time");
    }
  }

  private static Optional<String> name(String value) {
    return parsed(
        text -> {
          if (!(ImageReference.parse(text) instanceof RegistryReference registry)
              || !text.split("@", 2)[0].equals(registry.nameWithTag())) {
            throw new RefusedException("It is no whole name.", "Write a whole name with a tag.");
          }
        },
        value,
        "is not a whole name with a tag");
  }
}
