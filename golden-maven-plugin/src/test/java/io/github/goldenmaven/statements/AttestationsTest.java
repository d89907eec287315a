package io.github.goldenmaven.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.CommandFailedException;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.MemoryStore;
import io.github.goldenmaven.registry.SmallImage;
import io.github.goldenmaven.registry.layout.LayoutStore;
import io.github.goldenmaven.registry.remote.RegistryStoreTest;
import io.github.goldenmaven.signing.SigningKey;
import io.github.goldenmaven.signing.SigstoreBundle;
import io.github.goldenmaven.signing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed statements in a real registry without the referrers API, and what others say of them. */
@NeedsPeer("docker-registry")
class AttestationsTest {

  private static final String FIRST = "2026-12-01T10:00:00Z";
  private static final String LATER = "2026-12-02T10:00:00Z";

  private static DockerRegistry registry;
  private static SigningKey key;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    registry = DockerRegistry.start();
    key = TestKeys.make();
  }

  @AfterAll
  static void stop() {
    registry.close();
  }

  private static ImageStore store(String repository) {
    return AccessOfTests.client(AccessOfTests.ANONYMOUS)
        .store(RegistryStoreTest.reference(registry.host() + "/" + repository));
  }

  private static StatedImage pushed(String repository, ImageStore store) {
    RawManifest manifest = SmallImage.named(repository).put(store, "1").manifest();
    return StatedImages.application(registry.host() + "/" + repository, manifest.descriptor());
  }

  @Test
  void costsSixRequestsAndThreeAStatement() {
    ImageStore store = store("apps/counted");
    StatedImage image = pushed("apps/counted", store);
    store.put(StatementArtifact.NO_CONFIG, Progress.SILENT);
    registry.mark();

    Attestations.attach(List.of(Provenance.of(image, StatedImages.run(FIRST))), image, key, store);

    assertThat(registry.requests()).hasSize(6 + 3);
  }

  @Test
  void hangsOnTheIndexAndOnEachPlatform() {
    ImageStore store = store("apps/index");
    SmallImage amd = SmallImage.named("amd").put(store, "amd");
    SmallImage arm = SmallImage.named("arm").put(store, "arm");
    RawManifest index = SmallImage.index(amd, arm);
    store.put(index, "1");
    StatedImage image =
        StatedImages.application(
            registry.host() + "/apps/index",
            index.descriptor(),
            amd.manifest().descriptor(),
            arm.manifest().descriptor());
    Statement provenance = Provenance.of(image, StatedImages.run(FIRST));

    assertThat(Attestations.attach(List.of(provenance), image, key, store)).isEqualTo(3);

    for (RawManifest subject : List.of(index, amd.manifest(), arm.manifest())) {
      assertThat(new Attestations(store).signedBy(key.verificationKey(), subject.digest()))
          .extracting(Attestations.Signed::statement)
          .containsExactly(provenance);
    }
  }

  @Test
  void isSignedOnceHoweverOftenTheSameIsBuilt() {
    ImageStore store = store("apps/again");
    StatedImage image = pushed("apps/again", store);

    assertThat(attach(image, FIRST, key, store)).isEqualTo(1);
    registry.mark();
    assertThat(attach(image, LATER, key, store("apps/again"))).isZero();
    assertThat(registry.requests()).noneMatch(one -> one.toString().startsWith("P"));
    assertThat(attach(image, LATER, TestKeys.make(), store)).as("another signer").isEqualTo(1);
    assertThat(store.referrers(image.top().digest())).hasSize(2);
  }

  private static int attach(StatedImage image, String started, SigningKey key, ImageStore store) {
    return Attestations.attach(
        List.of(Provenance.of(image, StatedImages.run(started))), image, key, store);
  }

  @Test
  void isNobodyElsesAndOfNoOtherImage() {
    ImageStore store = store("apps/others");
    StatedImage image = pushed("apps/others", store);
    StatedImage other = StatedImages.application("apps/x", StatedImages.manifest("other"));
    byte[] signed =
        SigstoreBundle.sign(
                "application/vnd.in-toto+json",
                Provenance.of(other, StatedImages.run(FIRST)).toJson().toBytes(),
                key)
            .toBytes();
    store.put(StatementArtifact.NO_CONFIG, Progress.SILENT);
    for (byte[] bundle : List.of(signed, SmallImage.utf8("{}"), SmallImage.utf8("no bundle"))) {
      store.put(Blob.of(bundle), Progress.SILENT);
      store.attach(
          List.of(StatementArtifact.of(Blob.of(bundle), Provenance.PREDICATE_TYPE, image.top())));
    }
    SmallImage sbom = SmallImage.statement("sbom", store.manifest("1").orElseThrow());
    store.attach(List.of(sbom.putBlobs(store).manifest()));

    assertThat(new Attestations(store).signedBy(key.verificationKey(), image.top().digest()))
        .isEmpty();
  }

  /** Else whoever may push to the repository could stop its owner's statements from being found. */
  @Test
  void isFoundBesideWhatNobodyCanRead() {
    Descriptor subject = StatedImages.manifest("hostile");
    StatedImage image = StatedImages.application("apps/hostile", subject);
    Map<Digest, byte[]> malformed = new HashMap<>();
    for (String json :
        List.of(
            "{\"subject\":{},\"Subject\":{}}",
            "{\"subject\":%s,\"config\":1}".formatted(subject.json()),
            "{\"subject\":%1$s,\"config\":%1$s,\"layers\":[{}]}".formatted(subject.json()))) {
      malformed.put(Digest.of(SmallImage.utf8(json)), SmallImage.utf8(json));
    }
    MemoryStore store =
        new MemoryStore("apps/hostile") {
          @Override
          public List<Descriptor> referrers(Digest any) {
            return Stream.concat(malformed.keySet().stream(), manifests.keySet().stream())
                .map(digest -> Descriptor.of(MediaTypes.OCI_MANIFEST, digest, 1))
                .toList();
          }

          @Override
          public Optional<RawManifest> manifest(Digest digest) {
            byte[] bytes = malformed.get(digest);
            return bytes == null
                ? super.manifest(digest)
                : Optional.of(new RawManifest(MediaTypes.OCI_MANIFEST, bytes));
          }
        };
    assertThat(attach(image, FIRST, key, store)).isEqualTo(1);

    assertThat(new Attestations(store).signedBy(key.verificationKey(), image.top().digest()))
        .hasSize(1);
  }

  @Test
  void couldNotTellWhereTheStatementsHaveNoEnd() {
    MemoryStore store =
        new MemoryStore("apps/endless") {
          @Override
          public List<Descriptor> referrers(Digest subject) {
            return manifests.values().stream().map(RawManifest::descriptor).toList();
          }
        };
    StatedImage image = pushed("apps/endless", store);
    Blob bundle = Blob.of(new byte[4 << 20]);
    store.put(bundle, Progress.SILENT);
    for (int number = 0; number < 17; number++) {
      store.attach(List.of(StatementArtifact.of(bundle, "type " + number, image.top())));
    }

    assertThatThrownBy(
            () -> new Attestations(store).signedBy(key.verificationKey(), image.top().digest()))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "'apps/endless' has more than 200 statements or 64 MiB of them about '%s'. Have the"
                + " needless ones deleted.",
            image.top().digest());
  }

  @Test
  void staysInALayoutFolder() {
    LayoutStore store = new LayoutStore(folder.resolve("layout"));
    RawManifest manifest = SmallImage.named("layout").put(store, "1").manifest();
    StatedImage image = StatedImages.application("oci:layout", manifest.descriptor());

    assertThat(attach(image, FIRST, key, store)).isEqualTo(1);
    assertThat(attach(image, LATER, key, store)).isZero();
    assertThat(new Attestations(store).signedBy(key.verificationKey(), manifest.digest()))
        .hasSize(1);
  }

  @Test
  @NeedsPeer({"docker-registry", "cosign"})
  void cosignAcceptsWhatWeSignAndRefusesAnotherKeyTypeAndImage() throws IOException {
    ImageStore store = store("apps/judged");
    StatedImage image = pushed("apps/judged", store);
    attach(image, FIRST, key, store);
    String reference = registry.host() + "/apps/judged@" + image.top().digest();
    StatedImage unsigned = pushed("apps/unsigned", store("apps/unsigned"));
    Path mine = pem("mine", key);

    assertThat(cosign(mine, "slsaprovenance1", reference)).contains("\"payloadType\"");
    assertThat(refusal(pem("another", TestKeys.make()), "slsaprovenance1", reference))
        .contains("no matching attestations");
    assertThat(refusal(mine, "cyclonedx", reference)).contains("Error");
    assertThat(
            refusal(
                mine,
                "slsaprovenance1",
                registry.host() + "/apps/unsigned@" + unsigned.top().digest()))
        .contains("no matching attestations");
  }

  @Test
  @NeedsPeer({"docker-registry", "cosign"})
  void cosignAcceptsWhatWeSignInALayoutFolderAlsoAfterItIsTaggedAgain() throws IOException {
    Path layout = folder.resolve("judged");
    LayoutStore store = new LayoutStore(layout);
    RawManifest manifest = SmallImage.named("layout").put(store, "1").manifest();
    StatedImage image = StatedImages.application("oci:judged", manifest.descriptor());
    attach(image, FIRST, key, store);
    Path mine = pem("mine", key);

    assertThat(cosign(mine, "slsaprovenance1", "--local-image", layout.toString()))
        .contains("\"payloadType\"");
    store.put(manifest, "1");
    store.put(manifest, "2");
    assertThat(cosign(mine, "slsaprovenance1", "--local-image", layout.toString()))
        .contains("\"payloadType\"");
    assertThat(
            refusal(
                pem("another", TestKeys.make()),
                "slsaprovenance1",
                "--local-image",
                layout.toString()))
        .contains("Error");
  }

  @Test
  @NeedsPeer({"docker-registry", "oras"})
  void orasShowsWhatWeSignAndCopiesItAlong() {
    ImageStore store = store("apps/shown");
    StatedImage image = pushed("apps/shown", store);
    attach(image, FIRST, key, store);
    String oras = Machine.require("oras").toString();
    String reference = registry.host() + "/apps/shown@" + image.top().digest();

    assertThat(Command.of(oras, "discover", "--plain-http", reference).run())
        .contains(SigstoreBundle.MEDIA_TYPE)
        .contains("dev.sigstore.bundle.predicateType: " + Provenance.PREDICATE_TYPE);

    String copy = registry.host() + "/apps/copied:1";
    Command.of(oras, "cp", "-r", "--from-plain-http", "--to-plain-http", reference, copy).run();
    assertThat(
            new Attestations(store("apps/copied"))
                .signedBy(key.verificationKey(), image.top().digest()))
        .hasSize(1);
  }

  @Test
  @NeedsPeer({"docker-registry", "cosign"})
  void anSbomHangsBesideTheProvenanceAndIsSignedOnceWhateverItsNumberAndTime() throws IOException {
    ImageStore store = store("apps/sbom");
    StatedImage image = pushed("apps/sbom", store);
    store.put(StatementArtifact.NO_CONFIG, Progress.SILENT);
    registry.mark();

    assertThat(attachBoth(image, "1", FIRST, store)).isEqualTo(2);
    assertThat(registry.requests()).hasSize(6 + 2 * 3);
    assertThat(attachBoth(image, "2", LATER, store)).isZero();
    assertThat(
            cosign(
                pem("mine", key),
                "cyclonedx",
                registry.host() + "/apps/sbom@" + image.top().digest()))
        .contains("\"payloadType\"");
  }

  private static int attachBoth(StatedImage image, String serial, String time, ImageStore store) {
    return Attestations.attach(
        List.of(
            Provenance.of(image, StatedImages.run(time)),
            Sbom.of(image, SbomTest.bom(serial, time))),
        image,
        key,
        store);
  }

  private Path pem(String name, SigningKey key) throws IOException {
    return Files.writeString(folder.resolve(name + ".pub"), key.verificationKey().toPem());
  }

  private static String cosign(Path key, String type, String... image) {
    return Command.of(Machine.require("cosign").toString(), "verify-attestation")
        .with("--key", key.toString(), "--insecure-ignore-tlog", "--allow-http-registry")
        .with("--type", type)
        .with(image)
        .run();
  }

  private static String refusal(Path key, String type, String... image) {
    try {
      return "accepted: " + cosign(key, type, image);
    } catch (CommandFailedException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
