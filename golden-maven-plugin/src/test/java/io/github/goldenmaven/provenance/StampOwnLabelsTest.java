package io.github.goldenmaven.provenance;

import static io.github.goldenmaven.provenance.GoldenConfigs.base;
import static io.github.goldenmaven.provenance.GoldenConfigs.golden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.provenance.git.GitFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StampOwnLabelsTest extends StampFixture {

  @Test
  void refusesALabelOfTheUserThatIsThisPluginsToStamp() {
    assertThatThrownBy(() -> withOwn("org.opencontainers.image.Version", "2"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "A label cannot be stamped: 'org.opencontainers.image.Version' (the key is stamped by"
                + " this plugin). Fix or remove it in <container><labels>.");
    assertThatThrownBy(() -> withOwn("io.github.goldenmaven.of.the.future", "2"))
        .hasMessage(
            "A label cannot be stamped: 'io.github.goldenmaven.of.the.future' (the key is stamped"
                + " by this plugin). Fix or remove it in <container><labels>.");
  }

  @Test
  void refusesAForgedLineInALabelOfTheUser() {
    assertThatThrownBy(() -> withOwn("com.company.note", "ok\n[INFO] pushed"))
        .hasMessage(
            "A label cannot be stamped: 'com.company.note' ('ok\\u000A[INFO] pushed' has a control,"
                + " line or direction character). Fix or remove it in <container><labels>.");
    assertThatThrownBy(() -> withOwn("com.company note", "x"))
        .hasMessage(
            "A label cannot be stamped: 'com.company note' (the key is not printable ASCII without"
                + " blanks, of 1 to 256 bytes). Fix or remove it in <container><labels>.");
    assertThatThrownBy(() -> withOwn("com.company.note", "x".repeat(4097)))
        .hasMessage(
            "A label cannot be stamped: 'com.company.note' ('"
                + "x".repeat(256)
                + "…' has 4097 bytes, more than 4096). Fix or remove it in <container><labels>.");
  }

  @Test
  void refusesTwoLabelsOfTheUserThatDifferInCaseOnly() {
    Map<String, String> own = new LinkedHashMap<>();
    own.put("com.company.a", "1");
    own.put("com.company.A", "2");

    assertThatThrownBy(() -> Stamp.ofApplication(base(golden()), ORDERS, CLEAN, own))
        .hasMessage(
            "A label cannot be stamped: 'com.company.A' (another key differs from it in case only)."
                + " Fix or remove it in <container><labels>.");
  }

  @Test
  void refusesAllBadValuesTogetherEachWithItsPlaceInThePom() {
    ProjectFacts bad =
        new ProjectFacts(
            new Coordinates("com.company", "orders", "1.0\n2"),
            "Orders",
            null,
            "https://wiki.company.example/" + "x".repeat(300),
            "https://kim:pa55/w0rd@git.company.example/orders",
            null,
            List.of(),
            null);

    RefusedException refused =
        catchThrowableOfType(
            RefusedException.class,
            () ->
                Stamp.ofApplication(
                    base(golden(Map.of("io.github.goldenmaven.golden.line", "자바"))),
                    bad,
                    GitFacts.NONE,
                    Map.of("io.github.goldenmaven.role", "golden")));

    assertThat(refused.problem())
        .isEqualTo(
            "6 labels cannot be stamped: 'io.github.goldenmaven.role' (the key is stamped by this"
                + " plugin), 'io.github.goldenmaven.golden.line' ('자바' has a character that is not"
                + " printable ASCII), 'io.github.goldenmaven.maven.coordinates'"
                + " ('com.company:orders:1.0\\u000A2' has a character that is not printable ASCII),"
                + " 'org.opencontainers.image.version' ('1.0\\u000A2' has a character that is not"
                + " printable ASCII), 'org.opencontainers.image.url'"
                + " ('https://wiki.company.example/"
                + "x".repeat(227)
                + "…' has 329 bytes, more than 256), 'org.opencontainers.image.source' (the value"
                + " has an '@' that may end a password).");
    assertThat(refused.remedy())
        .isEqualTo(
            "Fix or remove it in <container><labels>. Have the golden image of <base> baked again."
                + " Write printable ASCII of at most 256 bytes into <groupId>, <artifactId> and"
                + " <version>. Write printable ASCII of at most 256 bytes into <version>. Write"
                + " printable ASCII of at most 256 bytes into <url>. Write the address without"
                + " credentials into <scm><url>.");
    assertThat(refused).message().doesNotContain("w0rd");
  }

  private static void withOwn(String key, String value) {
    Stamp.ofApplication(base(golden()), ORDERS, CLEAN, Map.of(key, value));
  }
}
