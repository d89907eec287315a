package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JavaVersionsTest {

  @Test
  void theFirstIsTheOneThatPathFinds() {
    JavaVersions versions = JavaVersions.parse("17,25,8");

    assertThat(versions.features()).containsExactly(17, 25, 8);
    assertThat(versions.first()).isEqualTo(17);
    assertThat(versions.newest()).isEqualTo(25);
    assertThat(versions).hasToString("17,25,8");
  }

  @Test
  void writesAVersionOnceHoweverManyJvmsHaveIt() {
    assertThat(new JavaVersions(List.of(21, 17, 21))).hasToString("21,17");
  }

  @Test
  void anImageWithoutAJvmSaysSo() {
    assertThat(JavaVersions.NONE).hasToString("none");
    assertThat(JavaVersions.parse("none")).isEqualTo(JavaVersions.NONE);
    assertThat(JavaVersions.NONE.isNone()).isTrue();
    assertThat(JavaVersions.parse("17").isNone()).isFalse();
  }

  @Property(tries = 200)
  void readsWhatItWrites(
      @ForAll @NotEmpty @Size(max = 60) List<@IntRange(min = 8, max = 99) Integer> features) {
    JavaVersions versions = new JavaVersions(features);

    assertThat(JavaVersions.parse(versions.toString())).isEqualTo(versions);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "100", "08", "17,", ",17", "17, 21", "17,17", "1.8", "21.0.9", "-8", "x"})
  void refusesWhatIsNoListOfVersions(String value) {
    assertThatThrownBy(() -> JavaVersions.parse(value))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + value
                + "' in the label 'io.github.goldenmaven.golden.java' is no list of Java versions."
                + " Have the golden image of <base> baked again with golden:bake: it stamps each"
                + " JVM's feature version once, like '21' or '17,21'.");
  }
}
