package io.github.goldenmaven.verify;

import java.time.Instant;
import java.util.List;

/**
 * What the gate says of all images of a run.
 *
 * @param policy path of the policy, as it was named
 * @param at when the run looked; the dates of waivers and rules are held to it
 * @param images in the order they were named
 */
public record GateReport(String policy, Instant at, List<ImageReport> images) {

  public GateReport {
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("a report of no image would pass");
    }
  }

  public Verdict verdict() {
    return Verdict.of(images.stream().map(ImageReport::verdict).toList());
  }
}
