package io.github.goldenmaven.registry.layout;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A layout's index.json: its tags and what else it lists. */
record LayoutIndex(JsonObject json) {

  static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** By this cosign finds what it is to verify in a layout folder. */
  private static final String KIND = "kind";

  private static final String IMAGE = "dev.cosignproject.cosign/image";
  private static final String INDEX = "dev.cosignproject.cosign/imageIndex";

  static final LayoutIndex EMPTY =
      new LayoutIndex(
          JsonObject.EMPTY
              .with("schemaVersion", 2)
              .with("mediaType", MediaTypes.OCI_INDEX)
              .with("manifests", JsonValue.ofObjects(List.of())));

  List<Descriptor> entries() {
    return json.objects("manifests").stream().map(Descriptor::new).toList();
  }

  static Optional<String> tagOf(Descriptor entry) {
    return Optional.ofNullable(entry.annotations().get(REF_NAME));
  }

  /**
   * The entry of a tag.
   *
   * @throws RefusedException when two entries of different content have it
   */
  Optional<Descriptor> tagged(String layout, String tag) {
    List<Descriptor> found =
        entries().stream().filter(entry -> tagOf(entry).filter(tag::equals).isPresent()).toList();
    if (found.stream().map(Descriptor::digest).distinct().count() > 1) {
      throw new RefusedException(
          "The OCI layout '" + layout + "' has the tag '" + Printable.of(tag) + "' twice.",
          "Readers would disagree on which one is meant: pin the digest, or write the layout"
              + " again.");
    }
    return found.stream().findFirst();
  }

  /** With this manifest under the tag, and nothing else under it. */
  LayoutIndex with(Descriptor manifest, String tag) {
    List<Descriptor> kept =
        new ArrayList<>(
            entries().stream()
                .filter(entry -> tagOf(entry).filter(tag::equals).isEmpty())
                .filter(entry -> !isBareEntryOf(entry, manifest.digest()))
                .toList());
    Map<String, String> annotations = new LinkedHashMap<>(manifest.annotations());
    annotations.put(REF_NAME, tag);
    entries().stream()
        .filter(entry -> entry.digest().equals(manifest.digest()))
        .map(entry -> entry.annotations().get(KIND))
        .filter(Objects::nonNull)
        .forEach(kind -> annotations.put(KIND, kind));
    kept.add(manifest.withAnnotations(annotations));
    return with(kept);
  }

  private static boolean isBareEntryOf(Descriptor entry, Digest digest) {
    return entry.digest().equals(digest) && tagOf(entry).isEmpty();
  }

  /** With an entry that has no tag, once. */
  LayoutIndex withUntagged(Descriptor manifest) {
    if (entries().stream().anyMatch(entry -> entry.digest().equals(manifest.digest()))) {
      return this;
    }
    List<Descriptor> all = new ArrayList<>(entries());
    all.add(manifest);
    return with(all);
  }

  /** With the entries of an image marked as ones that have statements. */
  LayoutIndex withStatementsOf(Digest image) {
    return with(
        entries().stream()
            .map(entry -> entry.digest().equals(image) ? marked(entry) : entry)
            .toList());
  }

  private static Descriptor marked(Descriptor entry) {
    Map<String, String> annotations = new LinkedHashMap<>(entry.annotations());
    annotations.putIfAbsent(KIND, MediaTypes.isIndex(entry.mediaType()) ? INDEX : IMAGE);
    return entry.withAnnotations(annotations);
  }

  private LayoutIndex with(List<Descriptor> entries) {
    return new LayoutIndex(
        json.with(
            "manifests", JsonValue.ofObjects(entries.stream().map(Descriptor::json).toList())));
  }
}
