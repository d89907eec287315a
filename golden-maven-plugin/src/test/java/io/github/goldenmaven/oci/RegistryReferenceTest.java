package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryReferenceTest {

  private static final String HEX = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @CsvSource({
    "java,docker.io/library/java:latest",
    "java:21,docker.io/library/java:21",
    "eclipse-temurin:21-jre,docker.io/library/eclipse-temurin:21-jre",
    "company/java,docker.io/company/java:latest",
    "docker.io/java,docker.io/library/java:latest",
    "docker.io/library/java,docker.io/library/java:latest",
    "index.docker.io/java,docker.io/library/java:latest",
    "Docker.IO/java,docker.io/library/java:latest",
    "localhost/java,localhost/java:latest",
    "localhost:5000/java,localhost:5000/java:latest",
    "localhost:5000,docker.io/library/localhost:5000",
    "127.0.0.1:5000/a/b/c:1,127.0.0.1:5000/a/b/c:1",
    "[::1]:5000/java:1,[::1]:5000/java:1",
    "[2001:DB8::1]/java,[2001:db8::1]/java:latest",
    "Registry.Company.Example/apps/orders,registry.company.example/apps/orders:latest",
    "registry.example:443/a,registry.example:443/a:latest",
    "registry.example/a__b/c-d.e_f---g:V1_x.y-Z,registry.example/a__b/c-d.e_f---g:V1_x.y-Z",
    "registry.example/0/1,registry.example/0/1:latest"
  })
  void isWrittenInFull(String text, String full) {
    RegistryReference reference = RegistryReference.parse(text);

    assertThat(reference).hasToString(full);
    assertThat(RegistryReference.parse(full)).isEqualTo(reference);
  }

  @Test
  void hasItsParts() {
    RegistryReference reference =
        RegistryReference.parse("registry.example:5000/golden/java:21@sha256:" + HEX);

    assertThat(reference.host()).isEqualTo("registry.example:5000");
    assertThat(reference.repository()).isEqualTo("golden/java");
    assertThat(reference.tag()).contains("21");
    assertThat(reference.digest()).contains(new Digest(HEX));
    assertThat(reference.name()).isEqualTo("registry.example:5000/golden/java");
    assertThat(reference.nameWithTag()).isEqualTo("registry.example:5000/golden/java:21");
    assertThat(reference).hasToString("registry.example:5000/golden/java:21@sha256:" + HEX);
  }

  @Test
  void aDigestAloneNeedsNoTag() {
    RegistryReference reference = RegistryReference.parse("registry.example/java@sha256:" + HEX);

    assertThat(reference.tag()).isEmpty();
    assertThat(reference).hasToString("registry.example/java@sha256:" + HEX);
    assertThat(RegistryReference.parse("registry.example/java:1").pinnedTo(new Digest(HEX)))
        .hasToString("registry.example/java:1@sha256:" + HEX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user:hunter2@registry.example/app",
        "user:hunter2@registry.example/app:1",
        "user:hunter2@registry.example/app@sha256:0123",
        "https://user:hunter2@registry.example/app",
        "oci://user:hunter2@registry.example/app:1",
        "user:hunter2@sha256:hunter2@registry.example/app",
        "user:hunter2@",
        "hunter2@latest",
        "user:hunter2@\nregistry.example/app"
      })
  void neverShowsWhatMayBeAPassword(String text) {
    assertThatThrownBy(() -> RegistryReference.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "An image reference has an '@' that no 'sha256:' digest follows. Leave credentials out"
                + " of references: put them into a <server> of Maven's settings.xml with the"
                + " registry's host as id. To pin, write '@sha256:' and 64 hex digits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:", "sha256:0123", "sha256:" + "0123456789ABCDEF"})
  void refusesAPinThatIsNoDigest(String pin) {
    assertThatThrownBy(() -> RegistryReference.parse("registry.example/app@" + pin))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + pin
                + "' is not a digest this build can check. Write 'sha256:' and 64 lower-case hex"
                + " digits.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://registry.example/app", "docker://java", "http://localhost:5000/x:1"})
  void refusesAScheme(String text) {
    assertRefused(text, "it begins with a scheme", "Leave the scheme out: 'host/repository:tag'.");
  }

  @ParameterizedTest
  @CsvSource({
    "${golden.base},${golden.base}",
    "registry.example/${team}/x:1,${team}",
    "registry.example/x:${version},${version}"
  })
  void refusesAnExpressionThatStandsForNothing(String text, String expression) {
    assertRefused(
        text,
        "Maven has nothing to put in for '" + expression + "'",
        "Set the property in the POM's <properties> or on the command line, or write the value"
            + " itself.");
  }

  @ParameterizedTest
  @CsvSource({
    "oci-archive:x.tar,oci-archive:",
    "docker-archive:x.tar,docker-archive:",
    "containers-storage:localhost/x,containers-storage:",
    "dir:/tmp/x,dir:"
  })
  void refusesATransportThatWouldBeTakenForDockerHub(String text, String transport) {
    assertRefused(
        text,
        "'" + transport + "' is a transport that is not spoken here",
        "Write 'host/repository:tag', 'oci:PATH:TAG' or 'docker-daemon:NAME:TAG'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Java", "registry.example/Apps/orders", "registry.example/appS:1", "Company/java"})
  void refusesUpperCase(String text) {
    assertRefused(
        text,
        "it has upper-case letters",
        "Registries know lower case only; with Maven, write a property of your own rather than"
            + " ${project.artifactId} where that has upper case.");
  }

  @ParameterizedTest
  @CsvSource({
    "registry.example/gоlden,gоlden", // Cyrillic o
    "registry.example/java\u200b,java\\u200B", // zero width space
    "registry.example/ｊava,ｊava", // full width j
    "registry.example/jаva/x,jаva", // Cyrillic a
    "registry.example/café,café",
    "registry.example/-a,-a",
    "registry.example/a-,a-",
    "registry.example/a..b,a..b",
    "registry.example/a___b,a___b",
    "registry.example/a._b,a._b",
    "registry.example/a b,a b",
    "registry.example/a%20b,a%20b"
  })
  void refusesOtherLettersAndSeparators(String text, String component) {
    assertRefused(
        text,
        "'" + component + "' is not a repository path component",
        "Write lower-case letters and digits, separated by single '.', '_' or '-'.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry.example/", "registry.example//a", "registry.example/a//b", "registry.example/a/",
        "registry.example/:1", "/a", "registry.example/../a", "registry.example/./a"
      })
  void refusesEmptyAndDottedComponents(String text) {
    assertThatThrownBy(() -> RegistryReference.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("'" + text + "' is not an image reference: '")
        .hasMessageContaining("' is not a repository path component. ");
  }

  @ParameterizedTest
  @CsvSource({
    "java:,''",
    "registry.example/java:,''",
    "java:.1,.1",
    "java:-1,-1",
    "java:1 2,1 2",
    "java:1+2,1+2",
    "java:１,１"
  })
  void refusesATagThatIsNone(String text, String tag) {
    assertRefused(
        text,
        "'" + tag + "' is not a tag",
        "A tag has letters, digits, '_', '.' and '-', at most 128, and begins with a letter, a"
            + " digit or '_'.");
  }

  @Test
  void refusesALongTag() {
    String tag = "t".repeat(129);
    assertRefused(
        "java:" + tag,
        "'" + tag + "' is not a tag",
        "A tag has letters, digits, '_', '.' and '-', at most 128, and begins with a letter, a"
            + " digit or '_'.");
    assertThat(RegistryReference.parse("java:" + "t".repeat(128)).tag()).contains("t".repeat(128));
  }

  @Test
  void refusesALongRepository() {
    String repository = "a/".repeat(127) + "bb";
    assertThat(RegistryReference.parse("registry.example/a" + "b".repeat(254)).repository())
        .hasSize(255);
    assertRefused(
        "registry.example/" + repository,
        "its repository is longer than 255",
        "Choose a shorter repository.");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:99999/a,localhost:99999",
    "localhost:65536/a,localhost:65536",
    "localhost:0/a,localhost:0",
    "localhost:/a,localhost:",
    "localhost:port/a,localhost:port",
    "localhost:5000:5000/a,localhost:5000:5000",
    "registry..example/a,registry..example",
    ".example/a,.example",
    "-registry.example/a,-registry.example",
    "registry_example.com/a,registry_example.com",
    "rеgistry.example/a,rеgistry.example", // Cyrillic e
    "registry.example\u3002com/a,registry.example\u3002com", // ideographic full stop
    "0x7f.1/a,0x7f.1",
    "127.1/a,127.1",
    "registry.1/a,registry.1",
    "::1/a,::1",
    "[::1/a,[::1",
    "[::g]/a,[::g]",
    "[::1]5000/a,[::1]5000",
    "registry.example\\u0020/a,registry.example\\u0020"
  })
  void refusesAHostThatIsNone(String text, String host) {
    assertRefused(
        text,
        "'" + host + "' is not a registry host",
        "Write a host name, and its port where it is not 443: 'registry.company.example:5000'.");
  }

  @Test
  void escapesWhatItShows() {
    assertRefused(
        "registry.example/a\n\u202eb",
        "'a\\u000A\\u202Eb' is not a repository path component",
        "Write lower-case letters and digits, separated by single '.', '_' or '-'.");
  }

  @Test
  @Timeout(10)
  void refusesEndlessTextQuickly() {
    for (String piece : new String[] {"a.", "a", "a-", "a/", ":", "[:", "a_", "-"}) {
      String endless = piece.repeat(200_000);
      for (String text : new String[] {endless, endless + "/a", "r.example/" + endless + "!"}) {
        assertThatThrownBy(() -> RegistryReference.parse(text))
            .isInstanceOf(RefusedException.class);
      }
    }
  }

  @Property(tries = 500)
  void anyTextIsReadOrRefused(@ForAll String text) {
    try {
      RegistryReference reference = RegistryReference.parse(text);
      assertThat(RegistryReference.parse(reference.toString())).isEqualTo(reference);
    } catch (RefusedException expected) {
      assertThat(expected.problem()).endsWith(".");
    }
  }

  private static void assertRefused(String text, String fault, String remedy) {
    assertThatThrownBy(() -> RegistryReference.parse(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'" + Printable.of(text) + "' is not an image reference: " + fault + ". " + remedy);
  }
}
