package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.util.Optional;
import java.util.Set;

/**
 * A Sigstore bundle around a DSSE envelope (sigstore_bundle.proto). Version 0.3 is written; 0.1 and
 * 0.2 are read too. Certificates and log entries are passed over: who signed is told by a key.
 *
 * @param hint what the writer says of the key, empty where nothing: never to choose a key by
 */
public record SigstoreBundle(String hint, Dsse envelope) {

  public static final String MEDIA_TYPE = "application/vnd.dev.sigstore.bundle.v0.3+json";

  private static final Set<String> READ =
      Set.of(
          MEDIA_TYPE,
          "application/vnd.dev.sigstore.bundle+json;version=0.1",
          "application/vnd.dev.sigstore.bundle+json;version=0.2",
          "application/vnd.dev.sigstore.bundle+json;version=0.3");

  private static final String REMEDY =
      "Have the statement signed again, in a bundle of version 0.3 with a DSSE envelope.";

  /** Signs a payload. The same bytes each time only where the key's signatures are: not ECDSA's. */
  public static SigstoreBundle sign(String payloadType, byte[] payload, SigningKey key) {
    return new SigstoreBundle(key.verificationKey().hint(), Dsse.sign(payloadType, payload, key));
  }

  /**
   * Reads a bundle.
   *
   * @param what the bundle as messages name it: {@code "The bundle 'sha256:…'"}
   * @throws RefusedException when it is malformed, or of another kind
   */
  public static SigstoreBundle read(byte[] bytes, String what) {
    JsonObject json = StrictJson.read(what, bytes, Dsse.MAX_BYTES);
    String type = json.string("mediaType").orElse("");
    if (!READ.contains(type)) {
      throw new RefusedException(
          "%s has the media type '%s', which is no bundle's.".formatted(what, Printable.of(type)),
          REMEDY);
    }
    JsonObject material =
        json.object("verificationMaterial")
            .orElseThrow(
                () -> new RefusedException(what + " has no 'verificationMaterial'.", REMEDY));
    JsonObject envelope =
        json.object("dsseEnvelope")
            .orElseThrow(() -> new RefusedException(what + " has no 'dsseEnvelope'.", REMEDY));
    String hint = material.object("publicKey").flatMap(key -> key.string("hint")).orElse("");
    return new SigstoreBundle(hint, Dsse.of(envelope, what));
  }

  /** The payload, where this key signed it and its type; empty where it did not. */
  public Optional<byte[]> verifiedBy(VerificationKey key) {
    return envelope.verifiedBy(key);
  }

  public byte[] toBytes() {
    JsonObject key = hint.isEmpty() ? JsonObject.EMPTY : JsonObject.EMPTY.with("hint", hint);
    return JsonObject.EMPTY
        .with("mediaType", MEDIA_TYPE)
        .with("verificationMaterial", JsonObject.EMPTY.with("publicKey", key))
        .with("dsseEnvelope", envelope.toJson())
        .toBytes();
  }
}
