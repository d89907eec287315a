package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LabelValuesTest {

  @Property
  void everyValueIsStampedAsTheLabelAllowsOrRefused(
      @ForAll Label label, @ForAll("values") String value) {
    LabelValues values = new LabelValues();
    values.put(label, value);
    Map<String, String> accepted;
    try {
      accepted = values.accepted();
    } catch (RefusedException e) {
      assertThat(label.form()).isNotEqualTo(Label.Form.FREE_TEXT);
      assertThat(e.problem()).contains("'" + label.key() + "'");
      assertThat(FreeText.isOneSafeLine(e.problem())).isTrue();
      assertThat(isPrintableAscii(value) && label.fault(value).isEmpty()).isFalse();
      return;
    }
    label
        .in(accepted)
        .ifPresent(
            stamped -> {
              assertThat(stamped.getBytes(StandardCharsets.UTF_8).length)
                  .isLessThanOrEqualTo(label.form().maxBytes());
              assertThat(label.fault(stamped)).isEmpty();
              assertThat(FreeText.isOneSafeLine(stamped)).isTrue();
              assertThat(label.form() == Label.Form.FREE_TEXT || isPrintableAscii(stamped))
                  .isTrue();
              assertThat(label.form() == Label.Form.FREE_TEXT || stamped.equals(value)).isTrue();
            });
  }

  @Property
  void everyLabelOfTheUserIsStampedUnchangedOrRefused(
      @ForAll("values") String key, @ForAll("values") String value) {
    LabelValues values = new LabelValues();
    values.putOwn(Map.of(key, value), "<container><labels>");
    try {
      assertThat(values.accepted()).containsExactlyEntriesOf(Map.of(key, value));
      assertThat(FreeText.isOneSafeLine(key + value)).isTrue();
    } catch (RefusedException e) {
      assertThat(FreeText.isOneSafeLine(e.getMessage())).isTrue();
    }
  }

  @Example
  void aPasswordIsNeverPartOfARefusal() {
    LabelValues values = new LabelValues();
    values.putAddress(Label.URL, "<url>", "https://kim:pa55/w0rd@wiki.company.example");

    assertThat(catchThrowable(values::accepted))
        .hasMessage(
            "A label cannot be stamped: 'org.opencontainers.image.url' (the value has an '@' that"
                + " may end a password). Write the address without credentials into <url>.");
  }

  private static boolean isPrintableAscii(String value) {
    return value.chars().allMatch(unit -> ' ' <= unit && unit <= '~');
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(300),
        Arbitraries.strings().all().ofMaxLength(200),
        Arbitraries.strings().withChars("a1.- \n\u001B\u202E가\uD83D\uDE00").ofMaxLength(300),
        Arbitraries.integers().between(250, 260).map("x"::repeat));
  }
}
