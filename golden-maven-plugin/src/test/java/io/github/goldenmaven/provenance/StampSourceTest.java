package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.Warning;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampSourceTest extends StampFixture {

  @Test
  void saysDirtyOnlyWhenTheWorkTreeWas() {
    assertThat(Label.SOURCE_DIRTY.in(stamp(ORDERS, dirty()).labels())).hasValue("true");
    assertThat(Label.SOURCE_DIRTY.in(stamp(ORDERS, CLEAN).labels())).isEmpty();
    assertThat(Label.SOURCE_DIRTY.in(stamp(ORDERS, GitFacts.NONE).labels())).isEmpty();
  }

  @Test
  void takesTheSourceFromGitWhereThePomHasNone() {
    assertThat(Label.SOURCE.in(stamp(bare(), CLEAN).labels()))
        .hasValue("ssh://git@git.company.example:7999/shop/orders.git");
  }

  @ParameterizedTest
  @CsvSource({
    "scm:git:https://kim:pa55@git.company.example/shop/orders.git,"
        + " https://git.company.example/shop/orders.git",
    "scm:git|git@git.company.example:shop/orders, git@git.company.example:shop/orders",
    "scm:git:[fetch=]https://git.company.example/shop/orders[push=]ssh://git@x.example/orders,"
        + " https://git.company.example/shop/orders",
    "scm:git:[push=]ssh://git@x.example/orders[fetch=]https://git.company.example/shop/orders,"
        + " https://git.company.example/shop/orders",
    "scm:git:https://git.company.example/shop/orders[push=]ssh://git@x.example/orders,"
        + " https://git.company.example/shop/orders",
    "scm:git:[push=]https://git.company.example/shop/orders,"
        + " https://git.company.example/shop/orders",
    "file:///srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "scm:git:file:/srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "/srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "'C:\\git\\orders', ssh://git@git.company.example:7999/shop/orders.git",
    "../orders, ssh://git@git.company.example:7999/shop/orders.git",
    "scm:git:file:///srv/git/orders, ssh://git@git.company.example:7999/shop/orders.git",
    "scm:git:../orders, ssh://git@git.company.example:7999/shop/orders.git",
  })
  void takesTheAddressOutOfMavensForm(String written, String stamped) {
    Stamp stamp = stamp(withSource(written), CLEAN);

    assertThat(Label.SOURCE.in(stamp.labels())).hasValue(stamped);
    assertThat(stamp.warnings()).isEmpty();
  }

  @Test
  void warnsThatThePomAndGitDisagreeAndStampsThePoms() {
    Stamp stamp = stamp(withSource("https://kim:pa55@git.company.example/shop/billing"), CLEAN);

    assertThat(Label.SOURCE.in(stamp.labels()))
        .hasValue("https://git.company.example/shop/billing");
    assertThat(stamp.warnings())
        .containsExactly(
            new Warning(
                "The POM says that the sources are at 'https://git.company.example/shop/billing',"
                    + " but git's remote 'origin' is"
                    + " 'ssh://git@git.company.example:7999/shop/orders.git'.",
                "The POM's address is stamped: write this repository's address into <scm><url>, or"
                    + " remove <scm> to stamp git's address."));
  }

  @Test
  void saysOnceWhatAnImageOutsideGitDoesNotTell() {
    assertThat(stamp(bare(), GitFacts.NONE).warnings())
        .containsExactly(
            new Warning(
                "An image of this build names no revision, no source and no"
                    + " date (1970-01-01T00:00:00Z is stamped): its POM is in no git repository.",
                "Build it in a git checkout. <scm><url> in its POM would name the source."
                    + " <project.build.outputTimestamp> would give it a date."));
    assertThat(stamp(ORDERS, GitFacts.NONE).warnings())
        .containsExactly(
            new Warning(
                "An image of this build names no revision: its POM is in no" + " git repository.",
                "Build it in a git checkout."));
    GitFacts alone =
        new GitFacts(REVISION, GitFacts.WorkTree.CLEAN, null, Instant.EPOCH, List.of());
    assertThat(stamp(bare(), alone).warnings())
        .containsExactly(
            new Warning(
                "An image of this build names no source: git has no remote"
                    + " 'origin' at an address that other machines find.",
                "Write <scm><url> into its POM, or build it in a clone that has one."));
    assertThat(stamp(ORDERS, alone).warnings()).isEmpty();
  }

  @Test
  void leavesItToGitsOwnWarningWhereThereIsOne() {
    GitFacts unreadable =
        new GitFacts(
            null,
            GitFacts.WorkTree.UNKNOWN,
            null,
            null,
            List.of(new Warning("No git.", "Get it.")));

    assertThat(stamp(bare(), unreadable).warnings()).isEmpty();
    assertThat(goldenStamp(unreadable, Instant.EPOCH).warnings()).isEmpty();
  }

  @Test
  void refusesAnAddressWithAPropertyThatIsNotSet() {
    assertThatThrownBy(() -> stamp(withSource("https://git.company.example/${team}/orders"), CLEAN))
        .hasMessage(
            "A label cannot be stamped: 'org.opencontainers.image.source'"
                + " ('https://git.company.example/${team}/orders' has a property that is not set)."
                + " Set the property, or write the address into <scm><url>.");
  }

  private static ProjectFacts withSource(String written) {
    return new ProjectFacts(
        ORDERS.coordinates(), "Orders", null, null, written, null, List.of(), null);
  }
}
