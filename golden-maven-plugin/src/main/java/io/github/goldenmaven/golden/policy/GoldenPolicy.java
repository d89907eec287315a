package io.github.goldenmaven.golden.policy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.definition.DefinitionReader;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.golden.yaml.YamlFile;
import io.github.goldenmaven.golden.yaml.YamlValue;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a company allows, from {@code golden-policy.yaml}: a closed schema, in which an unknown key
 * is refused and nothing means "anything goes".
 *
 * @param file as it was named, for messages
 * @param digest of the file's bytes, SHA-256
 * @param official repositories that official images may come from
 * @param golden repositories that golden images are in
 * @param goldenFolders OCI layout folders that golden images are in, absolute; of these and {@code
 *     golden} one at least
 * @param labels keys of labels that application images must have, besides those the gate demands
 * @param freshnessOrNull how old a golden may be
 * @param sources by repository ({@code host/path}), where the sources of its images must come from
 * @param effective by rule, from which day it refuses; it warns before
 * @param waivers what is let through for a time
 * @param application what services may do to golden images besides what all may
 * @param keys whose signatures count; with any, the gate demands signed provenance
 */
public record GoldenPolicy(
    Path file,
    Digest digest,
    List<RepositoryPattern> official,
    List<RepositoryPattern> golden,
    List<LayoutReference> goldenFolders,
    List<String> labels,
    @Nullable Freshness freshnessOrNull,
    Map<String, String> sources,
    Map<String, LocalDate> effective,
    List<Waiver> waivers,
    Application application,
    List<PolicyKey> keys) {

  private static final String FOLDER = "oci:";

  private static final String[] KEYS = {
    "official",
    "golden",
    "labels",
    "freshness",
    "sources",
    "effective",
    "waivers",
    "application",
    "keys"
  };

  /** The signed catalog, which no gate demands yet. */
  private static final List<String> NOT_YET = List.of("catalog");

  private static final String PARAMETER = "<policy> or -Dgolden.policy";

  /** Stands in for one that was refused. */
  private static final Digest NONE = Digest.of(new byte[0]);

  private static final Pattern RULE = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");

  /**
   * How old a golden may be, by one measure or both.
   *
   * @param maxAgeOrNull since it was made
   * @param behindOrNull how many newer ones of its line there may be
   */
  public record Freshness(@Nullable Duration maxAgeOrNull, @Nullable Integer behindOrNull) {

    private static Freshness of(YamlValue value) {
      Freshness freshness =
          value.read(
              fields ->
                  new Freshness(
                      fields.optional("maxAge", YamlValue::duration),
                      fields.optional("behind", YamlValue::wholeNumber)),
              "maxAge",
              "behind");
      if (freshness.maxAgeOrNull == null && freshness.behindOrNull == null) {
        throw value.refused(
            "has neither 'maxAge' nor 'behind'", "Write one of them, or remove the key.");
      }
      return freshness;
    }

    public Optional<Duration> maxAge() {
      return Optional.ofNullable(maxAgeOrNull);
    }

    public Optional<Integer> behind() {
      return Optional.ofNullable(behindOrNull);
    }
  }

  /**
   * What services may do besides what all may, and may not though it is only warned of.
   *
   * @param paths folders and files of golden images that are given to them, absolute
   * @param refusesScripts whether what the gate cannot read is refused
   * @param refusesAgents whether Java agents of their own are refused
   */
  public record Application(List<String> paths, boolean refusesScripts, boolean refusesAgents) {

    static final Application NOTHING = new Application(List.of(), false, false);

    public Application {
      paths = List.copyOf(paths);
    }

    private static Application of(YamlValue value) {
      return value.read(
          fields ->
              new Application(
                  fields.list("paths", DefinitionReader::given),
                  fields.optional("scripts", Application::refuses, false),
                  fields.optional("agents", Application::refuses, false)),
          "paths",
          "scripts",
          "agents");
    }

    private static boolean refuses(YamlValue value) {
      return switch (value.text()) {
        case "warn" -> false;
        case "refuse" -> true;
        default ->
            throw value.refused(
                "is '" + Printable.of(value.text()) + "'", "Write 'warn' or 'refuse'.");
      };
    }
  }

  /** What one rule lets through, for one image, for a time. */
  public record Waiver(String rule, Digest digest, LocalDate until, String owner, String reason) {

    private static Waiver of(YamlValue value) {
      return value.read(
          fields ->
              new Waiver(
                  fields.required("rule", rule -> rule.parsed(GoldenPolicy::rule), "REFUSED"),
                  fields.required("digest", digest -> digest.parsed(Digest::parse), NONE),
                  fields.required("until", YamlValue::date, LocalDate.EPOCH),
                  fields.required("owner", YamlValue::text, "refused"),
                  fields.required("reason", YamlValue::text, "refused")),
          "rule",
          "digest",
          "until",
          "owner",
          "reason");
    }
  }

  public GoldenPolicy {
    official = List.copyOf(official);
    golden = List.copyOf(golden);
    goldenFolders = List.copyOf(goldenFolders);
    labels = List.copyOf(labels);
    sources = Map.copyOf(sources);
    effective = Map.copyOf(effective);
    waivers = List.copyOf(waivers);
    keys = List.copyOf(keys);
  }

  /**
   * Reads a policy.
   *
   * @throws RefusedException naming line and column of everything that is not the schema's
   */
  public static GoldenPolicy read(Path file) {
    ProblemCollector together = new ProblemCollector();
    YamlFile.Read whole = YamlFile.readWhole(file, PARAMETER, together);
    YamlValue.Mapping top = whole.top();
    refuseWhatIsNotUsedYet(top, together);
    YamlValue.Fields fields = top.without(NOT_YET).fields(together, KEYS);
    Path parent = file.toAbsolutePath().getParent();
    Path folder = parent == null ? file.toAbsolutePath() : parent;
    GoldenPolicy policy =
        new GoldenPolicy(
            file,
            whole.digest(),
            fields.optional("official", GoldenPolicy::patterns, List.of()),
            fields.required("golden", value -> repositories(value), List.of()),
            fields.optional("golden", value -> folders(value, folder), List.of()),
            fields.optional("labels", value -> nonEmpty(value, YamlValue::text), List.of()),
            fields.optional("freshness", Freshness::of),
            fields.entries("sources", GoldenPolicy::repository, YamlValue::text),
            fields.entries("effective", GoldenPolicy::rule, YamlValue::date),
            fields.list("waivers", Waiver::of),
            fields.optional("application", Application::of, Application.NOTHING),
            fields.optional("keys", value -> keys(value, folder), List.of()));
    together.refuse();
    return policy;
  }

  private static List<PolicyKey> keys(YamlValue value, Path folder) {
    List<PolicyKey> keys = PolicyKey.list(value, folder);
    if (keys.stream().noneMatch(key -> key.role() == PolicyKey.Role.PROVENANCE)) {
      throw value.refused(
          "has no key for 'provenance', which is what the gate asks for",
          "Add one, or remove 'keys'; a policy must not promise what nobody checks.");
    }
    return keys;
  }

  private static void refuseWhatIsNotUsedYet(YamlValue.Mapping top, ProblemCollector together) {
    for (String key : NOT_YET) {
      top.find(key)
          .ifPresent(
              value ->
                  together.add(
                      value.refused(
                          "is not used yet: no catalog is looked at",
                          "Remove it; a policy must not promise what nobody checks.")));
    }
  }

  /**
   * A refusal, with line and column, of what turns out to be wrong only in use.
   *
   * @param key where it stands: {@code waivers[0].rule}
   */
  public RefusedException refused(String key, String problem, String remedy) {
    return YamlFile.refused(file, PARAMETER, key, problem, remedy);
  }

  /**
   * The same where the key itself is wrong, and not its value.
   *
   * @param key where it stands: {@code effective.CONFIG_USER}
   */
  public RefusedException refusedKey(String key, String problem, String remedy) {
    return YamlFile.refusedKey(file, PARAMETER, key, problem, remedy);
  }

  static List<RepositoryPattern> patterns(YamlValue value) {
    return nonEmpty(value, pattern -> pattern.parsed(RepositoryPattern::parse));
  }

  /** The registries' repositories of a list that may name OCI layout folders too. */
  private static List<RepositoryPattern> repositories(YamlValue value) {
    return nonEmpty(
            value,
            entry ->
                isFolder(entry)
                    ? Optional.<RepositoryPattern>empty()
                    : Optional.of(entry.parsed(RepositoryPattern::parse)))
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static List<LayoutReference> folders(YamlValue value, Path folder) {
    return value
        .list(
            entry ->
                isFolder(entry)
                    ? Optional.of(folder(entry, folder))
                    : Optional.<LayoutReference>empty())
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  private static boolean isFolder(YamlValue entry) {
    return entry.text().startsWith(FOLDER);
  }

  private static LayoutReference folder(YamlValue entry, Path folder) {
    LayoutReference layout = (LayoutReference) entry.parsed(ImageReference::parse);
    if (layout.tag().isPresent() || layout.digest().isPresent()) {
      throw entry.refused("names a tag or a digest", "Write the folder alone, 'oci:PATH'.");
    }
    return layout.in(folder);
  }

  private static <T> List<T> nonEmpty(YamlValue value, Function<YamlValue, T> reader) {
    List<T> list = value.list(reader);
    if (list.isEmpty()) {
      throw value.refused(
          "is empty", "Write at least one, or remove the key: empty never means all.");
    }
    return list;
  }

  private static String repository(String name) {
    if (name.contains("*")) {
      throw new RefusedException(
          "'" + Printable.of(name) + "' is not one repository.",
          "Write a registry's host and the whole path, without '*'.");
    }
    return RepositoryPattern.parse(name).toString();
  }

  private static String rule(String id) {
    if (!RULE.matcher(id).matches()) {
      throw new RefusedException(
          "'" + Printable.of(id) + "' is not a rule's id.",
          "Write one in upper case, like 'CONFIG_USER'.");
    }
    return id;
  }

  public Optional<Freshness> freshness() {
    return Optional.ofNullable(freshnessOrNull);
  }

  /** Whether a reference is in one of the golden repositories. */
  public boolean allows(RegistryReference reference) {
    return golden.stream().anyMatch(pattern -> pattern.matches(reference));
  }

  /** Whether a reference is in one of the golden repositories, or the golden folders. */
  public boolean allowsGolden(ImageReference reference) {
    if (reference instanceof RegistryReference registry) {
      return allows(registry);
    }
    return reference instanceof LayoutReference layout
        && goldenFolders.stream()
            .anyMatch(
                folder ->
                    folder.path().normalize().equals(layout.path().toAbsolutePath().normalize()));
  }

  /** The golden repositories and folders, for messages. */
  public String goldenShown() {
    return Stream.concat(
            golden.stream().map(RepositoryPattern::toString),
            goldenFolders.stream().map(LayoutReference::name))
        .collect(Collectors.joining("', '", "'", "'"));
  }

  /** The repositories of official images, for messages. */
  public String officialShown() {
    return official.stream()
        .map(RepositoryPattern::toString)
        .collect(Collectors.joining("', '", "'", "'"));
  }

  /**
   * Demands that a base is in one of the golden repositories. A layout folder and a Docker Engine
   * take any name anyone gives an image, so a base there proves no repository.
   *
   * @throws RefusedException when it is not, or cannot be known to be
   */
  public void requireGolden(ImageReference base) {
    String shown = "The base '" + Printable.of(base.toString()) + "'";
    String policy = "'" + Printable.of(file.toString()) + "'";
    String allowed = goldenShown();
    if (allowsGolden(base)) {
      return;
    }
    if (!(base instanceof RegistryReference)) {
      throw new RefusedException(
          shown + " is in no registry, so it proves no repository that " + policy + " allows.",
          "Name a base of " + allowed + " in <base> or with -Dgolden.base, or leave <policy> out.");
    }
    throw new RefusedException(
        shown + " is in none of the golden repositories of " + policy + ".",
        "Name a base of " + allowed + " in <base> or with -Dgolden.base.");
  }

  /**
   * Demands that an image comes from one of the repositories official images may come from. A
   * layout folder and a Docker Engine prove no repository.
   *
   * @throws RefusedException when it does not, cannot be known to, or none is allowed
   */
  public void requireOfficial(ImageReference image) {
    String shown = "The official image '" + Printable.of(image.toString()) + "'";
    String policy = "'" + Printable.of(file.toString()) + "'";
    if (official.isEmpty()) {
      throw new RefusedException(
          policy + " names no repositories of official images.",
          "Write them under 'official', like '[docker.io/library/*]'.");
    }
    String allowed = officialShown();
    if (!(image instanceof RegistryReference registry)) {
      throw new RefusedException(
          shown + " is in no registry, so it proves no publisher that " + policy + " allows.",
          "Name an image of " + allowed + " in 'from', or leave <policy> out.");
    }
    if (!isOfficial(registry)) {
      throw new RefusedException(
          shown + " is in none of the official repositories of " + policy + ".",
          "Name an image of " + allowed + " in 'from'.");
    }
  }

  /**
   * Demands the same of a mirror that an official image is read from: whoever wrote the digest it
   * is asked for may have put anything there.
   *
   * @throws RefusedException when it is in none of the repositories
   */
  public void requireOfficialMirror(ImageReference mirror) {
    if (mirror instanceof RegistryReference registry && isOfficial(registry)) {
      return;
    }
    throw new RefusedException(
        ("The mirror '%s' is in none of the official repositories of '%s', so nothing proves that a"
                + " publisher of these has what 'from' is pinned to.")
            .formatted(Printable.of(mirror.toString()), Printable.of(file.toString())),
        "Write the mirror under 'official' too if it holds nothing but copies of theirs, or leave"
            + " <from> and -Dgolden.from out.");
  }

  private boolean isOfficial(RegistryReference image) {
    return official.stream().anyMatch(pattern -> pattern.matches(image));
  }
}
