package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Images that Docker builds, on a small base in which {@code /bin}, {@code /lib} and {@code /lib64}
 * are links, as in today's distributions: a shell of this machine and some programs.
 *
 * @param engine that builds them
 * @param folder for files on the way
 */
public record BuiltImages(DockerEngine engine, Path folder) {

  /** The base, of one layer. */
  public static final String BASE = "honest-base";

  private static final Pattern LIBRARY = Pattern.compile("(?m)^[^/\\n]*(/\\S+)");

  private static final String BUILD_CONTEXT =
      """
      mkdir -p dir/sub
      echo x > x
      echo 1 > dir/1
      echo 2 > dir/sub/2
      ln -s 1 dir/link
      ln dir/1 dir/hard
      tar cf a.tar dir
      tar czf b.tgz ./dir x
      """;

  /** Makes the base and what is copied into images: {@code x}, {@code dir} and two archives. */
  public static BuiltImages in(DockerEngine engine, Path folder) throws IOException {
    BuiltImages images = new BuiltImages(engine, folder);
    Path root = folder.resolve("root");
    String shell =
        "mkdir -p usr/bin usr/lib usr/lib64 etc/conf.d var/log run tmp home opt srv\n"
            + "mkdir dev proc sys; chmod 1777 tmp\n"
            + "ln -s usr/bin bin; ln -s usr/lib lib; ln -s usr/lib64 lib64; ln -s ../run var/run\n"
            + "echo root:x:0:0::/:/bin/sh > etc/passwd; echo 1 > etc/conf.d/1; echo 2 > var/log/2\n"
            + "cp -L $(for p in sh rm mkdir ln mv cp chmod chown; do command -v $p; done)"
            + " usr/bin\n";
    Command.of("sh", "-eu", "-c", shell).in(Files.createDirectory(root)).run();
    for (String program : List.of("sh", "cp", "mkdir")) {
      Matcher library =
          LIBRARY.matcher(Command.of("ldd", root.resolve("usr/bin/" + program).toString()).run());
      while (library.find()) {
        Path copy = root.resolve(library.group(1).substring(1));
        Files.createDirectories(copy.getParent());
        Command.of("cp", "-L", library.group(1), copy.toString()).run();
      }
    }
    Path archive = folder.resolve("base.tar");
    Command.of("tar", "-C", root.toString(), "-cf", archive.toString(), ".").run();
    engine.docker("import", archive.toString(), BASE);
    Path context = Files.createDirectory(folder.resolve("context"));
    Command.of("sh", "-eu", "-c", BUILD_CONTEXT).in(context).run();
    return images;
  }

  /**
   * Builds an image.
   *
   * @param buildKit whether by BuildKit; else by the builder that Docker had before
   * @return its layers, the base's first
   */
  public List<byte[]> build(String dockerfile, boolean buildKit) throws IOException {
    Path file = Files.writeString(folder.resolve("Dockerfile"), dockerfile);
    Command.of(Machine.require("docker").toString(), "--host", engine.host())
        .with("build", "--quiet", "--network", "none", "--tag", "honest:1")
        .with("--file", file.toString(), folder.resolve("context").toString())
        .environment("DOCKER_CONFIG", folder.toString())
        .environment("DOCKER_CONTEXT", "")
        .environment("DOCKER_BUILDKIT", buildKit ? "1" : "0")
        .run();
    return layers("honest:1");
  }

  /**
   * Whether this docker command builds by BuildKit: newer ones need a plug-in for it. In CI it has
   * to.
   */
  public boolean hasBuildKit() throws IOException {
    try {
      build("FROM " + BASE + "\nUSER 1\n", true);
      return true;
    } catch (CommandFailedException e) {
      if (!Machine.isContinuousIntegration() && String.valueOf(e.getMessage()).contains("buildx")) {
        System.out.println("[peers] This docker command has no BuildKit.");
        return false;
      }
      throw e;
    }
  }

  /** The layers of an image of the engine as {@code docker save} has them, the lowest first. */
  public List<byte[]> layers(String image) throws IOException {
    Path saved = Files.createTempDirectory(folder, "saved");
    Path archive = saved.resolve("image.tar");
    engine.docker("save", "--output", archive.toString(), image);
    Command.of("tar", "-C", saved.toString(), "-xf", archive.toString()).run();
    String manifest = Files.readString(saved.resolve("manifest.json"));
    JsonObject images =
        StrictJson.read(
            "manifest.json", ("{\"images\":" + manifest + "}").getBytes(StandardCharsets.UTF_8));
    List<byte[]> layers = new ArrayList<>();
    for (String layer : images.objects("images").get(0).strings("Layers")) {
      layers.add(Files.readAllBytes(saved.resolve(layer)));
    }
    return layers;
  }
}
