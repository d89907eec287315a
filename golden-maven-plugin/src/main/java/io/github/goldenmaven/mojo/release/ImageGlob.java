package io.github.goldenmaven.mojo.release;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.RepositoryPattern;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Images of many repositories: {@code registry.company.example/apps/*} are all tags of all of them,
 * {@code registry.company.example/apps/*:1.4} this tag of each that has it.
 */
record ImageGlob(RepositoryPattern repositories, @Nullable String tagOrNull) {

  private static final int MAX_IMAGES = 10_000;

  /** What registries without a referrers API keep beside the images, and signatures of old. */
  private static final Pattern NO_IMAGE = Pattern.compile("sha256-[0-9a-f]{64}(\\..*)?");

  static boolean isGlob(String line) {
    return line.contains("*");
  }

  static ImageGlob parse(String line) {
    int colon = line.lastIndexOf(':');
    boolean tagged = colon > line.lastIndexOf('/');
    return new ImageGlob(
        RepositoryPattern.parse(tagged ? line.substring(0, colon) : line),
        tagged ? line.substring(colon + 1) : null);
  }

  /**
   * The images there are now, in the registry's order.
   *
   * @throws RefusedException when there is none, or too many
   */
  List<ImageReference> images(ImageStores stores) {
    List<ImageReference> images = new ArrayList<>();
    for (String repository : stores.repositories(repositories.host())) {
      ImageReference name = ImageReference.parse(repositories.host() + "/" + repository);
      if (!(name instanceof RegistryReference registry) || !repositories.matches(registry)) {
        continue;
      }
      try (ImageStore store = stores.open(name)) {
        store.tags().stream().filter(this::wants).map(name::withTag).forEach(images::add);
      }
      if (images.size() > MAX_IMAGES) {
        throw new RefusedException(
            "'" + this + "' are more than " + MAX_IMAGES + " images.",
            "Name fewer repositories, or a tag, in <fleet> or -Dgolden.fleet.");
      }
    }
    if (images.isEmpty()) {
      throw new RefusedException(
          "'" + this + "' is no image.",
          "Fix the line in <fleet> or -Dgolden.fleet, or push the images first.");
    }
    return images;
  }

  private boolean wants(String tag) {
    return tagOrNull == null ? !NO_IMAGE.matcher(tag).matches() : tag.equals(tagOrNull);
  }

  @Override
  public String toString() {
    return Printable.of(repositories + (tagOrNull == null ? "" : ":" + tagOrNull));
  }
}
