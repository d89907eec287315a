package io.github.goldenmaven.provenance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a label's value comes from.
 *
 * @param places the first that has a value gives it: an element of the POM, a parameter, git
 * @param goldenOrNull the place for a golden image, where that is another one
 */
public record Origin(List<String> places, @Nullable String goldenOrNull) {

  public Origin {
    places = List.copyOf(places);
  }

  /** These places, in order. */
  public static Origin of(String... places) {
    return new Origin(List.of(places), null);
  }

  /** The same, and another place for golden images. */
  Origin onGoldens(String place) {
    return new Origin(places, place);
  }

  /** Where a user writes another value down. */
  String first() {
    return places.get(0);
  }

  /** All places in order, for people. */
  @Override
  public String toString() {
    String all = String.join(", else ", places);
    return goldenOrNull == null ? all : all + "; of a golden: " + goldenOrNull;
  }
}
