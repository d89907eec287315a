package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.link;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.report.ImageReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateUpperLayersTest extends GateTestFixture {

  private static final Instant TIME = Instant.EPOCH;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/passwd",
        "etc/ssl/certs/java/cacerts",
        "opt/java/openjdk/lib/security/cacerts",
        "opt/java/openjdk/conf/security/java.security",
        "opt/java/openjdk/bin/java",
        "etc/ld.so.preload",
        "bin/sh",
        "usr/local/bin/java",
        "opt/golden/company-ca.pem"
      })
  void refusesAFileAtAProtectedPath(String path) {
    ImageReport report = fixture.check(fixture.service().with(file(path, "mine\n", 0644)));

    AttackPage.holds("B11", "a layer puts '/" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"etc/.wh.passwd", "etc/security/.wh..wh..opq", ".wh.etc", "opt/.wh.golden"})
  void refusesWhiteoutsOfTheGolden(String marker) {
    ImageReport report = fixture.check(fixture.service().with(file(marker, "", 0644)));

    AttackPage.holds("B11", "a layer has the whiteout '/" + marker + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  void aWhiteoutOfTheServicesOwnFilesIsHarmless() {
    assertThat(
            fixture.check(fixture.service().with(file("app/.wh.orders.txt", "", 0644))).findings())
        .isEmpty();
  }

  @Test
  void refusesFoldersTurnedIntoLinksAndPathsThatLeadAround() {
    ImageReport turned = fixture.check(fixture.service().with(link("etc", "app")));
    AttackPage.holds("B13", "a folder turned into a link", turned);
    assertThat(ids(turned)).containsExactly("UPPER_PLACE");
    ImageReport around =
        fixture.check(
            fixture
                .service()
                .with(link("app/conf", "../etc"))
                .with(file("app/conf/passwd", "root::0:0\n", 0644)));
    AttackPage.holds("B13", "a path that leads through a link of an earlier layer", around);
    assertThat(ids(around)).containsExactly("UPPER_PLACE");
  }

  /** Runtimes remove a link where a layer has a folder. */
  @Test
  void refusesAFolderInThePlaceOfALinkOfTheGolden() {
    ImageReport report =
        fixture.check(
            fixture.service().with(new LayerEntry.Directory("bin", 0755, Owner.ROOT, TIME)));

    AttackPage.holds("B13", "a folder in the place of a link of the golden image", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  void foldersSaidAgainAsTheyAreAreHarmless() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(
                    new LayerEntry.Directory("etc", 0755, Owner.ROOT, TIME),
                    new LayerEntry.Directory("usr/bin", 0755, Owner.ROOT, TIME),
                    file("srv/orders.conf", "port = 8080\n", 0644)));

    assertThat(report.findings()).isEmpty();
  }

  @Test
  void refusesAFolderOfTheGoldenWithAnotherMode() {
    ImageReport report =
        fixture.check(
            fixture.service().with(new LayerEntry.Directory("etc", 0777, Owner.ROOT, TIME)));

    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  void refusesSetUserIdFilesAndSecrets() {
    assertThat(ids(fixture.check(fixture.service().with(file("app/su", "x", 04755)))))
        .containsExactly("UPPER_PRIVILEGE");
    assertThat(ids(fixture.check(fixture.service().with(file("app/.ssh/id_rsa", "x", 0600)))))
        .containsExactly("UPPER_SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "root", "0", "+0", "00", "0:10001", "-0", "4294967296", "app"})
  void refusesRootByAnyOfItsNames(String user) {
    ImageReport report =
        fixture.check(fixture.service().runtime(runtime -> runtime.with("User", user)));

    AttackPage.holds("G1", "the user '" + user + "'", report);
    assertThat(ids(report)).containsExactly("CONFIG_USER");
  }

  @Test
  void anotherNumberAboveZeroIsNoRoot() {
    assertThat(
            fixture
                .check(fixture.service().runtime(runtime -> runtime.with("User", "1000:1000")))
                .findings())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=/app/mine",
        "JDK_JAVA_OPTIONS=-Xmx1g",
        "LD_PRELOAD=/app/evil.so",
        "SSL_CERT_FILE=/app/certs.pem",
        "PATH=/app"
      })
  void refusesAChangedEnvironment(String variable) {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(Reported.file("app/java", "", 0755))
                .runtime(
                    runtime -> {
                      String name = variable.substring(0, variable.indexOf('=') + 1);
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.removeIf(known -> known.startsWith(name));
                      env.add(variable);
                      return runtime.with("Env", JsonValue.ofTexts(env));
                    }));

    AttackPage.holds("G3", "`" + variable + "`", report);
    assertThat(ids(report)).containsExactly("CONFIG_ENVIRONMENT");
  }

  @Test
  void refusesAVariableGivenTwice() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .runtime(
                    runtime -> {
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.add("TZ=Asia/Seoul");
                      return runtime.with("Env", JsonValue.ofTexts(env));
                    }));

    AttackPage.holds("G3", "a variable given twice", report);
    assertThat(only(report, "CONFIG_ENVIRONMENT").where()).endsWith(", variable TZ");
  }

  @Test
  void refusesCommandsForOtherBuildsAndVolumesOverProtectedPaths() {
    assertThat(
            ids(
                fixture.check(
                    fixture
                        .service()
                        .runtime(r -> r.with("OnBuild", JsonValue.ofTexts(List.of("RUN x")))))))
        .containsExactly("CONFIG_ONBUILD");
    assertThat(
            ids(
                fixture.check(
                    fixture
                        .service()
                        .runtime(
                            r ->
                                r.with(
                                    "Volumes",
                                    JsonObject.EMPTY.with("/./etc//ssl/", JsonObject.EMPTY))))))
        .containsExactly("CONFIG_VOLUMES");
  }
}
