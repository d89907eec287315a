package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.CommandFailedException;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random stacks of layers are, to us, the files that umoci makes of them on a disk. */
@NeedsPeer("umoci")
class LayersAsUmociUnpacksThemTest {

  private static final int STACKS = 100;
  private static final String REFUSED = "refused";
  private static final String[] NAMES = {"a", "b", "c"};

  @TempDir Path folder;

  @Test
  void randomStacksAreTheSame() throws IOException {
    int unpacked = 0;
    for (int seed = 0; seed < STACKS; seed++) {
      String[] layers = layers(new Random(seed));
      LayerStack stack = LayerStack.of(layers);
      Map<String, String> theirs = unpacked(stack, folder.resolve("" + seed));
      Map<String, String> ours = ours(stack);
      if (ours.containsKey(REFUSED)) {
        // Umoci may take what others understand differently.
        continue;
      }
      assertThat(ours).as("seed %d: %s", seed, String.join("\n--\n", layers)).isEqualTo(theirs);
      unpacked += theirs.containsKey(REFUSED) ? 0 : 1;
    }
    assertThat(unpacked).isGreaterThan(STACKS / 3);
  }

  /** Whiteouts first in each layer: behind what the layer itself brings, tools disagree on them. */
  private static String[] layers(Random random) {
    // A hard link's own mode is applied by Docker and containerd, but not by umoci.
    boolean hardLinks = random.nextBoolean();
    String[] layers = new String[1 + random.nextInt(4)];
    for (int layer = 0; layer < layers.length; layer++) {
      List<String> lines = new ArrayList<>();
      for (int at = layer == 0 ? 3 : random.nextInt(3); layer > 0 && at > 0; at--) {
        lines.add(
            random.nextInt(4) == 0
                ? "f " + folderOf(random) + ".wh..wh..opq"
                : "f " + folderOf(random) + ".wh." + name(random));
      }
      for (int at = 3 + random.nextInt(8); at > 0; at--) {
        lines.add(entry(random, hardLinks));
        layers[layer] = String.join("\n", lines);
        // Most of what nobody could unpack is left out: the rest would hardly be looked at.
        String[] soFar = Arrays.copyOf(layers, layer + 1);
        if (ours(LayerStack.of(soFar)).containsKey(REFUSED) && random.nextInt(20) > 0) {
          lines.remove(lines.size() - 1);
        }
      }
      layers[layer] = String.join("\n", lines);
    }
    return layers;
  }

  private static String entry(Random random, boolean hardLinks) {
    String path = folderOf(random) + name(random);
    return switch (random.nextInt(hardLinks ? 7 : 6)) {
      case 0, 1 -> "d755 " + path;
      case 2, 3, 4 ->
          (hardLinks || random.nextBoolean() ? "f " : "f4750 ") + path + " " + random.nextInt(9);
      case 5 -> "l " + path + " " + (random.nextBoolean() ? "/" : "") + target(random);
      default -> "h " + path + " " + folderOf(random) + name(random);
    };
  }

  private static String target(Random random) {
    return (random.nextInt(3) == 0 ? "../" : "") + folderOf(random) + name(random);
  }

  private static String folderOf(Random random) {
    StringBuilder path = new StringBuilder();
    for (int depth = random.nextInt(3); depth > 0; depth--) {
      path.append(name(random)).append('/');
    }
    return path.toString();
  }

  private static String name(Random random) {
    return NAMES[random.nextInt(NAMES.length)];
  }

  /** Path to what it is; only {@code refused} where umoci cannot unpack it. */
  private static Map<String, String> unpacked(LayerStack stack, Path folder) throws IOException {
    LayoutFolder layout = LayoutFolder.at(folder.resolve("layout"));
    PlatformImage image = stack.image();
    stack.tars().forEach(tar -> layout.put(MediaTypes.OCI_LAYER, tar));
    Descriptor config = layout.put(MediaTypes.OCI_CONFIG, image.config().toBytes());
    assertThat(config.digest()).isEqualTo(image.manifest().config().digest());
    layout.put(image.manifest().raw(), "1");
    Path bundle = folder.resolve("bundle");
    try {
      Command.of(Machine.require("umoci").toString(), "unpack", "--image")
          .with(layout.path() + ":1")
          .with(Machine.isRoot() ? List.of().toArray(String[]::new) : new String[] {"--rootless"})
          .with(bundle.toString())
          .run();
    } catch (CommandFailedException e) {
      return Map.of(REFUSED, "");
    }
    Path root = bundle.resolve("rootfs");
    Map<String, String> told = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> !file.equals(root)).toList()) {
        told.put(root.relativize(file).toString(), told(file));
      }
    }
    return told;
  }

  private static String told(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return "link " + Files.readSymbolicLink(file);
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return "folder";
    }
    int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    byte[] bytes = Files.readAllBytes(file);
    return "file %o %d %s".formatted(mode, bytes.length, Digest.of(bytes));
  }

  private static Map<String, String> ours(LayerStack stack) {
    Map<String, String> told = new TreeMap<>();
    try {
      tell(stack.files(), "", told);
      return told;
    } catch (RefusedException e) {
      return Map.of(REFUSED, "");
    }
  }

  private static void tell(ImageFiles files, String folder, Map<String, String> told) {
    for (String name : files.names(folder)) {
      String path = folder.isEmpty() ? name : folder + "/" + name;
      ImageFiles.Node node = files.lookup(path).orElseThrow();
      assertThat(node.path()).isEqualTo(path);
      switch (node.type()) {
        case SYMBOLIC_LINK -> told.put(path, "link " + node.link());
        case DIRECTORY -> {
          told.put(path, "folder");
          tell(files, path, told);
        }
        default ->
            told.put(
                path, "file %o %d %s".formatted(node.mode(), node.size(), node.contentOrNull()));
      }
    }
  }
}
