package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.FileTree.Place;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.RandomLayers;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.peers.ContainerdApply;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random layers of all header types are to a bake the files that real runtimes make of them, or
 * they are refused. {@code -Dgolden.sequences=20000} asks containerd about more, {@code
 * -Dgolden.sequences.engines=1000} Docker and umoci, {@code -Dgolden.seed=N} about others.
 */
@Tag("longest")
@NeedsPeer("go")
public class LayersAsRuntimesApplyThemTest {

  private static final int SEQUENCES = Integer.getInteger("golden.sequences", 2_000);
  private static final long SEED = Long.getLong("golden.seed", 20_261_130L);

  /** Through Docker and umoci, which take longer. */
  private static final int FEWER = Integer.getInteger("golden.sequences.engines", 100);

  @TempDir Path folder;

  @Test
  @Timeout(600)
  void asContainerdDoes() {
    int compared = 0;
    int refused = 0;
    int failed = 0;
    List<ContainerdApply.Applied> theirs = AskedRuntimes.containerd(folder, SEED, SEQUENCES);
    for (int at = 1; at <= SEQUENCES; at++) {
      RandomLayers.Stack stack = RandomLayers.of(SEED + at - 1);
      Optional<Map<String, String>> ours = believed(stack.layers());
      if (ours.isEmpty() || theirs.get(at).files().isEmpty()) {
        refused += ours.isEmpty() ? 1 : 0;
        // What containerd gives up on runs nowhere.
        failed += ours.isEmpty() ? 0 : 1;
        continue;
      }
      assertThat(ours)
          .as("seed %d: %s", SEED + at - 1, String.join("\n", stack.told()))
          .isEqualTo(theirs.get(at).files());
      compared++;
    }
    System.out.printf(
        "[bake] %d sequences from seed %d: %d as containerd applies them, %d refused, %d that"
            + " containerd gives up on%n",
        SEQUENCES, SEED, compared, refused, failed);
    assertThat(compared).isGreaterThanOrEqualTo(SEQUENCES / 2);
  }

  /** That a comparison would find a reader that is wrong: the one of before, for a start. */
  @Test
  @Timeout(600)
  void theReaderOfBeforeIsFoundOut() throws IOException {
    List<Long> seeds = RandomLayers.mistakenSeeds(SEED, 20);
    Set<String> found = new TreeSet<>();
    try (ContainerdApply containerd = ContainerdApply.start(folder)) {
      List<ContainerdApply.Applied> theirs =
          containerd.apply(seeds.stream().map(seed -> RandomLayers.of(seed).layers()).toList());
      for (int at = 0; at < theirs.size(); at++) {
        assertThat(believed(RandomLayers.of(seeds.get(at)).layers())).isEmpty();
        Optional<Map<String, String>> mistaken =
            believed(RandomLayers.mistaken(seeds.get(at)).layers());
        Optional<Map<String, String>> applied = theirs.get(at).files();
        if (mistaken.isPresent() && applied.isPresent() && !mistaken.equals(applied)) {
          found.addAll(RandomLayers.oddKinds(seeds.get(at)));
        }
      }
    }
    assertThat(found).containsExactly("odd 0", "odd 1", "odd 2", "odd 3");
  }

  @Test
  @NeedsPeer({"dockerd", "umoci"})
  @Timeout(900)
  void asDockerAndUmociDo() {
    int docker = 0;
    int umoci = 0;
    int asked = 0;
    for (long seed = SEED; asked < FEWER; seed++) {
      RandomLayers.Stack stack = RandomLayers.of(seed);
      Optional<Map<String, String>> ours = believed(stack.layers());
      if (ours.isEmpty()) {
        continue;
      }
      asked++;
      Map<String, String> plain = OtherRuntimes.plain(ours.orElseThrow());
      String made = "seed " + seed + ": " + String.join("\n", stack.told());
      AskedRuntimes.Answer answer = AskedRuntimes.dockerAndUmoci(stack.layers());
      answer
          .docker()
          .ifPresent(theirs -> assertThat(theirs).as("Docker, " + made).isEqualTo(plain));
      answer.umoci().ifPresent(theirs -> assertThat(theirs).as("umoci, " + made).isEqualTo(plain));
      docker += answer.docker().isPresent() ? 1 : 0;
      umoci += answer.umoci().isPresent() ? 1 : 0;
    }
    System.out.printf(
        "[bake] %d sequences from seed %d that are not refused: %d as Docker applies them, %d as"
            + " umoci does%n",
        asked, SEED, docker, umoci);
    assertThat(docker).isGreaterThanOrEqualTo(asked / 2);
    assertThat(umoci).isGreaterThanOrEqualTo(asked / 2);
  }

  /** Path to {@code MODE UID:GID WHAT}; empty where a layer is refused. */
  public static Optional<Map<String, String>> believed(List<byte[]> layers) {
    try {
      FileTree tree = new FileTree();
      for (byte[] layer : layers) {
        tree.apply("The layer", ReadLayers.read("The layer", new ByteArrayInputStream(layer)));
      }
      Map<String, String> told = new TreeMap<>();
      tell("", tree.root(), told);
      return Optional.of(told);
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static void tell(String folder, Place place, Map<String, String> told) {
    place
        .below()
        .forEach(
            (name, child) -> {
              told.put(folder + name, told(child));
              tell(folder + name + "/", child, told);
            });
  }

  private static String told(Place place) {
    String what =
        switch (place.type()) {
          case FILE -> "file " + place.content().content().map(Digest::hex).orElse("large");
          case DIRECTORY -> "folder";
          case SYMBOLIC_LINK ->
              "link "
                  + HexFormat.of()
                      .formatHex(place.content().link().getBytes(StandardCharsets.UTF_8));
          default -> "other";
        };
    int mode = place.type() == TarEntry.Type.SYMBOLIC_LINK ? 0777 : place.mode();
    return "%o %d:%d %s".formatted(mode, place.owner().uid(), place.owner().gid(), what);
  }
}
