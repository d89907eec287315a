package io.github.goldenmaven.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.SmallImage;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against Debian's docker-registry; every conversation is compared with its log. */
@NeedsPeer("docker-registry")
public class RegistryStoreTest {

  private static DockerRegistry registry;

  private final RegistryClient client = AccessOfTests.client(AccessOfTests.ANONYMOUS);

  @BeforeAll
  static void start() {
    registry = DockerRegistry.start();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  @BeforeEach
  void mark() {
    registry.mark();
  }

  private RegistryStore store(String repository) {
    return client.store(reference(registry.host() + "/" + repository));
  }

  public static RegistryReference reference(String text) {
    return (RegistryReference) io.github.goldenmaven.oci.ImageReference.parse(text);
  }

  /** The conversation, without upload sessions' names. */
  private static List<String> conversation() {
    return registry.requests().stream()
        .map(Request::toString)
        .map(line -> line.replaceAll("uploads/[^? ]+[^ ]*", "uploads/SESSION"))
        .toList();
  }

  @Test
  void writesABlobInTwoRequestsAndAManifestInOne() {
    SmallImage image = SmallImage.named("two and one").put(store("apps/first"), "1");

    assertThat(conversation())
        .containsExactly(
            "POST /v2/apps/first/blobs/uploads/ 202",
            "PUT /v2/apps/first/blobs/uploads/SESSION 201",
            "POST /v2/apps/first/blobs/uploads/ 202",
            "PUT /v2/apps/first/blobs/uploads/SESSION 201",
            "PUT /v2/apps/first/manifests/1 201");
    assertThat(registry.manifest("apps/first", "1")).contains(image.manifest());
    assertThat(registry.blob("apps/first", image.layer().digest()))
        .contains(SmallImage.utf8("two and one"));
  }

  @Test
  void readsManifestsAndBlobsInOneRequestEach() {
    SmallImage image = SmallImage.named("readable").put(store("apps/read"), "1");
    registry.mark();
    RegistryStore store = store("apps/read");

    assertThat(store.manifest("1")).contains(image.manifest());
    assertThat(store.manifest(image.manifest().digest())).contains(image.manifest());
    assertThat(store.blob(image.layerDescriptor())).isEqualTo(SmallImage.utf8("readable"));
    assertThat(store.has(image.layerDescriptor())).isTrue();

    String layer = "/v2/apps/read/blobs/" + image.layer().digest() + " 200";
    assertThat(conversation())
        .containsExactly(
            "GET /v2/apps/read/manifests/1 200",
            "GET /v2/apps/read/manifests/" + image.manifest().digest() + " 200",
            "GET " + layer,
            "HEAD " + layer);
  }

  @Test
  void findsNothingWhereNothingIs() {
    RegistryStore store = store("apps/nothing");
    Digest unknown = Digest.of(SmallImage.utf8("unknown"));

    assertThat(store.manifest("1")).isEmpty();
    assertThat(store.manifest(unknown)).isEmpty();
    assertThat(store.has(Descriptor.of("text/plain", unknown, 7))).isFalse();
    assertThat(store.referrers(unknown)).isEmpty();
  }

  @Test
  void saysWhichBlobOfAnImageIsMissing() {
    Digest unknown = Digest.of(SmallImage.utf8("unknown"));

    assertThatThrownBy(() -> store("apps/nothing").blob(Descriptor.of("text/plain", unknown, 7)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "'"
                + registry.host()
                + "/apps/nothing' has no blob '"
                + unknown
                + "', which its manifest names. Push the image again: it is not whole.");
  }

  @Test
  void mountsABlobOfAnotherRepositoryInOneRequest() {
    SmallImage image = SmallImage.named("base").put(store("golden/java"), "21");
    registry.mark();

    assertThat(store("apps/mounts").mount(image.layerDescriptor(), store("golden/java"))).isTrue();

    assertThat(conversation())
        .containsExactly(
            "POST /v2/apps/mounts/blobs/uploads/?mount="
                + image.layer().digest()
                + "&from=golden/java 201");
    assertThat(store("apps/mounts").has(image.layerDescriptor())).isTrue();
  }

  @Test
  void usesTheSessionOfARefusedMountForTheUpload() {
    SmallImage image = SmallImage.named("nowhere yet");
    RegistryStore store = store("apps/unmounted");

    assertThat(store.mount(image.layerDescriptor(), store("golden/other"))).isFalse();
    store.put(image.layer(), Progress.SILENT);

    assertThat(conversation())
        .containsExactly(
            "POST /v2/apps/unmounted/blobs/uploads/?mount="
                + image.layer().digest()
                + "&from=golden/other 202",
            "PUT /v2/apps/unmounted/blobs/uploads/SESSION 201");
  }

  @Test
  void cancelsTheSessionsItDidNotUse() {
    SmallImage image = SmallImage.named("never pushed");
    RegistryStore store = store("apps/cancelled");
    assertThat(store.mount(image.layerDescriptor(), store("golden/other"))).isFalse();
    registry.mark();

    store.close();

    assertThat(conversation())
        .containsExactly("DELETE /v2/apps/cancelled/blobs/uploads/SESSION 204");
  }

  @Test
  void mountsFromItsOwnRepositoryWithoutARequestAndFromAnotherRegistryNever() {
    SmallImage image = SmallImage.named("own");
    RegistryStore elsewhere = client.store(reference("registry.invalid/apps/own"));

    assertThat(store("apps/own").mount(image.layerDescriptor(), store("apps/own"))).isTrue();
    assertThat(store("apps/own").mount(image.layerDescriptor(), elsewhere)).isFalse();
    assertThat(conversation()).isEmpty();
  }

  @Test
  void saysWhenAManifestNamesABlobThatIsNotThere() {
    SmallImage image = SmallImage.named("no blobs");
    RegistryStore store = store("apps/incomplete");

    assertThat(store.putIfComplete(image.manifest(), "1")).isFalse();
    assertThat(store.putIfComplete(image.manifest())).isFalse();
    assertThat(store.putIfComplete(SmallImage.index(image), "2")).isFalse();
    assertThatThrownBy(() -> store.put(image.manifest(), "1"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "'"
                + registry.host()
                + "/apps/incomplete' misses blobs of the manifest '"
                + image.manifest().digest()
                + "'. Run the build again; where it happens again, the registry loses what is"
                + " pushed to it.");
    assertThat(store.putIfComplete(image.putBlobs(store).manifest(), "1")).isTrue();
    assertThat(store.manifest("1")).contains(image.manifest());
    assertThat(store.manifest("2")).isEmpty();
  }

  @Test
  void tellsTheProgressOfEveryByte() throws Exception {
    byte[] bytes = new byte[5_000_000];
    new java.util.Random(7).nextBytes(bytes);
    Blob blob = Blob.of(bytes);
    AtomicLong up = new AtomicLong();
    AtomicLong down = new AtomicLong();
    RegistryStore store = store("apps/large");

    store.put(blob, up::addAndGet);
    Descriptor descriptor = SmallImage.descriptor(MediaTypes.OCI_LAYER, blob);
    try (InputStream in = store.open(descriptor, down::addAndGet)) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
    }

    assertThat(up).hasValue(bytes.length);
    assertThat(down).hasValue(bytes.length);
  }

  @Test
  void writesAnEmptyBlob() {
    RegistryStore store = store("apps/empty");
    Blob empty = Blob.of(new byte[0]);

    store.put(empty, Progress.SILENT);

    assertThat(store.blob(SmallImage.descriptor("text/plain", empty))).isEmpty();
  }

  @Test
  void refusesABlobOfAnotherSizeThanItsManifestSays() {
    SmallImage image = SmallImage.named("sized").put(store("apps/sized"), "1");
    Descriptor wrong = Descriptor.of(MediaTypes.OCI_LAYER, image.layer().digest(), 7);
    String message =
        "The blob '"
            + image.layer().digest()
            + "' of '"
            + registry.host()
            + "/apps/sized' has 5 bytes where 7 are stated. Do not use this image: its store, or"
            + " something between it and us, has changed it. Push it again from where it is"
            + " whole.";

    assertThatThrownBy(() -> store("apps/sized").blob(wrong))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> store("apps/sized").has(wrong))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
  }

  @Test
  void keepsReferrersInTheFallbackTagOfARegistryWithoutTheirApi() {
    RegistryStore store = store("apps/stated");
    RawManifest image = SmallImage.named("stated").put(store, "1").manifest();
    SmallImage provenance = SmallImage.statement("provenance", image).putBlobs(store);
    SmallImage sbom = SmallImage.statement("sbom", image).putBlobs(store);
    String tag = "/v2/apps/stated/manifests/sha256-" + image.digest().hex();
    String tags =
        "GET /v2/apps/stated/tags/list?n=1000&last=sha256-" + image.digest().hex() + " 200";
    registry.mark();

    store.attach(List.of(provenance.manifest()));
    assertThat(conversation())
        .containsExactly(
            "PUT /v2/apps/stated/manifests/" + provenance.manifest().digest() + " 201",
            "PUT " + tag + "." + hex(provenance) + " 201",
            "GET " + tag + " 404",
            "PUT " + tag + " 201",
            "GET " + tag + " 200",
            tags);
    registry.mark();
    store.attach(List.of(sbom.manifest()));
    assertThat(conversation())
        .as("what this registry does not do is asked once")
        .containsExactly(
            "PUT " + tag + "." + hex(sbom) + " 201",
            "PUT " + tag + " 201",
            "GET " + tag + " 200",
            tags);
    registry.mark();
    store.attach(List.of(sbom.manifest()));
    assertThat(conversation())
        .containsExactly("PUT " + tag + "." + hex(sbom) + " 201", "GET " + tag + " 200", tags);
    registry.mark();

    assertThat(store.referrers(image.digest()))
        .extracting(Descriptor::digest)
        .containsExactly(provenance.manifest().digest(), sbom.manifest().digest());
    assertThat(store.referrers(image.digest()))
        .extracting(referrer -> referrer.artifactType().orElse(""))
        .containsExactly("application/vnd.example.provenance", "application/vnd.example.sbom");
    assertThat(conversation())
        .containsExactly(
            "GET /v2/apps/stated/referrers/" + image.digest() + " 404",
            "GET " + tag + " 200",
            "GET " + tag + " 200");
  }

  private static String hex(SmallImage statement) {
    return statement.manifest().digest().hex().substring(0, 16);
  }

  @Test
  void losesNoReferrerWhenSeveralAreAttachedAtOnce() {
    RegistryStore store = store("apps/crowded");
    RawManifest image = SmallImage.named("crowded").put(store, "1").manifest();
    List<SmallImage> statements =
        IntStream.range(0, 8)
            .mapToObj(number -> SmallImage.statement("s" + number, image).putBlobs(store))
            .toList();

    statements.parallelStream().forEach(statement -> store.attach(List.of(statement.manifest())));

    assertThat(store.referrers(image.digest()))
        .extracting(Descriptor::digest)
        .containsExactlyInAnyOrderElementsOf(
            statements.stream().map(statement -> statement.manifest().digest()).toList());
  }

  @Test
  void refusesATagThatIsNone() {
    assertThatThrownBy(() -> store("apps/first").manifest("../evil"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'../evil' is not a tag. A tag has letters, digits, '_', '.' and '-', at most 128, and"
                + " begins with a letter, a digit or '_'.");
  }
}
