package io.github.goldenmaven.verify.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.goldenmaven.golden.policy.GoldenPolicy.Waiver;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.peers.Chromium;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.rules.GoldenAllowed;
import io.github.goldenmaven.verify.rules.Rules;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report as people see it, under the policy that Jenkins serves reports with. */
@NeedsPeer("chromium")
class VerifyHtmlInABrowserTest {

  /** Jenkins' own default for files of a build. */
  private static final String JENKINS_POLICY =
      "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';";

  private static final String HOSTILE =
      "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
          + "\u202egolden\u0007 "
          + "x".repeat(3000);

  /**
   * The least contrast of any text with what is painted behind it (WCAG 2.2, 1.4.3), and the words
   * that have it.
   */
  private static final String LEAST_CONTRAST =
      """
      (() => {
        const rgb = c => (c.match(/[0-9.]+/g) || []).map(Number);
        const light = c => { const [r, g, b] = rgb(c).map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const clear = c => { const p = rgb(c); return p.length === 4 && p[3] === 0; };
        const behind = e => { for (; e; e = e.parentElement) {
            const c = getComputedStyle(e).backgroundColor; if (!clear(c)) return c; }
            return 'rgb(255, 255, 255)'; };
        let least = [99, ''];
        for (const e of document.body.querySelectorAll('*')) {
          const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join('');
          if (!own || e.tagName === 'title') continue;
          const style = getComputedStyle(e);
          const ink = e instanceof SVGElement ? style.fill : style.color;
          const a = light(ink), b = light(behind(e));
          const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          if (ratio < least[0]) least = [ratio, own.slice(0, 40) + ' ' + ink + ' on ' + behind(e)];
        }
        return least[0] < 4.5 ? least.join(' ') : 'readable';
      })()
      """;

  private static final String LEAST_CONTRAST_OF_BLOCKS =
      """
      (() => {
        const light = c => { const [r, g, b] = c.match(/[0-9.]+/g).map(v => v / 255)
            .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
        const ratio = (x, y) => { const a = light(x), b = light(y);
            return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05); };
        const paper = matchMedia('print').matches ? 'rgb(255, 255, 255)'
            : getComputedStyle(document.body).backgroundColor;
        for (const e of document.querySelectorAll('.block rect, .block path')) {
          const style = getComputedStyle(e), rect = getComputedStyle(e.parentNode.querySelector('rect'));
          const seen = e.tagName === 'path' ? ratio(style.stroke, rect.fill)
              : style.fill === 'none' ? ratio(style.stroke, paper) : ratio(style.fill, paper);
          if (seen < 3) return seen + ' ' + style.fill + ' ' + style.stroke;
        }
        return 'seen';
      })()
      """;

  @TempDir private static Path profile;
  private static HttpServer server;
  private static Chromium chromium;
  private static final Set<String> ASKED = new ConcurrentSkipListSet<>();

  @BeforeAll
  static void open() throws IOException, InterruptedException {
    Map<String, String> pages =
        Map.of(
            "/pass/verify.html", VerifyHtml.of(passed()),
            "/refused/verify.html", VerifyHtml.of(refused()),
            "/fleet/verify.html", VerifyHtml.of(FleetReport.of(300)));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, pages));
    server.start();
    chromium = Chromium.start(profile);
  }

  @AfterAll
  static void close() {
    chromium.close();
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "pass, screen, light",
    "pass, screen, dark",
    "pass, print, light",
    "refused, screen, light",
    "refused, screen, dark",
    "refused, print, light",
    "refused, print, dark",
    "fleet, screen, light",
    "fleet, screen, dark",
    "fleet, print, light",
  })
  void everyWordIsReadable(String page, String medium, String scheme) throws Exception {
    show(page, medium, scheme, 1200);

    assertThat(chromium.evaluate(LEAST_CONTRAST)).isEqualTo("readable");
  }

  @ParameterizedTest
  @CsvSource({
    "pass, 360",
    "pass, 1200",
    "refused, 360",
    "refused, 1200",
    "fleet, 360",
    "fleet, 1200"
  })
  void nothingHangsOverTheEdge(String page, int width) throws Exception {
    show(page, "screen", "light", width);

    assertThat(
            chromium.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"))
        .isEqualTo("0");
  }

  @Test
  void theReaderChoosesLightOrDark() throws Exception {
    show("pass", "screen", "light", 1200);
    String light = chromium.evaluate("getComputedStyle(document.body).backgroundColor");
    chromium.look("screen", "dark", 1200);
    String dark = chromium.evaluate("getComputedStyle(document.body).backgroundColor");

    assertThat(light).isEqualTo("rgb(255, 255, 255)");
    assertThat(dark).isEqualTo("rgb(13, 17, 23)");
  }

  @Test
  void theLineageIsDrawnWithItsSeam() throws Exception {
    show("pass", "screen", "light", 1200);

    assertThat(chromium.evaluate("document.querySelectorAll('svg rect.golden').length"))
        .isEqualTo("3");
    assertThat(chromium.evaluate("document.querySelectorAll('svg rect.application').length"))
        .isEqualTo("2");
    assertThat(
            chromium.evaluate(
                "[...document.querySelectorAll('svg rect.application')].every(above =>"
                    + " above.getBoundingClientRect().bottom <="
                    + " document.querySelector('.layers .seam').getBoundingClientRect().top)"))
        .isEqualTo("true");
  }

  @Test
  void whatAnImageSaysIsShownAndNeverRun() throws Exception {
    show("refused", "screen", "light", 1200);

    assertThat(chromium.evaluate("document.title")).isEqualTo("refused: Golden Maven");
    assertThat(chromium.evaluate("document.querySelectorAll('script, img, [onerror]').length"))
        .isEqualTo("0");
    assertThat(chromium.evaluate("document.body.innerText.includes('<script>document.title')"))
        .isEqualTo("true");
    ASKED.remove("/favicon.ico");
    assertThat(ASKED)
        .isSubsetOf(
            "/pass/verify.html",
            "/pass/verify.css",
            "/refused/verify.html",
            "/refused/verify.css",
            "/fleet/verify.html",
            "/fleet/verify.css");
  }

  /** WCAG 2.2, 1.4.11: what is drawn, too. */
  @ParameterizedTest
  @CsvSource({"fleet, screen, light", "fleet, screen, dark", "fleet, print, light"})
  void everyBlockOfTheLayersStandsOutAndHasAPatternOfItsOwn(
      String page, String medium, String scheme) throws Exception {
    show(page, medium, scheme, 1200);

    assertThat(chromium.evaluate(LEAST_CONTRAST_OF_BLOCKS)).isEqualTo("seen");
    assertThat(
            chromium.evaluate(
                "new Set([...document.querySelectorAll('.block')].map(block => ["
                    + "block.querySelector('path')?.getAttribute('d'),"
                    + " getComputedStyle(block.querySelector('rect')).strokeDasharray].join()))"
                    + ".size"))
        .isEqualTo("4");
  }

  @Test
  void aLinkOfTheTableLeadsToItsImageAndFoldedOnesOpen() throws Exception {
    show("fleet", "screen", "light", 1200);

    assertThat(chromium.evaluate("document.querySelectorAll('.image.pass[open]').length"))
        .isEqualTo("0");
    assertThat(
            chromium.evaluate(
                "(() => { const to = document.querySelector('.images tbody a');"
                    + " to.click();"
                    + " return location.hash === to.hash"
                    + " && document.querySelector(to.hash).matches('.image.refused:target'); })()"))
        .isEqualTo("true");
    assertThat(
            chromium.evaluate(
                "(() => { const one = document.querySelector('.image.pass');"
                    + " one.querySelector('summary').click();"
                    + " return one.open; })()"))
        .isEqualTo("true");
  }

  @Test
  void itCanBePrinted() throws Exception {
    show("refused", "screen", "dark", 1200);

    byte[] pdf = Base64.getDecoder().decode(chromium.pdf());

    assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
  }

  private static void show(String page, String medium, String scheme, int width)
      throws InterruptedException {
    chromium.look(medium, scheme, width);
    chromium.open(
        URI.create(
            "http://127.0.0.1:" + server.getAddress().getPort() + "/" + page + "/verify.html"));
  }

  private static void answer(HttpExchange exchange, Map<String, String> pages) throws IOException {
    String path = exchange.getRequestURI().getPath();
    ASKED.add(path);
    boolean css = path.endsWith("/" + VerifyHtml.CSS);
    String body = css ? VerifyHtml.css() : pages.getOrDefault(path, "");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", css ? "text/css" : "text/html");
    exchange.getResponseHeaders().set("Content-Security-Policy", JENKINS_POLICY);
    exchange.sendResponseHeaders(body.isEmpty() ? 404 : 200, bytes.length == 0 ? -1 : bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static GateReport passed() {
    return report(
        new ImageReport(
            "registry.company.example/shop/orders:1.4.2",
            Digest.parse("sha256:" + "a".repeat(64)),
            new ImageReport.Line(
                "docker.io/library/x:21", "golden/java:21", "orders", true, stack(3, 5)),
            Rules.about().stream().map(RuleInfo::id).toList(),
            List.of()));
  }

  /** Every severity and a waiver, with the worst an image can say. */
  private static GateReport refused() {
    Digest digest = Digest.parse("sha256:" + "b".repeat(64));
    RuleInfo rule = GoldenAllowed.ABOUT;
    Finding refuse = Finding.refuse(rule, "one of ours", HOSTILE, HOSTILE);
    Waiver waiver =
        new Waiver(rule.id(), digest, LocalDate.parse("2026-12-31"), "platform", "moving");
    return report(
        new ImageReport(
            HOSTILE,
            digest,
            new ImageReport.Line(HOSTILE, HOSTILE, HOSTILE, false, stack(0, 40)),
            List.of(rule.id()),
            List.of(
                refuse,
                Finding.refuse(rule, "fresh", "old", "there")
                    .warningUntil(LocalDate.parse("2027-01-15")),
                Finding.unknown(rule, "an answer", "none", "there", "Ask again."),
                refuse.waived(waiver))));
  }

  private static List<ImageReport.Stack> stack(int golden, int count) {
    return List.of(
        new ImageReport.Stack(
            "linux/amd64",
            golden,
            IntStream.range(0, count)
                .mapToObj(
                    at ->
                        new ImageReport.Layer(
                            Digest.of(new byte[] {(byte) at}), 1000L * at, HOSTILE))
                .toList()));
  }

  private static GateReport report(ImageReport image) {
    return new GateReport(
        "golden-policy.yaml", Instant.parse("2026-11-24T12:00:00Z"), List.of(image));
  }
}
