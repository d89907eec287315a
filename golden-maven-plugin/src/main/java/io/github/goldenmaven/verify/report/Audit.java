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
 * @param at when the run looked; the dates of waivers and rules are held to it
 * @param policy the file's name, without the folder of the agent it lay in
 * @param policyDigestOrNull of the policy's bytes, SHA-256
 */
public record Audit(Instant at, String policy, @Nullable Digest policyDigestOrNull, MadeBy madeBy) {

  public static Audit of(GoldenPolicy policy, Instant at) {
    return new Audit(at, name(policy.file().toString()), policy.digest(), MadeBy.UNKNOWN);
  }

  Audit by(MadeBy other) {
    return new Audit(at, policy, policyDigestOrNull, other);
  }

  /** The day, in UTC. */
  LocalDate today() {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  /** What is known, as the reports have it: key and value, in this order. */
  Map<String, String> entries() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("at", at.toString());
    entries.put("policy", policy);
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
