package io.github.goldenmaven.signing;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Dead Simple Signing Envelope, version 1.0.2: a payload, its type, and one signature of both.
 * Whoever reads one has nothing yet: {@link #verifiedBy} checks the signature and then hands out
 * the very bytes that were signed.
 *
 * @see <a href="https://github.com/secure-systems-lab/dsse/blob/v1.0.2/protocol.md">protocol</a>
 */
public final class Dsse {

  /** The type of a payload that is an in-toto statement. */
  public static final String IN_TOTO = "application/vnd.in-toto+json";

  /** The most an envelope or bundle has, in bytes: what Kyverno reads of one. */
  public static final int MAX_BYTES = 10 * 1024 * 1024;

  private static final String REMEDY =
      "Have the statement signed again; several signers write an envelope each.";

  private final String payloadType;
  private final byte[] payload;
  private final byte[] signature;

  private Dsse(String payloadType, byte[] payload, byte[] signature) {
    this.payloadType = payloadType;
    this.payload = payload;
    this.signature = signature;
  }

  /** Signs a payload. The same bytes each time only where the key's signatures are: not ECDSA's. */
  public static Dsse sign(String payloadType, byte[] payload, SigningKey key) {
    return new Dsse(payloadType, payload.clone(), key.sign(pae(payloadType, payload)));
  }

  /**
   * Reads an envelope.
   *
   * @param what the envelope as messages name it: {@code "The envelope 'sha256:…'"}
   * @throws RefusedException when it is malformed, or has no signature or several
   */
  public static Dsse read(byte[] bytes, String what) {
    return of(StrictJson.read(what, bytes, MAX_BYTES), what);
  }

  /**
   * The same of JSON that is read; a keyid is what its writer calls the key, and is passed over.
   */
  static Dsse of(JsonObject json, String what) {
    List<JsonObject> signatures = json.objects("signatures");
    if (signatures.isEmpty()) {
      throw new RefusedException(what + " has no signature.", REMEDY);
    }
    if (signatures.size() > 1) {
      throw new RefusedException(
          "%s has %d signatures in one envelope.".formatted(what, signatures.size()), REMEDY);
    }
    return new Dsse(
        text(json, "payloadType", what),
        decode(json, "payload", what),
        decode(signatures.get(0), "sig", what));
  }

  /** The bytes that are signed: the pre-authentication encoding of the protocol. */
  public static byte[] pae(String type, byte[] payload) {
    byte[] name = type.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes("DSSEv1 %d ".formatted(name.length).getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(name);
    bytes.writeBytes(" %d ".formatted(payload.length).getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }

  /** What the payload says it is; as true as the payload. */
  public String payloadType() {
    return payloadType;
  }

  /** The payload, where this key signed it and its type; empty where it did not. */
  public Optional<byte[]> verifiedBy(VerificationKey key) {
    return key.verifies(pae(payloadType, payload), signature)
        ? Optional.of(payload.clone())
        : Optional.empty();
  }

  /** The payload that anyone may have written: to show it, never to decide by it. */
  public byte[] unverifiedPayload() {
    return payload.clone();
  }

  /** The envelope as JSON, without a keyid: some tools refuse one that is not their own. */
  public byte[] toBytes() {
    return toJson().toBytes();
  }

  JsonObject toJson() {
    JsonObject signed = JsonObject.EMPTY.with("sig", encode(signature));
    return JsonObject.EMPTY
        .with("payload", encode(payload))
        .with("payloadType", payloadType)
        .with("signatures", JsonValue.ofObjects(List.of(signed)));
  }

  private static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String text(JsonObject json, String field, String what) {
    return json.string(field)
        .orElseThrow(() -> new RefusedException("%s has no '%s'.".formatted(what, field), REMEDY));
  }

  /** Of either alphabet, as the protocol demands of readers; one text for the same bytes. */
  private static byte[] decode(JsonObject json, String field, String what) {
    String text = text(json, field, what);
    String plain = text.replace('-', '+').replace('_', '/');
    try {
      byte[] bytes = Base64.getDecoder().decode(plain);
      String again = encode(bytes);
      if (plain.equals(again) || plain.equals(again.replace("=", ""))) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      // Told below.
    }
    throw new RefusedException("%s has a '%s' that is not Base64.".formatted(what, field), REMEDY);
  }
}
