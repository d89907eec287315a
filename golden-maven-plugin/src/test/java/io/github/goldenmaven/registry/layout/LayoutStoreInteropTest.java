package io.github.goldenmaven.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutStoreInteropTest extends LayoutStoreFixture {

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
}
