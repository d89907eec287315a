package io.github.goldenmaven.verify.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.ContentEntry;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.contents.LayerFacts;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.CommandFailedException;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random layers of files, folders, links, hard links and whiteouts on a small golden image, each
 * unpacked by umoci. Whatever the gate finds nothing in leaves the golden's protected paths as they
 * were; nobody wrote down beforehand which layers those are.
 */
@NeedsPeer("umoci")
public class ServiceLayersAsUmociAppliesThemTest {

  private static final int IMAGES = 250;

  /** What the golden image brings; all of it is protected but {@code app} and {@code data}. */
  private static final byte[] GOLDEN =
      new RawTar()
          .entry('5', "app")
          .entry('5', "data")
          .entry('5', "etc")
          .file("etc/passwd", "root:x:0:0::/:/bin/sh\n")
          .entry('5', "etc/ssl")
          .file("etc/ssl/cert.pem", "company")
          .entry('5', "usr")
          .entry('5', "usr/bin")
          .file("usr/bin/java", "elf")
          .entry('2', "bin", "", header -> RawTar.put(header, 157, "usr/bin"))
          .end();

  private static final List<String> KEPT = List.of("etc/passwd", "etc/ssl", "usr/bin", "bin");

  private static final String[] PLACES = {"app/a", "app/b", "app/c"};

  private static final String[] TARGETS = {
    "../etc", "/etc", "../bin", "../usr/bin", "/etc/ssl", "a", "b", "../app/c"
  };

  private static final String[] BELOW = {
    "passwd", "cert.pem", "ssl/cert.pem", "java", "orders.jar"
  };

  @TempDir Path folder;

  @Test
  @Timeout(300)
  void whatTheGateFindsNothingInLeavesTheGoldenAsItWas() throws IOException {
    Map<String, String> golden = unpacked(List.of(GOLDEN), "golden").orElseThrow();
    int clean = 0;
    int overridden = 0;
    for (int seed = 0; seed < IMAGES; seed++) {
      Random random = new Random(seed);
      List<byte[]> layers = new ArrayList<>(List.of(GOLDEN));
      List<String> told = new ArrayList<>();
      layers.addAll(upper(random, told));
      Optional<Map<String, String>> applied = unpacked(layers, "image" + seed);
      if (applied.isEmpty()) {
        continue;
      }
      List<LayerIssue> suspicions = suspicions(layers);
      boolean kept = applied.orElseThrow().equals(golden);
      if (suspicions.isEmpty()) {
        assertThat(applied.orElseThrow())
            .as("seed %d, in which the gate found nothing: %s", seed, told)
            .isEqualTo(golden);
        clean++;
      }
      overridden += kept ? 0 : 1;
    }
    assertThat(clean).as("images without a finding").isGreaterThan(IMAGES / 20);
    assertThat(overridden).as("images that override their golden").isGreaterThan(IMAGES / 20);
  }

  /** A link somewhere, things that happen to it, and something written below; in a layer or two. */
  private static List<byte[]> upper(Random random, List<String> told) {
    List<byte[]> layers = new ArrayList<>();
    RawTar tar = new RawTar();
    add(tar, '2', any(PLACES, random), any(TARGETS, random), told);
    for (int more = random.nextInt(4); more > 0; more--) {
      if (random.nextInt(4) == 0) {
        layers.add(tar.end());
        told.add("--");
        tar = new RawTar();
      }
      String place = any(PLACES, random);
      switch (random.nextInt(6)) {
        case 0, 1 -> add(tar, '0', place.replace("app/", "app/.wh."), "", told);
        case 2 -> add(tar, '2', place, any(TARGETS, random), told);
        case 3 -> add(tar, '5', place, "", told);
        default -> add(tar, '1', place, any(PLACES, random), told);
      }
    }
    add(tar, '0', any(PLACES, random) + "/" + any(BELOW, random), "", told);
    layers.add(tar.end());
    return layers;
  }

  private static void add(RawTar tar, char type, String path, String link, List<String> told) {
    told.add(type + " " + path + (link.isEmpty() ? "" : " -> " + link));
    tar.entry(
        type,
        path,
        type == '0' && !path.contains(".wh.") ? "evil" : "",
        header -> {
          RawTar.put(header, 157, link);
          if (type == '5') {
            RawTar.put(header, 100, "0000755\0");
          }
        });
  }

  private static String any(String[] words, Random random) {
    return words[random.nextInt(words.length)];
  }

  /** What the gate finds; a layer that its reader refuses is one more finding. */
  private static List<LayerIssue> suspicions(List<byte[]> tars) {
    try {
      ServiceLayers upper =
          new ServiceLayers(
              new GoldenContents(List.of(scanned(tars.get(0))), config(List.of()), List.of()));
      for (byte[] tar : tars.subList(1, tars.size())) {
        upper.add(scanned(tar));
      }
      return upper.suspicions();
    } catch (RefusedException e) {
      return List.of(
          new LayerIssue(
              LayerIssue.Kind.PLACE, "/", Digest.of(new byte[0]), String.valueOf(e.getMessage())));
    }
  }

  private static LayerContents scanned(byte[] tar) {
    List<ContentEntry> entries = new ArrayList<>();
    try (LayerReader reader =
        LayerReader.open("The layer", new ByteArrayInputStream(tar), LayerReader.Limits.DEFAULT)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.add(ContentEntry.of(next.orElseThrow()));
      }
      return new LayerContents(
          Digest.of(tar), tar.length, reader.diffId(), entries, LayerFacts.NONE);
    }
  }

  private static ImageConfig config(List<byte[]> tars) {
    return new ImageConfig(
        JsonObject.EMPTY
            .with("os", "linux")
            .with("architecture", "amd64")
            .with(
                "rootfs",
                JsonObject.EMPTY
                    .with("type", "layers")
                    .with(
                        "diff_ids",
                        JsonValue.ofTexts(
                            tars.stream().map(tar -> Digest.of(tar).toString()).toList()))));
  }

  /** The protected paths as they are on a disk; empty where umoci cannot unpack the image. */
  private Optional<Map<String, String>> unpacked(List<byte[]> tars, String name)
      throws IOException {
    LayoutFolder layout = LayoutFolder.at(folder.resolve(name));
    List<Descriptor> layers =
        tars.stream().map(tar -> layout.put(MediaTypes.OCI_LAYER, tar)).toList();
    layout.put(
        Manifests.image(layout.put(MediaTypes.OCI_CONFIG, config(tars).toBytes()), layers), "1");
    Path bundle = folder.resolve(name + "-bundle");
    try {
      Command.of(Machine.require("umoci").toString(), "unpack", "--image")
          .with(layout.path() + ":1")
          .with(Machine.isRoot() ? new String[0] : new String[] {"--rootless"})
          .with(bundle.toString())
          .run();
    } catch (CommandFailedException e) {
      delete(bundle);
      return Optional.empty();
    }
    Map<String, String> told = new TreeMap<>();
    Path root = bundle.resolve("rootfs");
    for (String path : KEPT) {
      tell(root, root.resolve(path), told);
    }
    delete(bundle);
    return Optional.of(told);
  }

  /** Links and all: JUnit warns of each link that leads out of its folder. */
  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void tell(Path root, Path file, Map<String, String> told) throws IOException {
    String path = root.relativize(file).toString();
    if (Files.isSymbolicLink(file)) {
      told.put(path, "link to " + Files.readSymbolicLink(file));
    } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      told.put(path, "folder");
      try (Stream<Path> below = Files.list(file)) {
        for (Path each : below.sorted().toList()) {
          tell(root, each, told);
        }
      }
    } else {
      told.put(path, Files.exists(file) ? Files.readString(file) : "gone");
    }
  }
}
