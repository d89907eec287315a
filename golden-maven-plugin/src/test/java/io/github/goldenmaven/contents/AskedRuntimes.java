package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.RandomLayers;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.ContainerdApply;
import io.github.goldenmaven.peers.DockerEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What runtimes make of stacks of layers, each asked once for all tests that want to know: the bake
 * and the gate are compared with the same answers. What was asked is kept as long as this JVM.
 */
public final class AskedRuntimes {

  private static final Map<String, Answer> ANSWERS = new ConcurrentHashMap<>();
  private static final Map<String, List<ContainerdApply.Applied>> APPLIED =
      new ConcurrentHashMap<>();
  private static @Nullable DockerEngine engine;

  private AskedRuntimes() {}

  /** What came of a stack, see {@link OtherRuntimes}; empty where the runtime refuses it. */
  public record Answer(Optional<Map<String, String>> docker, Optional<Map<String, String>> umoci) {}

  /** By Docker and umoci. */
  public static Answer dockerAndUmoci(List<byte[]> layers) {
    return ANSWERS.computeIfAbsent(key(layers), key -> ask(layers));
  }

  /**
   * By containerd: first of the golden image alone, then of the stacks of the seeds from one on.
   *
   * @param work where containerd may make folders
   */
  public static List<ContainerdApply.Applied> containerd(Path work, long seed, int sequences) {
    return APPLIED.computeIfAbsent(
        seed + " " + sequences,
        key -> {
          List<List<byte[]>> stacks = new ArrayList<>(List.of(List.of(RandomLayers.golden())));
          LongStream.range(0, sequences)
              .forEach(at -> stacks.add(RandomLayers.of(seed + at).layers()));
          try (ContainerdApply containerd = ContainerdApply.start(work)) {
            return containerd.apply(stacks);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static Answer ask(List<byte[]> layers) {
    try {
      Path work = Files.createTempDirectory("gm-asked-");
      try {
        return new Answer(
            OtherRuntimes.docker(engine(), layers, work), OtherRuntimes.umoci(layers, work));
      } finally {
        Command.of("rm", "-rf", work.toString()).run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** It ends with this JVM. */
  private static synchronized DockerEngine engine() {
    if (engine == null) {
      engine = DockerEngine.start();
    }
    return engine;
  }

  private static String key(List<byte[]> layers) {
    return layers.stream().map(layer -> Digest.of(layer).hex()).collect(Collectors.joining(" "));
  }
}
