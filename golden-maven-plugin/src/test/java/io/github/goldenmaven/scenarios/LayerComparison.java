package io.github.goldenmaven.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds the layers of a service that we put on a base to those that jib-maven-plugin puts on the
 * same base: the same number, and in each the same files with the same bytes, modes and owners.
 *
 * <p>Folders may be fewer in ours, since one that the base has already must keep the base's mode; a
 * folder that we do write must be jib's.
 */
public final class LayerComparison {

  private LayerComparison() {}

  /** How the two differ, one line each; empty when they do not. */
  public static List<String> differences(PulledImage base, PulledImage ours, PulledImage jibs) {
    List<String> differences = new ArrayList<>();
    List<String> ourLayers = above(base, ours, "ours", differences);
    List<String> jibsLayers = above(base, jibs, "jib's", differences);
    if (ourLayers.size() != jibsLayers.size()) {
      differences.add(
          "ours has " + ourLayers.size() + " layers of its own, jib's " + jibsLayers.size());
      return differences;
    }
    for (int i = 0; i < ourLayers.size(); i++) {
      compare(
          "layer " + (i + 1) + ": ",
          ours.files(ourLayers.get(i)),
          jibs.files(jibsLayers.get(i)),
          differences);
    }
    return differences;
  }

  private static List<String> above(
      PulledImage base, PulledImage image, String whose, List<String> differences) {
    List<String> seam = base.layers();
    List<String> all = image.layers();
    if (all.size() <= seam.size() || !all.subList(0, seam.size()).equals(seam)) {
      differences.add(whose + " does not stand on the base: " + all + " on " + seam);
      return List.of();
    }
    return all.subList(seam.size(), all.size());
  }

  static void compare(
      String where,
      Map<String, LayerFile> ours,
      Map<String, LayerFile> jibs,
      List<String> differences) {
    Set<String> paths = new TreeSet<>(ours.keySet());
    paths.addAll(jibs.keySet());
    for (String path : paths) {
      LayerFile our = ours.get(path);
      LayerFile jib = jibs.get(path);
      if (our == null && jib != null && jib.kind().equals("folder")) {
        continue;
      }
      if (our == null || !our.equals(jib)) {
        differences.add(where + path + " is " + our + " in ours and " + jib + " in jib's");
      }
    }
  }
}
