package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.RegistryReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an image is called in a test report: the same in every build, so that a CI server sees one
 * test grow old. No digest, no tag, no host, and no dot, at which servers cut names into packages.
 */
public final class ReportNames {

  /** Folders that only say that a build left an image there. */
  private static final Set<String> BUILT = Set.of("image", "golden", "target");

  private ReportNames() {}

  /** A name for each, all different: tags and then numbers tell apart what is named alike. */
  public static List<String> of(List<String> references) {
    List<String> plain = references.stream().map(ReportNames::plain).toList();
    Map<String, Integer> counts = new HashMap<>();
    plain.forEach(name -> counts.merge(name, 1, Integer::sum));
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    Map<String, Integer> numbers = new HashMap<>();
    for (int at = 0; at < plain.size(); at++) {
      String name = plain.get(at);
      if (counts.getOrDefault(name, 0) > 1) {
        name += " " + version(references.get(at));
      }
      String free = name;
      while (!taken.add(free)) {
        free = name + " " + numbers.merge(name, 2, (number, first) -> number + 1);
      }
      names.add(free);
    }
    return names;
  }

  private static String plain(String reference) {
    return parsed(reference).map(ReportNames::plain).orElse(reference).replace('.', '_');
  }

  private static String plain(ImageReference reference) {
    if (reference instanceof DaemonReference daemon) {
      return daemon.image().repository();
    }
    return reference instanceof RegistryReference registry
        ? registry.repository()
        : folder(((LayoutReference) reference).path());
  }

  /**
   * The module that a layout was built in: Jenkins' second workspace of a job is that job's too.
   */
  private static String folder(Path layout) {
    Path folder = layout.toAbsolutePath().normalize();
    while (folder.getFileName() != null
        && BUILT.contains(folder.getFileName().toString())
        && folder.getParent() != null) {
      folder = folder.getParent();
    }
    Path name = folder.getFileName();
    return name == null ? "image" : name.toString().replaceFirst("@\\d+$", "");
  }

  private static String version(String reference) {
    Optional<ImageReference> parsed = parsed(reference);
    return parsed
        .flatMap(ImageReference::tag)
        .or(() -> parsed.flatMap(ImageReference::digest).map(ReportNames::shortened))
        .orElse("")
        .replace('.', '_');
  }

  private static String shortened(Digest digest) {
    return digest.toString().substring("sha256:".length(), "sha256:".length() + 12);
  }

  private static Optional<ImageReference> parsed(String reference) {
    try {
      return Optional.of(ImageReference.parse(reference));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }
}
