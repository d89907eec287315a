package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.folder;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.link;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks by layers above the golden's, where runtimes, and kinds of runtimes, make more of them.
 */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateLayersTest extends GateLayersFixture {

  private static final String ROOT_BY_NUMBER = "root:x:0:0::/:/bin/sh\n10001:x:0:0::/:/bin/sh\n";

  /** In dockerd, containerd and umoci /etc/passwd is replaced; 10001 is root then. */
  @Test
  void refusesAHardLinkToALinkThatLeadsOutOfTheServicesFolders() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(
                    new RawLayer()
                        .folder("etc")
                        .link("app/a", "../etc")
                        .hardLink("app/b", "app/a")
                        .file("app/b/passwd", ROOT_BY_NUMBER)
                        .layer()));

    AttackPage.holds("B13", "a hard link to a link, and a path through it", report);
    assertThat(ids(report)).containsOnly("UPPER_PLACE");
    assertThat(report.findings())
        .extracting(Finding::found)
        .containsExactly(
            "'/app/b' is a hard link to the link '/app/a', which is no file of the service's own",
            "replaces '/etc/passwd' of the golden image, written as '/app/b/passwd'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"etc/passwd", "bin/../etc/passwd", "etc", "opt", "app/a"})
  void refusesHardLinksToWhatIsProtectedOrAboveIt(String target) {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(link("app/a", "/etc/passwd"))
                .with(new RawLayer().hardLink("app/b", target.replace("bin/../", "./")).layer()));

    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** By these, storage drivers hide or move the golden's folders, or give rights. */
  @ParameterizedTest
  @CsvSource({
    "etc, trusted.overlay.opaque, y, IMAGE_READABLE",
    "etc, user.overlay.opaque, y, IMAGE_READABLE",
    "etc/security, trusted.overlay.redirect, /app/evil, IMAGE_READABLE",
    "etc/ssl, user.fuseoverlayfs.opaque, y, IMAGE_READABLE",
    "app, user.fuseoverlayfs.override_stat, 0:0:4755, IMAGE_READABLE",
    "app, user.containers.override_stat, 0:0:04755, IMAGE_READABLE",
    "etc, user.nextdriver.opaque, y, UPPER_PRIVILEGE",
    "app, system.posix_acl_access, x, UPPER_PRIVILEGE",
    "app, security.capability, x, UPPER_PRIVILEGE",
    "app, user%2Eoverlay.opaque, y, UPPER_PRIVILEGE"
  })
  void refusesExtendedAttributesThatRuntimesObey(
      String path, String name, String value, String rule) {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(
                    new RawLayer()
                        .folder(path, name, value)
                        .file("app/x", "x", name, value)
                        .layer()));

    AttackPage.holds("B11", "the extended attribute `" + name + "` on '/" + path + "'", report);
    assertThat(ids(report)).containsExactly(rule);
  }

  @Test
  void extendedAttributesThatNoRuntimeObeysAreHarmless() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(
                    new RawLayer()
                        .file("app/x", "x", "security.selinux", "system_u:object_r:usr_t:s0")
                        .file("app/y", "y", "user.mime_type", "text/plain")
                        .file("app/z", "z", "com.apple.quarantine", "0081;1")
                        .file("app/u", "u", "user.xdg.origin.url", "https://company.example/u")
                        .file("app/v", "v", "user.comment", "kept")
                        .layer()));

    assertThat(report.findings()).isEmpty();
  }

  /** The specification takes it for a whiteout of layers below; runtimes go by the order. */
  @ParameterizedTest
  @ValueSource(strings = {"app/.wh.a", ".wh.app"})
  void refusesAPathThatALayerBringsAndRemoves(String whiteout) {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(
                    new RawLayer()
                        .folder("etc")
                        .link("app/a", "../etc")
                        .file(whiteout, "")
                        .file("app/a/passwd", ROOT_BY_NUMBER)
                        .layer()));

    AttackPage.holds("B13", "a link and its whiteout '" + whiteout + "' in one layer", report);
    assertThat(ids(report)).contains("UPPER_DUPLICATE", "UPPER_PLACE");
  }

  @Test
  void refusesAWhiteoutAsAFolder() {
    ImageReport report =
        fixture.check(fixture.service().with(new RawLayer().file("app/.wh.x/y", "y").layer()));

    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** Docker and containerd put a folder in the link's place, umoci writes through it. */
  @Test
  void refusesAPathThroughALinkOfTheGolden() {
    ImageReport report = fixture.check(onDebian().with(file("etc/company/other", "x")));

    AttackPage.holds("B13", "a path through a link of the golden image", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
    assertThat(only(report, "UPPER_PLACE").found())
        .isEqualTo("adds '/data/other', written as '/etc/company/other'");
  }

  /** What protected links lead to is what runs. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/alternatives/java",
        "usr/lib/jvm/java-17/bin/java",
        "etc/java-17-openjdk/net.properties",
        "etc/java-17-openjdk/security/java.security",
        "opt/jdk/lib/security/cacerts",
        "var/old/cacerts",
        "etc/ssl/java/cacerts",
        "etc/ld-musl-x86_64.path",
        "etc/crypto-policies/back-ends/java.config",
        "srv/tools/agent.jar",
        "docker-entrypoint.sh",
        "srv/tools/start.sh",
        "srv/health.txt"
      })
  void refusesAFileThatTheGoldenRunsOrReads(String path) {
    ImageReport report = fixture.check(onDebian().with(file(path, "mine")));

    AttackPage.holds("B11", "a layer puts '/" + path + "', which the golden image uses", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** As good as a whiteout of the whole folder. */
  @Test
  void refusesAFileOrALinkInThePlaceOfAFolderOfTheGolden() {
    ImageReport asFile = fixture.check(onDebian().with(file("data", "x")));
    ImageReport asLink = fixture.check(onDebian().with(link("data", "/app")));

    AttackPage.holds("B11", "a link in the place of a folder of the golden image", asLink);
    ImageReport ofNone = fixture.check(onDebian().with(link("tmp", "/app")));
    AttackPage.holds("B11", "a link in the place of an empty folder of the golden image", ofNone);
    assertThat(ids(ofNone)).containsExactly("UPPER_PLACE");
    assertThat(ids(asFile)).contains("UPPER_PLACE");
    assertThat(ids(asLink)).contains("UPPER_PLACE");
    assertThat(only(asLink, "UPPER_PLACE").found())
        .isEqualTo("replaces '/data' of the golden image");
  }

  /** Images of sane teams. */
  @Test
  void aServiceAddsInPlacesOfItsOwnAndPutsWhatTheGoldenLeavesToIt() {
    ImageReport report =
        fixture.check(
            onDebian()
                .with(
                    file("app/bin/service", "#!/bin/sh", 0755),
                    file("orders.jar", "x"),
                    file("deployments/orders.jar", "x"),
                    folder("srv"),
                    file("srv/orders/orders.conf", "port = 2"),
                    file("opt/orders/lib/x.jar", "x"),
                    folder("home/orders"),
                    link("home/orders/current", "/app"),
                    link("app/log", "/dev/stdout"),
                    file("tmp/orders", "x"),
                    file("app/.wh.orders.txt", "")));

    assertThat(report.findings()).isEmpty();
  }

  @Test
  void aFolderThatIsEmptyInTheGoldenIsAPlaceOfTheService() {
    assertThat(fixture.check(behindALink().with(file("deployments/x.jar", "x"))).findings())
        .isEmpty();
  }

  @Test
  void refusesDevicesAndDuplicates() {
    ImageReport pipe = fixture.check(fixture.service().with(new RawLayer().pipe("app/p").layer()));
    ImageReport twice =
        fixture.check(
            fixture.service().with(new RawLayer().file("app/x", "1").file("app/x", "2").layer()));

    AttackPage.holds("B13", "one path twice in a layer", twice);
    assertThat(ids(pipe)).containsExactly("UPPER_PRIVILEGE");
    assertThat(ids(twice)).containsExactly("UPPER_DUPLICATE");
  }

  @Test
  void refusesASecretByItsName() {
    for (String name : List.of("app/tls/server.key", "app/.netrc")) {
      assertThat(ids(fixture.check(fixture.service().with(file(name, "x")))))
          .containsExactly("UPPER_SECRET");
    }
    assertThat(fixture.check(fixture.service().with(file("app/jwt-public.key", "x"))).findings())
        .isEmpty();
    assertThat(fixture.check(fixture.service().with(file("app/public_key.pem", "x"))).findings())
        .isEmpty();
    String key = "-----BEGIN %s KEY-----\nMIIB\n-----END %s KEY-----\n";
    ImageReport hidden =
        fixture.check(
            fixture
                .service()
                .with(file("app/config.txt", key.formatted("EC PRIVATE", "EC PRIVATE"))));
    AttackPage.holds("I6", "a private key under a name of no key", hidden);
    assertThat(only(hidden, "UPPER_SECRET").found())
        .isEqualTo("'/app/config.txt' is a private key");
    ImageReport login =
        fixture.check(
            fixture
                .service()
                .with(file("app/npm", "//npm.example/:_authToken=npm_8yZ3kQ1vT5sW7xA9\n")));
    assertThat(only(login, "UPPER_SECRET").found())
        .isEqualTo("'/app/npm' holds a password or a token");
    assertThat(
            fixture
                .check(
                    fixture.service().with(file("app/jwt.key", key.formatted("PUBLIC", "PUBLIC"))))
                .findings())
        .isEmpty();
  }

  /** Few entries, of the longest names there are. */
  @Test
  void refusesALayerOfNamesThatFillTheMemory() {
    String folder = ("x".repeat(250) + "/").repeat(7);
    RawTar tar = new RawTar();
    for (int at = 0; at < 6000; at++) {
      tar.entry('L', "././@LongLink", "app/" + folder + at + "\0")
          .entry('K', "././@LongLink", folder + "\0")
          .entry('2', "app/x");
    }
    byte[] names = tar.end();

    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(new Layer(Blob.of(names), Digest.of(names), MediaTypes.OCI_LAYER)));

    AttackPage.holds("B16", "a layer of names that fill the memory", report);
    assertThat(only(report, "IMAGE_READABLE").found())
        .endsWith(" has names of more than 16777216 characters.");
  }

  @Test
  void refusesAnImageOfMoreLayersThanAnyRuntimeTakes() {
    ApplicationFixture many = fixture.service();
    Layer layer = new RawLayer().folder("app").layer();
    for (int at = 0; at < 513; at++) {
      many = many.with(layer);
    }

    ImageReport report = fixture.check(many);

    assertThat(only(report, "IMAGE_READABLE").found()).endsWith("' has 517 layers, more than 512.");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void foldersOfTheGoldenWrittenAgainAreHarmlessBehindAlternatives() {
    ImageReport report =
        fixture.check(
            onDebian()
                .with(
                    new LayerEntry.Directory("etc/alternatives", 0755, Owner.ROOT, Instant.EPOCH),
                    new LayerEntry.Directory("data", 0755, Owner.ROOT, Instant.EPOCH)));

    assertThat(report.findings()).isEmpty();
  }
}
