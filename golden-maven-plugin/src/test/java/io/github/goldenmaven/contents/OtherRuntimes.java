package io.github.goldenmaven.contents;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.CommandFailedException;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * What Docker and umoci make of a stack of layers: path to what is there, folders and other nodes
 * without mode and owner, which runtimes give as they like to those that no layer names.
 */
public final class OtherRuntimes {

  /** What Docker puts into each container. */
  public static final Set<String> OF_DOCKER =
      Set.of(
          ".dockerenv",
          "dev",
          "dev/console",
          "dev/pts",
          "dev/shm",
          "proc",
          "sys",
          "etc/hosts",
          "etc/hostname",
          "etc/resolv.conf",
          "etc/mtab");

  private OtherRuntimes() {}

  /** Our telling of a tree as this class tells of one. */
  public static Map<String, String> plain(Map<String, String> told) {
    Map<String, String> plain = new TreeMap<>();
    told.forEach(
        (path, what) -> {
          String[] words = what.split(" ", 4);
          plain.put(
              path,
              switch (words[2]) {
                case "folder", "other" -> words[2];
                case "link" -> words[2] + " " + words[3];
                default -> what;
              });
        });
    return plain;
  }

  /** By {@code docker load} and {@code docker export}; empty where Docker refuses it. */
  public static Optional<Map<String, String>> docker(
      DockerEngine engine, List<byte[]> layers, Path folder) throws IOException {
    Path archive = folder.resolve("image.tar");
    Path exported = folder.resolve("exported.tar");
    // A name of its own: others may load theirs into the engine meanwhile.
    String name = "differential:" + folder.getFileName();
    Files.write(archive, saved(name, layers));
    try {
      engine.docker("load", "--quiet", "--input", archive.toString());
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
    String container = engine.docker("create", name, "/none").strip();
    // Container and image go with the engine: to remove each costs as much as to make it.
    engine.docker("export", "--output", exported.toString(), container);
    return Optional.of(exported(exported));
  }

  private static byte[] saved(String name, List<byte[]> layers) {
    String diffIds =
        layers.stream()
            .map(layer -> "\"" + Digest.of(layer) + "\"")
            .collect(Collectors.joining(","));
    String names =
        IntStream.range(0, layers.size())
            .mapToObj(at -> "\"" + at + "/layer.tar\"")
            .collect(Collectors.joining(","));
    RawTar tar =
        new RawTar()
            .file(
                "config.json",
                "{\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{},\"rootfs\":{\"type\":"
                    + "\"layers\",\"diff_ids\":["
                    + diffIds
                    + "]}}")
            .file(
                "manifest.json",
                "[{\"Config\":\"config.json\",\"RepoTags\":[\""
                    + name
                    + "\"],\"Layers\":["
                    + names
                    + "]}]");
    for (int at = 0; at < layers.size(); at++) {
      tar.file(at + "/layer.tar", new String(layers.get(at), StandardCharsets.ISO_8859_1));
    }
    return tar.end();
  }

  private static Map<String, String> exported(Path archive) throws IOException {
    Map<String, String> told = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String path = entry.getName().replaceAll("/+$", "");
        if (OF_DOCKER.contains(path)) {
          continue;
        }
        if (entry.isLink()) {
          told.put(path, String.valueOf(told.get(entry.getLinkName())));
        } else if (entry.isSymbolicLink()) {
          told.put(path, link(entry.getLinkName()));
        } else if (entry.isDirectory()) {
          told.put(path, "folder");
        } else if (entry.isCharacterDevice() || entry.isBlockDevice() || entry.isFIFO()) {
          told.put(path, "other");
        } else {
          told.put(
              path,
              "%o %d:%d file %s"
                  .formatted(
                      entry.getMode() & 07777,
                      entry.getLongUserId(),
                      entry.getLongGroupId(),
                      Digest.of(tar.readAllBytes()).hex()));
        }
      }
    }
    return told;
  }

  private static String link(String target) {
    return "link " + HexFormat.of().formatHex(target.getBytes(StandardCharsets.UTF_8));
  }

  /** By {@code umoci unpack}; empty where umoci refuses it. */
  public static Optional<Map<String, String>> umoci(List<byte[]> layers, Path folder)
      throws IOException {
    LayoutFolder layout = LayoutFolder.at(folder.resolve("layout"));
    PlatformImage image = LayerStack.of(layers).image();
    layers.forEach(tar -> layout.put(MediaTypes.OCI_LAYER, tar));
    Descriptor config = layout.put(MediaTypes.OCI_CONFIG, image.config().toBytes());
    if (!config.digest().equals(image.manifest().config().digest())) {
      throw new AssertionError("another config");
    }
    layout.put(image.manifest().raw(), "1");
    Path bundle = folder.resolve("bundle");
    try {
      Command.of(Machine.require("umoci").toString(), "unpack", "--image")
          .with(layout.path() + ":1", bundle.toString())
          .run();
    } catch (CommandFailedException e) {
      return Optional.empty();
    }
    Path root = bundle.resolve("rootfs");
    Map<String, String> told = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(file -> !file.equals(root)).toList()) {
        told.put(root.relativize(file).toString(), told(file));
      }
    }
    return Optional.of(told);
  }

  private static String told(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      return link(Files.readSymbolicLink(file).toString());
    }
    if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
      return "folder";
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "other";
    }
    Map<String, Object> facts = Files.readAttributes(file, "unix:mode,uid,gid");
    return "%o %d:%d file %s"
        .formatted(
            number(facts, "mode") & 07777,
            number(facts, "uid"),
            number(facts, "gid"),
            Digest.of(Files.readAllBytes(file)).hex());
  }

  private static int number(Map<String, Object> facts, String name) {
    return (int) Objects.requireNonNull(facts.get(name), name);
  }
}
