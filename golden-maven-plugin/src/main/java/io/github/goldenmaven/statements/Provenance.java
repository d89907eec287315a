package io.github.goldenmaven.statements;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.provenance.Role;
import io.github.goldenmaven.statements.StatedImage.StatedPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * SLSA provenance of an image: what it was made of and by whom. All but the run is derived from the
 * image's own labels and digests, so that a reader derives it again and compares.
 *
 * @see <a href="https://slsa.dev/spec/v1.2/build-provenance">SLSA, build provenance</a>
 */
public final class Provenance {

  public static final String PREDICATE_TYPE = "https://slsa.dev/provenance/v1";

  private static final String PAGES =
      "https://github.com/goldenmaven/golden-maven/blob/main/docs/build-types/";

  private Provenance() {}

  /** The statement about an image, not signed yet. */
  public static Statement of(StatedImage image, RunFacts run) {
    JsonObject definition = definition(image);
    List<JsonObject> made = new ArrayList<>(definition.objects("resolvedDependencies"));
    made.addAll(run.tools());
    return new Statement(
        image.subjects(),
        PREDICATE_TYPE,
        JsonObject.EMPTY
            .with(
                "buildDefinition",
                definition.with("resolvedDependencies", JsonValue.ofObjects(made)))
            .with("runDetails", run.toJson()));
  }

  /** What the image says of itself. */
  static JsonObject definition(StatedImage image) {
    Map<String, String> labels = image.platforms().get(0).labels();
    boolean golden = Label.ROLE.in(labels).filter(Role.GOLDEN.value()::equals).isPresent();
    return JsonObject.EMPTY
        .with("buildType", PAGES + (golden ? "golden-v1.md" : "application-v1.md"))
        .with("externalParameters", golden ? golden(image) : application(image))
        .with("internalParameters", JsonObject.EMPTY)
        .with("resolvedDependencies", JsonValue.ofObjects(dependencies(image, golden)));
  }

  private static JsonObject application(StatedImage image) {
    return parameters(
        image, Map.of("base", Label.BASE_NAME, "module", Label.MAVEN_COORDINATES), "image");
  }

  private static JsonObject golden(StatedImage image) {
    return parameters(
        image,
        Map.of(
            "from",
            Label.BASE_NAME,
            "name",
            Label.GOLDEN_NAME,
            "version",
            Label.GOLDEN_VERSION,
            "line",
            Label.GOLDEN_LINE),
        "to");
  }

  /** A closed set: what labels say, where it went, and the platforms. */
  private static JsonObject parameters(
      StatedImage image, Map<String, Label> labels, String target) {
    JsonObject parameters = JsonObject.EMPTY;
    for (Map.Entry<String, Label> label : new TreeMap<>(labels).entrySet()) {
      parameters =
          parameters.withKnown(
              label.getKey(), label.getValue().in(image.platforms().get(0).labels()).orElse(null));
    }
    return parameters
        .with(target, image.name())
        .with(
            "platforms",
            JsonValue.ofTexts(image.platforms().stream().map(StatedPlatform::platform).toList()));
  }

  private static List<JsonObject> dependencies(StatedImage image, boolean golden) {
    Map<String, String> labels = image.platforms().get(0).labels();
    List<JsonObject> all = new ArrayList<>();
    Label.REVISION.in(labels).ifPresent(commit -> all.add(source(labels, commit)));
    String base = golden ? "official" : "golden";
    Label.BASE_DIGEST
        .in(labels)
        .ifPresent(digest -> all.add(image(base, Label.BASE_NAME.in(labels).orElse(""), digest)));
    for (StatedPlatform platform : image.platforms()) {
      Label.BASE_MANIFEST
          .in(platform.labels())
          .ifPresent(
              digest ->
                  all.add(
                      image(base + "-manifest", "", digest)
                          .with("annotations", Map.of("platform", platform.platform()))));
    }
    if (!golden) {
      Label.OFFICIAL_DIGEST
          .in(labels)
          .ifPresent(
              digest ->
                  all.add(image("official", Label.OFFICIAL_NAME.in(labels).orElse(""), digest)));
    }
    return all;
  }

  private static JsonObject source(Map<String, String> labels, String commit) {
    JsonObject source = JsonObject.EMPTY.with("name", "source");
    source =
        source.withKnown("uri", Label.SOURCE.in(labels).map(where -> "git+" + where).orElse(null));
    return source.with("digest", Map.of("gitCommit", commit));
  }

  /** An image by its digest, and by its name where that is known. */
  private static JsonObject image(String name, String reference, String digest) {
    JsonObject image = JsonObject.EMPTY.with("name", name);
    if (!reference.isEmpty()) {
      image = image.with("uri", PackageUrl.ofImage(reference, digest));
    }
    return image.with("digest", Map.of("sha256", Digest.parse(digest).hex()));
  }
}
