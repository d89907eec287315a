package io.github.goldenmaven.peers;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What containerd makes of layers: its own {@code archive.Apply}, with Go's reader of tars, in a
 * small program that is compiled against Debian's packages and kept between runs. One process for
 * all that are asked about.
 */
public final class ContainerdApply implements AutoCloseable {

  private static final String SOURCE = "apply.go";

  private final Process process;
  private final DataOutputStream in;
  private final BufferedReader out;
  private int read;

  private ContainerdApply(Process process) {
    this.process = process;
    this.in = new DataOutputStream(process.getOutputStream());
    this.out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
  }

  /**
   * Starts it.
   *
   * @param work where it makes folders, and removes them
   * @throws PeerMissingException where there is no Go, or not containerd's source
   */
  public static ContainerdApply start(Path work) {
    try {
      Path program = Cache.file("containerd-apply-" + key(), ContainerdApply::compile);
      ProcessBuilder builder = new ProcessBuilder(program.toString());
      builder.environment().put("TMPDIR", work.toString());
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      return new ContainerdApply(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key() throws IOException {
    return io.github.goldenmaven.oci.Digest.of(source()).hex().substring(0, 12);
  }

  private static byte[] source() throws IOException {
    try (InputStream source =
        Objects.requireNonNull(ContainerdApply.class.getResourceAsStream(SOURCE))) {
      return source.readAllBytes();
    }
  }

  private static void compile(Path program, Path work) throws IOException {
    System.out.println(
        "[peers] Compiling containerd's way of applying layers; kept for later runs.");
    Path go = Machine.require("go");
    Path installed = Path.of("/usr/share/gocode");
    Path sources = work.resolve("usr/share/gocode");
    if (!Files.exists(installed.resolve("src/github.com/containerd/containerd/archive"))) {
      DebianPackages.unpack(
          work,
          "golang-github-containerd-containerd-dev",
          "golang-github-containerd-continuity-dev",
          "golang-github-sirupsen-logrus-dev",
          "golang-github-klauspost-compress-dev",
          "golang-golang-x-sys-dev",
          "golang-golang-x-sync-dev",
          "golang-github-opencontainers-go-digest-dev",
          "golang-github-opencontainers-image-spec-dev");
    }
    Path main = work.resolve(SOURCE);
    Files.write(main, source());
    Command.of(go.toString(), "build", "-o", program.toString(), main.toString())
        .environment("GOPATH", sources + ":" + installed)
        .environment("GO111MODULE", "off")
        .environment("CGO_ENABLED", "0")
        .environment("GOCACHE", work.resolve("go-cache").toString())
        .timeout(java.time.Duration.ofMinutes(10))
        .run();
  }

  /**
   * Asks about stacks of layers, each bottom first. What it says is read while it is asked.
   *
   * @return for each stack its files, see {@link #next}
   */
  public List<Applied> apply(List<List<byte[]>> stacks) throws IOException {
    CompletableFuture<@Nullable Void> asking =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (List<byte[]> layers : stacks) {
                  in.writeInt(layers.size());
                  for (byte[] layer : layers) {
                    in.writeInt(layer.length);
                    in.write(layer);
                  }
                }
                in.flush();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    List<Applied> answers = new ArrayList<>();
    for (int at = 0; at < stacks.size(); at++) {
      answers.add(next());
    }
    asking.join();
    return answers;
  }

  /**
   * What came of a stack.
   *
   * @param files path to {@code MODE UID:GID WHAT}; empty where containerd cannot apply the stack
   * @param refusal why it cannot; empty where it can
   */
  public record Applied(Optional<Map<String, String>> files, String refusal) {}

  private Applied next() throws IOException {
    Map<String, String> told = new TreeMap<>();
    String refusal = "";
    read++;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] words = line.split(" ", 2);
      if (words[0].equals("refused")) {
        refusal = words[1];
      } else {
        told.put(text(words[0]), words[1]);
      }
    }
    return new Applied(refusal.isEmpty() ? Optional.of(told) : Optional.empty(), refusal);
  }

  private String line() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IllegalStateException("containerd's way of applying layers ended at stack " + read);
    }
    return line;
  }

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroy();
  }
}
