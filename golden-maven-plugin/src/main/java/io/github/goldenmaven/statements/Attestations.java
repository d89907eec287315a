package io.github.goldenmaven.statements;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.signing.Dsse;
import io.github.goldenmaven.signing.SigningKey;
import io.github.goldenmaven.signing.SigstoreBundle;
import io.github.goldenmaven.signing.VerificationKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The signed statements that hang on images of one store. */
public final class Attestations {

  /** Of the bundles on one image: far above any honest set, far below what fills a memory. */
  private static final long MAX_BYTES = 64L << 20;

  /** As many as a promotion takes along. */
  private static final int MAX = 200;

  private final ImageSource store;

  public Attestations(ImageSource store) {
    this.store = store;
  }

  /**
   * A statement that a key signed.
   *
   * @param bundle the very bytes that hang on the image
   */
  public record Signed(Statement statement, Blob bundle) {}

  /**
   * A bundle that hangs on an image; anybody who may push can have hung it there.
   *
   * @param artifact its manifest
   * @param bundle empty where it cannot be read
   * @param fault why it cannot
   */
  public record Hung(Digest artifact, Blob bytes, Optional<SigstoreBundle> bundle, String fault) {

    private static Hung of(Digest artifact, Blob bytes, SigstoreBundle bundle) {
      return new Hung(artifact, bytes, Optional.of(bundle), "");
    }

    private static Hung unreadable(Digest artifact, RefusedException fault) {
      return new Hung(artifact, Blob.of(new byte[0]), Optional.empty(), fault.problem());
    }

    /** For messages. */
    @Override
    public String toString() {
      return "'" + artifact + "'";
    }
  }

  /**
   * All bundles that hang on an image.
   *
   * @throws UnavailableException when the store does not answer, or lists too many
   */
  public List<Hung> hungOn(Digest subject) {
    List<Hung> found = new ArrayList<>();
    long left = MAX_BYTES;
    for (Descriptor referrer : store.referrers(subject)) {
      Optional<Descriptor> bundle = bundle(referrer, subject);
      left -= bundle.map(Descriptor::size).orElse(0L);
      if (left < 0 || found.size() == MAX) {
        throw new UnavailableException(
            "'%s' has more than %d statements or %d MiB of them about '%s'."
                .formatted(store.name(), MAX, MAX_BYTES >> 20, subject),
            "Have the needless ones deleted.");
      }
      bundle.map(layer -> read(referrer.digest(), layer)).ifPresent(found::add);
    }
    return found;
  }

  private Hung read(Digest artifact, Descriptor layer) {
    try {
      byte[] bytes = store.blob(layer);
      return Hung.of(
          artifact, Blob.of(bytes), SigstoreBundle.read(bytes, "The bundle '" + artifact + "'"));
    } catch (RefusedException e) {
      return Hung.unreadable(artifact, e);
    }
  }

  /**
   * The statements about an image that this key signed. Whatever else hangs there is somebody
   * else's: it is passed over, however malformed.
   *
   * @throws UnavailableException when the store does not answer, or lists too many
   */
  public List<Signed> signedBy(VerificationKey key, Digest subject) {
    return hungOn(subject).stream().flatMap(hung -> signed(hung, key, subject).stream()).toList();
  }

  /** The bundle, where it is one: what a list says of it need not be true, so it is looked at. */
  private Optional<Descriptor> bundle(Descriptor referrer, Digest subject) {
    try {
      return bundle(
          store.manifest(referrer.digest()).orElseThrow(() -> lost(referrer, subject)), subject);
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private UnavailableException lost(Descriptor referrer, Digest subject) {
    return new UnavailableException(
        "'%s' lists '%s' as a statement about '%s', and has it not."
            .formatted(store.name(), referrer.digest(), subject),
        "Have it listed no more, or run this again.");
  }

  private static Optional<Descriptor> bundle(RawManifest manifest, Digest subject) {
    if (manifest.isIndex()) {
      return Optional.empty();
    }
    ImageManifest artifact = new ImageManifest(manifest);
    boolean about = artifact.subject().map(Descriptor::digest).filter(subject::equals).isPresent();
    return about && artifact.layers().size() == 1
        ? Optional.of(artifact.layers().get(0))
            .filter(layer -> layer.mediaType().startsWith("application/vnd.dev.sigstore.bundle"))
            .filter(layer -> layer.size() <= StrictJson.MAX_BYTES)
        : Optional.empty();
  }

  private static Optional<Signed> signed(Hung hung, VerificationKey key, Digest subject) {
    try {
      return hung.bundle()
          .map(SigstoreBundle::envelope)
          .filter(envelope -> envelope.payloadType().equals(Dsse.IN_TOTO))
          .flatMap(envelope -> envelope.verifiedBy(key))
          .map(payload -> Statement.read("The statement in " + hung, payload))
          .filter(statement -> statement.isAbout(subject))
          .map(statement -> new Signed(statement, hung.bytes()));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /**
   * Signs statements and lets them hang on the image and on each of its platforms; where this key
   * signed the same before, that is kept, and what lacks it gets it.
   *
   * @return how many were attached: a statement about an index hangs on each of its platforms too
   */
  public static int attach(
      List<Statement> statements, StatedImage image, SigningKey key, ImageStore to) {
    Attestations present = new Attestations(to);
    Map<Digest, List<Signed>> there = new LinkedHashMap<>();
    for (Digest subject : image.manifests().keySet()) {
      there.put(subject, present.signedBy(key.verificationKey(), subject));
    }
    List<RawManifest> lacking = new ArrayList<>();
    for (Statement statement : statements) {
      lacking.addAll(lacking(statement, image, there, key, to));
    }
    if (!lacking.isEmpty()) {
      putNoConfig(to);
      to.attach(lacking);
    }
    return lacking.size();
  }

  /** A statement for each manifest of the image that has none of the same, with its blobs there. */
  private static List<RawManifest> lacking(
      Statement statement,
      StatedImage image,
      Map<Digest, List<Signed>> there,
      SigningKey key,
      ImageStore to) {
    Map<Digest, Descriptor> lacking = image.manifests();
    Optional<Blob> found = Optional.empty();
    for (Map.Entry<Digest, List<Signed>> present : there.entrySet()) {
      Optional<Blob> same =
          present.getValue().stream()
              .filter(signed -> isSame(signed.statement(), statement))
              .map(Signed::bundle)
              .findFirst();
      same.ifPresent(one -> lacking.remove(present.getKey()));
      found = found.or(() -> same);
    }
    if (lacking.isEmpty()) {
      return List.of();
    }
    byte[] json = statement.toJson().toBytes();
    Blob bundle =
        found.orElseGet(() -> Blob.of(SigstoreBundle.sign(Dsse.IN_TOTO, json, key).toBytes()));
    to.put(bundle, Progress.SILENT);
    return lacking.values().stream()
        .map(subject -> StatementArtifact.of(bundle, statement.predicateType(), subject))
        .toList();
  }

  /** All but the run: a later one says nothing new of the same image. */
  private static boolean isSame(Statement one, Statement other) {
    return one.predicateType().equals(other.predicateType())
        && withoutRun(one).equals(withoutRun(other));
  }

  private static JsonObject withoutRun(Statement statement) {
    JsonObject said = statement.predicate();
    if (statement.predicateType().equals(Sbom.PREDICATE_TYPE)) {
      return statement.toJson().with("predicate", Sbom.withoutRun(said));
    }
    JsonObject run = said.object("runDetails").orElse(JsonObject.EMPTY);
    return statement.toJson().with("predicate", said.with("runDetails", run.without("metadata")));
  }

  private static void putNoConfig(ImageStore to) {
    Blob none = StatementArtifact.NO_CONFIG;
    if (!to.has(Descriptor.of(MediaTypes.OCI_EMPTY, none.digest(), none.size()))) {
      to.put(none, Progress.SILENT);
    }
  }
}
