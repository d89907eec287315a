package io.github.goldenmaven.golden;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.text.NearestName;
import io.github.goldenmaven.text.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Existing tags that are near to one that does not exist. */
public final class NearTags {

  private static final int NAMED = 5;

  private NearTags() {}

  /**
   * A sentence to end a remedy with, a blank before it; empty where the registry does not list its
   * tags. The registry is asked for them only here, after something failed.
   */
  public static String of(ImageReference missing, ImageSource store) {
    if (!(missing instanceof RegistryReference) || missing.digest().isPresent()) {
      return "";
    }
    String wanted = missing.tag().orElse("latest");
    try {
      List<String> tags = store.tags();
      return tags.isEmpty()
          ? " The repository has no tags or does not exist."
          : " Tags there are "
              + tags.stream()
                  .sorted(
                      Comparator.comparingInt((String tag) -> NearestName.distance(tag, wanted))
                          .thenComparing(Comparator.naturalOrder()))
                  .limit(NAMED)
                  .map(tag -> "'" + Printable.of(tag) + "'")
                  .collect(Collectors.joining(", "))
              + (tags.size() > NAMED ? " and " + (tags.size() - NAMED) + " more." : ".");
    } catch (GoldenException e) {
      return ""; // Who may read an image may not always list.
    }
  }
}
