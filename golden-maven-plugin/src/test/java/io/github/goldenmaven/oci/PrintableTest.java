package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"", "registry.example/app:1", "주문 서비스", "Straße 'x' \\ \"y\"", "😀", "a b"})
  void leavesHarmlessTextAlone(String text) {
    assertThat(Printable.of(text)).isEqualTo(text);
  }

  @Test
  void escapesWhatWouldForgeALine() {
    assertThat(Printable.of("a\r\n[INFO] BUILD SUCCESS\u0085\u2028\u2029\u0000\t\u007f"))
        .isEqualTo("a\\u000D\\u000A[INFO] BUILD SUCCESS\\u0085\\u2028\\u2029\\u0000\\u0009\\u007F");
  }

  @Test
  void escapesWhatWouldDriveATerminalOrTurnTheText() {
    assertThat(Printable.of("\u001b[2J\u009b\u202egnp.exe\u2066\u2069\u200f\u200b\ufeff\u00ad"))
        .isEqualTo("\\u001B[2J\\u009B\\u202Egnp.exe\\u2066\\u2069\\u200F\\u200B\\uFEFF\\u00AD");
  }

  @Test
  void escapesWhatIsNoCharacter() {
    assertThat(Printable.of("\ud800x\udc00\ue000\uffff\udb40\udc41\udbff\udfff"))
        .isEqualTo("\\uD800x\\uDC00\\uE000\\uFFFF\\u{E0041}\\u{10FFFF}");
  }

  @Test
  void cutsWhatIsLong() {
    assertThat(Printable.of("x".repeat(256))).isEqualTo("x".repeat(256));
    assertThat(Printable.of("x".repeat(257))).isEqualTo("x".repeat(256) + "…");
    assertThat(Printable.of("x".repeat(10_000_000))).hasSize(257);
    assertThat(Printable.of("abcdef", 3)).isEqualTo("abc…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ci:s3cret@", "token@", ":@", "ci:s3@cret@", "ci:s3cret\u0000@", "ci:{s3=}@"})
  void leavesTheCredentialsOfUrlsOut(String credentials) {
    assertThat(
            Printable.withoutCredentials(
                "no a:b:jar:1 in m (https://"
                    + credentials
                    + "nexus.example/a@b), c (http://"
                    + credentials
                    + "nexus.example:8080/)"))
        .isEqualTo("no a:b:jar:1 in m (https://nexus.example/a@b), c (http://nexus.example:8080/)");
  }

  @Test
  void leavesTextWithoutCredentialsAloneAndOneLine() {
    assertThat(Printable.withoutCredentials("https://nexus.example/ ci@company.example\n//"))
        .isEqualTo("https://nexus.example/ ci@company.example\\u000A//");
  }

  @Test
  void cutsBetweenCharactersNeverWithinOne() {
    assertThat(Printable.of("x".repeat(255) + "😀😀")).isEqualTo("x".repeat(255) + "😀…");
  }

  @Property
  void isAlwaysOneShortHarmlessLine(@ForAll String text) {
    String shown = Printable.of(text);

    assertThat(shown.codePoints()).allMatch(Printable::isHarmless);
    assertThat(shown.length()).isLessThanOrEqualTo(266);
    assertThat(Printable.of(shown.substring(0, Math.min(256, shown.length()))))
        .isEqualTo(shown.substring(0, Math.min(256, shown.length())));
  }
}
