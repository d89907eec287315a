package io.github.goldenmaven.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {

  @ParameterizedTest
  @CsvSource({
    "21.0.10, 21.0.9, 1",
    "21.0.9, 21.0.9, 0",
    "21.0.09, 21.0.9, 0",
    "21.0.9-2, 21.0.9-1, 1",
    "21.0.9-1, 21.0.9, 1",
    "21, 21.0.1, -1",
    "2026-11-23, 2026-09-30, 1",
    "1.b, 1.A, 1",
    "1.1, 1.a, 1",
    "21.0.9-rc1, 21.0.9, -1",
    "21.0.9-SNAPSHOT, 21.0.9, -1",
    "21-ea, 21, -1",
    "21.0.9-rc2, 21.0.9-rc1, 1",
    "21.0.9-rc1, 21.0.8, 1",
    "21.0.9-company, 21.0.9, 1"
  })
  void comparesPartByPartAndDigitsAsNumbers(String one, String other, int order) {
    assertThat(Integer.signum(VersionOrder.INSTANCE.compare(one, other))).isEqualTo(order);
    assertThat(Integer.signum(VersionOrder.INSTANCE.compare(other, one))).isEqualTo(-order);
  }
}
