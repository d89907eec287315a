package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigstoreBundleTest {

  private static final String AGAIN =
      " Have the statement signed again, in a bundle of version 0.3 with a DSSE envelope.";

  private static final SigningKey KEY = TestKeys.make();
  private static final byte[] PAYLOAD = "{\"_type\":\"x\"}".getBytes(UTF_8);

  private static SigstoreBundle read(String json) {
    return SigstoreBundle.read(json.getBytes(UTF_8), "The bundle 'x'");
  }

  private static String envelope() {
    return new String(Dsse.sign(Dsse.IN_TOTO, PAYLOAD, KEY).toBytes(), UTF_8);
  }

  @Test
  void aBundleIsWhatOtherToolsWrite() {
    SigstoreBundle bundle = SigstoreBundle.sign(Dsse.IN_TOTO, PAYLOAD, KEY);
    String json = new String(bundle.toBytes(), UTF_8);
    assertThat(json.replaceAll("\"sig\":\"[^\"]*\"", "\"sig\":\"S\""))
        .isEqualTo(
            """
            {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",\
            "verificationMaterial":{"publicKey":{"hint":"%s"}},\
            "dsseEnvelope":{"payload":"%s","payloadType":"application/vnd.in-toto+json",\
            "signatures":[{"sig":"S"}]}}\
            """
                .formatted(
                    KEY.verificationKey().hint(), Base64.getEncoder().encodeToString(PAYLOAD)));
    SigstoreBundle again = SigstoreBundle.read(bundle.toBytes(), "The bundle 'x'");
    assertThat(again.hint()).isEqualTo(KEY.verificationKey().hint());
    assertThat(again.toBytes()).isEqualTo(bundle.toBytes());
    assertThat(again.verifiedBy(KEY.verificationKey())).contains(PAYLOAD);
    assertThat(again.verifiedBy(TestKeys.make().verificationKey())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'publicKey':{}}",
        "{'publicKey':{'hint':''}}",
        "{'publicKey':{'hint':'somebody else'}}",
        "{'publicKey':{'hint':'h'},'tlogEntries':[{'logIndex':'1'}],'timestampVerificationData':{}}",
        "{'publicKey':{'hint':'h'},'tlogEntries':null}",
        "{'certificate':{'rawBytes':'AA=='}}",
        "{'x509CertificateChain':{'certificates':[]},'tlogEntries':[]}",
      })
  void whoSignedIsToldByAKeyAlone(String material) {
    SigstoreBundle bundle =
        read(
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle+json;version=0.2\","
                + "\"verificationMaterial\":"
                + material.replace('\'', '"')
                + ",\"dsseEnvelope\":"
                + envelope()
                + "}");
    assertThat(bundle.verifiedBy(KEY.verificationKey())).contains(PAYLOAD);
    assertThat(bundle.verifiedBy(TestKeys.make().verificationKey())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|has the media type '', which is no bundle's.",
        "{'mediaType':'application/json'}"
            + "|has the media type 'application/json', which is no bundle's.",
        "{'mediaType':'a\\u202eb'}|has the media type 'a\\u202Eb', which is no bundle's.",
        "{'mediaType':'application/vnd.dev.sigstore.bundle.v0.3+json'}"
            + "|has no 'verificationMaterial'.",
        "{'mediaType':'application/vnd.dev.sigstore.bundle.v0.3+json',"
            + "'verificationMaterial':{'publicKey':{}},'messageSignature':{}}"
            + "|has no 'dsseEnvelope'.",
      })
  void aFaultHasItsMessage(String json, String fault) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The bundle 'x' " + fault + AGAIN);
  }

  @Test
  void aBundlesEnvelopeHasOneSignature() {
    String bundle =
        "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\","
            + "\"verificationMaterial\":{},\"dsseEnvelope\":"
            + envelope().replaceAll("\\{\"sig\":\"[^\"]*\"\\}", "$0,$0")
            + "}";
    assertThatThrownBy(() -> read(bundle))
        .hasMessage(
            "The bundle 'x' has 2 signatures in one envelope. Have the statement signed again;"
                + " several signers write an envelope each.");
  }
}
