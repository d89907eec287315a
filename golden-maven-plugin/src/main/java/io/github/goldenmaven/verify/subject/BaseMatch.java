package io.github.goldenmaven.verify.subject;

import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a platform of an image stands on.
 *
 * @param claimedOrNull the golden its labels name, where the policy allows it and it was found
 * @param claimFaults what keeps the claim from being looked at
 * @param actualOrNull the golden whose layers it really has at its bottom
 * @param nearestOrNull where there is none, the known golden that it shares the most layers with
 * @param nearestShared how many layers those are
 */
public record BaseMatch(
    @Nullable GoldenBase claimedOrNull,
    List<Finding> claimFaults,
    @Nullable GoldenBase actualOrNull,
    @Nullable GoldenBase nearestOrNull,
    int nearestShared) {

  public BaseMatch {
    claimFaults = List.copyOf(claimFaults);
  }

  public Optional<GoldenBase> claimed() {
    return Optional.ofNullable(claimedOrNull);
  }

  public Optional<GoldenBase> actual() {
    return Optional.ofNullable(actualOrNull);
  }

  public Optional<GoldenBase> nearest() {
    return Optional.ofNullable(nearestOrNull);
  }

  /** Whether the layers are those of the golden that the labels name. */
  public boolean holds() {
    return claimedOrNull != null
        && actualOrNull != null
        && claimedOrNull
            .platform()
            .manifest()
            .digest()
            .equals(actualOrNull.platform().manifest().digest());
  }
}
