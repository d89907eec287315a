package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures in the manner of Project Wycheproof: what is nearly one, and is none. */
class SignatureVectorsTest {

  private static final byte[] MESSAGE = Dsse.pae(Dsse.IN_TOTO, "{}".getBytes(UTF_8));

  private static final KeyPair P256 = TestKeys.pair("secp256r1");
  private static final KeyPair P384 = TestKeys.pair("secp384r1");
  private static final KeyPair ED25519 = TestKeys.pair("Ed25519");
  private static final KeyPair RSA = TestKeys.rsa();

  private static KeyPair pair(KeyType type) {
    return switch (type) {
      case P256 -> P256;
      case P384 -> P384;
      case ED25519 -> ED25519;
      case RSA -> RSA;
    };
  }

  private static VerificationKey half(KeyType type) {
    return TestKeys.publicHalf(pair(type));
  }

  private static byte[] signature(KeyType type) {
    return TestKeys.open(pair(type)).sign(MESSAGE);
  }

  /** The two numbers of a signature. */
  private static BigInteger[] numbers(byte[] der) throws Der.MalformedException {
    Der within = new Der(der).only(Der.SEQUENCE);
    return new BigInteger[] {
      new BigInteger(within.content(Der.INTEGER)), new BigInteger(within.content(Der.INTEGER))
    };
  }

  private static byte[] value(int tag, byte[]... contents) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (byte[] part : contents) {
      content.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (content.size() > 0x7f) {
      whole.write(0x81);
    }
    whole.write(content.size());
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }

  private static byte[] der(BigInteger r, BigInteger s) {
    return value(
        Der.SEQUENCE, value(Der.INTEGER, r.toByteArray()), value(Der.INTEGER, s.toByteArray()));
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  private static byte[] fixed(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[length];
    int from = Math.max(0, bytes.length - length);
    System.arraycopy(bytes, from, fixed, length - bytes.length + from, bytes.length - from);
    return fixed;
  }

  private static void assertRefused(KeyType type, byte[] signature) {
    assertThat(half(type).verifies(MESSAGE, signature))
        .as(HexFormat.of().formatHex(signature))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void aSignatureIsOfItsKeyMessageAndLength(KeyType type) {
    byte[] signature = signature(type);
    assertThat(half(type).verifies(MESSAGE, signature)).isTrue();
    for (KeyType other : KeyType.values()) {
      assertThat(half(other).verifies(MESSAGE, signature)).isEqualTo(other == type);
    }
    assertRefused(type, new byte[0]);
    assertRefused(type, new byte[] {0});
    assertRefused(type, new byte[signature.length]);
    assertRefused(type, join(signature, new byte[] {0}));
    assertRefused(type, join(new byte[] {0}, signature));
    for (int length = 1; length < signature.length; length++) {
      assertRefused(type, Arrays.copyOf(signature, length));
    }
    assertThat(half(type).verifies(join(MESSAGE, new byte[] {0}), signature)).isFalse();
    assertThat(half(type).verifies(new byte[0], signature)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384"})
  void numbersAreFromOneToBelowTheOrder(KeyType type) throws Der.MalformedException {
    BigInteger[] good = numbers(signature(type));
    BigInteger zero = BigInteger.ZERO;
    BigInteger[] bad = {
      zero,
      BigInteger.ONE,
      type.order,
      type.order.subtract(BigInteger.ONE),
      type.order.add(BigInteger.ONE),
      good[0].add(type.order),
      good[0].negate(),
      good[1].negate(),
      BigInteger.ONE.shiftLeft(type == KeyType.P256 ? 256 : 384)
    };
    assertThat(DerSignature.isStrict(der(good[0], good[1]), type.order)).isTrue();
    for (BigInteger r : bad) {
      assertRefused(type, der(r, good[1]));
      assertRefused(type, der(good[0], r));
      for (BigInteger s : bad) {
        assertRefused(type, der(r, s));
      }
    }
    assertRefused(type, der(good[0], good[1].add(type.order)));
    assertRefused(type, der(good[1], good[0]));
  }

  /** Others accept it too, and no rule here goes by a signature's bytes. */
  @ParameterizedTest
  @EnumSource(names = {"P256", "P384"})
  void theOtherOfTwoValidNumbersIsASignatureToo(KeyType type) throws Der.MalformedException {
    BigInteger[] good = numbers(signature(type));
    byte[] turned = der(good[0], type.order.subtract(good[1]));
    assertThat(half(type).verifies(MESSAGE, turned)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"P256", "P384"})
  void derHasOneForm(KeyType type) throws Der.MalformedException {
    BigInteger[] good = numbers(signature(type));
    byte[] r = good[0].toByteArray();
    byte[] s = good[1].toByteArray();
    byte[] zero = {0};
    byte[] first = value(Der.INTEGER, r);
    byte[] second = value(Der.INTEGER, s);
    int size = type == KeyType.P256 ? 32 : 48;
    assertRefused(type, join(fixed(good[0], size), fixed(good[1], size)));
    assertRefused(type, value(Der.SEQUENCE, value(Der.INTEGER, join(zero, r)), second));
    assertRefused(type, value(Der.SEQUENCE, first, value(Der.INTEGER, join(zero, s))));
    assertRefused(type, value(Der.SEQUENCE, first, second, new byte[] {5, 0}));
    assertRefused(type, value(Der.SEQUENCE, first, second, second));
    assertRefused(type, value(Der.SEQUENCE, first));
    assertRefused(type, value(Der.SEQUENCE));
    assertRefused(type, value(Der.SEQUENCE, value(Der.INTEGER), value(Der.INTEGER)));
    assertRefused(type, value(0x31, first, second));
    assertRefused(type, value(Der.SEQUENCE, value(Der.OCTET_STRING, r), second));
    assertRefused(type, value(Der.SEQUENCE, value(Der.SEQUENCE, first, second)));
    byte[] body = join(first, second);
    assertRefused(type, join(new byte[] {0x30, (byte) 0x81, (byte) body.length}, body));
    assertRefused(type, join(new byte[] {0x30, (byte) 0x82, 0, (byte) body.length}, body));
    assertRefused(type, join(join(new byte[] {0x30, (byte) 0x80}, body), new byte[] {0, 0}));
    assertRefused(type, join(new byte[] {0x30, (byte) (body.length + 1)}, body));
    assertRefused(type, join(new byte[] {0x30, (byte) (body.length - 1)}, body));
    byte[] longInteger = join(new byte[] {2, (byte) 0x81, (byte) r.length}, r);
    assertRefused(type, value(Der.SEQUENCE, longInteger, second));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA384withECDSA", "SHA1withECDSA", "SHA512withECDSA"})
  void theHashIsSha256(String algorithm) throws GeneralSecurityException {
    for (KeyType type : new KeyType[] {KeyType.P256, KeyType.P384}) {
      assertRefused(type, signed(algorithm, pair(type)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1withRSA", "SHA512withRSA", "NONEwithRSA", "MD5withRSA"})
  void rsaIsPkcs1OverSha256(String algorithm) throws GeneralSecurityException {
    if (!algorithm.startsWith("NONE")) {
      assertRefused(KeyType.RSA, signed(algorithm, RSA));
    }
    BigInteger modulus = ((java.security.interfaces.RSAPublicKey) RSA.getPublic()).getModulus();
    byte[] good = signature(KeyType.RSA);
    assertRefused(KeyType.RSA, new BigInteger(1, good).add(modulus).toByteArray());
    for (BigInteger number :
        new BigInteger[] {
          BigInteger.ZERO, BigInteger.ONE, modulus, modulus.subtract(BigInteger.ONE)
        }) {
      assertRefused(KeyType.RSA, fixed(number, good.length));
    }
  }

  private static byte[] signed(String algorithm, KeyPair pair) throws GeneralSecurityException {
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(pair.getPrivate());
    signer.update(MESSAGE);
    return signer.sign();
  }

  @Test
  void edwardsNumbersAreBelowTheOrder() {
    BigInteger order =
        BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
    byte[] good = signature(KeyType.ED25519);
    byte[] s = new byte[32];
    for (int at = 0; at < 32; at++) {
      s[at] = good[63 - at];
    }
    byte[] more = fixed(new BigInteger(1, s).add(order), 32);
    byte[] changed = good.clone();
    for (int at = 0; at < 32; at++) {
      changed[63 - at] = more[at];
    }
    assertRefused(KeyType.ED25519, changed);
    byte[] zeros = new byte[64];
    assertRefused(KeyType.ED25519, zeros);
    zeros[0] = 1; // The neutral point, and zero times the base point.
    assertRefused(KeyType.ED25519, zeros);
  }

  @Property(tries = 500)
  void whateverBytesAreGivenNothingIsThrown(@ForAll @Size(max = 400) byte[] bytes) {
    for (KeyType type : KeyType.values()) {
      assertRefused(type, bytes);
    }
  }
}
