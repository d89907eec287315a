package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.environment;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.credentials.Credentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.Timeouts;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.VerifyHtml;
import io.github.goldenmaven.verify.report.VerifyJson;
import io.github.goldenmaven.verify.report.VerifyJunit;
import io.github.goldenmaven.verify.report.VerifyProperties;
import io.github.goldenmaven.verify.report.VerifySarif;
import io.github.goldenmaven.verify.report.VerifyText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Gates before registries that want credentials, send elsewhere, dawdle, break off and tell. */
@Timeout(60)
@NeedsPeer
@SuppressWarnings("NullAway.Init")
class GateWireTest {

  private static final String SECRET = "s3cr3t-of-ci";
  private static final String BASIC =
      Base64.getEncoder().encodeToString(("ci:" + SECRET).getBytes(StandardCharsets.UTF_8));

  @TempDir private Path folder;

  private LyingGateFixture fixture;
  private RegistryAccess guarded;

  /** Another machine's, which answers as the first does and notes what it is shown. */
  private LyingRegistry elsewhere;

  @BeforeEach
  void serve() {
    fixture = new LyingGateFixture(folder);
    fixture.authorization = "Basic " + BASIC;
    guarded =
        AccessOfTests.anonymous()
            .withCredentials(
                host ->
                    host.equals(fixture.host())
                        ? Optional.of(new Credentials("ci", SECRET))
                        : Optional.empty())
            .withTimeouts(
                new Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1)))
            .access();
    elsewhere =
        LyingRegistry.telling(
            exchange -> fixture.truth(exchange, exchange.getRequestURI().getPath()));
  }

  @AfterEach
  void stop() {
    fixture.close();
    elsewhere.close();
  }

  @Test
  void aGuardedImagePasses() throws IOException {
    assertThat(fixture.check(guarded, "").findings()).isEmpty();
    assertThat(fixture.registry.shown()).contains("Basic " + BASIC);
  }

  @Test
  void followsBlobsAndManifestsToAnotherHostWithoutCredentials() throws IOException {
    for (String path : everyPath()) {
      fixture.lies.put(path, exchange -> redirect(exchange, elsewhere.otherHost()));
    }

    ImageReport report = fixture.check(guarded, "");

    assertThat(report.findings()).isEmpty();
    assertThat(elsewhere.asked()).hasSize(everyPath().size());
    assertThat(elsewhere.shown()).containsOnly("null");
  }

  @Test
  void goesToATokenServerOfAnotherHostWithoutCredentials() throws IOException {
    fixture.challenge =
        "Bearer realm=\"http://" + elsewhere.otherHost() + "/token\",service=\"registry\"";

    ImageReport report = fixture.check(guarded, "");

    assertThat(report.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(ids(report)).containsExactly("IMAGE_AVAILABLE");
    assertThat(elsewhere.asked()).isNotEmpty().allMatch(asked -> asked.startsWith("GET /token?"));
    assertThat(elsewhere.shown()).containsOnly("null");
    requireNoSecret(fixture.whole(guarded, ""));
  }

  @Test
  void couldNotTellOfAnswersThatDripBreakOffOrNeverCome() throws IOException {
    Descriptor layer = new ImageManifest(fixture.good).layers().get(3);
    String blob = "/v2/apps/orders/blobs/" + layer.digest();

    couldNotTell(LyingGateFixture.IMAGE, "drips", GateWireTest::drip);
    for (String path : List.of(LyingGateFixture.IMAGE, blob)) {
      couldNotTell(path, "breaks off", exchange -> breakOff(exchange, layer.size()));
      couldNotTell(path, "never comes", LyingRegistry::never);
    }
  }

  private void couldNotTell(String path, String how, LyingRegistry.Lie lie) throws IOException {
    fixture.lies.clear();
    fixture.lies.put(path, lie);
    int before = fixture.registry.asked().size();

    ImageReport report = fixture.check(guarded, "");

    assertThat(report.verdict()).as("%s %s: %s", path, how, report).isEqualTo(Verdict.UNKNOWN);
    assertThat(ids(report)).as("%s %s", path, how).contains("IMAGE_AVAILABLE");
    assertThat(fixture.registry.asked().size() - before).isLessThan(20);
  }

  /** A registry that says what it was shown, in what it answers and where it sends. */
  @Test
  void noReportTellsTheCredentialsThatARegistryRepeats() throws IOException {
    String told = "You are ci with " + SECRET + ", Basic " + BASIC;
    byte[] error =
        ("{\"errors\":[{\"code\":\"DENIED\",\"message\":\"" + told + "\"}]}")
            .getBytes(StandardCharsets.UTF_8);
    for (int status : new int[] {400, 401, 403, 404, 429, 500, 503}) {
      fixture.lie(
          LyingGateFixture.IMAGE,
          status,
          error,
          "WWW-Authenticate",
          "Basic realm=\"" + told + "\"");

      requireNoSecret(fixture.whole(guarded, ""));
    }
    fixture.lie(LyingGateFixture.IMAGE, 307, error, "Location", "http://ci:" + SECRET + "@[");
    requireNoSecret(fixture.whole(guarded, ""));
  }

  /** Labels are shown in reports; an address in one may have a password. */
  @Test
  void noReportTellsTheCredentialsOfALabel() throws IOException {
    String address = "https://ci:" + SECRET + "@git.company.example/orders";
    fixture
        .service()
        .label(Label.SOURCE, address)
        .label(Label.URL, address)
        .label(Label.BASE_NAME, "ci:" + SECRET + "@" + fixture.host() + "/golden/java:21")
        .label(Label.OFFICIAL_NAME, address)
        .label(Label.GOLDEN_NAME, address)
        .manifest(
            json ->
                json.with(
                    "annotations",
                    json.object("annotations")
                        .orElseThrow()
                        .with(Label.SOURCE.key(), address + "x")))
        .writeTo(fixture.apps, "1");
    String more = "sources: {\"" + fixture.host() + "/apps/orders\": \"" + address + "/other\"}\n";

    GateReport report = fixture.whole(guarded, more);

    assertThat(ids(report.images().get(0))).contains("SOURCE_ALLOWED", "LABELS_AGREE");
    requireNoSecret(report);
  }

  /** So may a variable. */
  @Test
  void noReportTellsTheCredentialsOfAVariable() throws IOException {
    for (String address :
        List.of(
            "https://ci:" + SECRET + "@h/x", "ci:" + SECRET + "@h/x", "/ci:it's" + SECRET + "@h")) {
      fixture.service().runtime(environment("PATH=" + address)).writeTo(fixture.apps, "1");

      GateReport report = fixture.whole(guarded, "");

      assertThat(only(report.images().get(0), "CONFIG_ENVIRONMENT").found()).contains("...@h");
      requireNoSecret(report);
    }
  }

  /** Whoever reads the report still sees why. */
  @Test
  void tellsApartWhatDiffersInAPasswordAlone() throws IOException {
    fixture
        .service()
        .label(Label.SOURCE, "https://ci:" + SECRET + "@h/x")
        .manifest(
            json ->
                json.with(
                    "annotations",
                    json.object("annotations")
                        .orElseThrow()
                        .with(Label.SOURCE.key(), "https://ci:other" + SECRET + "@h/x")))
        .writeTo(fixture.apps, "1");

    GateReport report = fixture.whole(guarded, "");

    Finding finding = only(report.images().get(0), "LABELS_AGREE");
    assertThat(finding.expected()).isEqualTo("'https://...@h/x'");
    assertThat(finding.found())
        .isEqualTo("'https://...@h/x' (another in what is not shown: a user, a password, its end)");
    requireNoSecret(report);
  }

  /** As many megabytes of one text as a config may have. */
  @Test
  @Timeout(20)
  void aHugeLabelOrVariableHoldsNoGateUp() throws IOException {
    String huge = "%".repeat(4_000_000);

    String more = "sources: {\"" + fixture.host() + "/apps/orders\": \"https://h/x\"}\n";
    for (Label label : List.of(Label.SOURCE, Label.BASE_NAME, Label.GOLDEN_NAME)) {
      fixture.service().label(label, huge).writeTo(fixture.apps, "1");

      GateReport report = fixture.whole(guarded, more);

      requireNoSecret(report);
      assertThat(report.images().get(0).findings())
          .isNotEmpty()
          .allSatisfy(finding -> assertThat(finding.found()).hasSizeLessThanOrEqualTo(8001));
    }
    fixture
        .service()
        .runtime(environment("PATH=" + "%".repeat(100_000)))
        .writeTo(fixture.apps, "1");
    GateReport shown = fixture.whole(guarded, "");

    requireNoSecret(shown);
    assertThat(only(shown.images().get(0), "CONFIG_ENVIRONMENT").found())
        .isEqualTo("'" + "%".repeat(7999) + "…");

    // Longer than what any kernel gives to a program.
    fixture.service().runtime(environment("PATH=" + huge)).writeTo(fixture.apps, "1");
    GateReport report = fixture.whole(guarded, "");

    requireNoSecret(report);
    assertThat(only(report.images().get(0), "IMAGE_READABLE").found())
        .hasSizeLessThanOrEqualTo(8001);
  }

  private List<String> everyPath() {
    ImageManifest image = new ImageManifest(fixture.good);
    ImageManifest golden = new ImageManifest(fixture.golden.manifest("21"));
    String apps = "/v2/apps/orders/";
    return Stream.of(
            Stream.of(LyingGateFixture.IMAGE, "/v2/golden/java/manifests/" + golden.digest()),
            Stream.of(image.config(), image.layers().get(3))
                .map(blob -> apps + "blobs/" + blob.digest()),
            Stream.concat(Stream.of(golden.config()), golden.layers().stream())
                .map(blob -> "/v2/golden/java/blobs/" + blob.digest()))
        .flatMap(paths -> paths)
        .toList();
  }

  /** In none of the reports, and in nothing that was logged. */
  private void requireNoSecret(GateReport report) {
    assertThat(report.verdict()).isNotEqualTo(Verdict.PASS);
    assertThat(
            List.of(
                VerifyText.of(report, false),
                VerifyJson.of(report).toString(),
                VerifyJunit.of(report),
                VerifySarif.of(report).toString(),
                VerifyHtml.of(report),
                VerifyProperties.of(report).toString(),
                fixture.console.lines.toString()))
        .allSatisfy(text -> assertThat(text).doesNotContain(SECRET).doesNotContain(BASIC));
  }

  private static void redirect(HttpExchange exchange, String host) throws IOException {
    LyingRegistry.answer(
        exchange, 307, "Location", "http://" + host + exchange.getRequestURI().getRawPath());
  }

  private static void drip(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1000);
    for (int at = 0; at < 40; at++) {
      exchange.getResponseBody().write('{');
      exchange.getResponseBody().flush();
      sleep(100);
    }
  }

  private static void breakOff(HttpExchange exchange, long size) throws IOException {
    exchange.sendResponseHeaders(200, size);
    exchange.getResponseBody().write('{');
  }

  private static void sleep(int milliseconds) throws IOException {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
