package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.verify.report.ImageReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Attacks by the headers of a tar: what runtimes and other readers understand differently. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateTarTest {

  private static final String CERTIFICATES = "etc/ssl/certs/ca-certificates.crt";
  private static final String RECORDS = "13 comment=x\n";

  @TempDir static Path shared;
  private static GateFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** A layer that containerd, Docker or umoci apply to the golden's own files. */
  enum Attack {
    FORGOTTEN_PATH(
        "a global PAX header between an entry and its path",
        () ->
            new RawTar().pax('x', "path=app/fine").pax('g', "comment=x").file(CERTIFICATES, "evil"),
        "has a global PAX header between an entry and the header that is about it: some readers"
            + " forget that one."),
    FORGOTTEN_GNU_NAME(
        "a global PAX header between an entry and its long name",
        () ->
            new RawTar()
                .entry('L', "././@LongLink", "app/fine\0")
                .pax('g', "comment=x")
                .file(CERTIFICATES, "evil"),
        "has a global PAX header between an entry and the header that is about it: some readers"
            + " forget that one."),
    FORGOTTEN_LINK(
        "a global PAX header between a link and its target",
        () ->
            new RawTar()
                .entry('K', "././@LongLink", "/app/fine\0")
                .pax('g', "comment=x")
                .entry('2', "app/x", "", header -> RawTar.put(header, 157, "../etc")),
        "has a global PAX header between an entry and the header that is about it: some readers"
            + " forget that one."),
    GLOBAL_WHITEOUT(
        "a global PAX header with the name of a whiteout",
        () -> new RawTar().entry('g', "etc/ssl/certs/.wh.ca-certificates.crt", RECORDS),
        "has a global PAX header named 'etc/ssl/certs/.wh.ca-certificates.crt', which some runtimes"
            + " take for the name of a file."),
    GLOBAL_NAME(
        "a global PAX header with the name of a file, which containerd removes",
        () -> new RawTar().entry('g', CERTIFICATES, RECORDS),
        "has a global PAX header named 'etc/ssl/certs/ca-certificates.crt', which some runtimes"
            + " take for the name of a file."),
    WHITEOUT_DEVICE(
        "a character device 0:0",
        () -> new RawTar().entry('3', CERTIFICATES),
        "has an entry 'etc/ssl/certs/ca-certificates.crt' that is the device 0:0, which is a"
            + " whiteout to some runtimes."),
    CUT_DEVICE(
        "a device number of which the kernel keeps 0:0",
        () ->
            new RawTar()
                .entry('3', CERTIFICATES, "", header -> RawTar.put(header, 329, "0010000\0")),
        "has an entry 'etc/ssl/certs/ca-certificates.crt' that is a device of a number that Linux"
            + " cannot hold.");

    final String attack;

    @SuppressWarnings("ImmutableEnumChecker")
    final Supplier<RawTar> tar;

    final String fault;

    Attack(String attack, Supplier<RawTar> tar, String fault) {
      this.attack = attack;
      this.tar = tar;
      this.fault = fault;
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatReadersUnderstandDifferently(Attack attack) {
    ImageReport report = fixture.check(fixture.service().with(layer(attack.tar.get().end())));

    AttackPage.holds("I1", attack.attack, report);
    assertThat(ids(report)).containsExactly("IMAGE_READABLE");
    assertThat(only(report, "IMAGE_READABLE").found()).endsWith(attack.fault);
  }

  /** What is refused once is refused again when the layer is known. */
  @Test
  void refusesTheSecondTimeAsTheFirst() {
    List<String> attributes = new ArrayList<>();
    for (int at = 0; at < 36_955; at++) {
      attributes.add("SCHILY.xattr.user." + Integer.toString(46_656 + at, 36) + "=");
    }
    byte[] tar =
        new RawTar()
            .pax('x', attributes.toArray(String[]::new))
            .file("app/x", "x")
            .file(CERTIFICATES, "evil")
            .end();
    String image = fixture.push(fixture.service().with(layer(tar)));

    ImageReport first = fixture.check(image);
    ImageReport second = fixture.check(image);

    AttackPage.holds("I2", "a file behind one of 36 955 extended attributes, read again", second);
    assertThat(ids(first)).containsExactly("UPPER_PLACE");
    assertThat(second.findings()).isEqualTo(first.findings());
  }

  /** Git writes one into each archive of a commit. */
  @Test
  void aCommentOfGitsIsHarmless() {
    byte[] tar = new RawTar().pax('g', "comment=6f72a13").file("app/x", "x").end();

    assertThat(fixture.check(fixture.service().with(layer(tar))).findings()).isEmpty();
  }

  private static Layer layer(byte[] tar) {
    return new Layer(Blob.of(tar), Digest.of(tar), MediaTypes.OCI_LAYER);
  }
}
