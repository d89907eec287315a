package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.provenance.git.GitFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectFactsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T00:00:00Z, 2026-11-23T00:00:00Z",
    "2026-11-23T09:30:00+09:00, 2026-11-23T00:30:00Z",
    "2026-11-23T00:00:00.999Z, 2026-11-23T00:00:00Z",
    "1793491200, 2026-11-01T00:00:00Z",
    "00, 1970-01-01T00:00:00Z",
    "253402300799, 9999-12-31T23:59:59Z",
    "' 1793491200 ', 2026-11-01T00:00:00Z",
  })
  void readsATimestampAsMavenDoes(String text, Instant instant) {
    assertThat(facts(text).outputTimestamp()).hasValue(instant);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "x", "0", "9"})
  void takesNothingAndAnyOneCharacterForOff(@Nullable String text) {
    assertThat(facts(text).outputTimestamp()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "${git.commit.time}",
        "2026-11-23",
        "2026-11-23T00:00:00",
        "253402300800",
        "99999999999999999999",
        "-1",
        "+12",
        "1969-12-31T23:59:59Z",
        "１２３４",
      })
  void refusesWhatIsNoTimestamp(String text) {
    assertThatThrownBy(() -> facts(text).outputTimestamp())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The output timestamp '"
                + text
                + "' is not a time from 1970 to 9999. Write one like '2026-11-23T00:00:00Z', or"
                + " seconds since 1970, into the property <project.build.outputTimestamp>.");
  }

  @Test
  void isCreatedAtTheTimestampWhateverTheCommitSays() {
    GitFacts git =
        new GitFacts(null, GitFacts.WorkTree.CLEAN, null, Instant.ofEpochSecond(5), List.of());

    assertThat(facts("1793491200").created(git)).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(facts("x").created(git)).isEqualTo("1970-01-01T00:00:05Z");
    assertThat(facts("x").created(GitFacts.NONE)).isEqualTo("1970-01-01T00:00:00Z");
  }

  private static ProjectFacts facts(@Nullable String timestamp) {
    return new ProjectFacts(
        new Coordinates("g", "a", "1"), "a", null, null, null, null, List.of(), timestamp);
  }
}
