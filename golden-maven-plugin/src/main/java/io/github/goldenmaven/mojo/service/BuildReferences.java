package io.github.goldenmaven.mojo.service;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The two images that a build was given. jib-maven-plugin's replace neither: its base need not be
 * golden, and its target holds images that were built in another way.
 *
 * @param namedBase as the user wrote it
 * @param namedImage as the user wrote it
 * @param basedir of the project, where relative paths start: Maven may run in another folder
 * @param outputDirectory where the image goes when none is named
 * @param push whether it goes where it is named
 * @param jibBase the base that the POM gives jib-maven-plugin
 * @param jibImage the target that the POM gives jib-maven-plugin
 */
public record BuildReferences(
    @Nullable String namedBase,
    @Nullable String namedImage,
    Path basedir,
    Path outputDirectory,
    boolean push,
    @Nullable String jibBase,
    @Nullable String jibImage) {

  /**
   * The golden image to build on.
   *
   * @throws RefusedException when none is named
   */
  public ImageReference base() {
    if (namedBase == null || namedBase.isBlank()) {
      throw new RefusedException(
          "No golden image is named.",
          "Name the one to build on in <base> or with -Dgolden.base."
              + (jibBase == null
                  ? ""
                  : " jib's '"
                      + Printable.of(jibBase)
                      + "' is not used, because it may be no golden image."));
    }
    return parsed(namedBase, "base");
  }

  /**
   * Where the image goes: as named, else into a layout folder of the output directory.
   *
   * @param told hears why it goes elsewhere than somebody may think
   */
  ImageReference target(Consumer<String> told) {
    boolean named = namedImage != null && !namedImage.isBlank();
    if (push && named) {
      return parsed(String.valueOf(namedImage), "image");
    }
    LayoutReference layout = new LayoutReference(outputDirectory.resolve("image"), "latest", null);
    if (named) {
      told.accept(
          "golden.push is false: the image goes to the OCI layout folder '%s', not to '%s'"
              .formatted(layout.path(), Printable.of(String.valueOf(namedImage))));
    } else if (jibImage != null) {
      told.accept(
          ("No <image> is named: the image goes to the OCI layout folder '%s'. jib's '%s' is not"
                  + " used; to push, name an image in <image> or with -Dgolden.image")
              .formatted(layout.path(), Printable.of(jibImage)));
    }
    return layout;
  }

  /**
   * The image under further tags; those that name it already are left out.
   *
   * @param tags as the user wrote them
   * @param jibTags those that the POM gives jib-maven-plugin, which are not taken
   * @throws RefusedException for the first that is no tag
   */
  public static List<ImageReference> further(
      ImageReference target, List<String> tags, List<String> jibTags, Consumer<String> told) {
    if (tags.isEmpty() && !jibTags.isEmpty()) {
      told.accept(
          "jib's <tags> '"
              + Printable.of(String.join("', '", jibTags))
              + "' are not used; for further tags, name them in <tags> or with -Dgolden.tags");
    }
    for (String tag : tags) {
      if (!RegistryReference.isTag(tag)) {
        throw new RefusedException(
            "'" + Printable.of(tag) + "' in <tags> is not a tag.",
            "Write letters, digits, '_', '.' and '-', at most 128, the first a letter, digit or"
                + " '_', in <tags> or -Dgolden.tags.");
      }
    }
    return tags.stream()
        .distinct()
        .filter(tag -> !tag.equals(target.tag().orElse("latest")))
        .map(target::withTag)
        .toList();
  }

  private ImageReference parsed(String text, String parameter) {
    ImageReference reference = told(parameter, () -> ImageReference.parse(text));
    return reference instanceof LayoutReference layout ? layout.in(basedir) : reference;
  }

  /** Parses a parameter; a refusal names the parameter. */
  public static <T> T told(String parameter, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (RefusedException e) {
      throw new RefusedException(
          e.problem(),
          e.remedy() + " It was given in <" + parameter + "> or -Dgolden." + parameter + ".",
          e);
    }
  }
}
