package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.folder;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.link;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks by layers above the golden's, where runtimes, and kinds of runtimes, make more of them.
 */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateLayersTest {

  private static final String ROOT_BY_NUMBER = "root:x:0:0::/:/bin/sh\n10001:x:0:0::/:/bin/sh\n";

  @TempDir static Path shared;
  private static GateHouse house;

  /**
   * As Debian is: a JVM behind alternatives, settings of it in /etc, and things outside the list.
   */
  private static LayoutFolder debian;

  @BeforeAll
  static void open() {
    house = new GateHouse(shared);
    debian =
        house.push(
            GoldenFixture.of(house.official)
                .line("50")
                .version("50.0.1")
                .with(
                    folder("etc/alternatives"),
                    link("etc/alternatives/java", "/usr/lib/jvm/java-17/bin/java"),
                    link("usr/bin/java", "/etc/alternatives/java"),
                    file("usr/lib/jvm/java-17/bin/java", "elf", 0755),
                    folder("etc/java-17-openjdk"),
                    folder("etc/java-17-openjdk/security"),
                    file("etc/java-17-openjdk/net.properties", "java.net.useSystemProxies=false"),
                    file("etc/java-17-openjdk/security/java.security", "security.provider.1=SUN"),
                    folder("opt/java/openjdk/conf"),
                    folder("opt/java/openjdk/conf/security"),
                    link(
                        "opt/java/openjdk/conf/net.properties",
                        "/etc/java-17-openjdk/net.properties"),
                    link(
                        "opt/java/openjdk/conf/security/java.security",
                        "../../../../../etc/java-17-openjdk/security/java.security"),
                    folder("opt/jdk"),
                    file("opt/jdk/release", "JAVA_VERSION=17"),
                    folder("data"),
                    folder("data/policy"),
                    link("etc/company", "/data"),
                    file("srv/tools/agent.jar", "agent"),
                    file("srv/tools/start.sh", "#!/bin/sh", 0755),
                    file("srv/orders.conf", "port = 1"),
                    link("usr/local/bin/service", "/app/bin/service"),
                    link("usr/lib/app", "/app"),
                    link("etc/ssl/java", "/var/old"),
                    file("docker-entrypoint.sh", "#!/bin/sh", 0755),
                    file("srv/health.txt", "ok"))
                .runtime(
                    runtime ->
                        runtime
                            .with("Entrypoint", JsonValue.ofTexts(List.of("/docker-entrypoint.sh")))
                            .with(
                                "Env",
                                JsonValue.ofTexts(
                                    List.of(
                                        "PATH=/opt/jdk/bin:/usr/bin:/bin",
                                        "JAVA_HOME=/opt/java/openjdk",
                                        "JAVA_TOOL_OPTIONS=-javaagent:/srv/tools/agent.jar")))
                            .with(
                                "Healthcheck",
                                JsonObject.EMPTY.with(
                                    "Test", JsonValue.ofTexts(List.of("CMD", "/srv/health.txt"))))),
            "50");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static ApplicationFixture onDebian() {
    return ApplicationFixture.on(debian, "50", house.registry.host() + "/golden/java:50");
  }

  /** In dockerd, containerd and umoci /etc/passwd is replaced; 10001 is root then. */
  @Test
  void refusesAHardLinkToALinkThatLeadsOutOfTheServicesFolders() {
    ImageReport report =
        house.check(
            house
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
        house.check(
            house
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
        house.check(
            house
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
        house.check(
            house
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
        house.check(
            house
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
        house.check(house.service().with(new RawLayer().file("app/.wh.x/y", "y").layer()));

    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** Docker and containerd put a folder in the link's place, umoci writes through it. */
  @Test
  void refusesAPathThroughALinkOfTheGolden() {
    ImageReport report = house.check(onDebian().with(file("etc/company/other", "x")));

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
    ImageReport report = house.check(onDebian().with(file(path, "mine")));

    AttackPage.holds("B11", "a layer puts '/" + path + "', which the golden image uses", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** As good as a whiteout of the whole folder. */
  @Test
  void refusesAFileOrALinkInThePlaceOfAFolderOfTheGolden() {
    ImageReport asFile = house.check(onDebian().with(file("data", "x")));
    ImageReport asLink = house.check(onDebian().with(link("data", "/app")));

    AttackPage.holds("B11", "a link in the place of a folder of the golden image", asLink);
    ImageReport ofNone = house.check(onDebian().with(link("tmp", "/app")));
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
        house.check(
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
    ImageReport report = house.check(onDebian().with(file(path, "mine")));

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
    ImageReport report = house.check(behindALink().with(file("opt/tools/jdk/" + path, "mine")));

    AttackPage.holds("I3", "a JVM behind a link: '/opt/tools/jdk/" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** A JDK that no variable names, with a folder that is empty, and places given by its label. */
  private static ApplicationFixture behindALink() {
    LayoutFolder golden =
        house.push(
            GoldenFixture.of(house.official)
                .line("51")
                .version("51.0.1")
                .with(
                    link("usr/bin/java", "../../opt/tools/jdk/bin/java"),
                    file("opt/tools/jdk/bin/java", "elf", 0755),
                    file("opt/tools/jdk/release", "JAVA_VERSION=17"),
                    file("opt/tools/jdk/lib/modules", "x"),
                    file("opt/tools/jdk/lib/security/cacerts", "x"),
                    file("opt/tools/jdk/conf/net.properties", "x"),
                    folder("opt/tools/jdk/lib/ext"),
                    folder("deployments"))
                .runtime(
                    runtime ->
                        runtime.with("Env", JsonValue.ofTexts(List.of("PATH=/usr/bin:/bin")))),
            "51");
    return ApplicationFixture.on(golden, "51", house.registry.host() + "/golden/java:51");
  }

  @Test
  void aFolderThatIsEmptyInTheGoldenIsAPlaceOfTheService() {
    assertThat(house.check(behindALink().with(file("deployments/x.jar", "x"))).findings())
        .isEmpty();
  }

  /** As a server has them. */
  private static ApplicationFixture onTomcat() {
    LayoutFolder golden =
        house.push(
            GoldenFixture.of(house.official)
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
    return ApplicationFixture.on(golden, "52", house.registry.host() + "/golden/java:52");
  }

  private static ImageReport checkGiven(String paths, ApplicationFixture service) {
    return house
        .check(house.policy("application: {paths: [" + paths + "]}\n"), house.push(service))
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
        house.push(
            GoldenFixture.of(house.official)
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
        ApplicationFixture.on(golden, "53", house.registry.host() + "/golden/java:53");

    ImageReport report = house.check(service.with(file(path, "mine")));

    AttackPage.holds("I3", "the golden image lacks what it names: '/" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  /** Runtimes write through a link of the service's own. */
  @Test
  void refusesAPathThroughALinkThatLeavesItsPlace() {
    ImageReport report =
        house.check(
            onDebian()
                .with(link("app/there", "/opt/orders"))
                .with(file("opt/orders/a", "x"), file("app/there/b", "x")));

    AttackPage.holds("I3", "a path through a link of the service's to another place", report);
    assertThat(only(report, "UPPER_PLACE").found())
        .isEqualTo("adds '/opt/orders/b', written as '/app/there/b'");
    assertThat(
            house
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
        house.check(
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
        house.check(house.service().with(new RawLayer().file(path, "mine").layer()));

    AttackPage.holds("B13", "the path '" + path + "'", report);
    assertThat(ids(report)).containsExactly("UPPER_PLACE");
  }

  @Test
  void refusesAPathThatClimbs() {
    ImageReport report =
        house.check(
            house
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
        house.check(house.service().with(layer.file("etc/ssl/\u00ff", "x").layer()));

    assertThat(only(report, "UPPER_PLACE").found()).isEqualTo("adds '/etc/ssl/\\uDCFF'");
    byte[] json = VerifyJson.of(new GateReport("policy", GateHouse.NOW, List.of(report))).toBytes();
    assertThat(
            io.github.goldenmaven.oci.json.StrictJson.read("verify.json", json).objects("images"))
        .hasSize(1);
  }

  @Test
  void refusesDevicesAndDuplicates() {
    ImageReport pipe = house.check(house.service().with(new RawLayer().pipe("app/p").layer()));
    ImageReport twice =
        house.check(
            house.service().with(new RawLayer().file("app/x", "1").file("app/x", "2").layer()));

    AttackPage.holds("B13", "one path twice in a layer", twice);
    assertThat(ids(pipe)).containsExactly("UPPER_PRIVILEGE");
    assertThat(ids(twice)).containsExactly("UPPER_DUPLICATE");
  }

  @Test
  void refusesASecretByItsName() {
    for (String name : List.of("app/tls/server.key", "app/.netrc")) {
      assertThat(ids(house.check(house.service().with(file(name, "x")))))
          .containsExactly("UPPER_SECRET");
    }
    assertThat(house.check(house.service().with(file("app/jwt-public.key", "x"))).findings())
        .isEmpty();
    assertThat(house.check(house.service().with(file("app/public_key.pem", "x"))).findings())
        .isEmpty();
    String key = "-----BEGIN %s KEY-----\nMIIB\n-----END %s KEY-----\n";
    ImageReport hidden =
        house.check(
            house
                .service()
                .with(file("app/config.txt", key.formatted("EC PRIVATE", "EC PRIVATE"))));
    AttackPage.holds("I6", "a private key under a name of no key", hidden);
    assertThat(only(hidden, "UPPER_SECRET").found())
        .isEqualTo("'/app/config.txt' is a private key");
    ImageReport login =
        house.check(
            house
                .service()
                .with(file("app/npm", "//npm.example/:_authToken=npm_8yZ3kQ1vT5sW7xA9\n")));
    assertThat(only(login, "UPPER_SECRET").found())
        .isEqualTo("'/app/npm' holds a password or a token");
    assertThat(
            house
                .check(house.service().with(file("app/jwt.key", key.formatted("PUBLIC", "PUBLIC"))))
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
        house.check(
            house
                .service()
                .with(new Layer(Blob.of(names), Digest.of(names), MediaTypes.OCI_LAYER)));

    AttackPage.holds("B16", "a layer of names that fill the memory", report);
    assertThat(only(report, "IMAGE_READABLE").found())
        .endsWith(" has names of more than 16777216 characters.");
  }

  @Test
  void refusesAnImageOfMoreLayersThanAnyRuntimeTakes() {
    ApplicationFixture many = house.service();
    Layer layer = new RawLayer().folder("app").layer();
    for (int at = 0; at < 513; at++) {
      many = many.with(layer);
    }

    ImageReport report = house.check(many);

    assertThat(only(report, "IMAGE_READABLE").found()).endsWith("' has 517 layers, more than 512.");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  @Test
  void foldersOfTheGoldenWrittenAgainAreHarmlessBehindAlternatives() {
    ImageReport report =
        house.check(
            onDebian()
                .with(
                    new LayerEntry.Directory("etc/alternatives", 0755, Owner.ROOT, Instant.EPOCH),
                    new LayerEntry.Directory("data", 0755, Owner.ROOT, Instant.EPOCH)));

    assertThat(report.findings()).isEmpty();
  }
}
