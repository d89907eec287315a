package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.verify.finding.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the gate says of all images of a run.
 *
 * @param policy path of the policy, as it was named
 * @param images in the order they were named
 * @param waivers all that the policy has, used or not
 */
public record GateReport(
    String policy, List<ImageReport> images, List<Waiver> waivers, Audit audit) {

  /**
   * A waiver of the policy, and whom it lets through.
   *
   * @param daysLeft after today; 0 on its last day, negative where it has ended
   * @param images references of those that need it
   */
  public record WaiverUse(Waiver waiver, long daysLeft, List<String> images) {}

  public GateReport {
    images = List.copyOf(images);
    waivers = List.copyOf(waivers);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a report of no image would pass");
    }
  }

  /** Of a policy without waivers, and nobody knows who asked. */
  public GateReport(String policy, Instant at, List<ImageReport> images) {
    this(policy, images, List.of(), new Audit(at, Audit.name(policy), null, MadeBy.UNKNOWN));
  }

  public GateReport by(MadeBy madeBy) {
    return new GateReport(policy, images, waivers, audit.by(madeBy));
  }

  public Verdict verdict() {
    return Verdict.of(images.stream().map(ImageReport::verdict).toList());
  }

  /**
   * The verdict with what it is made of: {@code pass (2 waived, 1 warning)}; of several images
   * {@code refused (12 images: 9 pass, 3 refused; 4 refusals, 2 waived)}.
   */
  public String summary() {
    if (images.size() == 1) {
      return images.get(0).summary();
    }
    String words =
        Tally.of(images.stream().flatMap(image -> image.findings().stream()).toList()).words();
    return "%s (%s images: %s%s)"
        .formatted(verdict().word(), images.size(), counts(), words.isEmpty() ? "" : "; " + words);
  }

  /** {@code 9 pass, 3 refused}. */
  public String counts() {
    List<String> counts = new ArrayList<>();
    for (Verdict verdict : Verdict.values()) {
      long count = images.stream().filter(image -> image.verdict() == verdict).count();
      if (count > 0) {
        counts.add(count + " " + verdict.word());
      }
    }
    return String.join(", ", counts);
  }

  /** The policy's waivers, those that end first in front. */
  public List<WaiverUse> waiverUses() {
    return waivers.stream()
        .sorted(Comparator.comparing(Waiver::until).thenComparing(Waiver::rule))
        .map(this::use)
        .toList();
  }

  private WaiverUse use(Waiver waiver) {
    return new WaiverUse(
        waiver,
        waiver.until().toEpochDay() - audit.today().toEpochDay(),
        images.stream()
            .filter(
                image ->
                    image.findings().stream()
                        .anyMatch(finding -> waiver.equals(finding.waiverOrNull())))
            .map(ImageReport::reference)
            .collect(Collectors.toList()));
  }
}
