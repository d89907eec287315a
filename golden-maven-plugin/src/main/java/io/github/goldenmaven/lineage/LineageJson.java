package io.github.goldenmaven.lineage;

import io.github.goldenmaven.golden.Seam;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A lineage for programs. What is not known is left out:
 *
 * <pre>{@code
 * {"schema": 1, "reference": "host/repository:tag", "digest": "sha256:…",
 *  "platforms": [{
 *    "platform": "linux/amd64", "digest": "sha256:…", "role": "application",
 *    "lineage": {"official": "name@sha256:…", "golden": "name@sha256:…", "application": "name@sha256:…"},
 *    "seam": {"layers": 3, "standing": "proven", "fault": "…"},
 *    "layers": [{"digest": "sha256:…", "diffId": "sha256:…", "size": 123, "of": "golden", "comment": "…"}],
 *    "labels": {"key": "value"}}]}
 * }</pre>
 *
 * <p>See {@code docs/lineage-json.md}. Layers stand bottom first; {@code seam.layers} of them are
 * the base's; {@code seam.standing} is {@code proven}, {@code claimed} or {@code disproven}. An
 * image without a known role has no {@code role}, {@code seam} and an empty {@code lineage}.
 */
public final class LineageJson {

  private LineageJson() {}

  /** {@code inspect.json}: all images of a run; see {@code docs/schema/inspect.schema.json}. */
  public static JsonObject of(List<ImageLineage> images) {
    return JsonObject.EMPTY
        .with("schema", 1)
        .with("images", JsonValue.ofObjects(images.stream().map(LineageJson::of).toList()));
  }

  public static JsonObject of(ImageLineage image) {
    return JsonObject.EMPTY
        .with("schema", 1)
        .with("reference", image.name())
        .with("digest", image.digest().toString())
        .with(
            "platforms",
            JsonValue.ofObjects(image.platforms().stream().map(LineageJson::platform).toList()));
  }

  private static JsonObject platform(Lineage lineage) {
    JsonObject json =
        JsonObject.EMPTY
            .with("platform", lineage.platform().toString())
            .with("digest", lineage.manifest().toString())
            .withKnown("role", lineage.roleOrNull())
            .with(
                "lineage",
                JsonObject.EMPTY
                    .withKnown("official", reference(lineage.officialOrNull()))
                    .withKnown("golden", reference(lineage.goldenOrNull()))
                    .withKnown("application", reference(lineage.applicationOrNull())));
    Seam seam = lineage.seamOrNull();
    if (seam != null) {
      json = json.with("seam", seam(seam));
    }
    List<JsonObject> layers = lineage.layers().stream().map(LineageJson::layer).toList();
    return json.with("layers", JsonValue.ofObjects(layers)).with("labels", lineage.labels());
  }

  private static JsonObject seam(Seam seam) {
    return JsonObject.EMPTY
        .with("layers", seam.baseLayers())
        .with("standing", seam.standing().name().toLowerCase(Locale.ROOT))
        .withKnown("fault", seam.faultOrNull());
  }

  private static JsonObject layer(LineageLayer layer) {
    return JsonObject.EMPTY
        .with("digest", layer.digest().toString())
        .with("diffId", layer.diffId().toString())
        .with("size", layer.size())
        .withKnown("of", layer.partOrNull())
        .withKnown("comment", layer.commentOrNull());
  }

  private static @Nullable String reference(@Nullable Ancestor ancestor) {
    return ancestor == null ? null : ancestor.referenceOrNull();
  }
}
