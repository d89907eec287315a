package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.registry.MemoryStore;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** An official image in memory, of layers written by hand: {@code f etc/passwd root}. */
public record LayerStack(List<byte[]> tars, MemoryStore store) {

  /**
   * One layer for each text, one entry for each of its lines.
   *
   * @param layers {@code d PATH}, {@code f PATH CONTENT}, {@code l PATH TARGET} (symbolic), {@code
   *     h PATH TARGET} (hard), {@code c PATH} (a device); an octal mode may stand behind the letter
   */
  public static LayerStack of(String... layers) {
    return of(Stream.of(layers).map(LayerStack::tar).toList());
  }

  public static LayerStack of(List<byte[]> tars) {
    MemoryStore store = new MemoryStore("memory.example/official");
    tars.forEach(tar -> store.blobs.put(Digest.of(tar), tar));
    return new LayerStack(tars, store);
  }

  static byte[] tar(String layer) {
    RawTar tar = new RawTar();
    layer
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .forEach(line -> add(tar, line.split(" ", 3)));
    return tar.end();
  }

  private static void add(RawTar tar, String[] words) {
    String third = words.length > 2 ? words[2] : "";
    String type = words[0].substring(0, 1);
    String mode = words[0].length() > 1 ? words[0].substring(1) : type.equals("d") ? "755" : "644";
    tar.entry(
        switch (type) {
          case "d" -> '5';
          case "f" -> '0';
          case "l" -> '2';
          case "h" -> '1';
          default -> '3';
        },
        words[1],
        type.equals("f") ? third : "",
        header -> {
          RawTar.put(header, 100, "%07o\0".formatted(Integer.parseInt(mode, 8)));
          if (type.equals("l") || type.equals("h")) {
            RawTar.put(header, 157, third);
          }
          if (type.equals("c")) {
            RawTar.put(header, 329, "0000001\0");
            RawTar.put(header, 337, "0000003\0");
          }
        });
  }

  List<Descriptor> descriptors() {
    return tars.stream()
        .map(tar -> Descriptor.of(MediaTypes.OCI_LAYER, Digest.of(tar), tar.length))
        .toList();
  }

  public PlatformImage image() {
    return image(tars.stream().map(Digest::of).toList());
  }

  public PlatformImage image(List<Digest> diffIds) {
    JsonObject platform = JsonObject.EMPTY.with("os", "linux").with("architecture", "amd64");
    ImageConfig config =
        new ImageConfig(
            platform.with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with(
                        "diff_ids",
                        JsonValue.ofTexts(diffIds.stream().map(Digest::toString).toList()))));
    Blob blob = Blob.of(config.toBytes());
    return new PlatformImage(
        platform,
        new ImageManifest(
            Manifests.image(
                Descriptor.of(MediaTypes.OCI_CONFIG, blob.digest(), blob.size()), descriptors())),
        config);
  }

  /** Its files, read without a cache. */
  ImageFiles files() {
    List<LayerContents> layers = new ArrayList<>();
    for (byte[] tar : tars) {
      layers.add(ReadLayers.read("The layer", new java.io.ByteArrayInputStream(tar)));
    }
    return LayeredImageFiles.of(tars.stream().map(Digest::of).toList(), layers);
  }
}
