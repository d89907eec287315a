package io.github.goldenmaven.verify.provenance;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.golden.policy.PolicyKey;
import io.github.goldenmaven.golden.policy.PolicyKey.Role;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.signing.Dsse;
import io.github.goldenmaven.statements.Attestations;
import io.github.goldenmaven.statements.Attestations.Hung;
import io.github.goldenmaven.statements.Provenance;
import io.github.goldenmaven.statements.ProvenanceCheck;
import io.github.goldenmaven.statements.StatedImage;
import io.github.goldenmaven.statements.Statement;
import io.github.goldenmaven.verify.provenance.ProvenanceFault.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks for provenance that a key of the policy signed in its role and scope, and that says of the
 * image what it says itself. One such statement is enough; what others hung there is theirs. A
 * signature is checked first, and the very bytes that were signed are read then.
 */
public final class DemandedProvenance {

  private final GoldenPolicy policy;
  private final ResolvedImage image;
  private final StatedImage stated;
  private final LocalDate today;

  public DemandedProvenance(GoldenPolicy policy, ResolvedImage image, Instant now) {
    this.policy = policy;
    this.image = image;
    this.stated = StatedImage.of(image);
    this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
  }

  /**
   * Everything that keeps a manifest of the image from having its provenance; nothing where the
   * policy has no key for provenance.
   */
  public List<ProvenanceFault> of(Digest manifest, Attestations attestations) {
    if (policy.keys().stream().noneMatch(key -> key.role() == Role.PROVENANCE)) {
      return List.of();
    }
    List<Hung> hung = attestations.hungOn(manifest);
    List<ProvenanceFault> faults = new ArrayList<>();
    boolean accepted = false;
    for (Hung one : hung) {
      Optional<ProvenanceFault> fault = fault(one, manifest);
      accepted |= fault.isEmpty();
      fault.ifPresent(faults::add);
    }
    if (hung.isEmpty()) {
      faults.add(new ProvenanceFault(Kind.SIGNED, "provenance signed by " + keys(), "nothing"));
    }
    // A statement of a good key that contradicts the image is never somebody else's business.
    boolean only = accepted;
    faults.removeIf(fault -> only && fault.kind() != Kind.AGREES);
    return List.copyOf(faults);
  }

  private Optional<ProvenanceFault> fault(Hung hung, Digest manifest) {
    if (hung.bundle().isEmpty()) {
      return fault(Kind.READABLE, "a bundle that every tool reads alike", hung.fault());
    }
    Dsse envelope = hung.bundle().orElseThrow().envelope();
    for (PolicyKey key : policy.keys()) {
      Optional<byte[]> payload = envelope.verifiedBy(key.key());
      if (payload.isPresent()) {
        Optional<ProvenanceFault> unfit = unfit(key);
        return unfit.isPresent()
            ? unfit
            : fault(key, envelope.payloadType(), payload.orElseThrow(), manifest);
      }
    }
    return fault(Kind.KEY, "a signature of " + keys(), "one of another key, in " + hung);
  }

  /** Why a key does not count for this image on this day, whatever it signed. */
  private Optional<ProvenanceFault> unfit(PolicyKey key) {
    if (key.role() != Role.PROVENANCE) {
      return fault(
          Kind.ROLE,
          "a signature of " + keys(),
          "one of '%s', which is for '%s'".formatted(key.id(), key.role()));
    }
    if (key.notBefore().filter(today::isBefore).isPresent()
        || key.notAfter().filter(today::isAfter).isPresent()) {
      return fault(
          Kind.PERIOD,
          "a key that counts on " + today,
          "'%s', which counts%s%s"
              .formatted(
                  key.id(),
                  key.notBefore().map(day -> " from " + day).orElse(""),
                  key.notAfter().map(day -> " until " + day).orElse("")));
    }
    boolean inScope =
        image.reference() instanceof RegistryReference registry
            && key.repositories().stream().anyMatch(pattern -> pattern.matches(registry));
    return inScope
        ? Optional.empty()
        : fault(
            Kind.SCOPE,
            "a key for '" + image.reference().name() + "'",
            "'%s', which is for %s".formatted(key.id(), key.repositories()));
  }

  /** What is wrong with what a good key signed. */
  private Optional<ProvenanceFault> fault(
      PolicyKey key, String payloadType, byte[] payload, Digest manifest) {
    if (!payloadType.equals(Dsse.IN_TOTO)) {
      return fault(Kind.TYPE, "'" + Dsse.IN_TOTO + "'", "'" + payloadType + "'");
    }
    Statement statement;
    try {
      statement = Statement.read("The statement of '" + key.id() + "'", payload);
    } catch (RefusedException e) {
      return fault(Kind.READABLE, "a statement that every tool reads alike", e.problem());
    }
    if (!statement.isAbout(manifest)) {
      return fault(Kind.SUBJECT, manifest.toString(), "a statement about " + images(statement));
    }
    if (!statement.predicateType().equals(Provenance.PREDICATE_TYPE)) {
      return fault(
          Kind.TYPE, "'" + Provenance.PREDICATE_TYPE + "'", "'" + statement.predicateType() + "'");
    }
    return disagreement(key, statement);
  }

  /** Another builder than the key's, or another image than this. */
  private Optional<ProvenanceFault> disagreement(PolicyKey key, Statement statement) {
    String builder =
        statement
            .predicate()
            .object("runDetails")
            .flatMap(run -> run.object("builder"))
            .flatMap(by -> by.string("id"))
            .orElse("");
    if (!builder.equals(key.builder().orElse(""))) {
      return fault(
          Kind.SCOPE,
          "the builder '%s' of the key '%s'".formatted(key.builder().orElse(""), key.id()),
          "the builder '" + builder + "'");
    }
    try {
      ProvenanceCheck.requireDescribes(statement, stated, Optional.empty());
      return Optional.empty();
    } catch (RefusedException e) {
      return fault(Kind.AGREES, "what the image says of itself", e.problem());
    }
  }

  private static String images(Statement statement) {
    return statement.subjects().stream()
        .limit(4)
        .map(subject -> subject.digest().toString())
        .toList()
        .toString();
  }

  private static Optional<ProvenanceFault> fault(Kind kind, String expected, String found) {
    return Optional.of(new ProvenanceFault(kind, expected, found));
  }

  /** The keys that would do, for people. */
  private String keys() {
    return "'"
        + String.join(
            "' or '",
            policy.keys().stream()
                .filter(key -> key.role() == Role.PROVENANCE)
                .map(PolicyKey::id)
                .toList())
        + "'";
  }
}
