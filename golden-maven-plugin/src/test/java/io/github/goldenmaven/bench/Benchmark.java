package io.github.goldenmaven.bench;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.DockerEngine;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.JibReadable;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.RealBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Builds one service with jib-maven-plugin and with us, turn by turn, and writes the figures down.
 * Run by {@code mvn -B verify -Pbench}.
 */
public final class Benchmark {

  private static final int RUNS = Integer.getInteger("bench.runs", 5);

  /** {@code all}, or one part, which is told on the console and written nowhere. */
  private static final String ONLY = System.getProperty("bench.only", "all");

  private static final String HEAP = "-Xmx128m";

  private final Path work;
  private final Stopwatch stopwatch;
  private final DockerRegistry registry;
  private final DockerEngine engine;
  private final Path original;
  private final Path localRepository;
  private final Map<Tool, Service> services = new EnumMap<>(Tool.class);

  private Benchmark(
      Path work, Stopwatch stopwatch, DockerEngine engine, Path original, Path localRepository) {
    this.work = work;
    this.stopwatch = stopwatch;
    this.registry = stopwatch.registry();
    this.engine = engine;
    this.original = original;
    this.localRepository = localRepository;
  }

  /**
   * Arguments: folder to work in, folder of the service, Maven's home, settings file, local
   * repository, URL of the machine's own local repository, file to write, file of the section about
   * pipelines.
   */
  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[0]);
    Path localRepository = Path.of(arguments[4]);
    delete(work);
    Files.createDirectories(work);
    List<String> maven =
        List.of(
            "-s",
            arguments[3],
            "-Dmaven.repo.local=" + localRepository,
            "-Dcompany.mirror=" + arguments[5]);
    try (DockerRegistry registry =
            DockerRegistry.options().onDisk(work.resolve("storage")).start();
        DockerEngine engine = DockerEngine.start()) {
      Stopwatch stopwatch = new Stopwatch(Path.of(arguments[2]), maven, registry);
      new Benchmark(work, stopwatch, engine, Path.of(arguments[1]), localRepository)
          .run(Path.of(arguments[6]), Path.of(arguments[7]));
    } finally {
      delete(work);
    }
  }

  private void run(Path report, Path engineCost) throws IOException {
    LayoutFolder layout =
        GoldenFixture.of(RealBase.layout()).line("17").writeTo(work.resolve("golden"));
    JibReadable.tag(layout, "17", "17");
    registry.push(layout, "17", "golden/java", "17");
    String golden = registry.host() + "/golden/java:17";
    String digest = registry.manifest("golden/java", "17").orElseThrow().digest().toString();
    for (Tool tool : Tool.values()) {
      services.put(tool, Service.copy(original, work.resolve(name(tool))));
    }
    fetchEverything(golden);
    List<Report.Row> rows = new ArrayList<>();
    Map<String, String> bases = Map.of("digest", golden + "@" + digest, "tag", golden);
    for (String base : ONLY.equals("all") ? List.of("tag", "digest") : List.<String>of()) {
      for (Case what : List.of(Case.COLD, Case.UNCHANGED, Case.ONE_CLASS)) {
        rows.add(turns(what, base, bases.getOrDefault(base, golden)));
      }
    }
    if (ONLY.equals("bakes")) {
      new Bakes(work, stopwatch, engine, RUNS).measure().forEach(Benchmark::say);
      return;
    }
    rows.add(turns(Case.COLD_TWO, "tag", pushTwoLayers()));
    List<String> checks = new Checks(work, stopwatch, RUNS).measure(layout, "17", golden);
    if (ONLY.equals("checks")) {
      rows.forEach(row -> say(row.toString()));
      checks.forEach(Benchmark::say);
      return;
    }
    rows.add(turns(Case.ENGINE, "tag", golden));
    List<String> notes = new ArrayList<>(List.of(dockerBuild(golden), largeLayer(golden)));
    notes.addAll(checks);
    notes.addAll(new Bakes(work, stopwatch, engine, RUNS).measure());
    notes.add(Files.readString(engineCost));
    new Report(describe(), RUNS, rows, notes).write(report);
  }

  /** A golden of two layers, as jib's 30 requests are of: the JRE alone, and the settings. */
  private String pushTwoLayers() {
    LayoutFolder official = RealBase.javaAlone(work.resolve("java-alone"));
    LayoutFolder layout = GoldenFixture.of(official).line("17").writeTo(work.resolve("golden-two"));
    JibReadable.tag(layout, "17", "17");
    registry.push(layout, "17", "golden/two", "17");
    return registry.host() + "/golden/two:17";
  }

  /** Once online, so that no run measures a download from Maven Central. */
  private void fetchEverything(String base) {
    for (Tool tool : Tool.values()) {
      Path maven = stopwatch.maven().resolve("bin/mvn");
      Command.of(maven.toString(), "-B")
          .with(stopwatch.arguments().toArray(String[]::new))
          .with(
              "compile",
              "org.apache.maven.plugins:maven-dependency-plugin:3.10.0:copy-dependencies")
          .with("-DincludeScope=runtime", "-DoutputDirectory=libs")
          .with(tool.push(base, image(tool, "warm"), cache(tool)).toArray(String[]::new))
          .in(service(tool).folder())
          .timeout(Duration.ofMinutes(10))
          .run();
      engine(tool, base);
    }
  }

  private Report.Row turns(Case what, String kind, String base) throws IOException {
    Map<Tool, List<Measurement>> runs = new EnumMap<>(Tool.class);
    for (int run = 1; run <= RUNS; run++) {
      for (Tool tool : Tool.values()) {
        Measurement measured = measure(what, tool, base, kind + run);
        runs.computeIfAbsent(tool, none -> new ArrayList<>()).add(measured);
        say(what.title() + ", base by " + kind + ", " + tool.title() + ": " + measured);
      }
    }
    return Report.row(what, kind, runs);
  }

  private Measurement measure(Case what, Tool tool, String base, String run) throws IOException {
    Service service = service(tool);
    return switch (what) {
      case COLD, COLD_TWO -> {
        delete(cache(tool));
        delete(service.folder().resolve("target"));
        yield push(tool, base, image(tool, name(what) + "-" + run));
      }
      case UNCHANGED -> {
        push(tool, base, image(tool, "warm"));
        yield push(tool, base, image(tool, "warm"));
      }
      case ONE_CLASS -> {
        service.changeOneClass();
        yield push(tool, base, image(tool, "warm"));
      }
      case ENGINE -> {
        service.changeOneClass();
        yield engine(tool, base);
      }
    };
  }

  private Measurement push(Tool tool, String base, String image) {
    return stopwatch.run(service(tool).folder(), "", Map.of(), tool.push(base, image, cache(tool)));
  }

  private Measurement engine(Tool tool, String base) {
    return stopwatch.run(
        service(tool).folder(),
        "",
        Map.of("DOCKER_HOST", engine.host()),
        tool.load(
            base, "bench/" + name(tool) + ":1", cache(tool), Machine.require("docker").toString()));
  }

  /** A Dockerfile with jib's layers, on a daemon that has the base and every layer but one. */
  private String dockerBuild(String base) throws IOException {
    Service service = services.getOrDefault(Tool.GOLDEN, service(Tool.JIB));
    Files.writeString(
        service.folder().resolve("Dockerfile"),
        """
        FROM %s
        COPY libs /app/libs
        COPY resources /app/resources
        COPY classes /app/classes
        ENTRYPOINT ["java", "-cp", "/app/resources:/app/classes:/app/libs/*", "com.example.ledger.LedgerApplication"]
        """
            .formatted(base));
    Path context = work.resolve("context");
    String image = registry.host() + "/bench/docker:1";
    List<Long> builds = new ArrayList<>();
    List<Long> pushes = new ArrayList<>();
    for (int run = 0; run <= RUNS; run++) {
      service.changeOneClass();
      push(Tool.GOLDEN, base, image(Tool.GOLDEN, "warm"));
      delete(context);
      arrange(service.folder(), context);
      long begin = System.nanoTime();
      engine.docker("build", "--tag", image, context.toString());
      long built = System.nanoTime();
      engine.docker("push", image);
      if (run > 0) {
        builds.add(Duration.ofNanos(built - begin).toMillis());
        pushes.add(Duration.ofNanos(System.nanoTime() - built).toMillis());
      }
    }
    return String.format(
        Locale.ROOT,
        "For comparison, one class changed: `docker build` of a Dockerfile with the same layers, on a"
            + " warm daemon, takes %d ms, and `docker push` %d ms more (medians of %d). It needs a"
            + " daemon that keeps its layers, and gives another digest on every machine.",
        median(builds),
        median(pushes),
        RUNS);
  }

  private static void arrange(Path service, Path context) throws IOException {
    Path output = service.resolve("target/classes");
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String kind = file.toString().endsWith(".class") ? "classes" : "resources";
        Path to = context.resolve(kind).resolve(output.relativize(file));
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
    Files.createDirectories(context.resolve("libs"));
    try (Stream<Path> jars = Files.list(service.resolve("libs"))) {
      for (Path jar : jars.toList()) {
        Files.copy(jar, context.resolve("libs").resolve(jar.getFileName()));
      }
    }
    Files.copy(service.resolve("Dockerfile"), context.resolve("Dockerfile"));
  }

  private String largeLayer(String base) throws IOException {
    Path project = LargeJars.project(work.resolve("large"), localRepository);
    try {
      Measurement first =
          stopwatch.run(
              project,
              HEAP,
              Map.of(),
              Tool.GOLDEN.push(base, registry.host() + "/bench/large:1", cache(Tool.GOLDEN)));
      return String.format(
          Locale.ROOT,
          "Heap: a dependency layer of 2 GB was built and pushed with `MAVEN_OPTS=%s` in %.1f s (goal,"
              + " one run).",
          HEAP,
          first.goalMillis() / 1000.0);
    } finally {
      delete(localRepository.resolve("com/example/large"));
    }
  }

  private String describe() throws IOException {
    try (Stream<Path> jars = Files.list(service(Tool.GOLDEN).folder().resolve("libs"))) {
      List<Path> libraries = jars.toList();
      long bytes = 0;
      for (Path library : libraries) {
        bytes += Files.size(library);
      }
      return "A Spring Boot service with "
          + libraries.size()
          + " dependencies ("
          + bytes / 1_000_000
          + " MB), on a golden image with a JRE, in a docker-registry on the same machine.";
    }
  }

  private Service service(Tool tool) {
    Service service = services.get(tool);
    if (service == null) {
      throw new IllegalStateException("no service for " + tool);
    }
    return service;
  }

  private Path cache(Tool tool) {
    return work.resolve("cache-" + name(tool));
  }

  private String image(Tool tool, String tag) {
    return registry.host() + "/bench/" + name(tool) + "-" + tag + ":1";
  }

  private static String name(Case what) {
    return what.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String name(Tool tool) {
    return tool.name().toLowerCase(Locale.ROOT);
  }

  private static long median(List<Long> figures) {
    return figures.stream().sorted().skip(figures.size() / 2).findFirst().orElseThrow();
  }

  private static void say(String line) {
    System.out.println("[bench] " + line);
  }

  private static void delete(Path path) throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
