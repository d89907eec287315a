package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.LayerReader;
import io.github.goldenmaven.oci.RandomLayers;
import io.github.goldenmaven.oci.TarEntry;
import io.github.goldenmaven.peers.ContainerdApply;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.ClassVersions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random layers of all header types on a small golden image: where the gate finds nothing, what
 * containerd makes of them has the golden's files as they were, and the links that the gate
 * believes in. {@code -Dgolden.sequences=20000} asks about more, {@code -Dgolden.seed=N} about
 * others.
 */
@NeedsPeer("go")
class UpperLayersAsRuntimesApplyThemTest {

  private static final int SEQUENCES = Integer.getInteger("golden.sequences", 2_000);
  private static final long SEED = Long.getLong("golden.seed", 20_261_130L);

  /** Of the golden image: what no service may change. */
  private static final List<String> KEPT =
      List.of("etc", "etc/passwd", "etc/ssl", "etc/ssl/cert.pem", "usr", "usr/bin", "usr/bin/java");

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void whereTheGateFindsNothingTheGoldenIsAsItWas() throws IOException {
    List<List<byte[]>> stacks = new ArrayList<>(List.of(List.of(RandomLayers.golden())));
    LongStream.range(0, SEQUENCES).forEach(at -> stacks.add(RandomLayers.of(SEED + at).layers()));
    int compared = 0;
    try (ContainerdApply containerd = ContainerdApply.start(folder)) {
      List<ContainerdApply.Applied> theirs = containerd.apply(stacks);
      Map<String, String> golden = theirs.get(0).files().orElseThrow();
      for (int at = 1; at < stacks.size(); at++) {
        Optional<Map<String, String>> links = believed(stacks.get(at));
        Optional<Map<String, String>> applied = theirs.get(at).files();
        if (links.isEmpty() || applied.isEmpty()) {
          continue;
        }
        String made = "seed " + (SEED + at - 1) + "\n" + RandomLayers.of(SEED + at - 1).told();
        assertThat(links(applied.orElseThrow())).as(made).isEqualTo(links.orElseThrow());
        for (String path : KEPT) {
          assertThat(applied.orElseThrow().get(path)).as(made).isEqualTo(golden.get(path));
        }
        compared++;
      }
    }
    System.out.printf(
        "[gate] %d sequences from seed %d: %d in which nothing was found, as containerd applies"
            + " them%n",
        SEQUENCES, SEED, compared);
    assertThat(compared).isGreaterThanOrEqualTo(SEQUENCES / 4);
  }

  private static Map<String, String> links(Map<String, String> files) {
    Map<String, String> links = new TreeMap<>();
    files.forEach(
        (path, told) -> {
          String[] words = told.split(" ", 4);
          if (words[2].equals("link")) {
            links.put(path, new String(HexFormat.of().parseHex(words[3]), StandardCharsets.UTF_8));
          }
        });
    return links;
  }

  /** The links that the gate believes in; empty where it finds something. */
  private static Optional<Map<String, String>> believed(List<byte[]> layers) {
    try {
      UpperLayers upper =
          new UpperLayers(new GoldenContents(List.of(scanned(layers.get(0))), config(), List.of()));
      for (byte[] layer : layers.subList(1, layers.size())) {
        upper.add(scanned(layer));
      }
      if (!upper.suspicions().isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> links = new TreeMap<>();
      for (String path : upper.links().paths()) {
        links.put(path, upper.links().target(path).orElseThrow());
      }
      return Optional.of(links);
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static ScannedLayer scanned(byte[] tar) {
    List<ScannedEntry> entries = new ArrayList<>();
    try (LayerReader reader =
        LayerReader.open("The layer", new ByteArrayInputStream(tar), LayerReader.Limits.DEFAULT)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.add(ScannedEntry.of(next.orElseThrow()));
      }
      return new ScannedLayer(
          Digest.of(tar),
          tar.length,
          tar.length,
          reader.diffId(),
          entries,
          null,
          ClassVersions.NONE);
    }
  }

  private static ImageConfig config() {
    return ImageConfig.read(
        "config",
        "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
            .getBytes(StandardCharsets.UTF_8));
  }
}
