package io.github.goldenmaven.statements;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.statements.StatedImage.StatedPlatform;
import io.github.goldenmaven.text.Printable;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether provenance that somebody else wrote describes an image: it says of it what the image says
 * itself, and of its run no more than ours says.
 */
public final class ProvenanceCheck {

  private static final String REMEDY =
      "Sign the statement that the build of this very image left in target/golden.";

  private static final Set<String> TOOLS = Set.of("JDK", "Maven", "plugin");

  /** What is said of the image as a whole, and so must be the same of each platform. */
  private static final List<Label> OF_THE_WHOLE =
      List.of(
          Label.ROLE,
          Label.REVISION,
          Label.SOURCE,
          Label.BASE_NAME,
          Label.BASE_DIGEST,
          Label.OFFICIAL_NAME,
          Label.OFFICIAL_DIGEST,
          Label.MAVEN_COORDINATES,
          Label.GOLDEN_NAME,
          Label.GOLDEN_VERSION,
          Label.GOLDEN_LINE);

  private ProvenanceCheck() {}

  /**
   * Demands that a statement speaks of this image and says nothing of it that the image itself does
   * not say, and nothing of its run that none of ours says.
   *
   * @param builder whom it must name as the builder, where that is known
   * @throws RefusedException naming the first difference
   */
  public static void requireDescribes(
      Statement statement, StatedImage image, Optional<String> builder) {
    requireOneStory(image);
    require(
        statement.predicateType().equals(Provenance.PREDICATE_TYPE),
        "is of the type '%s', where '%s' is signed"
            .formatted(statement.predicateType(), Provenance.PREDICATE_TYPE));
    List<Digest> subjects =
        statement.subjects().stream().map(Statement.Subject::digest).sorted().toList();
    require(
        subjects.equals(image.manifests().keySet().stream().sorted().toList()),
        "is about %s, where the image has %s".formatted(subjects, image.manifests().keySet()));
    for (Statement.Subject subject : statement.subjects()) {
      require(
          subject.name().equals(image.name()),
          "names its subject '%s', where the image is '%s'"
              .formatted(subject.name(), image.name()));
    }
    requireRun(statement.predicate(), builder);
    requireDefinition(
        statement.predicate().object("buildDefinition").orElse(JsonObject.EMPTY),
        Provenance.definition(image));
  }

  /** One statement is about all platforms: what it says of one must be true of each. */
  private static void requireOneStory(StatedImage image) {
    StatedPlatform first = image.platforms().get(0);
    for (StatedPlatform other : image.platforms()) {
      for (Label label : OF_THE_WHOLE) {
        if (!label.in(first.labels()).equals(label.in(other.labels()))) {
          throw new RefusedException(
              "The platforms '%s' and '%s' of '%s' differ in the label '%s'."
                  .formatted(first.platform(), other.platform(), image.name(), label),
              "Build all platforms of the image at once, by golden:build or golden:bake.");
        }
      }
    }
  }

  private static void requireRun(JsonObject predicate, Optional<String> builder) {
    requireKeys(predicate, "buildDefinition", "runDetails");
    JsonObject run = predicate.object("runDetails").orElse(JsonObject.EMPTY);
    requireKeys(run, "builder", "metadata");
    JsonObject by = run.object("builder").orElse(JsonObject.EMPTY);
    requireKeys(by, "id");
    String id = by.string("id").orElse("");
    require(
        builder.orElse(id).equals(id),
        "names the builder '%s', where '%s' is expected (golden.builder)"
            .formatted(id, builder.orElse("")));
    require(
        RunFacts.address(id).isPresent(),
        "names the builder '%s', which is no absolute URI".formatted(id));
    requireMetadata(run.object("metadata").orElse(JsonObject.EMPTY));
  }

  private static void requireMetadata(JsonObject metadata) {
    requireKeys(metadata, "invocationId", "startedOn", "finishedOn");
    for (String key : List.of("startedOn", "finishedOn")) {
      String time = metadata.string(key).orElse("");
      require(
          isTime(time), "has '%s' for %s, which is no time that ends in Z".formatted(time, key));
    }
    Optional<String> invocation = metadata.string("invocationId");
    require(
        invocation.isEmpty() || invocation.flatMap(RunFacts::address).isPresent(),
        "has an invocationId that is no absolute URI");
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text).toString().equals(text);
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static void requireKeys(JsonObject json, String... keys) {
    for (String key : json.fields().keySet()) {
      require(List.of(keys).contains(key), "has the key '%s', which ours has not".formatted(key));
    }
  }

  private static void requireDefinition(JsonObject said, JsonObject expected) {
    requireKeys(
        said, "buildType", "externalParameters", "internalParameters", "resolvedDependencies");
    for (String key : List.of("buildType", "externalParameters", "internalParameters")) {
      require(
          String.valueOf(said.fields().get(key)).equals(String.valueOf(expected.fields().get(key))),
          "says '%s' of its %s, where the image says '%s'"
              .formatted(said.fields().get(key), key, expected.fields().get(key)));
    }
    List<JsonObject> dependencies = said.objects("resolvedDependencies");
    for (JsonObject dependency : expected.objects("resolvedDependencies")) {
      require(
          dependencies.contains(dependency),
          "lacks the dependency '%s', which the image names".formatted(dependency));
    }
    Set<String> tools = new HashSet<>(TOOLS);
    for (JsonObject dependency : dependencies) {
      require(
          expected.objects("resolvedDependencies").contains(dependency)
              || (isTool(dependency) && tools.remove(dependency.string("name").orElse(""))),
          "has the dependency '%s', which the image does not name".formatted(dependency));
    }
  }

  private static void require(boolean holds, String fault) {
    if (!holds) {
      throw new RefusedException("The statement " + Printable.of(fault, 800) + ".", REMEDY);
    }
  }

  /** Which tool it was cannot be known here; that it is no more than a tool can. */
  private static boolean isTool(JsonObject dependency) {
    JsonValue digest = dependency.fields().get("digest");
    return TOOLS.contains(dependency.string("name").orElse(""))
        && dependency.string("uri").filter(uri -> uri.startsWith("pkg:")).isPresent()
        && Set.of("name", "uri", "digest").containsAll(dependency.fields().keySet())
        && (digest == null
            || (digest instanceof JsonValue.Nested nested
                && nested.object().toString().matches("\\{\"sha256\":\"[0-9a-f]{64}\"}")));
  }
}
