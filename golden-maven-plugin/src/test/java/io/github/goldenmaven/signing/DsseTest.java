package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DsseTest {

  private static final String AGAIN =
      " Have the statement signed again; several signers write an envelope each.";

  private static final KeyPair PAIR = TestKeys.pair("secp256r1");
  private static final SigningKey KEY = TestKeys.open(PAIR);
  private static final VerificationKey HALF = TestKeys.publicHalf(PAIR);
  private static final List<SigningKey> KEYS =
      List.of(
          KEY,
          TestKeys.open(TestKeys.pair("secp384r1")),
          TestKeys.open(TestKeys.pair("Ed25519")),
          TestKeys.open(TestKeys.rsa()));

  private static final String SIGNED = "{\"subject\":[{\"digest\":{\"sha256\":\"00ff\"}}]}";
  private static final byte[] MESSAGE = Dsse.pae(Dsse.IN_TOTO, "{}".getBytes(UTF_8));

  /** Signed once: RSA takes longest to sign, and a bit is turned in the same bytes as well. */
  private static final List<byte[]> ENVELOPES =
      KEYS.stream()
          .map(key -> Dsse.sign(Dsse.IN_TOTO, SIGNED.getBytes(UTF_8), key).toBytes())
          .toList();

  private static final List<byte[]> SIGNATURES =
      KEYS.stream().map(key -> key.sign(MESSAGE)).toList();

  private static Dsse read(String json) {
    return Dsse.read(json.getBytes(UTF_8), "The envelope 'x'");
  }

  /** The protocol's own examples. */
  @Test
  void theSignedBytesTellTypeAndPayloadApart() {
    assertThat(Dsse.pae("http://example.com/HelloWorld", "hello world".getBytes(UTF_8)))
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world".getBytes(UTF_8));
    assertThat(Dsse.pae("", new byte[0])).isEqualTo("DSSEv1 0  0 ".getBytes(UTF_8));
    assertThat(Dsse.pae("ä", "주".getBytes(UTF_8))).isEqualTo("DSSEv1 2 ä 3 주".getBytes(UTF_8));
  }

  @Test
  void anEnvelopeIsCompactJsonWithoutAKeyid() {
    String json = new String(Dsse.sign("text/x", "{}".getBytes(UTF_8), KEY).toBytes(), UTF_8);
    assertThat(json)
        .matches(
            "\\{\"payload\":\"e30=\",\"payloadType\":\"text/x\","
                + "\"signatures\":\\[\\{\"sig\":\"[A-Za-z0-9+/]{94,96}=*\"\\}\\]\\}");
  }

  @Property(tries = 200)
  void whatIsSignedIsHandedOutAgain(
      @ForAll String type, @ForAll byte[] payload, @ForAll @IntRange(max = 2) int kind) {
    String plain = type.replaceAll("[\\ud800-\\udfff]", "");
    SigningKey key = KEYS.get(kind);
    Dsse read = Dsse.read(Dsse.sign(plain, payload, key).toBytes(), "The envelope 'x'");
    assertThat(read.payloadType()).isEqualTo(plain);
    assertThat(read.unverifiedPayload()).isEqualTo(payload);
    assertThat(read.verifiedBy(key.verificationKey())).contains(payload);
    assertThat(read.verifiedBy(KEYS.get(kind + 1).verificationKey())).isEmpty();
  }

  /** Whatever one bit of an envelope says else, no other payload or type is handed out. */
  @Property(tries = 1000)
  void eachFlippedBitIsRefusedOrChangesNothing(
      @ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(max = 100_000) int place) {
    byte[] payload = SIGNED.getBytes(UTF_8);
    VerificationKey half = KEYS.get(kind).verificationKey();
    byte[] json = ENVELOPES.get(kind).clone();
    int bit = place % (json.length * 8);
    json[bit / 8] ^= (byte) (1 << bit % 8);
    try {
      Dsse read = Dsse.read(json, "The envelope 'x'");
      Optional<byte[]> verified = read.verifiedBy(half);
      // Only a letter of another alphabet says the same.
      assertThat(verified.isEmpty() || read.payloadType().equals(Dsse.IN_TOTO)).isTrue();
      verified.ifPresent(bytes -> assertThat(bytes).isEqualTo(payload));
    } catch (RefusedException expected) {
      assertThat(expected.problem()).isNotBlank();
    }
  }

  @Property(tries = 400)
  void eachFlippedBitOfPayloadOrSignatureIsRefused(
      @ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(max = 100_000) int place) {
    byte[] message = MESSAGE.clone();
    byte[] signature = SIGNATURES.get(kind).clone();
    VerificationKey half = KEYS.get(kind).verificationKey();
    assertThat(half.verifies(message, signature)).isTrue();
    byte[] changed = place % 2 == 0 ? message : signature;
    int bit = place / 2 % (changed.length * 8);
    changed[bit / 8] ^= (byte) (1 << bit % 8);
    assertThat(half.verifies(message, signature)).isFalse();
  }

  @Test
  void bothAlphabetsOfBase64AreRead() {
    byte[] payload = "\u00fb\u00ff\u00fe?>~".repeat(9).getBytes(UTF_8);
    byte[] signature = KEY.sign(Dsse.pae("t", payload));
    List<Base64.Encoder> encoders =
        List.of(
            Base64.getEncoder(),
            Base64.getUrlEncoder(),
            Base64.getEncoder().withoutPadding(),
            Base64.getUrlEncoder().withoutPadding());
    for (Base64.Encoder encoder : encoders) {
      Dsse read =
          read(
              "{\"payloadType\":\"t\",\"payload\":\"%s\",\"signatures\":[{\"keyid\":\"\",\"sig\":\"%s\"}],\"more\":1}"
                  .formatted(encoder.encodeToString(payload), encoder.encodeToString(signature)));
      assertThat(read.verifiedBy(HALF)).contains(payload);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'payload':'e30=','payloadType':'t'}|has no signature.",
        "{'payload':'e30=','payloadType':'t','signatures':[]}|has no signature.",
        "{'payload':'e30=','payloadType':'t','signatures':null}|has no signature.",
        "{'payload':'e30=','payloadType':'t','signatures':[{'sig':'AA=='},{'sig':'AA=='}]}"
            + "|has 2 signatures in one envelope.",
        "{'payload':'e30=','payloadType':'t','signatures':[{}]}|has no 'sig'.",
        "{'payload':'e30=','payloadType':'t','signatures':[{'sig':'A A='}]}"
            + "|has a 'sig' that is not Base64.",
        "{'payload':'e31=','payloadType':'t','signatures':[{'sig':'AA=='}]}"
            + "|has a 'payload' that is not Base64.",
        "{'payload':'e30=\\n','payloadType':'t','signatures':[{'sig':'AA=='}]}"
            + "|has a 'payload' that is not Base64.",
        "{'payload':'e30==','payloadType':'t','signatures':[{'sig':'AA=='}]}"
            + "|has a 'payload' that is not Base64.",
        "{'payloadType':'t','signatures':[{'sig':'AA=='}]}|has no 'payload'.",
        "{'payload':'e30=','signatures':[{'sig':'AA=='}]}|has no 'payloadType'.",
      })
  void aFaultHasItsMessage(String json, String fault) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The envelope 'x' " + fault + AGAIN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'payload':'e30=','payload':'e30='}|The envelope 'x' has the key 'payload' twice.",
        "{'payload':'e30=','Payload':'e30='}|The envelope 'x' has the keys 'payload' and 'Payload',"
            + " which some readers take for one.",
        "{'Payload':'e30=','payloadType':'t','signatures':[{'sig':'AA=='}]}|A JSON object has the"
            + " key 'Payload' where 'payload' is meant.",
        "{'payload':'e30=','payloadType':'t','signatures':[{'Sig':'AA=='}]}|A JSON object has the"
            + " key 'Sig' where 'sig' is meant.",
        "{'payload':'e30=','payloadType':'t','ſignatures':[{'sig':'AA=='}]}|A JSON object has the"
            + " key 'ſignatures' where 'signatures' is meant.",
        "{'payload':7,'payloadType':'t','signatures':[{'sig':'AA=='}]}|A JSON object has a"
            + " 'payload' that is not a string.",
        "{'signatures':{}}|A JSON object has a 'signatures' that is not an array of objects.",
        "{} |",
        "{}x|The envelope 'x' has more bytes after its end.",
        "[]|The envelope 'x' is not a JSON object.",
      })
  void whatReadersWouldDisagreeOnIsRefused(String json, String problem) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.problem())
                    .isEqualTo(problem == null ? "The envelope 'x' has no signature." : problem));
  }

  @Test
  void anEnvelopeIsBounded() {
    assertThatThrownBy(() -> Dsse.read(new byte[Dsse.MAX_BYTES + 1], "The envelope 'x'"))
        .hasMessage(
            "The envelope 'x' has more than 10485760 bytes. No honest image needs that; look at"
                + " what pushed it.");
    byte[] large = new byte[7 * 1024 * 1024];
    byte[] json = Dsse.sign("t", large, KEY).toBytes();
    assertThat(Dsse.read(json, "The envelope 'x'").verifiedBy(HALF)).contains(large);
  }

  @Test
  void nobodyChangesAnEnvelopeFromOutside() {
    byte[] payload = "payload".getBytes(UTF_8);
    Dsse envelope = Dsse.sign("t", payload, KEY);
    payload[0] = 'P';
    envelope.unverifiedPayload()[0] = 'P';
    envelope.verifiedBy(HALF).orElseThrow()[0] = 'P';
    assertThat(envelope.verifiedBy(HALF)).contains("payload".getBytes(UTF_8));
  }
}
