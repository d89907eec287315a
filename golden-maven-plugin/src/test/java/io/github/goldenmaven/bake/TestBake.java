package io.github.goldenmaven.bake;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bake of a golden.yaml that names no artifact, and runs nothing but where it is told how, with
 * its cache beside the file.
 */
record TestBake(
    Path definition,
    RegistryAccess access,
    Function<DaemonReference, ImageStore> engines,
    CommandRunner runs,
    Console console,
    Kind kind) {

  /**
   * How it is baked.
   *
   * @param mirrorOrNull what is read in place of the official image
   * @param dryRun whether nothing is pushed
   */
  private record Kind(@Nullable ImageReference mirrorOrNull, boolean dryRun) {}

  static TestBake of(Path definition) {
    return new TestBake(
        definition,
        AccessOfTests.ANONYMOUS,
        daemon -> {
          throw new IllegalStateException("no engine is asked for");
        },
        commands -> {
          throw new IllegalStateException("nothing is run");
        },
        new RecordingConsole(),
        new Kind(null, false));
  }

  /** Reads the official image there; {@code from} has to be pinned. */
  TestBake fromMirror(ImageReference mirror) {
    return new TestBake(
        definition, access, engines, runs, console, new Kind(mirror, kind.dryRun()));
  }

  TestBake asDryRun() {
    return new TestBake(
        definition, access, engines, runs, console, new Kind(kind.mirrorOrNull(), true));
  }

  TestBake withAccess(RegistryAccess granted) {
    return new TestBake(definition, granted, engines, runs, console, kind);
  }

  TestBake withRuns(CommandRunner run) {
    return new TestBake(definition, access, engines, run, console, kind);
  }

  TestBake withEngines(Function<DaemonReference, ImageStore> opened) {
    return new TestBake(definition, access, opened, runs, console, kind);
  }

  TestBake telling(Console listener) {
    return new TestBake(definition, access, engines, runs, listener, kind);
  }

  BakeResult run() {
    GoldenDefinition read = GoldenDefinition.read(definition);
    BakeRequest request =
        new BakeRequest(
            read,
            kind.mirrorOrNull() == null ? read.from() : read.at(kind.mirrorOrNull()),
            read.to(),
            null,
            null,
            () -> GitFacts.NONE,
            (coordinates, origin) -> {
              throw new IllegalStateException("no artifact is asked for");
            },
            runs,
            definition.resolveSibling("cache"),
            definition.resolveSibling("work"),
            Clock.systemUTC(),
            false,
            kind.dryRun());
    ImageStores stores = AccessOfTests.stores(access, engines);
    return new ImageBake(request, stores::open, console).run();
  }
}
