package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePlaceTest {

  private static final SourcePlace ORDERS = new SourcePlace("git.example", "shop/orders");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example/shop/orders",
        "https://git.example/shop/orders.git",
        "https://git.example/shop/orders/",
        "https://git.example/shop/orders.git/",
        "https://GIT.example:443/shop/orders",
        "HTTP://git.example:80/shop/orders",
        "https://kim:pa55@git.example/shop/orders",
        "https://git.example/shop/orders?ref=main#readme",
        "git@git.example:shop/orders.git",
        "git.example:shop/orders",
        "git@git.example:/shop/orders.git",
        "ssh://git@git.example/shop/orders.git",
        "ssh://git@git.example:22/shop/orders.git",
        "git://git.example:9418/shop/orders",
        "git+ssh://git@git.example:22/shop/orders",
        "scm:git:https://git.example/shop/orders.git",
        "scm:git:git@git.example:shop/orders.git",
        "scm:git|ssh://git@git.example/shop/orders",
      })
  void oneRepositoryHasManyAddresses(String address) {
    assertThat(SourcePlace.of(address)).hasValue(ORDERS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://git.example:8443/shop/orders",
        "https://git.example@evil.example/shop/orders",
        "https://git.example/shop/Orders",
        "https://git.example/shop/orders/tree/main",
        "https://git.example/shop/../shop/orders",
        "https://evil.example/git.example/shop/orders",
        "https://git.example.evil/shop/orders",
      })
  void whatIsNotCertainlyTheSameIsAnother(String address) {
    assertThat(SourcePlace.of(address)).isPresent().isNotEqualTo(java.util.Optional.of(ORDERS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "orders", "/srv/git/orders", "../orders", "file:///srv/orders"})
  void whatNamesNoHostIsNoPlace(String address) {
    assertThat(SourcePlace.of(address)).isEmpty();
    assertThat(SourcePlace.disagree(address, "https://git.example/shop/orders")).isFalse();
  }

  @Test
  void whatIsTooLongForAnAddressIsNoPlace() {
    assertThat(SourcePlace.of("https://git.example" + "/".repeat(1_000_000) + "x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/shop/orders, git@github.com:shop/orders.git",
    "https://github.com/Shop/Orders, https://github.com/shop/orders",
    "https://www.github.com/shop/orders, ssh://git@ssh.github.com:443/shop/orders.git",
    "https://github.com/shop/orders/tree/main, https://github.com/shop/orders",
    "https://gitlab.example/shop/orders/-/tree/main/service, git@gitlab.example:shop/orders.git",
    "https://gitea.example/shop/orders/src/branch/main, git@gitea.example:shop/orders",
    "https://github.com/shop/reactor/orders, https://github.com/shop/reactor.git",
    "https://github.com/shop/reactor.git/orders, https://github.com/shop/reactor.git",
    "https://bb.example/projects/SHOP/repos/orders/browse,"
        + " ssh://git@bb.example:7999/shop/orders.git",
    "https://bb.example/ctx/projects/SHOP/repos/orders, https://bb.example/scm/shop/orders.git",
    "https://bb.example/users/kim/repos/orders, ssh://git@bb.example:7999/~kim/orders.git",
    "https://dev.azure.com/shop/web/_git/orders, git@ssh.dev.azure.com:v3/shop/web/orders",
    "https://github.com/shop/orders, git@github-work:shop/orders.git",
    "https://gitlab.company.example/shop/orders, git@gitlab:shop/orders.git",
    "https://gerrit.example/a/shop/orders, ssh://gerrit.example:29418/shop/orders",
  })
  void aPageOrAModuleOfARepositoryDoesNotDisagreeWithIt(String named, String repository) {
    assertThat(SourcePlace.disagree(named, repository)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/shop/orders, git@github.com:shop/orders2.git",
    "https://github.com/shop/orders, https://gitlab.com/shop/orders",
    "https://github.com/spring-projects/spring-boot, git@github.com:shop/orders.git",
    "https://github.com/upstream/orders, https://github.com/fork/orders.git",
    "https://github.com/shop/orders, git@github-work:shop/billing.git",
    "https://github.com/shop, https://github.com/shop/orders",
    "https://git.example/company-parent/orders, https://git.example/shop/orders",
  })
  void anotherRepositoryDisagrees(String named, String repository) {
    assertThat(SourcePlace.disagree(named, repository)).isTrue();
  }

  @Property
  void everyAddressIsReadAndAgreesWithItself(@ForAll("addresses") String address) {
    assertThat(SourcePlace.disagree(address, address)).isFalse();
    SourcePlace.of(address).ifPresent(place -> assertThat(place.host()).isNotEmpty().isLowerCase());
  }

  @Provide
  Arbitrary<String> addresses() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "scm:git:",
            "https://",
            "ssh://",
            "git@",
            "git.example",
            ":",
            "7999",
            "/",
            "shop",
            "orders",
            ".git",
            "~kim",
            "projects/",
            "repos/",
            "?",
            "#",
            "@",
            "[fetch=]",
            "[push=]");
    return parts.list().ofMaxSize(9).map(list -> String.join("", list));
  }
}
