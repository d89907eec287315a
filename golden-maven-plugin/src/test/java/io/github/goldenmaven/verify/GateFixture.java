package io.github.goldenmaven.verify;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.verify.report.GateReport;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A registry with golden images and room for services, and a gate before it. */
final class GateFixture implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  final DockerRegistry registry = DockerRegistry.start();
  final LayoutFolder official;
  final LayoutFolder golden;
  final String goldenName;
  private final Path folder;
  private int images;

  GateFixture(Path folder) {
    this.folder = folder;
    official = TinyBase.writeTo(folder.resolve("official"));
    golden = GoldenFixture.of(official).runnable().writeTo(folder.resolve("golden"));
    goldenName = registry.host() + "/golden/java:21";
    registry.push(golden, "21", "golden/java", "21");
  }

  /** Another golden of the repository, with what runs, written to a layout and pushed. */
  LayoutFolder push(GoldenFixture fixture, String tag) {
    LayoutFolder layout = fixture.runnable().writeTo(folder.resolve("golden" + ++images), tag);
    registry.push(layout, tag, "golden/java", tag);
    return layout;
  }

  ApplicationFixture service() {
    return ApplicationFixture.on(golden, "21", goldenName);
  }

  /** One with jars that start, in the places where tests' commands name them, and a JVM. */
  ApplicationFixture runnable() {
    ClassFiles jar =
        new ClassFiles()
            .manifest("Main-Class: shop.Orders")
            .with("shop/Orders.class", 17)
            .with("Main.class", 17);
    ClassFiles loader =
        new ClassFiles().with("org/springframework/boot/loader/launch/JarLauncher.class", 17);
    return service()
        .with(
            jar.entry("app/x.jar"),
            jar.entry("app/java/app.jar"),
            jar.entry("app/libs/a.jar"),
            loader.entry("app/loader.jar"),
            ClassFiles.entry("Main.class", ClassFiles.header(17)),
            Reported.file("app/jdk/bin/java", "", 0755),
            Reported.file("mnt/jdk/bin/java", "", 0755));
  }

  /** Pushes a service and gives its reference. */
  String push(ApplicationFixture fixture) {
    String tag = "t" + ++images;
    LayoutFolder layout = LayoutFolder.at(folder.resolve(tag));
    fixture.writeTo(layout, tag);
    registry.push(layout, tag, "apps/orders", tag);
    return registry.host() + "/apps/orders:" + tag;
  }

  String policyText() {
    return "official: [docker.io/library/*]\ngolden: [" + registry.host() + "/golden/*]\n";
  }

  GoldenPolicy policy(String more) {
    try {
      Path file = Files.createTempFile(folder, "policy", ".yaml");
      Files.writeString(file, policyText() + more);
      return GoldenPolicy.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ImageReport check(ApplicationFixture fixture) {
    return check(push(fixture));
  }

  ImageReport check(String reference) {
    return check(policy(""), reference).images().get(0);
  }

  GateReport check(GoldenPolicy policy, String... references) {
    return check(policy, (ImageReference) null, references);
  }

  /** As before a promotion to the target. */
  GateReport checkBefore(GoldenPolicy policy, @Nullable String target, String reference) {
    return check(policy, target == null ? null : ImageReference.parse(target), reference);
  }

  private GateReport check(
      GoldenPolicy policy, @Nullable ImageReference target, String... references) {
    Path cache = folder.resolve("cache");
    return new Gate(
            new GateRequest(
                Arrays.stream(references).map(ImageReference::parse).toList(),
                List.of(),
                policy,
                cache,
                cache.resolve("scans"),
                target,
                NOW,
                Set.of(),
                false),
            AccessOfTests.stores(
                    AccessOfTests.ANONYMOUS,
                    daemon -> {
                      throw new AssertionError(daemon);
                    })
                ::open,
            new RecordingConsole())
        .check();
  }

  @Override
  public void close() {
    registry.close();
  }
}
