package io.github.goldenmaven.provenance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Every label this project stamps: the one list that code, help and documentation read.
 *
 * @see <a
 *     href="https://github.com/opencontainers/image-spec/blob/v1.1.0/annotations.md#pre-defined-annotation-keys">OCI
 *     image spec, pre-defined annotation keys</a>
 */
public enum Label {
  TITLE(
      "org.opencontainers.image.title",
      On.BOTH,
      Reach.ANNOTATION,
      Form.FREE_TEXT,
      "Name of the image, for people.",
      Origin.of("<name>", "<artifactId>").onGoldens("'name' in golden.yaml"),
      "the name has no visible character"),
  DESCRIPTION(
      "org.opencontainers.image.description",
      On.BOTH,
      Reach.CONFIG,
      Form.FREE_TEXT,
      "What the software in the image does.",
      Origin.of("<description>").onGoldens("none"),
      "the element is missing"),
  VERSION(
      "org.opencontainers.image.version",
      On.BOTH,
      Reach.ANNOTATION,
      Form.PLAIN,
      "Version of the packaged software.",
      Origin.of("<version>").onGoldens("'version' in golden.yaml"),
      Absence.NEVER),
  REVISION(
      "org.opencontainers.image.revision",
      On.BOTH,
      Reach.ANNOTATION,
      Form.PLAIN,
      "Git commit the image was built from.",
      Origin.of("git's HEAD"),
      "no git repository has the sources, or git cannot tell"),
  SOURCE(
      "org.opencontainers.image.source",
      On.BOTH,
      Reach.ANNOTATION,
      Form.PLAIN,
      "Where the sources are, without credentials.",
      Origin.of(
              "<scm><url>",
              "<scm><connection>",
              "<scm><developerConnection>",
              "git's remote 'origin'")
          .onGoldens("git's remote 'origin'"),
      "neither names an address that other machines find"),
  CREATED(
      "org.opencontainers.image.created",
      On.BOTH,
      Reach.ANNOTATION,
      Form.PLAIN,
      "Time in UTC, RFC 3339, whole seconds; never the time of the run.",
      Origin.of(
              "<container><creationTime>",
              "<project.build.outputTimestamp>",
              "the commit's time",
              "1970-01-01T00:00:00Z")
          .onGoldens(
              "<created> or -Dgolden.created, else <project.build.outputTimestamp>, else the"
                  + " commit's time, else 1970-01-01T00:00:00Z"),
      Absence.NEVER),
  VENDOR(
      "org.opencontainers.image.vendor",
      On.BOTH,
      Reach.CONFIG,
      Form.FREE_TEXT,
      "Who distributes the image.",
      Origin.of("<organization><name>").onGoldens("none"),
      "the element is missing"),
  LICENSES(
      "org.opencontainers.image.licenses",
      On.BOTH,
      Reach.CONFIG,
      Form.FREE_TEXT,
      "Licences of the packaged software; several are a choice, joined with OR.",
      Origin.of("<licenses><license><name>").onGoldens("none"),
      "the element is missing"),
  URL(
      "org.opencontainers.image.url",
      On.BOTH,
      Reach.CONFIG,
      Form.PLAIN,
      "Where people read more, without credentials.",
      Origin.of("<url>").onGoldens("none"),
      "the element is missing"),
  BASE_NAME(
      "org.opencontainers.image.base.name",
      On.BOTH,
      Reach.ANNOTATION,
      Form.PLAIN,
      "Fully qualified name of the base with its tag.",
      Origin.of("<base>").onGoldens("'from' in golden.yaml"),
      "the base is in a layout folder"),
  BASE_DIGEST(
      "org.opencontainers.image.base.digest",
      On.BOTH,
      Reach.ANNOTATION,
      Form.PLAIN,
      "Digest the base resolved to: of its index when it is one.",
      Origin.of("<base>").onGoldens("'from' in golden.yaml"),
      Absence.NEVER),
  SCHEMA(
      "io.github.goldenmaven.schema",
      On.BOTH,
      Reach.CONFIG,
      Form.PLAIN,
      "Which meaning these labels have: 1.",
      Origin.of("this plugin"),
      Absence.NEVER),
  ROLE(
      "io.github.goldenmaven.role",
      On.BOTH,
      Reach.CONFIG,
      Form.PLAIN,
      "What the image is: golden or application.",
      Origin.of("the goal that made the image"),
      Absence.NEVER),
  BASE_MANIFEST(
      "io.github.goldenmaven.base.manifest",
      On.BOTH,
      Reach.CONFIG,
      Form.PLAIN,
      "Digest of the base's manifest for this platform.",
      Origin.of("<base>").onGoldens("'from' in golden.yaml"),
      Absence.NEVER),
  BASE_CHAIN(
      "io.github.goldenmaven.base.chain",
      On.BOTH,
      Reach.CONFIG,
      Form.PLAIN,
      "OCI ChainID of the base's layers: ties the label to the image's own diff IDs.",
      Origin.of("<base>").onGoldens("'from' in golden.yaml"),
      Absence.NEVER),
  BASE_LAYERS(
      "io.github.goldenmaven.base.layers",
      On.BOTH,
      Reach.CONFIG,
      Form.PLAIN,
      "How many layers the base has: the seam is above them.",
      Origin.of("<base>").onGoldens("'from' in golden.yaml"),
      Absence.NEVER),
  GOLDEN_NAME(
      "io.github.goldenmaven.golden.name",
      On.GOLDEN,
      Reach.INHERITED,
      Form.PLAIN,
      "Name of the golden image.",
      Origin.of("'name' in golden.yaml"),
      Absence.NEVER),
  GOLDEN_VERSION(
      "io.github.goldenmaven.golden.version",
      On.GOLDEN,
      Reach.INHERITED,
      Form.PLAIN,
      "Version of the golden image.",
      Origin.of("'version' in golden.yaml"),
      Absence.NEVER),
  GOLDEN_LINE(
      "io.github.goldenmaven.golden.line",
      On.GOLDEN,
      Reach.INHERITED,
      Form.PLAIN,
      "Line of the golden image: what its consumers name as the tag.",
      Origin.of("'line' in golden.yaml"),
      Absence.NEVER),
  GOLDEN_CERTIFICATES(
      "io.github.goldenmaven.golden.certificates",
      On.GOLDEN,
      Reach.INHERITED,
      Form.LIST,
      "SHA-256 fingerprints of the company CAs in it, separated by commas.",
      Origin.of("'certificates' in golden.yaml"),
      "golden.yaml names none"),
  GOLDEN_JAVA(
      "io.github.goldenmaven.golden.java",
      On.GOLDEN,
      Reach.INHERITED,
      Form.PLAIN,
      "Feature version of each JVM in it, separated by commas; first the one that PATH finds"
          + " first; none where it has no JVM.",
      Origin.of("the 'release' file of each JVM"),
      "a JVM in it is older than Java 8, or a java in it is none that is known"),
  GOLDEN_TREE(
      "io.github.goldenmaven.golden.tree",
      On.GOLDEN,
      Reach.INHERITED,
      Form.LIST,
      "What builds must know of its files: names in the root and in folders that are open to"
          + " services, folders given to applications, its JVMs.",
      Origin.of("the image's files", "'application' in golden.yaml"),
      "it would be longer than 4096 bytes, or an older version baked the image"),
  OFFICIAL_NAME(
      "io.github.goldenmaven.official.name",
      On.GOLDEN,
      Reach.INHERITED,
      Form.PLAIN,
      "Fully qualified name of the official image with its tag.",
      Origin.of("'from' in golden.yaml"),
      "the official image is in a layout folder"),
  OFFICIAL_DIGEST(
      "io.github.goldenmaven.official.digest",
      On.GOLDEN,
      Reach.INHERITED,
      Form.PLAIN,
      "Digest the official image resolved to.",
      Origin.of("'from' in golden.yaml"),
      Absence.NEVER),
  MAVEN_COORDINATES(
      "io.github.goldenmaven.maven.coordinates",
      On.APPLICATION,
      Reach.CONFIG,
      Form.PLAIN,
      "group:artifact:version of the packaged project.",
      Origin.of("<groupId>, <artifactId> and <version>"),
      Absence.NEVER),
  SOURCE_DIRTY(
      "io.github.goldenmaven.source.dirty",
      On.APPLICATION,
      Reach.CONFIG,
      Form.PLAIN,
      "true: the work tree differed from the revision.",
      Origin.of("git's work tree"),
      "the work tree is the revision's, or git cannot tell");

  /** The version of the meaning of all these labels, the value of {@link #SCHEMA}. */
  public static final String CURRENT_SCHEMA = "1";

  private static final String OWN = "io.github.goldenmaven.";
  private static final String OCI = "org.opencontainers.image.";

  /**
   * The older names of OCI's keys.
   *
   * @see <a
   *     href="https://github.com/opencontainers/image-spec/blob/v1.1.0/annotations.md#back-compatibility-with-label-schema">OCI
   *     image spec, back-compatibility with Label Schema</a>
   */
  private static final String LABEL_SCHEMA = "org.label-schema.";

  private static final NavigableSet<String> KEYS = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  static {
    for (Label label : values()) {
      KEYS.add(label.key);
    }
  }

  /** Which images a label is stamped on. */
  public enum On {
    GOLDEN,
    APPLICATION,
    BOTH
  }

  /** A class of its own, because an enum's constants cannot see its fields. */
  private static final class Absence {
    private static final String NEVER = "never";
  }

  /** How far a label goes beyond the config of the image it is stamped on. */
  public enum Reach {
    /** In the config only. */
    CONFIG,
    /** Also an annotation of manifest and index, where tools look that read no config. */
    ANNOTATION,
    /** An application image takes it over from its golden image. */
    INHERITED
  }

  /** What a value may be. */
  public enum Form {
    /** Printable ASCII of at most 256 bytes; anything else is refused. */
    PLAIN(256),
    /** Printable ASCII of at most 4 KiB; anything else is refused. */
    LIST(4096),
    /** Any language; white space folded, control and bidi characters dropped, cut at 256 bytes. */
    FREE_TEXT(256);

    private final int maxBytes;

    Form(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    /** The longest value, in bytes of UTF-8. */
    public int maxBytes() {
      return maxBytes;
    }
  }

  private final String key;
  private final On on;
  private final Reach reach;
  private final Form form;
  private final String meaning;
  private final String place;
  private final String origin;
  private final String absence;

  Label(String key, On on, Reach reach, Form form, String meaning, Origin origin, String absence) {
    this.key = key;
    this.on = on;
    this.reach = reach;
    this.form = form;
    this.meaning = meaning;
    this.place = origin.first();
    this.origin = origin.toString();
    this.absence = absence;
  }

  /**
   * Whether a key speaks about the one image it is stamped on, so that another image must not
   * inherit it: this project's keys, OCI's, and OCI's older names, in any letter case.
   */
  public static boolean speaksOfOneImage(String key) {
    String folded = key.toLowerCase(Locale.ROOT);
    return folded.startsWith(OWN) || folded.startsWith(OCI) || folded.startsWith(LABEL_SCHEMA);
  }

  /** Whether a key is this project's to set, in any letter case, so that nobody else may. */
  public static boolean isReserved(String key) {
    return key.toLowerCase(Locale.ROOT).startsWith(OWN) || KEYS.contains(key);
  }

  /** The label with this key; empty where it is none of these. */
  public static Optional<Label> of(String key) {
    return Arrays.stream(values()).filter(label -> label.key.equals(key)).findFirst();
  }

  /** The key in a config's labels, and in annotations where it is one. */
  public String key() {
    return key;
  }

  /** The value in these labels or annotations; empty where it is not stamped. */
  public Optional<String> in(Map<String, String> labels) {
    return Optional.ofNullable(labels.get(key));
  }

  /** Which images it is stamped on. */
  public On on() {
    return on;
  }

  /** Whether an application image takes it over from its golden image. */
  public boolean inherited() {
    return reach == Reach.INHERITED;
  }

  /** Whether manifest and index carry it too, as an annotation. */
  public boolean annotation() {
    return reach == Reach.ANNOTATION;
  }

  public Form form() {
    return form;
  }

  /** What is wrong with a value of this label: a clause for people; empty where nothing is. */
  public Optional<String> fault(String value) {
    return LabelGrammar.fault(this, value);
  }

  /** What a value may be: a clause for people. */
  public String grammar() {
    return LabelGrammar.told(this);
  }

  /** One line for people. */
  public String meaning() {
    return meaning;
  }

  /** Where the value comes from: elements of the POM, parameters, git, in order. */
  public String origin() {
    return origin;
  }

  /** Where a user writes another value down: the first of these. */
  public String place() {
    return place;
  }

  /** What makes it absent from an image that it is stamped on, for people. */
  public String absence() {
    return absence;
  }

  @Override
  public String toString() {
    return key;
  }
}
