package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.files.RegularFile;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.mojo.ResultFiles;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The images a goal looks at: those named, those of the fleet's file, or else what was built here.
 *
 * @param results of the project itself
 * @param modules of the reactor's, for a project that has no image of its own
 * @param found takes those that a pattern led to
 */
record SubjectImages(
    ResultFiles results,
    List<ResultFiles> modules,
    @Nullable List<@Nullable String> named,
    @Nullable File fleet,
    ImageStores stores,
    Set<ImageReference> found) {

  /** What a file of references may have at most, in bytes. */
  private static final int MAX_FLEET = 4 << 20;

  SubjectImages(
      ResultFiles results,
      List<ResultFiles> modules,
      @Nullable List<@Nullable String> named,
      @Nullable File fleet,
      ImageStores stores) {
    this(results, modules, named, fleet, stores, new HashSet<>());
  }

  /**
   * Each image once, in order.
   *
   * @throws RefusedException when there is none
   */
  List<ImageReference> references() {
    Set<String> texts = new LinkedHashSet<>(AbstractGoldenMojo.elements(named));
    if (fleet != null) {
      texts.addAll(lines(fleet));
      if (texts.isEmpty()) {
        throw new RefusedException(
            "'" + fleet + "' names no image.",
            "Write one reference, or one with '*', a line, or leave <fleet> and -Dgolden.fleet"
                + " out.");
      }
    }
    return texts.isEmpty()
        ? built()
        : texts.stream().flatMap(text -> images(text).stream()).distinct().toList();
  }

  private List<ImageReference> images(String text) {
    if (!ImageGlob.isGlob(text)) {
      return List.of(ImageReference.parse(text));
    }
    List<ImageReference> images = ImageGlob.parse(text).images(stores);
    found.addAll(images);
    return images;
  }

  private static List<String> lines(File fleet) {
    RegularFile.require(
        fleet.toPath(), "Name a file with one reference a line in <fleet> or -Dgolden.fleet.");
    try (InputStream in = Files.newInputStream(fleet.toPath())) {
      byte[] bytes = in.readNBytes(MAX_FLEET + 1);
      if (bytes.length > MAX_FLEET) {
        throw new RefusedException(
            "'" + fleet + "' has more than " + MAX_FLEET + " bytes.",
            "Split the fleet into several files in <fleet> or -Dgolden.fleet.");
      }
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UnavailableException(
          "'" + fleet + "' cannot be read: " + e.getMessage() + ".",
          "Name a file with one reference a line in <fleet> or -Dgolden.fleet.",
          e);
    }
  }

  private List<ImageReference> built() {
    Optional<JsonObject> own = results.read("image.json");
    List<ImageReference> built =
        own.isPresent()
            ? List.of(reference(own.get()))
            : modules.stream()
                .flatMap(module -> module.read("image.json").stream())
                .map(SubjectImages::reference)
                .distinct()
                .toList();
    if (built.isEmpty()) {
      throw new RefusedException(
          "No image is named, and none was built here.",
          "Name one with -Dgolden.image, or run golden:build first.");
    }
    return built;
  }

  private static ImageReference reference(JsonObject built) {
    if (built.string("outcome").filter("dry-run"::equals).isPresent()) {
      throw new RefusedException(
          "No image is named, and the last build here was a dry run.",
          "Name one with -Dgolden.image, or run golden:build without -Dgolden.dryRun.");
    }
    ImageReference reference =
        ImageReference.parse(built.required("reference", built.string("reference")));
    return reference.pinnedTo(Digest.parse(built.required("digest", built.string("digest"))));
  }
}
