package io.github.goldenmaven.golden.policy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.golden.yaml.YamlValue;
import io.github.goldenmaven.signing.VerificationKey;
import io.github.goldenmaven.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key whose signature counts, and for what.
 *
 * @param id how reports name it
 * @param builderOrNull who builds what it signs, of a provenance key only
 * @param repositories of the images that it signs for; empty where the role has no such scope
 * @param notBeforeOrNull the first day of its signatures
 * @param notAfterOrNull the last day of its signatures
 */
public record PolicyKey(
    String id,
    VerificationKey key,
    Role role,
    @Nullable String builderOrNull,
    List<RepositoryPattern> repositories,
    @Nullable LocalDate notBeforeOrNull,
    @Nullable LocalDate notAfterOrNull) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** What a key signs: for other tools any statement of a key counts, so no key has two roles. */
  public enum Role {
    /** Builds and bakes. */
    PROVENANCE,
    /** The catalog of golden images. */
    CATALOG,
    /** The gate: what it lets through. */
    VSA;

    private static Role parse(String text) {
      return Arrays.stream(values())
          .filter(role -> role.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new RefusedException(
                      "'" + Printable.of(text) + "' is no role of a key.",
                      "Write 'provenance', 'catalog' or 'vsa', which is the gate's."));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public PolicyKey {
    repositories = List.copyOf(repositories);
  }

  /**
   * Reads a list of keys.
   *
   * @param folder that relative paths are of
   * @throws RefusedException when one is not as it has to be, or two share an id or a key
   */
  static List<PolicyKey> list(YamlValue value, Path folder) {
    List<YamlValue> entries = value.list(entry -> entry);
    if (entries.isEmpty()) {
      throw value.refused("is empty", "Write at least one key, or remove 'keys'.");
    }
    ProblemCollector together = new ProblemCollector();
    List<PolicyKey> keys = new ArrayList<>();
    for (YamlValue entry : entries) {
      Optional<PolicyKey> read =
          together.read(() -> Optional.of(read(entry, folder)), Optional.empty());
      for (PolicyKey key : read.stream().toList()) {
        keys.forEach(other -> key.refuseTwice(entry, other, together));
        keys.add(key);
      }
    }
    together.refuse();
    return keys;
  }

  private void refuseTwice(YamlValue entry, PolicyKey other, ProblemCollector together) {
    if (other.id.equals(id)) {
      together.add(
          entry.refused(
              "has the id '" + id + "' that another key has", "Give each key an id of its own."));
    }
    if (other.key.equals(key)) {
      together.add(
          entry.refused(
              other.role == role
                  ? "has the key of '%s' again".formatted(other.id)
                  : "has the key of '%s' in another role: '%s', not '%s'"
                      .formatted(other.id, role, other.role),
              "Use a key of its own for each: other tools take any statement of a key for that"
                  + " key's word."));
    }
  }

  private static PolicyKey read(YamlValue entry, Path folder) {
    Optional<PolicyKey> read =
        entry.read(
            fields -> read(fields, folder),
            "id",
            "pem",
            "role",
            "builder",
            "repositories",
            "notBefore",
            "notAfter");
    // Where it is empty, something was refused.
    return read.orElseThrow();
  }

  private static Optional<PolicyKey> read(YamlValue.Fields fields, Path folder) {
    String id = fields.required("id", value -> value.parsed(PolicyKey::id), "refused");
    Optional<VerificationKey> key =
        fields.required("pem", value -> Optional.of(pem(value, folder)), Optional.empty());
    Optional<Role> role =
        fields.required("role", value -> Optional.of(value.parsed(Role::parse)), Optional.empty());
    role.ifPresent(known -> requireScope(fields, known));
    String builder = fields.optional("builder", value -> value.parsed(PolicyKey::builder));
    List<RepositoryPattern> repositories =
        fields.optional("repositories", GoldenPolicy::patterns, List.of());
    LocalDate from = fields.optional("notBefore", YamlValue::date);
    LocalDate to = fields.optional("notAfter", YamlValue::date);
    if (from != null && to != null && to.isBefore(from)) {
      fields.refuse("ends before it begins", "Write a 'notAfter' that follows 'notBefore'.");
    }
    return key.isEmpty() || role.isEmpty()
        ? Optional.empty()
        : Optional.of(new PolicyKey(id, key.get(), role.get(), builder, repositories, from, to));
  }

  private static void requireScope(YamlValue.Fields fields, Role role) {
    for (String scope : List.of("builder", "repositories")) {
      boolean isUsed =
          role == Role.PROVENANCE || (role == Role.VSA && scope.equals("repositories"));
      if (role == Role.PROVENANCE && !fields.has(scope)) {
        fields.refuse(
            "has no '" + scope + "', which a key for 'provenance' needs",
            "Write '" + scope + "' there: nothing never means all.");
      }
      if (!isUsed && fields.has(scope)) {
        fields.refuse(
            "has a '%s', which a key for '%s' has no use for".formatted(scope, role),
            "Remove '" + scope + "', or correct 'role'.");
      }
    }
  }

  private static VerificationKey pem(YamlValue value, Path folder) {
    return value.parsed(
        text -> {
          try {
            return VerificationKey.read(
                folder.resolve(text), "The key '" + Printable.of(text) + "'");
          } catch (InvalidPathException e) {
            throw new RefusedException(
                "'" + Printable.of(text) + "' is not a path.",
                "Name a PEM file, from the policy's own folder.");
          }
        });
  }

  private static String id(String text) {
    if (!ID.matcher(text).matches()) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' is not an id of a key.",
          "Write up to 64 letters, digits, '.', '_' and '-', like 'ci'.");
    }
    return text;
  }

  private static String builder(String text) {
    try {
      if (new URI(text).isAbsolute()) {
        return text;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new RefusedException(
        "'" + Printable.of(text) + "' is not the id of a builder.",
        "Write an absolute URI as the provenance has it, like"
            + " 'https://ci.company.example/golden'.");
  }

  public Optional<String> builder() {
    return Optional.ofNullable(builderOrNull);
  }

  public Optional<LocalDate> notBefore() {
    return Optional.ofNullable(notBeforeOrNull);
  }

  public Optional<LocalDate> notAfter() {
    return Optional.ofNullable(notAfterOrNull);
  }
}
