package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the gate says of one image.
 *
 * @param reference as the user named it
 * @param digestOrNull what it resolved to, once; absent where it could not be resolved
 * @param lineage proven or claimed, as {@link Line} says
 * @param checked ids of the rules that were looked at, in their order; what came to no end is not
 *     among them
 */
public record ImageReport(
    String reference,
    @Nullable Digest digestOrNull,
    Line lineage,
    List<String> checked,
    List<Finding> findings) {

  /**
   * Official, golden and application image, {@code name@digest} or the one of them that is known.
   *
   * @param golden what the layers really are, not what the labels say; the claim only where {@code
   *     proven} is false
   * @param stacks the layers of each platform
   */
  public record Line(
      @Nullable String official,
      @Nullable String golden,
      @Nullable String application,
      boolean proven,
      List<Stack> stacks) {

    public static final Line NONE = new Line(null, null, null, false, List.of());

    public Line {
      official = concealed(official);
      golden = concealed(golden);
      stacks = List.copyOf(stacks);
    }

    /** The layers of all platforms, and what is told of one of which nothing is proven, if any. */
    public static Line of(List<Line> platforms) {
      Line told =
          platforms.stream()
              .filter(line -> !line.proven)
              .findFirst()
              .or(() -> platforms.stream().findFirst())
              .orElse(NONE);
      return new Line(
          told.official,
          told.golden,
          told.application,
          told.proven,
          platforms.stream().flatMap(line -> line.stacks.stream()).toList());
    }

    /** {@code 4 of 6}: how many layers of the first platform are the golden image's. */
    String goldenLayers() {
      return stacks.isEmpty()
          ? "0 of 0"
          : stacks.get(0).goldenLayers() + " of " + stacks.get(0).layers().size();
    }

    private static @Nullable String concealed(@Nullable String claim) {
      return claim == null ? null : Printable.concealed(claim);
    }
  }

  /**
   * The layers of one platform, for the picture.
   *
   * @param platform {@code linux/amd64}
   * @param goldenLayers how many, from the bottom, are proven to be the golden image's; 0 where
   *     nothing is proven
   * @param layers bottom first
   */
  public record Stack(String platform, int goldenLayers, List<Layer> layers) {

    public Stack {
      layers = List.copyOf(layers);
    }

    /** Whether a finding that blocks is about this platform, or about one of its layers. */
    boolean isIn(Finding finding) {
      return finding.blocks()
          && (finding.where().contains(", " + platform)
              || layers.stream().anyMatch(layer -> layer.isIn(finding)));
    }
  }

  /**
   * A layer, for the picture.
   *
   * @param size of the stored bytes
   * @param told what the image's history says of it; foreign text, empty where it says nothing
   */
  public record Layer(Digest digest, long size, String told) {

    public Layer {
      told = Printable.concealed(told);
    }

    /** Whether a finding is about this layer: its place ends with it. */
    boolean isIn(Finding finding) {
      return finding.where().endsWith("layer " + digest.shortHex());
    }
  }

  public ImageReport {
    checked = List.copyOf(checked);
    findings = List.copyOf(findings);
  }

  public Optional<Digest> digest() {
    return Optional.ofNullable(digestOrNull);
  }

  /** The verdict with what it is made of: {@code pass (2 waived, 1 warning)}. */
  public String summary() {
    String words = Tally.of(findings).words();
    return verdict().word() + (words.isEmpty() ? "" : " (" + words + ")");
  }

  public Verdict verdict() {
    boolean unknown = false;
    for (Finding finding : findings) {
      if (finding.blocks()) {
        if (finding.severity() == Severity.REFUSE) {
          return Verdict.REFUSED;
        }
        unknown = true;
      }
    }
    return unknown ? Verdict.UNKNOWN : Verdict.PASS;
  }
}
