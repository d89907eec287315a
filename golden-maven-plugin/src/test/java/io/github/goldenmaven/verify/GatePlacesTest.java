package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.folder;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.link;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyJson;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GatePlacesTest extends GateLayersFixture {

  /** A service adds, it never reaches into the golden's tree. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/orders.conf",
        "etc/cron.d/orders",
        "var/log/orders.log",
        "var/new/orders",
        "usr/share/orders/x",
        "root/.bashrc",
        "run/orders",
        "boot/orders",
        "proc/orders",
        ".orders/x",
        "srv/orders.conf",
        "srv/tools/lib.jar",
        "opt/jdk/lib/x.jar",
        "opt/java/openjdk/lib/ext/x.jar",
        "data/orders",
        "lib64/x.so",
        "libx32/x.so"
      })
  void refusesAFileInTheGoldensTree(String path) {
    ImageReport report = fixture.check(onDebian().with(file(path, "mine")));

    AttackPage.holds("I3", "a layer puts '/" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** The JVM behind a link, wherever it lies. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "lib/security/cacerts",
        "conf/net.properties",
        "lib/modules",
        "lib/ext/mine.jar",
        "lib/.wh.modules"
      })
  void refusesToChangeAJvmBehindALink(String path) {
    ImageReport report = fixture.check(behindALink().with(file("opt/tools/jdk/" + path, "mine")));

    AttackPage.holds("I3", "a JVM behind a link: '/opt/tools/jdk/" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** As a server has them. */
  private static ApplicationFixture onTomcat() {
    LayoutFolder golden =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("52")
                .version("52.0.1")
                .with(
                    file("usr/local/tomcat/bin/catalina.sh", "#!/bin/sh", 0755),
                    file("usr/local/tomcat/conf/server.xml", "x"),
                    file("usr/local/tomcat/conf/web.xml", "x"),
                    file("usr/local/tomcat/webapps/ROOT/index.html", "x"),
                    new LayerEntry.Directory("var/lib/jetty", 0775, new Owner(5, 5), Instant.EPOCH),
                    link("var/lib/jetty/linked", "/etc"))
                .runtime(
                    runtime ->
                        runtime.with(
                            "Cmd",
                            JsonValue.ofTexts(
                                List.of("/usr/local/tomcat/bin/catalina.sh", "run")))),
            "52");
    return ApplicationFixture.on(golden, "52", fixture.registry.host() + "/golden/java:52");
  }

  private static ImageReport checkGiven(String paths, ApplicationFixture service) {
    return fixture
        .check(fixture.policy("application: {paths: [" + paths + "]}\n"), fixture.push(service))
        .images()
        .get(0);
  }

  @Test
  void aServiceAddsInFoldersThatAreGivenAndReplacesFilesThatAre() {
    String given =
        "/usr/local/tomcat/webapps, /usr/local/tomcat/conf/server.xml, /var/lib/jetty/webapps";
    ImageReport added =
        checkGiven(
            given,
            onTomcat()
                .with(
                    folder("usr"),
                    file("usr/local/tomcat/webapps/orders.war", "x"),
                    file("usr/local/tomcat/webapps/ROOT/orders.html", "x"),
                    file("usr/local/tomcat/conf/server.xml", "mine"),
                    folder("var/lib/jetty/webapps"),
                    file("var/lib/jetty/webapps/orders.war", "x")));
    assertThat(added.findings()).isEmpty();
    for (String path :
        List.of(
            "usr/local/tomcat/webapps/ROOT/index.html",
            "usr/local/tomcat/webapps/ROOT/.wh.index.html",
            "usr/local/tomcat/webapps/.wh..wh..opq",
            "usr/local/tomcat/conf/web.xml",
            "usr/local/tomcat/conf/new.xml",
            "usr/local/tomcat/bin/catalina.sh",
            "usr/local/tomcat/lib/x.jar")) {
      ImageReport report = checkGiven(given, onTomcat().with(file(path, "mine")));
      AttackPage.holds("I3", "a folder is given, and a layer puts '/" + path + "'", report);
      assertThat(ids(report)).containsExactly("UPPER_PLACE");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/usr/local/tomcat", "/var/lib/jetty/linked", "/opt/java/openjdk"})
  void aFolderThatHoldsProgramsOrIsALinkIsGivenByNobody(String given) {
    ImageReport report =
        checkGiven(given, onTomcat().with(file(given.substring(1) + "/new/x", "x")));

    AttackPage.holds("I3", "the policy gives '" + given + "' to applications", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** Jib writes them so; what is more open, or another's, is refused. */
  @Test
  void warnsOfAFolderOnTheWayWithJibsModeAndRefusesAMoreOpenOne() {
    ImageReport jibs =
        checkGiven("/var/lib/jetty/webapps", onTomcat().with(folder("var/lib/jetty")));
    assertThat(only(jibs, "UPPER_PLACE").severity()).isEqualTo(Severity.WARN);
    assertThat(only(jibs, "UPPER_PLACE").found())
        .isEqualTo(
            "makes the folder '/var/lib/jetty' of the golden image 0755 of 0:0, which is 0775 of"
                + " 5:5");
    assertThat(jibs.verdict()).isEqualTo(Verdict.PASS);
    for (LayerEntry bent :
        List.of(
            new LayerEntry.Directory("var/lib/jetty", 0777, new Owner(5, 5), Instant.EPOCH),
            new LayerEntry.Directory("var/lib/jetty", 0755, new Owner(6, 5), Instant.EPOCH),
            new LayerEntry.Directory("tmp", 0777, Owner.ROOT, Instant.EPOCH))) {
      ImageReport report = checkGiven("/var/lib/jetty/webapps", onTomcat().with(bent));
      AttackPage.holds("I3", "a folder of the golden image, more open or another's", report);
      assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    }
  }

  /** What a link of the golden image, its environment or its `protect` waits for. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "opt/trust/cacerts",
        "srv/bin/java",
        "opt/libs/libz.so",
        "srv/agents/agent.jar",
        "mnt/policy/x"
      })
  void refusesWhatTheGoldenWaitsFor(String path) {
    LayoutFolder golden =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("53")
                .version("53.0.1")
                .protect("{\"paths\":[\"/mnt/policy\"]}")
                .with(link("opt/java/openjdk/lib/security", "/opt/trust"))
                .runtime(
                    runtime ->
                        runtime.with(
                            "Env",
                            JsonValue.ofTexts(
                                List.of(
                                    "PATH=/srv/bin:/opt/java/openjdk/bin",
                                    "LD_LIBRARY_PATH=/opt/libs",
                                    "JAVA_TOOL_OPTIONS=-javaagent:/srv/agents/agent.jar")))),
            "53");
    ApplicationFixture service =
        ApplicationFixture.on(golden, "53", fixture.registry.host() + "/golden/java:53");

    ImageReport report = fixture.check(service.with(file(path, "mine")));

    AttackPage.holds("I3", "the golden image lacks what it names: '/" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** Runtimes write through a link of the service's own. */
  @Test
  void refusesAPathThroughALinkThatLeavesItsPlace() {
    ImageReport report =
        fixture.check(
            onDebian()
                .with(link("app/there", "/opt/orders"))
                .with(file("opt/orders/a", "x"), file("app/there/b", "x")));

    AttackPage.holds("I3", "a path through a link of the service's to another place", report);
    assertThat(only(report, "UPPER_PLACE").found())
        .isEqualTo("adds '/opt/orders/b', written as '/app/there/b'");
    assertThat(
            fixture
                .check(
                    onDebian()
                        .with(
                            new RawLayer()
                                .link("app/current", "v1")
                                .file("app/current/x", "x")
                                .layer()))
                .findings())
        .isEmpty();
  }

  /**
   * containerd writes through the link and puts the second file in the first one's place, Docker
   * makes a folder of the link and runs the first: the gate would read the one and Docker run the
   * other.
   */
  @Test
  void refusesAPathThroughALinkOfALayerBelow() {
    ImageReport report =
        fixture.check(
            onDebian()
                .with(
                    folder("app/v1"),
                    link("app/current", "v1"),
                    file("app/v1/options", "-Djava.home=/app/jdk"))
                .with(file("app/current/options", "-Xmx1g")));

    AttackPage.holds("I3", "a path through a link of a layer below, in one place", report);
    assertThat(only(report, "UPPER_PLACE").found())
        .isEqualTo("adds '/app/v1/options', written as '/app/current/options'");
  }

  /** Three spellings of one path. */
  @ParameterizedTest
  @ValueSource(strings = {"./etc//ssl/cert.pem", "/etc/ssl/cert.pem", "etc/./ssl///cert.pem"})
  void refusesAProtectedPathHoweverItIsSpelled(String path) {
    ImageReport report =
        fixture.check(fixture.service().with(new RawLayer().file(path, "mine").layer()));

    AttackPage.holds("B13", "the path '" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  void refusesAPathThatClimbs() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(new RawLayer().file("./etc//ssl/../ssl/cert.pem", "mine").layer()));

    AttackPage.holds("B13", "the path './etc//ssl/../ssl/cert.pem'", report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
  }

  /** A name that is no UTF-8 must not keep verify.json from being read. */
  @Test
  void aNameThatIsNoUtf8IsToldInAReportThatCanBeRead() {
    RawLayer layer = new RawLayer(java.nio.charset.StandardCharsets.ISO_8859_1);
    ImageReport report =
        fixture.check(fixture.service().with(layer.file("etc/ssl/\u00ff", "x").layer()));

    assertThat(only(report, "UPPER_PLACE").found()).isEqualTo("adds '/etc/ssl/\\uDCFF'");
    byte[] json =
        VerifyJson.of(new GateReport("policy", GateFixture.NOW, List.of(report))).toBytes();
    assertThat(
            io.github.goldenmaven.oci.json.StrictJson.read("verify.json", json).objects("images"))
        .hasSize(1);
  }
}
