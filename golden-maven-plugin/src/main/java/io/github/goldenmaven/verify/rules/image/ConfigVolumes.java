package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.golden.Places;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.layers.GoldenContents;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A volume hides what lies below it. */
public final class ConfigVolumes implements Rule {

  private static final RuleInfo ABOUT =
      new RuleInfo(
          "CONFIG_VOLUMES",
          "A volume of the service must not lie over what its golden image protects",
          "What is mounted at run time hides what was checked.",
          "Take the volume out of <container><volumes>, or mount it at a folder of the service's"
              + " own.",
          true);

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    GoldenBase golden = subject.golden().orElse(null);
    if (golden == null) {
      return List.of();
    }
    GoldenContents contents = subject.upper().golden();
    if (contents == null) {
      return List.of();
    }
    List<Finding> findings = new ArrayList<>();
    Set<String> volumes = new TreeSet<>(volumes(subject.config().runtime()));
    volumes.removeAll(volumes(golden.config().runtime()));
    for (String volume : volumes) {
      String path = normalised(volume);
      String followed = subject.upper().links().follow(path).orElse("");
      if (hides(contents, path) || hides(contents, followed)) {
        findings.add(
            subject.refuse(
                ABOUT,
                "no volume over what the golden image has or needs",
                "a volume at '" + volume + "'" + through(path, followed)));
      }
    }
    return findings;
  }

  /** What is new, or empty, hides nothing; the system's own folders are nobody's but /var. */
  private static boolean hides(GoldenContents golden, String path) {
    Places places = golden.places();
    boolean fresh = !golden.has(path) || golden.isEmptyFolder(path);
    // What is left in /tmp nobody waits for.
    fresh |= path.equals("tmp");
    boolean systems = Places.isSystem(path) && !path.startsWith("var/") && !path.startsWith("run/");
    return path.isEmpty() || !fresh || systems || places.isKept(path) || places.isAboveKept(path);
  }

  private static String through(String path, String followed) {
    return path.equals(followed) ? "" : ", which is '/" + followed + "'";
  }

  private static Set<String> volumes(io.github.goldenmaven.oci.json.JsonObject runtime) {
    return runtime.object("Volumes").map(volumes -> volumes.fields().keySet()).orElse(Set.of());
  }

  /** As a runtime cleans it: no doubled slash, no dot, {@code ..} taken away with its folder. */
  private static String normalised(String volume) {
    List<String> parts = new ArrayList<>();
    for (String part : volume.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.remove(parts.size() - 1);
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
