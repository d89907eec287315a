package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedImageTest {

  private static final byte[] LAYER = tar("etc/hello", "hello");
  private static final Digest DIFF_ID = Digest.of(LAYER);

  @TempDir Path folder;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream archive = new TarArchiveOutputStream(bytes);

  @Test
  void readsAnArchiveWithOneLayerThreeTimesByLinks() throws IOException {
    file("layer/layer.tar", LAYER);
    link("again/layer.tar", "../layer/layer.tar", TarConstants.LF_SYMLINK);
    link("hard/layer.tar", "layer/layer.tar", TarConstants.LF_LINK);
    file("c.json", config(DIFF_ID, DIFF_ID, DIFF_ID));
    file(
        "manifest.json",
        manifest("c.json", "layer/layer.tar", "again/layer.tar", "hard/layer.tar"));
    SavedImage.Staged staged = stage();
    ImageManifest image = new ImageManifest(staged.manifest());
    assertThat(image.layers()).map(Descriptor::digest).containsExactly(DIFF_ID, DIFF_ID, DIFF_ID);
    assertThat(image.layers()).map(Descriptor::mediaType).containsOnly(MediaTypes.OCI_LAYER);
    assertThat(staged.blobs()).containsOnlyKeys(DIFF_ID, image.config().digest());
  }

  @Test
  void readsACompressedLayerOfAnEngineOnContainerd() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(LAYER);
    }
    file("blobs/sha256/l", compressed.toByteArray());
    file("blobs/sha256/c", config(DIFF_ID));
    file("manifest.json", manifest("blobs/sha256/c", "blobs/sha256/l"));
    Descriptor layer = new ImageManifest(stage().manifest()).layers().get(0);
    assertThat(layer.mediaType()).isEqualTo(MediaTypes.OCI_LAYER_GZIP);
    assertThat(layer.digest()).isEqualTo(Digest.of(compressed.toByteArray()));
  }

  @Test
  void refusesALayerThatIsNotWhatTheConfigNames() throws IOException {
    byte[] other = tar("etc/hello", "evil!");
    file("l.tar", other);
    file("c.json", config(DIFF_ID));
    file("manifest.json", manifest("c.json", "l.tar"));
    refuses("has the layer '" + Digest.of(other) + "' where its config names '" + DIFF_ID + "'");
  }

  @Test
  void refusesMoreLayersThanTheConfigNames() throws IOException {
    file("l.tar", LAYER);
    file("c.json", config(DIFF_ID));
    file("manifest.json", manifest("c.json", "l.tar", "l.tar"));
    refuses("has 2 layers, but its config names 1");
  }

  @Test
  void tellsWhereItCannotWrite() throws IOException {
    Path blocked = Files.writeString(folder.resolve("blocked"), "").resolve("staging");

    assertThatThrownBy(
            () -> SavedImage.stage("The image", new ByteArrayInputStream(new byte[0]), blocked))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The image could not be written to '"
                + blocked
                + "'. Make room or fix the permissions there, or name another folder in"
                + " <outputDirectory> (-Dgolden.outputDirectory), or in <cache> (-Dgolden.cache)"
                + " where it is below that.");
  }

  @Test
  void refusesLinksThatGoInCirclesOrOutOfTheArchive() throws IOException {
    link("a", "b", TarConstants.LF_SYMLINK);
    link("b", "a", TarConstants.LF_SYMLINK);
    file("c.json", config(DIFF_ID));
    file("manifest.json", manifest("c.json", "a"));
    refuses("has no 'a'");
  }

  @Test
  void neverReadsAFileOfThisMachine() throws IOException {
    link("l.tar", "../../../../etc/passwd", TarConstants.LF_SYMLINK);
    file("c.json", config(DIFF_ID));
    file("manifest.json", manifest("c.json", "l.tar"));
    refuses("has no 'l.tar'");
  }

  @Test
  void neverWritesOutsideItsFolder() throws IOException {
    file("x/../../evil", "evil".getBytes(StandardCharsets.UTF_8));
    file("manifest.json", manifest("c.json"));
    assertThatThrownBy(this::stage).isInstanceOf(GoldenException.class);
    assertThat(folder.resolve("evil")).doesNotExist();
    assertThat(folder.resolveSibling("evil")).doesNotExist();
  }

  @Test
  void refusesAnArchiveWithoutADescription() throws IOException {
    file("l.tar", LAYER);
    refuses("has no 'manifest.json'");
  }

  @Test
  void refusesSeveralImagesAtOnce() throws IOException {
    file("manifest.json", "[{},{}]".getBytes(StandardCharsets.UTF_8));
    refuses("is not one image");
  }

  @Test
  void refusesADescriptionThatIsMoreThanAList() throws IOException {
    file("manifest.json", "[{}],\"more\":[]".getBytes(StandardCharsets.UTF_8));
    refuses("is not one image");
  }

  @Test
  void refusesADescriptionWithoutAConfig() throws IOException {
    file("manifest.json", "[{}]".getBytes(StandardCharsets.UTF_8));
    refuses("has no config");
  }

  private SavedImage.Staged stage() throws IOException {
    archive.finish();
    return SavedImage.stage(
        "The image 'x' of the Docker Engine",
        new ByteArrayInputStream(bytes.toByteArray()),
        folder.resolve("staged"));
  }

  private void refuses(String fault) {
    assertThatThrownBy(this::stage)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The image 'x' of the Docker Engine "
                + fault
                + ". Pull or build the image again, so that the engine has it whole.");
  }

  private void file(String name, byte[] content) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    archive.putArchiveEntry(entry);
    archive.write(content);
    archive.closeArchiveEntry();
  }

  private void link(String name, String target, byte type) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, type);
    entry.setLinkName(target);
    archive.putArchiveEntry(entry);
    archive.closeArchiveEntry();
  }

  private static byte[] manifest(String config, String... layers) {
    String listed = layers.length == 0 ? "" : "\"" + String.join("\",\"", layers) + "\"";
    return "[{\"Config\":\"%s\",\"RepoTags\":[],\"Layers\":[%s]}]"
        .formatted(config, listed)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] config(Digest... diffIds) {
    String listed = "";
    for (Digest diffId : diffIds) {
      listed += (listed.isEmpty() ? "" : ",") + "\"" + diffId + "\"";
    }
    return "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
        .formatted(listed)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] tar(String name, String content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      TarArchiveEntry entry = new TarArchiveEntry(name);
      entry.setSize(content.length());
      tar.putArchiveEntry(entry);
      tar.write(content.getBytes(StandardCharsets.UTF_8));
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  @Test
  void followsALinkWhoseNamesAreNotUtf8() throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "ISO-8859-1");
    TarArchiveEntry link = new TarArchiveEntry("\u00e9/l.tar", TarConstants.LF_SYMLINK);
    link.setLinkName("../\u00e9t\u00e9/./l.tar");
    tar.putArchiveEntry(link);
    tar.closeArchiveEntry();
    file("c.json", config(DIFF_ID));
    file("manifest.json", manifest("c.json", "l.tar"));
    refuses("has no 'l.tar'");
  }

  @Test
  void followsALinkFromTheRootOfTheArchive() throws IOException {
    file("layer/layer.tar", LAYER);
    link("again/l.tar", "/layer/./layer.tar", TarConstants.LF_SYMLINK);
    file("c.json", config(DIFF_ID));
    file("manifest.json", manifest("c.json", "again/l.tar"));
    assertThat(new ImageManifest(stage().manifest()).layers())
        .map(Descriptor::digest)
        .containsExactly(DIFF_ID);
  }
}
