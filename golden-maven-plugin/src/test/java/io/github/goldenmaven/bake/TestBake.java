package io.github.goldenmaven.bake;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.golden.GoldenDefinition;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.provenance.GitFacts;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ImageStores;
import io.github.goldenmaven.registry.RegistryAccess;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/**
 * A bake of a golden.yaml that names no artifact, and runs nothing but where it is told how, with
 * its cache beside the file.
 */
record TestBake(
    Path definition,
    RegistryAccess access,
    Function<DaemonReference, ImageStore> engines,
    Runs runs,
    Console console) {

  static TestBake of(Path definition) {
    return new TestBake(
        definition,
        RegistryAccess.ANONYMOUS,
        daemon -> {
          throw new IllegalStateException("no engine is asked for");
        },
        commands -> {
          throw new IllegalStateException("nothing is run");
        },
        new RecordingConsole());
  }

  TestBake withAccess(RegistryAccess granted) {
    return new TestBake(definition, granted, engines, runs, console);
  }

  TestBake withRuns(Runs run) {
    return new TestBake(definition, access, engines, run, console);
  }

  TestBake withEngines(Function<DaemonReference, ImageStore> opened) {
    return new TestBake(definition, access, opened, runs, console);
  }

  TestBake telling(Console listener) {
    return new TestBake(definition, access, engines, runs, listener);
  }

  BakeResult run() {
    GoldenDefinition read = GoldenDefinition.read(definition);
    BakeRequest request =
        new BakeRequest(
            read,
            read.from(),
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
            false);
    ImageStores stores = new ImageStores(access, engines);
    return new ImageBake(request, stores::open, console).run();
  }
}
