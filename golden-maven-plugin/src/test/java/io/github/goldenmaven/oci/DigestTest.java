package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

  /** FIPS 180-2, appendix B.1. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void hashesBytes() {
    assertThat(Digest.of("abc".getBytes(StandardCharsets.US_ASCII))).hasToString("sha256:" + ABC);
  }

  @Test
  void hashesAStreamAsItPasses() {
    MessageDigest passing = Digest.sha256();
    passing.update((byte) 'a');
    passing.update(new byte[] {'b', 'c'});

    assertThat(Digest.of(passing).hex()).isEqualTo(ABC);
    assertThat(Digest.of(passing)).isEqualTo(Digest.of(new byte[0]));
  }

  @Test
  void readsWhatItWrites() {
    Digest digest = Digest.parse("sha256:" + ABC);

    assertThat(Digest.parse(digest.toString())).isEqualTo(digest);
    assertThat(digest.shortHex()).isEqualTo("ba7816bf8f01");
    assertThat(digest).isLessThan(Digest.of(new byte[] {'a', 'b'})).isEqualByComparingTo(digest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        ABC,
        "sha256:" + ABC + "0",
        "sha256:" + ABC + "\n",
        " sha256:" + ABC,
        "sha256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
        "SHA256:" + ABC,
        "sha256-" + ABC,
        "sha512:" + ABC + ABC,
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015а\u0501",
        "sha256:../../../../../../etc/passwd"
      })
  void refusesEveryOtherForm(String text) {
    assertThatThrownBy(() -> Digest.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + Printable.of(text)
                + "' is not a digest this build can check. Write 'sha256:' and 64 lower-case hex"
                + " digits.");
  }

  @Test
  void cannotBeMadeOfAnythingElse() {
    assertThatThrownBy(() -> new Digest("abc"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not 64 lower-case hex digits: abc");
  }
}
