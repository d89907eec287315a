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
   * @param goldenLayers how many layers, from the bottom, are the golden's; 0 where not proven
   * @param layers of the platform that was looked at first, bottom first
   */
  public record Line(
      @Nullable String official,
      @Nullable String golden,
      @Nullable String application,
      boolean proven,
      int goldenLayers,
      List<Layer> layers) {

    public static final Line NONE = new Line(null, null, null, false, 0, List.of());

    public Line {
      official = concealed(official);
      golden = concealed(golden);
      layers = List.copyOf(layers);
    }

    private static @Nullable String concealed(@Nullable String claim) {
      return claim == null ? null : Printable.concealed(claim);
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
