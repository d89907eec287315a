package io.github.goldenmaven.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.SmallImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LayoutStoreTest {

  private static final String ELSEWHERE =
      " Name another folder in <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or"
          + " 'to' of golden.yaml, or have the"
          + " layout written again.";
  private static final String CHANGED =
      " Do not use this image: its store, or something between it and us, has changed it. Push it"
          + " again from where it is whole.";

  @TempDir Path temporary;
  private Path folder;
  private LayoutStore store;

  @BeforeEach
  void open() {
    folder = temporary.resolve("image");
    store = new LayoutStore(folder);
  }

  private static Path blob(Path layout, Digest digest) {
    return layout.resolve("blobs/sha256").resolve(digest.hex());
  }

  private ImageReference reference(String suffix) {
    return ImageReference.parse("oci:" + folder + suffix);
  }

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
    store.attach(SmallImage.statement("sbom", image.manifest()).putBlobs(store).manifest());

    assertThat(store.manifest(reference(""))).contains(image.manifest());
    assertThat(store.manifest(reference(":1"))).contains(image.manifest());
    assertThat(store.manifest(reference(":2"))).isEmpty();
  }

  @Test
  void refusesToChooseBetweenSeveralImages() {
    SmallImage.named("first").put(store, "1");
    SmallImage.named("second").put(store, "2");

    assertThatThrownBy(() -> store.manifest(reference("")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The OCI layout '"
                + folder
                + "' has several images: '1', '2'. Say which: 'oci:"
                + folder
                + ":TAG' or '@sha256:…' behind it.");
  }

  @Test
  void letsNoTagPointToAnImageThatIsNotWhole() {
    SmallImage image = SmallImage.named("not whole");
    store.put(image.layer(), Progress.SILENT);

    assertThat(store.putIfComplete(image.manifest(), "1")).isFalse();
    assertThat(store.putIfComplete(SmallImage.index(image), "2")).isFalse();
    assertThatThrownBy(() -> store.put(image.manifest(), "1"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "'oci:"
                + folder
                + "' misses blobs of the manifest '"
                + image.manifest().digest()
                + "'. Run the build again; where it happens again, something deletes files in the"
                + " layout.");
    assertThat(store.manifest("1")).isEmpty();
  }

  @Test
  void holdsAnIndexToTheLayersOfItsImages() throws Exception {
    SmallImage image = SmallImage.named("in an index").putBlobs(store);
    store.put(image.manifest());
    RawManifest index = SmallImage.index(image);

    assertThat(store.putIfComplete(index, "1")).isTrue();
    assertThat(store.manifest("1")).contains(index);
    Files.delete(blob(folder, image.layer().digest()));
    assertThat(store.putIfComplete(index, "1")).isFalse();
  }

  @Test
  void mendsABlobWhoseBytesWereChanged() throws Exception {
    SmallImage image = SmallImage.named("mended").put(store, "1");
    Files.writeString(blob(folder, image.layer().digest()), "MENDED");

    store.put(image.layer(), Progress.SILENT);

    assertThat(store.blob(image.layerDescriptor())).isEqualTo(SmallImage.utf8("mended"));
  }

  @Test
  void refusesABlobWithOtherBytes() throws Exception {
    SmallImage image = SmallImage.named("golden").put(store, "1");
    Files.writeString(blob(folder, image.layer().digest()), "evil!!");

    assertThatThrownBy(() -> store.blob(image.layerDescriptor()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The blob '"
                + image.layer().digest()
                + "' of 'oci:"
                + folder
                + "' has other bytes: they are '"
                + Digest.of(SmallImage.utf8("evil!!"))
                + "'."
                + CHANGED);
  }

  @Test
  void handsOutNoLastByteOfABlobWithOtherBytes() throws Exception {
    SmallImage image = SmallImage.named("golden").put(store, "1");
    Files.writeString(blob(folder, image.layer().digest()), "evil!!");

    try (InputStream in = store.open(image.layerDescriptor(), Progress.SILENT)) {
      assertThat(in.readNBytes(5)).isEqualTo(SmallImage.utf8("evil!"));
      assertThatThrownBy(in::read).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void refusesABlobThatIsLongerOrShorter() throws Exception {
    SmallImage image = SmallImage.named("golden").put(store, "1");
    Path file = blob(folder, image.layer().digest());

    Files.writeString(file, "golden and more");
    assertThatThrownBy(() -> store.blob(image.layerDescriptor()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has more than the 6 bytes that are stated.");
    Files.writeString(file, "gold");
    assertThatThrownBy(() -> store.blob(image.layerDescriptor()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("has 4 bytes where 6 are stated.");
  }

  @Test
  void refusesAManifestWithOtherBytes() throws Exception {
    SmallImage image = SmallImage.named("golden").put(store, "1");
    RawManifest evil = SmallImage.named("evil").manifest();
    Files.write(blob(folder, image.manifest().digest()), evil.bytes());

    String message =
        "The blob '"
            + image.manifest().digest()
            + "' of 'oci:"
            + folder
            + "' has other bytes: they are '"
            + evil.digest()
            + "'."
            + CHANGED;
    assertThatThrownBy(() -> store.manifest("1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> store.manifest(image.manifest().digest()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
  }

  @Test
  void followsNoLinkOutOfTheLayout() throws Exception {
    SmallImage image = SmallImage.named("linked").put(store, "1");
    Path file = blob(folder, image.layer().digest());
    Path outside = temporary.resolve("outside");
    Files.move(file, outside);
    Files.createSymbolicLink(file, outside);

    assertThatThrownBy(() -> store.blob(image.layerDescriptor()))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The OCI layout '"
                + folder
                + "' has a 'blobs/sha256/"
                + image.layer().digest().hex()
                + "' that is no regular file."
                + ELSEWHERE);
    assertThat(store.has(image.layerDescriptor())).isFalse();
    store.put(image.layer(), Progress.SILENT);
    assertThat(file).isRegularFile().isNotEqualTo(outside);
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(outside).hasContent("linked");
  }

  @Test
  void refusesALayoutWhoseFoldersOrIndexAreLinks() throws Exception {
    SmallImage.named("linked").put(store, "1");
    for (String inside : List.of("index.json", "oci-layout", "blobs")) {
      Path moved = temporary.resolve("moved-" + inside);
      Files.move(folder.resolve(inside), moved);
      Files.createSymbolicLink(folder.resolve(inside), moved);

      assertThatThrownBy(() -> store.manifest("1"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "The OCI layout '" + folder + "' has a symbolic link, '" + inside + "'." + ELSEWHERE);

      Files.delete(folder.resolve(inside));
      Files.move(moved, folder.resolve(inside));
    }
  }

  @Test
  void refusesAHugeIndex() throws Exception {
    SmallImage.named("huge").put(store, "1");
    Files.write(folder.resolve("index.json"), new byte[4 * 1024 * 1024 + 1]);

    assertThatThrownBy(() -> store.manifest("1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The file 'index.json' of '"
                + folder
                + "' has more than 4194304 bytes. No honest image needs that; look at what pushed"
                + " it.");
  }

  @Test
  void refusesATagThatIsThereTwice() throws Exception {
    SmallImage.named("first").put(store, "1");
    SmallImage.named("second").put(store, "2");
    Path index = folder.resolve("index.json");
    Files.writeString(
        index,
        Files.readString(index)
            .replace(
                "{\"org.opencontainers.image.ref.name\":\"2\"}",
                "{\"org.opencontainers.image.ref.name\":\"1\"}"));

    assertThatThrownBy(() -> store.manifest("1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The OCI layout '"
                + folder
                + "' has the tag '1' twice. Readers would disagree on which one is meant: pin the"
                + " digest, or write the layout again.");
  }

  @Test
  void refusesAFolderThatIsSomethingElse() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("Main.java"), "class Main {}");
    SmallImage image = SmallImage.named("misplaced");
    String message =
        "The OCI layout '" + folder + "' is a folder with other things in it." + ELSEWHERE;

    assertThatThrownBy(() -> store.manifest("1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> store.put(image.layer(), Progress.SILENT))
        .isInstanceOf(RefusedException.class)
        .hasMessage(message);
    assertThat(folder.resolve("blobs")).doesNotExist();
  }

  @Test
  void refusesALayoutOfAnotherVersionAndAFileWhereAFolderIsMeant() throws Exception {
    SmallImage.named("old").put(store, "1");
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"2.0.0\"}");
    assertThatThrownBy(() -> store.manifest("1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The OCI layout '"
                + folder
                + "' has the layout version '2.0.0', not '1.0.0'."
                + ELSEWHERE);

    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> new LayoutStore(file).manifest("1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The OCI layout '" + file + "' is no folder." + ELSEWHERE);
  }

  @Test
  void leavesNothingOfABlobThatEndsTooEarly() throws Exception {
    SmallImage image = SmallImage.named("interrupted");
    Blob broken =
        new Blob(
            image.layer().digest(),
            image.layer().size(),
            () ->
                new InputStream() {
                  private int left = 4;

                  @Override
                  public int read() throws IOException {
                    if (left-- == 0) {
                      throw new IOException("No space left on device");
                    }
                    return 'i';
                  }

                  @Override
                  public int read(byte[] target, int offset, int length) throws IOException {
                    target[offset] = (byte) read();
                    return 1;
                  }
                });

    assertThatThrownBy(() -> store.put(broken, Progress.SILENT))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The OCI layout '"
                + folder
                + "' cannot be written: IO No space left on device. Look whether the disk is full"
                + " and whether the folder may be written to.");
    try (Stream<Path> blobs = Files.list(folder.resolve("blobs/sha256"))) {
      assertThat(blobs).isEmpty();
    }
  }

  @Test
  void refusesToStoreBytesUnderAnotherDigest() {
    SmallImage image = SmallImage.named("honest");
    Blob lying =
        new Blob(
            image.layer().digest(),
            image.layer().size(),
            () -> new ByteArrayInputStream(SmallImage.utf8("HONEST")));

    assertThatThrownBy(() -> store.put(lying, Progress.SILENT))
        .isInstanceOf(RefusedException.class);
    assertThat(store.has(image.layerDescriptor())).isFalse();
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

    store.attach(sbom.manifest());
    store.attach(sbom.manifest());
    store.attach(other.manifest());

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
  @NeedsPeer({"skopeo", "docker-registry"})
  void isReadBySkopeo() throws Exception {
    Blob config = Blob.of(SmallImage.utf8(CONFIG));
    SmallImage image = SmallImage.of(config, Blob.of(emptyTar())).put(store, "1");

    assertThat(Command.of("skopeo", "inspect", "--raw", "oci:" + folder + ":1").run())
        .isEqualTo(new String(image.manifest().bytes(), java.nio.charset.StandardCharsets.UTF_8));
    assertThat(Command.of("skopeo", "inspect", "oci:" + folder).run())
        .contains(image.manifest().digest().toString(), "\"who\": \"golden\"");
    try (DockerRegistry registry = DockerRegistry.start()) {
      Command.of("skopeo", "--insecure-policy", "copy", "--preserve-digests")
          .with("--dest-tls-verify=false")
          .with("oci:" + folder + ":1", "docker://" + registry.host() + "/apps/copied:1")
          .run();
      assertThat(registry.manifest("apps/copied", "1")).contains(image.manifest());
    }
  }

  @Test
  @NeedsPeer("skopeo")
  void readsWhatSkopeoWrote() {
    SmallImage image =
        SmallImage.of(Blob.of(SmallImage.utf8(CONFIG)), Blob.of(emptyTar())).put(store, "1");
    Path copy = temporary.resolve("copy");

    Command.of("skopeo", "--insecure-policy", "copy", "--preserve-digests")
        .with("oci:" + folder + ":1", "oci:" + copy)
        .run();

    LayoutStore copied = new LayoutStore(copy);
    assertThat(copied.manifest(ImageReference.parse("oci:" + copy))).contains(image.manifest());
    copied.put(image.manifest(), "2");
    assertThat(copied.manifest(ImageReference.parse("oci:" + copy))).contains(image.manifest());
    assertThat(Command.of("skopeo", "inspect", "--raw", "oci:" + copy + ":2").run())
        .isEqualTo(new String(image.manifest().bytes(), java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  @NeedsPeer("umoci")
  void isUnpackedByUmoci() throws Exception {
    String deep = "app/" + "very-deep/".repeat(20) + "notes.txt";
    Layer layer =
        LayerWriter.write(
            List.of(
                new LayerEntry.Directory("app", 0750, OURS, WRITTEN),
                file("app/run.sh", "#!/bin/sh\n", 0755),
                file("app/주문.properties", "a=b\n", 0640),
                file(deep, "deep\n", 0644),
                new LayerEntry.SymbolicLink("app/start", "run.sh", OURS, WRITTEN)),
            Compression.DEFLATED,
            temporary.resolve("layer.tar.gz"));
    SmallImage.of(Blob.of(SmallImage.utf8(config(layer.diffId()))), layer).put(store, "1");
    Path bundle = temporary.resolve("bundle");

    Command unpack = Command.of("umoci", "unpack", "--image", folder + ":1");
    (Machine.isRoot() ? unpack : unpack.with("--rootless")).with(bundle.toString()).run();

    Path app = bundle.resolve("rootfs/app");
    assertThat(unpacked(app)).startsWith("rwxr-x--- ");
    assertThat(unpacked(app.resolve("run.sh"))).isEqualTo("rwxr-xr-x " + WRITTEN);
    assertThat(app.resolve("run.sh")).hasContent("#!/bin/sh\n");
    assertThat(unpacked(app.resolve("주문.properties"))).isEqualTo("rw-r----- " + WRITTEN);
    assertThat(app.resolve("주문.properties")).hasContent("a=b\n");
    assertThat(bundle.resolve("rootfs").resolve(deep)).hasContent("deep\n");
    assertThat(Files.readSymbolicLink(app.resolve("start"))).isEqualTo(Path.of("run.sh"));
    if (Machine.isRoot()) {
      assertThat(Files.getAttribute(app.resolve("run.sh"), "unix:uid")).isEqualTo(OURS.uid());
      assertThat(Files.getAttribute(app.resolve("run.sh"), "unix:gid")).isEqualTo(OURS.gid());
    }
  }

  private static final LayerEntry.Owner OURS = new LayerEntry.Owner(1001, 1002);
  private static final Instant WRITTEN = Instant.parse("2026-11-23T01:02:03Z");

  private static LayerEntry file(String path, String content, int mode) {
    byte[] bytes = SmallImage.utf8(content);
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), mode, OURS, WRITTEN);
  }

  private static String unpacked(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
        + " "
        + Files.getLastModifiedTime(file).toInstant();
  }

  private static byte[] emptyTar() {
    return new byte[1024];
  }

  private static final String CONFIG = config(Digest.of(emptyTar()));

  private static String config(Digest diffId) {
    return "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Labels\":{\"who\":\"golden\"}},"
        + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\""
        + diffId
        + "\"]}}";
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
