package io.github.goldenmaven.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Keys with a bit turned are refused in words, or are other keys, and never end in a trace. */
class KeyMutationsTest {

  private static final List<KeyPair> PAIRS =
      List.of(
          TestKeys.pair("secp256r1"),
          TestKeys.pair("secp384r1"),
          TestKeys.pair("Ed25519"),
          TestKeys.rsa());

  private static byte[] turned(byte[] bytes, int place) {
    byte[] turned = bytes.clone();
    // Half of them where types, lengths and parameters stand.
    int bit = place / 2 % (Math.min(bytes.length, place % 2 == 0 ? 32 : bytes.length) * 8);
    turned[bit / 8] ^= (byte) (1 << bit % 8);
    return turned;
  }

  @Property(tries = 1000)
  void aPublicKey(@ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(max = 99_999) int place) {
    byte[] spki = PAIRS.get(kind).getPublic().getEncoded();
    try {
      assertThat(VerificationKey.ofSpki(turned(spki, place), "The key", "Make one."))
          .isNotEqualTo(VerificationKey.ofSpki(spki, "The key", "Make one."));
    } catch (RefusedException e) {
      assertThat(e.problem()).startsWith("The key is ");
    }
  }

  @Property(tries = 400)
  void aPrivateKey(@ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(max = 99_999) int place) {
    byte[] pkcs8 = turned(PAIRS.get(kind).getPrivate().getEncoded(), place);
    String pem = TestKeys.pem("PRIVATE KEY", pkcs8);
    KeyReference reference = new KeyReference.Variable("KEY");
    try (SigningKey key = SigningKey.open(reference, Optional.empty(), Map.of("KEY", pem))) {
      byte[] message = {7};
      assertThat(key.verificationKey().verifies(message, key.sign(message))).isTrue();
    } catch (RefusedException e) {
      assertThat(
              Refusal.of(
                  () -> {
                    throw e;
                  },
                  pem))
          .contains("'KEY' ");
    }
  }

  @Property(tries = 300)
  void whateverBytesStandInABlock(@ForAll @Size(max = 300) byte[] bytes) {
    for (String label : new String[] {"PUBLIC KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY"}) {
      String pem = TestKeys.pem(label, bytes);
      Map<String, String> environment = Map.of("KEY", pem, "WORD", "word");
      Optional<KeyPassword> password =
          label.startsWith("E") ? Optional.of(KeyPassword.parse("env:WORD")) : Optional.empty();
      assertThat(
              Refusal.of(
                  () -> SigningKey.open(new KeyReference.Variable("KEY"), password, environment),
                  pem))
          .startsWith("The key in the environment variable 'KEY' ");
      assertThat(Refusal.of(() -> VerificationKey.parse(pem, "The key"), pem))
          .startsWith("The key ");
    }
  }
}
