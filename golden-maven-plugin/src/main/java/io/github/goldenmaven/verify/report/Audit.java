package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When, by what and for whom a report was made: the only part of it that differs between two runs
 * that see the same.
 *
 * @param at when the run looked; the dates of waivers and rules are checked against it
 * @param policyOrNull the file's name, without the folder of the agent it lay in; null where a run
 *     ended before it had read one
 * @param policyDigestOrNull of the policy's bytes, SHA-256
 */
public record Audit(
    Instant at, @Nullable String policyOrNull, @Nullable Digest policyDigestOrNull, MadeBy madeBy) {

  /** Of a run, whether it had a policy or not. */
  public static Audit of(@Nullable GoldenPolicy policy, Instant at, MadeBy madeBy) {
    return policy == null
        ? new Audit(at, null, null, madeBy)
        : new Audit(at, name(policy.file().toString()), policy.digest(), madeBy);
  }

  Audit by(MadeBy other) {
    return new Audit(at, policyOrNull, policyDigestOrNull, other);
  }

  /** The day, in UTC. */
  LocalDate today() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** What is known, as the reports have it: key and value, in this order. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("at", at.toString());
    if (policyOrNull != null) {
      entries.put("policy", policyOrNull);
    }
    if (policyDigestOrNull != null) {
      entries.put("policyDigest", policyDigestOrNull.toString());
    }
    entries.putAll(madeBy.entries());
    return entries;
  }

  static String name(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }
}
