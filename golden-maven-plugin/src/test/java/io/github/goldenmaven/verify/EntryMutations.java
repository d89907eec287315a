package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.layers.ServiceLayersAsUmociAppliesThemTest;
import io.github.goldenmaven.verify.report.GateReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.GenerationMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * One more layer of one entry: of every type, with every mode, at paths of the golden image, of the
 * service and of nobody, however they are spelled. Each is refused, or harmless for a stated
 * reason. Several entries that only together do harm: {@link ServiceLayersAsUmociAppliesThemTest}.
 */
@SuppressWarnings("NullAway.Init")
class EntryMutations {

  private static final Duration BOUND = Duration.ofSeconds(10);

  /** An entry as it is written. */
  private record Entry(char type, String spelling, String path, String mode, String link) {
    boolean isFolder() {
      return type == '5';
    }

    @Override
    public String toString() {
      return type + " " + spelling + path + " " + mode + " " + link;
    }
  }

  /** Why one may pass. */
  private record Reason(Predicate<Entry> when, String because) {}

  private static final List<String> FOLDERS = List.of("etc", "usr", "usr/bin", "opt", "tmp", "app");

  /** Nobody's, and the service's own. */
  private static final List<String> FREE = List.of("app/orders.txt", "app/new", "srv/new");

  private static final List<String> PATHS =
      List.of(
          "etc/passwd",
          "etc/ssl",
          "etc/ssl/cert.pem",
          "etc/security/security-policy.json",
          "etc",
          "usr",
          "usr/bin",
          "usr/bin/java",
          "bin",
          "bin/sh",
          "opt",
          "opt/java/openjdk/release",
          "opt/golden/company-ca.pem",
          "tmp",
          "app",
          "app/orders.txt",
          "app/new",
          "srv/new",
          "var/new",
          "etc/.wh.passwd",
          ".wh.etc",
          ".wh.bin",
          "etc/.wh..wh..opq",
          ".wh..wh..opq",
          "app/.wh.orders.txt",
          "app/.wh..wh..opq",
          "srv/.wh.new",
          "app/.wh..wh.plnk",
          "app/.wh.x/y",
          "../etc/passwd",
          "app/../etc/passwd");

  private static final List<Reason> REASONS =
      List.of(
          new Reason(
              entry ->
                  entry.isFolder() && FOLDERS.contains(entry.path) && entry.mode.equals("0755"),
              "A folder said again as it is changes nothing."),
          new Reason(
              entry -> entry.isFolder() && FREE.contains(entry.path),
              "A folder of the service's own, or of nobody."),
          new Reason(
              entry ->
                  entry.isFolder()
                      && entry.path.equals("tmp")
                      && List.of("0755", "1777").contains(entry.mode),
              "A warning with jib's mode; its own is no change."),
          new Reason(
              entry -> "0125".indexOf(entry.type) >= 0 && entry.path.equals("app"),
              "The folder is the service's own."),
          new Reason(
              entry ->
                  "01".indexOf(entry.type) >= 0
                      && FREE.contains(entry.path)
                      && !entry.mode.startsWith("4")
                      && !entry.link.contains("etc")
                      && !entry.link.contains("bin"),
              "A file of the service's own, or one more name of such a file."),
          new Reason(
              entry -> entry.type == '2' && FREE.contains(entry.path),
              "A link of the service's own, wherever it leads: nothing is written through it."),
          new Reason(
              entry ->
                  List.of("app/.wh.orders.txt", "app/.wh..wh..opq", "srv/.wh.new")
                      .contains(entry.path),
              "It takes away what the service brought, or nothing; of what type it is is all"
                  + " one."));

  private static final Set<Reason> USED = new HashSet<>();
  private static GoodImages images;

  @BeforeContainer
  static void makeGoodImages() {
    images = new GoodImages();
  }

  /** A reason that nothing needs is no reason. */
  @AfterContainer
  static void everyReasonIsNeeded() {
    images.close();
    assertThat(USED).containsAll(REASONS);
  }

  @Provide
  Arbitrary<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    for (String path : PATHS) {
      for (String spelling : List.of("", "./", "/")) {
        entries.add(new Entry('0', spelling, path, "0644", ""));
      }
      for (String mode : List.of("0755", "1777", "4755")) {
        entries.add(new Entry('0', "", path, mode, ""));
        entries.add(new Entry('5', "", path, mode, ""));
      }
      for (String link : List.of("/etc", "../etc/passwd", "app/orders.txt", "usr/bin", path)) {
        entries.add(new Entry('1', "", path, "0644", link));
        entries.add(new Entry('2', "", path, "0777", link));
      }
      for (char type : new char[] {'3', '4', '6', '7', 'S'}) {
        entries.add(new Entry(type, "", path, "0644", ""));
      }
    }
    return Arbitraries.of(entries);
  }

  @Property(tries = 1000, generation = GenerationMode.EXHAUSTIVE)
  void noEntryOfALayerChangesTheGolden(@ForAll("entries") Entry entry) {
    byte[] tar =
        new RawTar()
            .entry(
                entry.type,
                entry.spelling + entry.path,
                "",
                header -> {
                  RawTar.put(header, 100, "000" + entry.mode + "\0");
                  RawTar.put(header, 157, entry.link);
                })
            .end();
    Layer layer = new Layer(Blob.of(tar), Digest.of(tar), MediaTypes.OCI_LAYER);
    new ApplicationFixture(
            images.golden,
            "21",
            "",
            List.of(service(), layer),
            Map.of(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity())
        .writeTo(images.apps, GoodImages.BENT);

    GateReport report =
        assertTimeoutPreemptively(BOUND, () -> images.check(GoodImages.BENT), entry::toString);

    assertThat(report.images().get(0).findings())
        .as("%s: an exception that nobody expected", entry)
        .noneMatch(
            finding -> finding.found().matches("(?s)[a-z.]*[A-Z][A-Za-z]*(Error|Exception)\\b.*"));
    if (report.verdict() == Verdict.PASS) {
      List<Reason> reasons = REASONS.stream().filter(reason -> reason.when.test(entry)).toList();
      assertThat(reasons)
          .as("%s passes, and no reason says why that does no harm", entry)
          .isNotEmpty();
      USED.addAll(reasons);
    }
  }

  private static Layer service() {
    byte[] tar =
        new RawTar()
            .entry('5', "app", "", header -> RawTar.put(header, 100, "0000755\0"))
            .file("app/orders.txt", "orders 1.4.2\n")
            .end();
    return new Layer(Blob.of(tar), Digest.of(tar), MediaTypes.OCI_LAYER);
  }
}
