package io.github.goldenmaven.provenance;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.SourceAddress;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.text.Printable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is stamped on one platform's image: all labels of its config, and the annotations of its
 * manifest and index. Decided by content alone, so that the same sources on the same base give the
 * same digest: no build number, host, user or time of run.
 */
public final class Stamp {

  private final Map<String, String> labels;
  private final Instant created;
  private final List<Warning> warnings;

  private Stamp(LabelValues values, Instant created) {
    this.labels = Collections.unmodifiableMap(new TreeMap<>(values.accepted()));
    this.warnings = values.warnings();
    this.created = created;
  }

  /**
   * The stamp of an application image.
   *
   * <p>Of the golden's labels, those that tell of the golden and the official image are taken over,
   * and foreign ones ({@code com.company.team}) are carried where they are one line of plain text.
   * Whatever else speaks of one image, as OCI's {@code version} or {@code ref.name} do, spoke of
   * the base: it is replaced or removed.
   *
   * @param own the user's {@code <container><labels>}, which may replace a foreign label of the
   *     golden, but no label of {@link Label}
   * @throws io.github.goldenmaven.RefusedException naming every label that cannot be stamped
   */
  public static Stamp ofApplication(
      BaseFacts base, ProjectFacts project, GitFacts git, Map<String, @Nullable String> own) {
    Instant created = project.created(git);
    LabelValues values = new LabelValues();
    values.carry(base.config().labels());
    values.putOwn(own, "<container><labels>");
    values.inherit(base.config().labels());

    values.put(Label.SCHEMA, Label.CURRENT_SCHEMA);
    values.put(Label.ROLE, Role.APPLICATION.value());
    values.put(Label.CREATED, created.toString());
    putBase(values, base);
    putProject(values, project);
    values.put(Label.REVISION, git.revision());
    putSource(values, project, git);
    if (git.workTree() == GitFacts.WorkTree.DIRTY) {
      values.put(Label.SOURCE_DIRTY, "true");
    }
    return new Stamp(values, created);
  }

  /**
   * The stamp of a golden image.
   *
   * <p>Of the official image's labels only foreign ones ({@code com.company.team}) are carried, and
   * of those only what is one line of plain text: what it says of its own version, source or
   * reference is not the golden's. Keys without a dot ({@code name}, {@code maintainer}) are
   * nobody's namespace, and speak of the image they are on.
   *
   * @param createdOrNull as the user says, never the time of the run; else the commit's time, else
   *     the epoch
   * @param own golden.yaml's, which may replace a foreign label of the official image
   * @throws io.github.goldenmaven.RefusedException naming every label that cannot be stamped
   */
  public static Stamp ofGolden(
      BaseFacts official,
      GoldenFacts golden,
      GitFacts git,
      @Nullable Instant createdOrNull,
      Map<String, @Nullable String> own) {
    Optional<Instant> dated = Optional.ofNullable(createdOrNull).or(git::commitTime);
    Instant created = dated.orElse(Instant.EPOCH);
    LabelValues values = new LabelValues();
    Map<String, String> labels = new TreeMap<>(official.config().labels());
    labels.keySet().removeIf(key -> !key.contains("."));
    values.carry(labels);
    values.putOwn(own, "'labels' of golden.yaml");
    values.put(Label.SCHEMA, Label.CURRENT_SCHEMA);
    values.put(Label.ROLE, Role.GOLDEN.value());
    values.put(Label.CREATED, created.toString());
    putBase(values, official);
    values.put(Label.TITLE, golden.name());
    values.put(Label.VERSION, golden.version());
    values.put(Label.REVISION, git.revision());
    values.put(Label.SOURCE, git.remote());
    values.put(Label.GOLDEN_NAME, golden.name());
    values.put(Label.GOLDEN_VERSION, golden.version());
    values.put(Label.GOLDEN_LINE, golden.line());
    values.put(Label.GOLDEN_CERTIFICATES, String.join(",", golden.certificates()));
    values.put(Label.GOLDEN_JAVA, Optional.ofNullable(golden.javaOrNull()).map(String::valueOf));
    putTree(values, Optional.ofNullable(golden.treeOrNull()).map(String::valueOf));
    values.put(Label.OFFICIAL_NAME, official.name());
    values.put(Label.OFFICIAL_DIGEST, official.digest().toString());
    UntoldSources.ofGolden(golden, git, dated.isPresent()).forEach(values::warn);
    return new Stamp(values, created);
  }

  private static void putSource(LabelValues values, ProjectFacts project, GitFacts git) {
    Optional<String> written = SourceAddress.ofScm(project.scmUrlOrNull());
    Optional<String> source = written.isPresent() ? written : git.remote();
    if (written.isPresent()) {
      values.putAddress(Label.SOURCE, "<scm><url>", written.get());
    } else {
      values.put(Label.SOURCE, source);
    }
    UntoldSources.ofApplication(project, git, source.isPresent()).forEach(values::warn);
    String stamped = written.flatMap(SourceAddress::withoutCredentials).orElse("");
    String origin = git.remote().orElse("");
    if (SourcePlace.disagree(stamped, origin)) {
      values.warn(disagreement(stamped, origin));
    }
  }

  /** A golden image of so many folders is a golden image all the same. */
  private static void putTree(LabelValues values, Optional<String> tree) {
    if (tree.flatMap(Label.GOLDEN_TREE::fault).isEmpty()) {
      values.put(Label.GOLDEN_TREE, tree);
    } else {
      values.warn(
          new Warning(
              "The label '"
                  + Label.GOLDEN_TREE
                  + "' would have "
                  + tree.orElse("").length()
                  + " characters, more than "
                  + Label.GOLDEN_TREE.form().maxBytes()
                  + ", and is left out: builds of services do not say where their files may be.",
              "Leave it, and the gate says it; or have fewer names in the root, in /opt, /home,"
                  + " /srv, /mnt, /media and /tmp, and fewer empty folders."));
    }
  }

  private static Warning disagreement(String source, String origin) {
    return new Warning(
        "The POM says that the sources are at '"
            + Printable.of(source)
            + "', but git's remote 'origin' is '"
            + Printable.of(origin)
            + "'.",
        "The POM's address is stamped: write this repository's address into <scm><url>, or remove"
            + " <scm> to stamp git's address.");
  }

  private static void putBase(LabelValues values, BaseFacts base) {
    values.put(Label.BASE_NAME, base.name());
    values.put(Label.BASE_DIGEST, base.digest().toString());
    values.put(Label.BASE_MANIFEST, base.manifest().toString());
    values.put(Label.BASE_CHAIN, ImageConfig.chainId(base.diffIds()).toString());
    values.put(Label.BASE_LAYERS, Integer.toString(base.diffIds().size()));
  }

  private static void putProject(LabelValues values, ProjectFacts project) {
    values.put(Label.MAVEN_COORDINATES, project.coordinates().toString());
    values.put(Label.VERSION, project.coordinates().version());
    values.put(Label.TITLE, project.name());
    values.put(Label.DESCRIPTION, Optional.ofNullable(project.descriptionOrNull()));
    values.put(Label.VENDOR, Optional.ofNullable(project.organizationOrNull()));
    // Maven's POM reference: of several licences the user may choose any.
    values.put(Label.LICENSES, String.join(" OR ", project.licenses()));
    values.putAddress(Label.URL, "<url>", project.urlOrNull());
  }

  /** All labels of the config, sorted by key. */
  public Map<String, String> labels() {
    return labels;
  }

  /** The annotations of the manifest, and of the index over all platforms, sorted by key. */
  public Map<String, String> annotations() {
    Map<String, String> annotations = new TreeMap<>();
    Arrays.stream(Label.values())
        .filter(Label::annotation)
        .forEach(label -> label.in(labels).ifPresent(value -> annotations.put(label.key(), value)));
    return Collections.unmodifiableMap(annotations);
  }

  /** Of each label of the base that could not be carried, and of what the sources do not tell. */
  public List<Warning> warnings() {
    return warnings;
  }

  /** The image's {@code created}: never the time of the run. */
  public Instant created() {
    return created;
  }
}
