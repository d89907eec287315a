package io.github.goldenmaven.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class NearestNameTest {

  private static final List<String> KEYS = List.of("official", "golden", "catalog", "keys");

  @Example
  void findsWhatWasMeant() {
    assertThat(NearestName.among(KEYS, "goldn")).hasValue("golden");
    assertThat(NearestName.among(KEYS, "godlen")).hasValue("golden");
    assertThat(NearestName.among(KEYS, "Golden")).hasValue("golden");
    assertThat(NearestName.among(KEYS, "offical")).hasValue("official");
    assertThat(NearestName.among(KEYS, "kesy")).hasValue("keys");
    assertThat(NearestName.among(KEYS, "waivers")).isEmpty();
    assertThat(NearestName.among(KEYS, "golden".repeat(20))).isEmpty();
  }

  @Example
  void listsWhatIsKnownWhereNothingIsNear() {
    assertThat(NearestName.advice(KEYS, "goldn")).isEqualTo("Did you mean 'golden'?");
    assertThat(NearestName.advice(KEYS, "zzz"))
        .isEqualTo("Known are 'official', 'golden', 'catalog', 'keys'.");
  }

  @Property
  void measuresADistance(
      @ForAll @AlphaChars @StringLength(max = 8) String a,
      @ForAll @AlphaChars @StringLength(max = 8) String b) {
    int distance = NearestName.distance(a, b);

    assertThat(distance).isEqualTo(NearestName.distance(b, a));
    assertThat(distance == 0).isEqualTo(a.equals(b));
    assertThat(distance)
        .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
  }
}
