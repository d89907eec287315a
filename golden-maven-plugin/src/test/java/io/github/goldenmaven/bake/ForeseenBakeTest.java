package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.peers.TwoStacks;
import io.github.goldenmaven.registry.ImageStore;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ForeseenBakeTest {

  private static final long PATIENCE = Duration.ofSeconds(30).toNanos();

  @TempDir Path folder;
  private DockerRegistry registry;
  private final RecordingConsole console = new RecordingConsole();

  @BeforeEach
  void bakeOnce() throws IOException {
    registry = DockerRegistry.start();
    push(TinyBase.writeTo(folder.resolve("tiny")));
    bake("name: java").run();
    console.lines.clear();
  }

  @AfterEach
  void stopRegistry() {
    registry.close();
  }

  @Test
  void theLayersAreWrittenWhileTheRegistryIsAsked() throws IOException {
    Set<Path> before = layers();

    bake("name: java\nprotect: {paths: [/etc/x]}")
        .through(store -> answeringAfter(() -> !layers().equals(before), store))
        .run();

    assertThat(lines("Plan for ")).isEqualTo(1);
    assertThat(lines("layered settings")).isEqualTo(1);
  }

  @Test
  void anOfficialImageThatMovedIsBakedOnAsItIsNow() throws IOException {
    push(TwoStacks.writeTo(folder.resolve("stacks"), new byte[0]));
    Digest moved = registry.manifest("official/java", "17-jre").orElseThrow().digest();

    BakeResult result = bake("name: java\nprotect: {paths: [/etc/x]}").run();

    assertThat(result.official().digest()).isEqualTo(moved);
    assertThat(lines("Plan for ")).isEqualTo(result.platforms().size());
  }

  /** What a dropped one wrote was not there before this bake. */
  @Test
  void aLayerThatADroppedBakeWroteIsNotToldAsUnchanged() throws IOException {
    push(TwoStacks.writeTo(folder.resolve("stacks"), new byte[0]));

    bake("name: java\nprotect: {paths: [/etc/x]}").run();

    assertThat(lines("layered settings from the cache")).isZero();
    assertThat(lines("layered settings")).isPositive();
  }

  @Test
  void nothingIsRememberedOfAPinnedImage() throws IOException {
    Digest digest = registry.manifest("official/java", "17-jre").orElseThrow().digest();
    Files.delete(notes().get(0));

    TestBake.of(definition("name: java", "@" + digest)).telling(console).run();

    assertThat(notes()).isEmpty();
    assertThat(lines("Plan for ")).isEqualTo(1);
  }

  private List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache/documents"))) {
      return files.filter(file -> file.toString().endsWith(".tag")).toList();
    }
  }

  @Test
  void whatIsRefusedIsToldAfterTheOfficialImage() throws IOException {
    TestBake refused = bake("name: java\nuser: nobody-knows-me");

    assertThatThrownBy(refused::run).isInstanceOf(RefusedException.class);

    assertThat(lines("resolved Official image ")).isEqualTo(1);
  }

  @Test
  void aNoteOfAnotherShapeIsNoDigest() throws IOException {
    assertThat(notes()).hasSize(1);
    Files.writeString(notes().get(0), "sha256:../../etc/passwd");

    assertThat(bake("name: java").run().outcome()).isEqualTo(BakeResult.Outcome.UNCHANGED);
  }

  private void push(LayoutFolder layout) {
    registry.push(layout, TinyBase.TAG, "official/java", "17-jre");
  }

  private long lines(String beginning) {
    return console.lines.stream().filter(line -> line.contains(beginning)).count();
  }

  private Set<Path> layers() {
    try (Stream<Path> files = Files.list(folder.resolve("cache/layers"))) {
      return files
          .filter(file -> file.toString().endsWith(".layer"))
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The store, whose first answer about a manifest waits for something to happen here. */
  private static ImageStore answeringAfter(BooleanSupplier happened, ImageStore store) {
    return (ImageStore)
        Proxy.newProxyInstance(
            ImageStore.class.getClassLoader(),
            new Class<?>[] {ImageStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("manifest")) {
                long begun = System.nanoTime();
                while (!happened.getAsBoolean()) {
                  assertThat(System.nanoTime() - begun).isLessThan(PATIENCE);
                  Thread.sleep(5);
                }
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private TestBake bake(String definition) throws IOException {
    return TestBake.of(definition(definition, "")).telling(console);
  }

  private Path definition(String definition, String pin) throws IOException {
    Files.writeString(folder.resolve("security-policy.json"), "{}\n");
    return Files.writeString(
        folder.resolve("golden.yaml"),
        """
        %s
        version: "17.0.1"
        line: "17"
        from: %s/official/java:17-jre%s
        to: %s/golden/java
        files: [{from: security-policy.json, into: /etc/security/}]
        """
            .formatted(definition, registry.host(), pin, registry.host()));
  }
}
