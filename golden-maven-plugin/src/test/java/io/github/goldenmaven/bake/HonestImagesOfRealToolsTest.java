package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.contents.LayerStack;
import io.github.goldenmaven.contents.LayersAsRuntimesApplyThemTest;
import io.github.goldenmaven.contents.OtherRuntimes;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.BuiltImages;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.ContainerdApply;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What honest tools write is no attack: a bake takes it, and it is to a bake what it is to
 * containerd and to Docker.
 */
@NeedsPeer({"dockerd", "go", "umoci"})
class HonestImagesOfRealToolsTest {

  private static final Map<String, String> DOCKERFILES =
      Map.of(
          "through the base's links",
          """
          COPY x /bin/x
          COPY --chown=1000:1000 x /lib64/x
          COPY dir /var/run/dir
          ADD a.tar /lib/
          ADD b.tgz /bin/b
          RUN mkdir /etc/own && ln -s /etc/own /link && echo > /link/f
          COPY x /link/g
          RUN rm /link/g && echo y > /bin/x
          WORKDIR /bin/made/new
          RUN rm -rf /bin/made /lib/dir
          """,
          "folders, files and links in each other's place",
          """
          RUN mkdir -p /d/e/f && echo 1 > /d/1 && echo 3 > /d/e/f/3
          RUN rm -rf /d && mkdir -p /d/e && echo n > /d/e/n
          RUN rm -rf /d/e && echo file > /d/e
          RUN rm -rf /d/e && mkdir /d/e && echo a > /d/e/a
          RUN rm -rf /d && echo file > /d
          RUN rm /d && mkdir -p /d/x/y && echo > /d/x/y/z
          RUN mv /d /dd && ln -s dd /d
          RUN rm /d && mkdir /d && mv /dd/x /d/x
          RUN rm -rf /dd && ln -s d /dd && rm -rf /d/x/y
          RUN echo > /dd/through && rm -rf /dd/x
          COPY dir /dd/
          RUN rm -rf /d/* && mkdir /d/sub && rm -rf /var/log && mkdir /var/log && echo > /var/log/n \\
              && rm /var/run && mkdir /var/run && echo > /var/run/pid
          RUN rm -rf /var/run && ln -s /run /var/run && echo > /var/run/pid
          """,
          "hard links and what is moved",
          """
          RUN mkdir /h && echo a > /h/a && ln /h/a /h/b && ln /h/a /bin/h && ln -s a /h/s
          RUN ln /h/a /h/c && chmod 4755 /h/a && chown 1:1 /h/b
          RUN rm /h/a && ln /h/b /h/a && mv /h/c /h/d
          RUN mv /h /hh
          RUN mv /hh /h && cp -al /h /h2
          RUN chown -R 33:33 /h /h2 && chmod -R g+w /h2
          RUN mv /etc/conf.d /etc/old && cp -a /etc/old /etc/conf.d && rm -rf /etc/old
          VOLUME /h
          USER 1000
          RUN echo > /tmp/f
          """);

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void areTaken() throws IOException {
    Map<String, List<byte[]>> images = new LinkedHashMap<>();
    try (DockerEngine engine = DockerEngine.start()) {
      BuiltImages built = BuiltImages.in(engine, folder);
      boolean buildKit = built.hasBuildKit();
      for (Map.Entry<String, String> dockerfile : DOCKERFILES.entrySet()) {
        String text = "FROM " + BuiltImages.BASE + "\n" + dockerfile.getValue();
        images.put("Docker's old builder: " + dockerfile.getKey(), built.build(text, false));
        if (buildKit) {
          images.put("BuildKit: " + dockerfile.getKey(), built.build(text, true));
        }
      }
      images.put("umoci", umoci(built.layers(BuiltImages.BASE)));
      int number = 0;
      for (Map.Entry<String, List<byte[]>> image : images.entrySet()) {
        Map<String, String> ours =
            LayersAsRuntimesApplyThemTest.believed(image.getValue())
                .orElseThrow(() -> new AssertionError(image.getKey() + " is refused"));
        Path work = Files.createDirectory(folder.resolve("docker" + number++));
        Map<String, String> theirs =
            OtherRuntimes.docker(engine, image.getValue(), work).orElseThrow();
        Map<String, String> plain = OtherRuntimes.plain(ours);
        plain.keySet().removeAll(OtherRuntimes.OF_DOCKER);
        assertThat(plain).as("Docker, " + image.getKey()).isEqualTo(withoutLarge(theirs, ours));
      }
    }
    try (ContainerdApply containerd = ContainerdApply.start(folder)) {
      List<ContainerdApply.Applied> theirs = containerd.apply(new ArrayList<>(images.values()));
      int at = 0;
      for (Map.Entry<String, List<byte[]>> image : images.entrySet()) {
        Map<String, String> applied = theirs.get(at++).files().orElseThrow();
        Map<String, String> ours =
            LayersAsRuntimesApplyThemTest.believed(image.getValue()).orElseThrow();
        assertThat(ours).as("containerd, " + image.getKey()).isEqualTo(withoutLarge(applied, ours));
      }
    }
  }

  /** A bake does not look into large files one by one. */
  private static Map<String, String> withoutLarge(
      Map<String, String> theirs, Map<String, String> ours) {
    Map<String, String> told = new TreeMap<>(theirs);
    told.replaceAll(
        (path, what) ->
            ours.getOrDefault(path, "").endsWith(" file large")
                ? what.replaceFirst(" file [0-9a-f]{64}$", " file large")
                : what);
    return told;
  }

  /** Inserted and removed by umoci, on layers of Docker's. */
  private List<byte[]> umoci(List<byte[]> base) throws IOException {
    LayoutFolder layout = LayoutFolder.at(folder.resolve("umoci"));
    LayerStack stack = LayerStack.of(base);
    base.forEach(layer -> layout.put(MediaTypes.OCI_LAYER, layer));
    layout.put(MediaTypes.OCI_CONFIG, stack.image().config().toBytes());
    layout.put(stack.image().manifest().raw(), "1");
    Path from = folder.resolve("context");
    insert(layout, from.resolve("x").toString(), "/usr/local/bin/x");
    insert(layout, from.resolve("dir").toString(), "/app");
    insert(layout, "--opaque", from.resolve("dir").toString(), "/app");
    insert(layout, "--opaque", from.resolve("dir").toString(), "/new");
    insert(layout, "--whiteout", "/app/sub");
    List<byte[]> layers = new ArrayList<>();
    for (Descriptor layer : new ImageManifest(layout.manifest("1")).layers()) {
      Path blob = layout.path().resolve("blobs/sha256").resolve(layer.digest().hex());
      layers.add(unpacked(Files.readAllBytes(blob)));
    }
    return layers;
  }

  private static byte[] unpacked(byte[] stored) throws IOException {
    if (stored[0] != 0x1f) {
      return stored;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
      return in.readAllBytes();
    }
  }

  private static void insert(LayoutFolder layout, String... arguments) {
    Command.of(Machine.require("umoci").toString(), "insert", "--image", layout.path() + ":1")
        .with(arguments)
        .run();
  }
}
