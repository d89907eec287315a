package io.github.goldenmaven.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.SmallImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayoutStoreRefusalsTest extends LayoutStoreFixture {

  private static final String ELSEWHERE =
      " Name another folder in <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or"
          + " 'to' of golden.yaml, or have the"
          + " layout written again.";

  private static final String CHANGED =
      " Do not use this image: its store, or something between it and us, has changed it. Push it"
          + " again from where it is whole.";

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
}
