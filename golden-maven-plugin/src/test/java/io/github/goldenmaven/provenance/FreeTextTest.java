package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class FreeTextTest {

  @Example
  void foldsWhiteSpaceOfEveryKind() {
    assertThat(FreeText.fold(" \t주문\u3000을\r\n\u2028 받는\u00A0서비스 \n", 256))
        .isEqualTo("주문 을 받는 서비스");
  }

  @Example
  void dropsWhatMovesTheCursorOrTurnsTheDirection() {
    assertThat(FreeText.fold("\u001B[2J\u202Eevil\u2069\u0007\u200B\uFEFF\u00AD!\uD800", 256))
        .isEqualTo("[2Jevil!");
    assertThat(FreeText.fold("tag\uDB40\uDC41ged", 256)).isEqualTo("tagged");
  }

  @Example
  void keepsTheJoinersThatPersianAndEmojiNeed() {
    String family = "می\u200Cخواهم 👩\u200D👩\u200D👧";

    assertThat(FreeText.fold(family, 256)).isEqualTo(family);
  }

  @Example
  void cutsBetweenCharactersAndLeavesNoBlankAtTheEnd() {
    assertThat(FreeText.fold("가나다", 8)).isEqualTo("가나");
    assertThat(FreeText.fold("ab 가", 5)).isEqualTo("ab");
    assertThat(FreeText.fold("😀😀", 7)).isEqualTo("😀");
  }

  @Property
  void givesOneSafeLineOfAtMostThatManyBytes(
      @ForAll("texts") String text, @ForAll @IntRange(min = 0, max = 300) int limit)
      throws CharacterCodingException {
    String folded = FreeText.fold(text, limit);

    assertThat(FreeText.isOneSafeLine(folded)).isTrue();
    assertThat(folded).isEqualTo(folded.strip()).doesNotContain("  ");
    // An encoder that does not replace: no character was cut in two.
    ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(folded));
    assertThat(bytes.remaining()).isLessThanOrEqualTo(limit);
  }

  @Property
  void foldingTwiceChangesNothing(
      @ForAll("texts") String text, @ForAll @IntRange(min = 0, max = 300) int limit) {
    String folded = FreeText.fold(text, limit);

    assertThat(FreeText.fold(folded, limit)).isEqualTo(folded);
  }

  @Property
  void leavesPlainWordsAlone(@ForAll("words") String words) {
    assertThat(FreeText.fold(words, 256)).isEqualTo(words);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .all()
        .withChars(" \t\n\u0000\u001B\u202E\u2066\u200F\u3000\uD83D\uDE00가é")
        .ofMaxLength(200);
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.strings().withChars("abcXYZ가나é.-").ofMinLength(1).ofMaxLength(60);
  }
}
