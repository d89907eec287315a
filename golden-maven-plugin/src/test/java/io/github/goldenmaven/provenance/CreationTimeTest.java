package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CreationTimeTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.5Z");
  private static final String REMEDY =
      " Write one like '2026-11-23T12:00:00Z', or seconds since 1970, into <created> or"
          + " -Dgolden.created, or leave it out.";

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T00:00:00Z, 2026-11-23T00:00:00Z",
    "2026-11-23T09:30:00.9+09:00, 2026-11-23T00:30:00Z",
    "' 1793491200 ', 2026-11-01T00:00:00Z",
    "1, 1970-01-01T00:00:01Z",
    "2026-11-23T12:05:00Z, 2026-11-23T12:05:00Z",
  })
  void readsATimeInWholeSeconds(String text, Instant time) {
    assertThat(CreationTime.parse(text, NOW)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "2026-11-23",
        "2026-11-23T00:00:00",
        "-1",
        "x",
        "0",
        "00",
        "true",
        "${today}",
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "253402300800",
        "99999999999999999999"
      })
  void refusesWhatIsNoTimeAnd1970WhichStandsForNone(String text) {
    assertThatThrownBy(() -> CreationTime.parse(text, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The golden image's date '"
                + text
                + "' is not a time after 1970 and before 10000."
                + REMEDY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-23T12:05:01Z", "2099-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
  void refusesWhatIsStillToCome(String text) {
    assertThatThrownBy(() -> CreationTime.parse(text, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The golden image's date '" + text + "' is still to come." + REMEDY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void refusesABlankOne(String text) {
    assertThatThrownBy(() -> CreationTime.parse(text, NOW))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The golden image's date is blank." + REMEDY);
  }
}
