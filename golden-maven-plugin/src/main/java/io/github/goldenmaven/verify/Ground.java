package io.github.goldenmaven.verify;

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
record Ground(
    @Nullable GoldenBase claimedOrNull,
    List<Finding> claimFaults,
    @Nullable GoldenBase actualOrNull,
    @Nullable GoldenBase nearestOrNull,
    int nearestShared) {

  Ground {
    claimFaults = List.copyOf(claimFaults);
  }

  Optional<GoldenBase> claimed() {
    return Optional.ofNullable(claimedOrNull);
  }

  Optional<GoldenBase> actual() {
    return Optional.ofNullable(actualOrNull);
  }

  Optional<GoldenBase> nearest() {
    return Optional.ofNullable(nearestOrNull);
  }

  /** Whether the layers are those of the golden that the labels name. */
  boolean holds() {
    return claimedOrNull != null
        && actualOrNull != null
        && claimedOrNull
            .platform()
            .manifest()
            .digest()
            .equals(actualOrNull.platform().manifest().digest());
  }
}
