package io.github.goldenmaven.verify.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.contents.AskedRuntimes;
import io.github.goldenmaven.contents.ContentEntry;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.contents.LayerFacts;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.RandomLayers;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.peers.ContainerdApply;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random layers of all header types on a small golden image: where the gate finds nothing, what
 * runtimes make of them has the golden's files as they were, nothing new but in places of the
 * service's, and the links and files that the gate believes in. {@code -Dgolden.sequences=20000}
 * asks containerd about more, {@code -Dgolden.sequences.engines=1000} Docker and umoci, {@code
 * -Dgolden.seed=N} about others.
 */
@Tag("longest")
@NeedsPeer("go")
public class ServiceLayersAsRuntimesApplyThemTest {

  private static final int SEQUENCES = Integer.getInteger("golden.sequences", 2_000);
  private static final long SEED = Long.getLong("golden.seed", 20_261_130L);

  /** Through Docker and umoci, which take longer. */
  private static final int FEWER = Integer.getInteger("golden.sequences.engines", 100);

  private static final GoldenContents GOLDEN =
      new GoldenContents(List.of(scanned(RandomLayers.golden())), config(), List.of());

  @TempDir Path folder;

  /**
   * What the gate believes of layers in which it finds nothing.
   *
   * @param links path to target
   * @param files path to the SHA-256 of what is in it
   */
  private record Believed(Map<String, String> links, Map<String, String> files) {}

  @Test
  @Timeout(600)
  void asContainerdDoes() {
    int compared = 0;
    int found = 0;
    List<ContainerdApply.Applied> theirs = AskedRuntimes.containerd(folder, SEED, SEQUENCES);
    Map<String, String> golden = theirs.get(0).files().orElseThrow();
    for (int at = 1; at <= SEQUENCES; at++) {
      RandomLayers.Stack stack = RandomLayers.of(SEED + at - 1);
      Optional<Believed> ours = believed(stack.layers());
      Optional<Map<String, String>> applied = theirs.get(at).files();
      found += ours.isEmpty() ? 1 : 0;
      if (ours.isPresent() && applied.isPresent()) {
        assertThat(differences(ours.orElseThrow(), applied.orElseThrow(), golden))
            .as("seed %d: %s", SEED + at - 1, stack.told())
            .isEmpty();
        compared++;
      }
    }
    System.out.printf(
        "[gate] %d sequences from seed %d: %d in which nothing is found, as containerd applies"
            + " them, %d in which something is, %d that containerd gives up on%n",
        SEQUENCES, SEED, compared, found, SEQUENCES - compared - found);
    assertThat(compared).isGreaterThanOrEqualTo(SEQUENCES / 2);
  }

  /** That a comparison would find a reader that is wrong: the one of before, for a start. */
  @Test
  @Timeout(600)
  void theReaderOfBeforeIsFoundOut() throws IOException {
    List<Long> seeds = RandomLayers.mistakenSeeds(SEED, 60);
    Set<String> found = new TreeSet<>();
    try (ContainerdApply containerd = ContainerdApply.start(folder)) {
      List<List<byte[]>> stacks = new ArrayList<>(List.of(List.of(RandomLayers.golden())));
      seeds.forEach(seed -> stacks.add(RandomLayers.of(seed).layers()));
      List<ContainerdApply.Applied> theirs = containerd.apply(stacks);
      Map<String, String> golden = theirs.get(0).files().orElseThrow();
      for (int at = 1; at < stacks.size(); at++) {
        assertThat(believed(stacks.get(at))).isEmpty();
        Optional<Believed> mistaken = believed(RandomLayers.mistaken(seeds.get(at - 1)).layers());
        Optional<Map<String, String>> applied = theirs.get(at).files();
        if (mistaken.isPresent()
            && applied.isPresent()
            && !differences(mistaken.orElseThrow(), applied.orElseThrow(), golden).isEmpty()) {
          found.addAll(RandomLayers.oddKinds(seeds.get(at - 1)));
        }
      }
    }
    assertThat(found).containsExactly("odd 0", "odd 1", "odd 2", "odd 3");
  }

  @Test
  @NeedsPeer({"dockerd", "umoci"})
  @Timeout(1800)
  void asDockerAndUmociDo() {
    AskedRuntimes.Answer golden = AskedRuntimes.dockerAndUmoci(List.of(RandomLayers.golden()));
    List<Long> seeds =
        LongStream.iterate(SEED, seed -> seed + 1)
            .filter(seed -> believed(RandomLayers.of(seed).layers()).isPresent())
            .limit(FEWER)
            .boxed()
            .collect(Collectors.toList());
    // The bake's test begins at the other end, and most answers are the same.
    Collections.reverse(seeds);
    int docker = 0;
    int umoci = 0;
    for (long seed : seeds) {
      RandomLayers.Stack stack = RandomLayers.of(seed);
      Believed ours = believed(stack.layers()).orElseThrow();
      AskedRuntimes.Answer answer = AskedRuntimes.dockerAndUmoci(stack.layers());
      List<String> differences = new ArrayList<>();
      answer
          .docker()
          .ifPresent(
              theirs ->
                  differences.addAll(differences(ours, theirs, golden.docker().orElseThrow())));
      answer
          .umoci()
          .ifPresent(
              theirs ->
                  differences.addAll(differences(ours, theirs, golden.umoci().orElseThrow())));
      assertThat(differences).as("seed %d: %s", seed, stack.told()).isEmpty();
      docker += answer.docker().isPresent() ? 1 : 0;
      umoci += answer.umoci().isPresent() ? 1 : 0;
    }
    System.out.printf(
        "[gate] %d sequences from seed %d in which nothing is found: %d as Docker applies them, %d"
            + " as umoci does%n",
        seeds.size(), SEED, docker, umoci);
    assertThat(docker).isGreaterThanOrEqualTo(seeds.size() / 2);
    assertThat(umoci).isGreaterThanOrEqualTo(seeds.size() / 2);
  }

  /** In what a runtime's files are not what the gate believes; a line each. */
  private static List<String> differences(
      Believed ours, Map<String, String> applied, Map<String, String> golden) {
    List<String> differences = new ArrayList<>();
    golden.forEach(
        (path, told) -> {
          if (!told.equals(applied.get(path))) {
            differences.add("golden's " + path + ": " + applied.get(path));
          }
        });
    Map<String, String> links = new TreeMap<>();
    Map<String, String> files = new TreeMap<>();
    applied.forEach(
        (path, told) -> {
          if (!golden.containsKey(path) && GOLDEN.places().of(path).isEmpty()) {
            differences.add("in no place: " + path);
          }
          String[] words = told.split(" ", -1);
          String what = words.length < 2 ? "" : words[words.length - 2];
          if (what.equals("link")) {
            links.put(path, text(words[words.length - 1]));
          } else if (what.equals("file") && !golden.containsKey(path)) {
            files.put(path, words[words.length - 1]);
          }
        });
    if (!links.equals(ours.links())) {
      differences.add("links " + links + ", not " + ours.links());
    }
    if (!files.equals(ours.files())) {
      differences.add("files " + files + ", not " + ours.files());
    }
    return differences;
  }

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  /** Empty where the gate finds something. */
  private static Optional<Believed> believed(List<byte[]> layers) {
    try {
      ServiceLayers upper = new ServiceLayers(GOLDEN);
      Map<Digest, byte[]> tars = new HashMap<>();
      for (byte[] layer : layers.subList(1, layers.size())) {
        tars.put(Digest.of(layer), layer);
        upper.add(scanned(layer));
      }
      if (!upper.suspicions().isEmpty()) {
        return Optional.empty();
      }
      Map<String, String> links = new TreeMap<>();
      for (String path : upper.links().paths()) {
        links.put(path, upper.links().target(path).orElseThrow());
      }
      upper
          .files()
          .readBy(
              (layer, written) ->
                  content(Objects.requireNonNull(tars.get(layer.digest())), written));
      Map<String, String> files = new TreeMap<>();
      for (String path : upper.files().paths()) {
        files.put(path, upper.files().content(path).orElse("unknown"));
      }
      return Optional.of(new Believed(links, files));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  /** The SHA-256 of the file that a layer has under a name. */
  private static Optional<String> content(byte[] tar, String written) {
    Optional<String> found = Optional.empty();
    try (LayerReader reader =
        LayerReader.open("The layer", new ByteArrayInputStream(tar), LayerReader.Limits.DEFAULT)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        TarEntry entry = next.orElseThrow();
        if (entry.path().equals(written) && entry.type() == TarEntry.Type.FILE) {
          found = Optional.of(Digest.of(reader.content().readAllBytes()).hex());
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static LayerContents scanned(byte[] tar) {
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

  public static ImageConfig config() {
    return ImageConfig.read(
        "config",
        "{\"os\":\"linux\",\"architecture\":\"amd64\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[]}}"
            .getBytes(StandardCharsets.UTF_8));
  }
}
