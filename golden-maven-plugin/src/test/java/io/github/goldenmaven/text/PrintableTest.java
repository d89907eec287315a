package io.github.goldenmaven.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      textBlock =
          """
          https://ci:s3cret@h/x                     | https://...@h/x
          https://ci:pa/ss@h/x                      | https://...@h/x
          https://ci:pa@ss@h/x                      | https://...@h/x
          https://ci:pa:ss@h:8443/x                 | https://...@h:8443/x
          https://ci:a//b@h/x                       | https://...@h/x
          https://ci:a://b@h/x                      | https://...@h/x
          redis://:s3cret@h:6379                    | redis://...@h:6379
          https://t0ken@h/x                         | https://...@h/x
          https://t0ken@h/a@b                       | https://...@h/a@b
          ssh://git:s3cret@h/x                      | ssh://...@h/x
          URL=https://ci:s3cret@h/x                 | URL=https://...@h/x
          see <https://ci:s3cret@h/x> for more      | see <https://...@h/x> for more
          https://h/x,https://ci:s3cret@h/x         | https://...@h/x
          ci:s3cret@r,https://h/x                   | ...@r,https://h/x
          ci:s3cret@r,https://a:b@h/x               | ...@h/x
          https://h/x ci:s3cret@r/x                 | https://h/x ...@r/x
          ci:s3cret@r/x                             | ...@r/x
          /ci:s3cret@r/x                            | /...@r/x
          ci:it's@r/x                               | ...@r/x
          'ci:"s3=cret"@r/x'                        | '...@r/x'
          LOGIN=ci:s3cret@r:5000/x                  | LOGIN=...@r:5000/x
          {"login":"ci:s3cret@r"}                   | {"login":"...@r"}
          ci:s3cret@r:5000/java:21@sha256:ab        | ...@r:5000/java:21@sha256:ab
          ci:s3@sha256:cret@r/x                     | ...@r/x
          """,
      delimiter = '|')
  void concealsAUserWithHisPassword(String text, String shown) {
    assertThat(Printable.concealed(text)).isEqualTo(shown);
    assertThat(Printable.concealed(shown)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@",
        ":@",
        "ssh://git@h/x",
        "git@h:apps/orders.git",
        "mailto:team@x.example",
        "<MAILTO:team@x.example>",
        "team@x.example",
        "r.example:5000/java:21",
        "r.example:5000/java:21@sha256:ab",
        "r.example:5000/java:21@sha512:ab",
        "https://h:8443/x",
        "https://registry.npmjs.example/@scope/x",
        "a: b @ c\n\td",
        "주문: 서비스 😀"
      })
  void concealsNothingElse(String text) {
    assertThat(Printable.concealed(text)).isEqualTo(text);
  }

  @Test
  void concealsAPasswordThatTheCutWouldPart() {
    String before = "x".repeat(7990) + " ";

    assertThat(Printable.concealed(before + "ci:s3cret-of-ci@r/x")).isEqualTo(before + "...@r/x");
    assertThat(Printable.concealed(before + "https://ci:s3cret@r/x"))
        .isEqualTo(before + "https://.…");
    assertThat(Printable.concealed("x".repeat(7999) + "😀")).isEqualTo("x".repeat(7999) + "…");
    assertThat(Printable.concealed("x".repeat(8000))).isEqualTo("x".repeat(8000));
  }

  /** A text of as many megabytes as a config may have. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%",
        ":",
        "@",
        "a://",
        "//",
        "/",
        "a:b@",
        "a:",
        "@sha256:",
        "https://",
        "a:b@c ",
        " ",
        ".",
        "mailto:"
      })
  void concealsAHugeHostileTextAtOnceAndCutsIt(String shape) {
    String text = shape.repeat(4 * 1024 * 1024 / shape.length());

    assertTimeoutPreemptively(
        Duration.ofSeconds(2),
        () -> {
          assertThat(Printable.concealed(text)).hasSizeLessThanOrEqualTo(8001);
          assertThat(Printable.concealed(text + "@")).hasSizeLessThanOrEqualTo(8001);
          assertThat(Printable.concealed("a:b" + text)).hasSizeLessThanOrEqualTo(8001);
        });
  }

  @Property
  void neverShowsAPasswordOfAnAddress(
      @ForAll @CharRange(from = '!', to = '~') String before,
      @ForAll @CharRange(from = '!', to = '~') String more) {
    assertThat(Printable.concealed(before + "https://ci:s3cret" + more + "@h/x"))
        .doesNotContain("s3cret");
    assertThat(Printable.concealed("ci:x" + before + "s3cret" + more + "@h/x"))
        .doesNotContain("s3cret");
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
