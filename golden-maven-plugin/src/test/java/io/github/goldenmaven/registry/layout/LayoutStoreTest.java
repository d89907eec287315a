package io.github.goldenmaven.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.registry.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LayoutStoreTest extends LayoutStoreFixture {

  @Test
  void readsBackWhatItWrote() {
    SmallImage image = SmallImage.named("kept").put(store, "1");

    assertThat(store.manifest("1")).contains(image.manifest());
    assertThat(store.manifest(image.manifest().digest())).contains(image.manifest());
    assertThat(store.blob(image.layerDescriptor())).isEqualTo(SmallImage.utf8("kept"));
    assertThat(store.has(image.configDescriptor())).isTrue();
    assertThat(store.name()).isEqualTo("oci:" + folder);
  }

  @Test
  void findsNothingWhereNoLayoutIs() {
    Digest unknown = Digest.of(SmallImage.utf8("unknown"));

    assertThat(store.manifest("1")).isEmpty();
    assertThat(store.manifest(unknown)).isEmpty();
    assertThat(store.has(Descriptor.of("text/plain", unknown, 7))).isFalse();
    assertThat(store.referrers(unknown)).isEmpty();
    assertThat(folder).doesNotExist();
    assertThatThrownBy(() -> store.blob(Descriptor.of("text/plain", unknown, 7)))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "'oci:"
                + folder
                + "' has no blob '"
                + unknown
                + "', which its manifest names. Write the image again: it is not whole.");
  }

  @Test
  void writesTheSameBytesForTheSameImages() throws Exception {
    SmallImage.named("same").put(store, "1");
    SmallImage.named("same").put(store, "1");
    Path other = temporary.resolve("other");
    SmallImage.named("same").put(new LayoutStore(other), "1");

    assertThat(other.resolve("index.json")).hasSameBinaryContentAs(folder.resolve("index.json"));
    assertThat(folder.resolve("oci-layout")).hasContent("{\"imageLayoutVersion\":\"1.0.0\"}");
    try (Stream<Path> blobs = Files.list(folder.resolve("blobs/sha256"))) {
      assertThat(blobs).hasSize(3);
    }
  }

  @Test
  void movesATagAndKeepsTheOthers() {
    SmallImage first = SmallImage.named("first").put(store, "1");
    SmallImage second = SmallImage.named("second").put(store, "2");
    SmallImage third = SmallImage.named("third").put(store, "1");

    assertThat(store.manifest("1")).contains(third.manifest());
    assertThat(store.manifest("2")).contains(second.manifest());
    assertThat(store.manifest(first.manifest().digest())).contains(first.manifest());
  }

  @Test
  void takesTheOnlyImageWhereNoTagIsAskedFor() {
    SmallImage image = SmallImage.named("only").put(store, "1");
    store.attach(
        List.of(SmallImage.statement("sbom", image.manifest()).putBlobs(store).manifest()));

    assertThat(store.manifest(reference(""))).contains(image.manifest());
    assertThat(store.manifest(reference(":1"))).contains(image.manifest());
    assertThat(store.manifest(reference(":2"))).isEmpty();
  }

  @Test
  void mountsFromAnotherLayoutWithoutCopyingTheBytes() throws Exception {
    LayoutStore base = new LayoutStore(temporary.resolve("base"));
    SmallImage image = SmallImage.named("mounted").put(base, "1");

    assertThat(store.mount(image.layerDescriptor(), base)).isTrue();
    assertThat(store.mount(image.layerDescriptor(), base)).isTrue();

    assertThat(Files.getAttribute(blob(folder, image.layer().digest()), "unix:ino"))
        .isEqualTo(
            Files.getAttribute(
                blob(temporary.resolve("base"), image.layer().digest()), "unix:ino"));
    assertThat(store.mount(SmallImage.named("absent").layerDescriptor(), base)).isFalse();
  }

  @Test
  void mountsNoBlobWithOtherBytes() throws Exception {
    LayoutStore base = new LayoutStore(temporary.resolve("base"));
    SmallImage image = SmallImage.named("golden").put(base, "1");
    Files.writeString(blob(temporary.resolve("base"), image.layer().digest()), "evil!!");

    assertThatThrownBy(() -> store.mount(image.layerDescriptor(), base))
        .isInstanceOf(RefusedException.class);
    assertThat(store.has(image.layerDescriptor())).isFalse();
  }

  @Test
  void losesNoTagWhenManyAreWrittenAtOnce() {
    IntStream.range(0, 24)
        .parallel()
        .forEach(
            number -> SmallImage.named("n" + number).put(new LayoutStore(folder), "" + number));

    assertThat(IntStream.range(0, 24).mapToObj(number -> store.manifest("" + number)))
        .allMatch(java.util.Optional::isPresent);
  }

  @Test
  void losesNoTagWhenSeveralProcessesWriteAtOnce() throws Exception {
    List<Process> writers =
        IntStream.range(0, 3).mapToObj(number -> Writer.start(folder, number)).toList();
    for (Process writer : writers) {
      assertThat(writer.waitFor()).isZero();
    }

    for (int number = 0; number < 3; number++) {
      for (int tag = 0; tag < Writer.TAGS; tag++) {
        assertThat(store.manifest(number + "-" + tag)).isPresent();
      }
    }
  }

  /** Writes tags in a JVM of its own. */
  static final class Writer {

    static final int TAGS = 12;

    private Writer() {}

    static Process start(Path folder, int number) {
      try {
        return new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Integer.toString(number))
            .inheritIO()
            .start();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    public static void main(String[] arguments) {
      LayoutStore store = new LayoutStore(Path.of(arguments[0]));
      for (int tag = 0; tag < TAGS; tag++) {
        String name = arguments[1] + "-" + tag;
        SmallImage.named(name).put(store, name);
      }
    }
  }

  @Test
  void findsWhatRefersToAnImage() {
    RawManifest image = SmallImage.named("stated").put(store, "1").manifest();
    SmallImage sbom = SmallImage.statement("sbom", image).putBlobs(store);
    SmallImage other =
        SmallImage.statement("other", SmallImage.named("another").manifest()).putBlobs(store);

    store.attach(List.of(sbom.manifest()));
    store.attach(List.of(sbom.manifest()));
    store.attach(List.of(other.manifest()));

    assertThat(store.referrers(image.digest()))
        .containsExactly(
            new Descriptor(
                sbom.manifest()
                    .descriptor()
                    .json()
                    .with("artifactType", "application/vnd.example.sbom")));
  }

  @Test
  void tellsTheProgressOfEveryByte() {
    AtomicLong seen = new AtomicLong();
    Blob blob = SmallImage.named("progress").layer();

    store.put(blob, seen::addAndGet);
    store.put(blob, seen::addAndGet);

    assertThat(seen).hasValue(16);
  }

  @Test
  void carriesTheLinesOfIndexJsonItDoesNotKnow() throws Exception {
    SmallImage.named("first").put(store, "1");
    Path index = folder.resolve("index.json");
    Files.writeString(
        index,
        Files.readString(index)
            .replace(
                "{\"schemaVersion\":2,", "{\"schemaVersion\":2,\"annotations\":{\"a\":\"b\"},"));

    SmallImage.named("second").put(store, "2");

    assertThat(Files.readString(index)).contains("\"annotations\":{\"a\":\"b\"}");
  }

  @Test
  void keepsTheAnnotationsOfAnEntry() {
    SmallImage image = SmallImage.named("annotated").putBlobs(store);
    Descriptor annotated = image.manifest().descriptor().withAnnotations(Map.of("a", "b"));

    LayoutIndex index = LayoutIndex.EMPTY.with(annotated, "1");

    assertThat(index.entries().get(0).annotations())
        .containsExactly(Map.entry("a", "b"), Map.entry("org.opencontainers.image.ref.name", "1"));
    assertThat(index.entries().get(0).mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void refusesAPipeInPlaceOfTheLock() throws Exception {
    SmallImage.named("first").put(store, "1");
    Path lock = folder.resolve(".golden.lock").toAbsolutePath();
    Files.delete(lock);
    Command.of("mkfifo", lock.toString()).run();

    assertThatThrownBy(() -> SmallImage.named("second").put(store, "2"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + lock.toRealPath()
                + "' is not a regular file. Remove it: builds make the file by which they wait for"
                + " each other.");
  }
}
