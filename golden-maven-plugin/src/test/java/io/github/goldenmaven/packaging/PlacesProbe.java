package io.github.goldenmaven.packaging;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import java.util.List;

/** What a build says of the place of an entry, for tests that ask the gate too. */
public final class PlacesProbe {

  private PlacesProbe() {}

  /** What is printed, or refused. */
  public static String say(ImageConfig golden, LayerEntry entry) {
    RecordingConsole console = new RecordingConsole();
    try {
      ServicePlaces.require(
          List.of(golden), List.of(ServiceLayer.of("extra files", List.of(entry))), null, console);
      return String.join("\n", console.lines);
    } catch (RefusedException e) {
      return "refused: " + e.getMessage();
    }
  }
}
