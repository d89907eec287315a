package io.github.goldenmaven.bake;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.assembly.Begun;
import io.github.goldenmaven.assembly.Environment;
import io.github.goldenmaven.assembly.ImageAssembly;
import io.github.goldenmaven.assembly.ImageAssembly.StampedPlatform;
import io.github.goldenmaven.assembly.ImageAssembly.WrittenLayer;
import io.github.goldenmaven.assembly.LayerCache;
import io.github.goldenmaven.bake.Additions.Tier;
import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.bake.PlannedPath.Change;
import io.github.goldenmaven.golden.GoldenDefinition;
import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.oci.Compression;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.JsonObject;
import io.github.goldenmaven.oci.JsonValue;
import io.github.goldenmaven.oci.Layer;
import io.github.goldenmaven.oci.LayerEntry;
import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.BaseFacts;
import io.github.goldenmaven.provenance.GitFacts;
import io.github.goldenmaven.provenance.GoldenFacts;
import io.github.goldenmaven.provenance.Stamp;
import io.github.goldenmaven.provenance.Warning;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.DocumentCache;
import io.github.goldenmaven.registry.ImagePush;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.PushMemory;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The bake from top to bottom: resolve the official image once, look at its file system, plan what
 * golden.yaml adds, write the layers, stamp, assemble, push both tags, the line's last.
 */
public final class ImageBake {

  private static final Duration KEPT = Duration.ofDays(30);

  private final BakeRequest request;
  private final GoldenDefinition definition;
  private final Function<ImageReference, ImageStore> stores;
  private final Console console;
  private final LocalFiles local;

  /**
   * @param stores opens the store a reference names; closed at the end of the bake
   */
  public ImageBake(
      BakeRequest request, Function<ImageReference, ImageStore> stores, Console console) {
    this.request = request;
    this.definition = request.definition();
    this.stores = stores;
    this.console = console;
    this.local = new LocalFiles(definition, request.artifacts());
  }

  /** One platform, planned and written. */
  private record Baked(PlatformImage official, List<WrittenLayer> layers, Additions additions) {}

  /** Bakes and pushes; nothing is pushed when anything is refused. */
  public BakeResult run() {
    GoldenPolicy policy = request.policy();
    ReleaseOrWarning release = new ReleaseOrWarning(request, console);
    BakePush push = new BakePush(request, release, console);
    if (policy != null) {
      definition.told("from", () -> policy.requireOfficial(definition.from()));
      if (!request.source().name().equals(definition.from().name())) {
        policy.requireOfficialMirror(request.source());
      }
    }
    try (ImageStore store = stores.apply(request.source())) {
      // The first answer of a registry takes longer than all that is read here meanwhile.
      Begun<ResolvedImage> resolving =
          Begun.inBackground(
              () ->
                  new OfficialImage(request, console)
                      .resolve(new ImageResolver(store, documents())));
      // Asked before anything is written: a work folder must not make the work tree dirty.
      GitFacts git = request.git().get();
      git.warnings().forEach(this::warn);
      release.require(git);
      CompanyCertificates certificates =
          definition.told(
              "certificates",
              () -> CompanyCertificates.read(certificateFiles(), request.clock().instant()));
      BakedFiles files = BakedFiles.read(definition, local, request.work());
      ResolvedImage official = resolving.result();
      console.resolved("Official image", official.reference().toString(), official.digest());
      console.info(
          policy == null
              ? "No golden-policy.yaml: the official image's publisher was not checked"
              : "By golden-policy.yaml: the official image's publisher was checked");
      certificates.notes().forEach(console::info);
      certificates.warnings().forEach(this::warn);
      List<Baked> baked = new ArrayList<>();
      for (PlatformImage platform : official.platforms()) {
        baked.add(bake(platform, store, certificates, files));
      }
      tell(baked);
      List<StampedPlatform> platforms = stamped(official, baked, certificates.fingerprints(), git);
      AssembledImage image =
          new ImageAssembly(ImageAssembly.Format.OCI).assemble(platforms, official.isIndex());
      Outcome outcome = push(push, image, store);
      if (outcome != Outcome.DRY_RUN) {
        tidyUp();
      }
      return new BakeResult(
          push.references(),
          image,
          outcome != Outcome.DRY_RUN || definition.run().isEmpty(),
          official,
          platforms,
          certificates.fingerprints(),
          outcome);
    }
  }

  private List<CompanyCertificates.Source> certificateFiles() {
    List<CompanyCertificates.Source> sources = new ArrayList<>();
    for (int i = 0; i < definition.certificates().size(); i++) {
      String key = "certificates[" + i + "]";
      for (Path file : local.files(definition.certificates().get(i), key)) {
        sources.add(new CompanyCertificates.Source(file, key));
      }
    }
    return sources;
  }

  private Baked bake(
      PlatformImage platform,
      ImageStore store,
      CompanyCertificates certificates,
      BakedFiles declared) {
    List<WrittenLayer> layers = new ArrayList<>();
    List<Digest> digests = new ArrayList<>();
    platform.layers().forEach(layer -> digests.add(layer.digest()));
    List<LayerContents> contents =
        new ArrayList<>(new OfficialLayers(store, officialCache(), console).read(platform));
    run(platform, store)
        .ifPresent(
            ran -> {
              layers.add(new WrittenLayer("run", ran));
              digests.add(ran.blob().digest());
              contents.add(read(ran));
            });
    Additions additions =
        additions(platform, LayeredImageFiles.of(digests, contents), certificates, declared);
    BakePlan plan = BakePlan.of(platform.platform(), additions);
    console.info(
        "Plan for "
            + platform.platform()
            + ": "
            + plan.count(Change.ADDED)
            + " added, "
            + plan.count(Change.REPLACED)
            + " replaced, "
            + plan.count(Change.UNCHANGED)
            + " unchanged");
    if (request.dryRun()) {
      PlanTree.of(plan).forEach(console::info);
    }
    for (Tier tier : Tier.values()) {
      List<LayerEntry> entries = plan.entries(tier);
      if (!entries.isEmpty()) {
        layers.add(written(tier, entries));
      }
    }
    return new Baked(platform, layers, additions);
  }

  /** The layer that the commands of {@code run} made on the official image. */
  private Optional<Layer> run(PlatformImage platform, ImageStore store) {
    if (definition.run().isEmpty()) {
      return Optional.empty();
    }
    if (request.dryRun()) {
      int commands = definition.run().size();
      console.info(
          "Dry run: "
              + commands
              + (commands == 1 ? " command of 'run' was" : " commands of 'run' were")
              + " not run; what follows does not know what "
              + (commands == 1 ? "it changes" : "they change"));
      return Optional.empty();
    }
    warnOfVolumes(platform);
    return Optional.of(
        request.runs().run(new Runs.Request(platform, store, definition.run(), proxyVariables())));
  }

  /** An engine keeps what is in a volume outside of the image. */
  private void warnOfVolumes(PlatformImage platform) {
    List<String> volumes =
        platform
            .config()
            .runtime()
            .object("Volumes")
            .map(declared -> declared.fields().keySet().stream().sorted().toList())
            .orElse(List.of());
    if (!volumes.isEmpty()) {
      console.warn(
          "The official image declares volumes, and what 'run' changes in them is lost: '"
              + Printable.of(String.join("', '", volumes))
              + "'.",
          "Put files there with 'files' or 'tools' instead.");
    }
  }

  /** So that package managers find a way out; the image gets them only as {@code proxy} says. */
  private Map<String, String> proxyVariables() {
    return definition.proxy().map(BakedProxy::variables).orElse(Map.of());
  }

  private static LayerContents read(Layer layer) {
    try {
      return LayerContents.read("The layer that 'run' made", layer.blob().open());
    } catch (IOException e) {
      throw new UnavailableException(
          "The layer that 'run' made cannot be read again.", "Bake again.", e);
    }
  }

  private Additions additions(
      PlatformImage platform,
      ImageFiles files,
      CompanyCertificates certificates,
      BakedFiles declared) {
    Map<String, String> environment = platform.config().environment();
    Additions additions = new Additions(files, definition::refused);
    // First, for they may bring a JVM.
    declared.addTo(additions);
    List<JvmHome> jvms = definition.told("from", () -> jvms(additions, golden(environment)));
    definition.told(
        "certificates", () -> new TrustStores(certificates, trustStores()).addTo(additions, jvms));
    definition.proxy().ifPresent(proxy -> BakedProxy.add(proxy, jvms, additions));
    new BakedAgents(definition, local).addTo(additions, jvms, environment);
    declared.addVariablesTo(additions);
    if (!bringsUsers(additions)) {
      definition.user().ifPresent(user -> ImageUsers.require(user, files, definition));
    }
    return additions;
  }

  private static List<JvmHome> jvms(Additions additions, Map<String, String> environment) {
    ImageFiles files = additions.withAdded();
    List<JvmHome> jvms = JvmHome.of(files, environment);
    if (jvms.isEmpty()) {
      JvmHome.strays(files, environment).stream()
          .findFirst()
          .ifPresent(
              java ->
                  additions.warn(
                      "'"
                          + Printable.of(java)
                          + "' lies in no JVM, and no other was found to give certificates, proxy"
                          + " and agents to.",
                      "Name the JVM's folder as 'JAVA_HOME' in 'environment'."));
    }
    return jvms;
  }

  /** The environment that containers of the golden image have, as far as golden.yaml says it. */
  private Map<String, String> golden(Map<String, String> official) {
    Map<String, String> golden = new TreeMap<>(official);
    golden.putAll(definition.environment());
    return golden;
  }

  /** Whether the image's users are not those of the files looked at. */
  private boolean bringsUsers(Additions additions) {
    return (request.dryRun() && !definition.run().isEmpty())
        || additions.entries().stream()
            .map(addition -> addition.entry().path())
            .anyMatch(path -> path.equals("etc/passwd") || path.equals("etc/group"));
  }

  private WrittenLayer written(Tier tier, List<LayerEntry> entries) {
    LayerCache.Cached written =
        layers().layer(entries, tier == Tier.TOOLS ? Compression.STORED : Compression.DEFLATED);
    String name = tier.name().toLowerCase(Locale.ROOT);
    console.layered(name, written.layer().blob().size(), written.found());
    return new WrittenLayer(name, written.layer());
  }

  /** Each sentence once, however many platforms said it. */
  private void tell(List<Baked> baked) {
    Set<String> notes = new LinkedHashSet<>();
    Set<Warning> warnings = new LinkedHashSet<>();
    for (Baked platform : baked) {
      notes.addAll(platform.additions().notes());
      warnings.addAll(platform.additions().warnings());
    }
    notes.forEach(console::info);
    warnings.forEach(this::warn);
  }

  private void warn(Warning warning) {
    console.warn(warning.problem(), warning.remedy());
  }

  private List<StampedPlatform> stamped(
      ResolvedImage official, List<Baked> baked, List<String> certificates, GitFacts git) {
    Instant created = request.createdOrNull();
    GoldenFacts facts =
        new GoldenFacts(definition.name(), definition.version(), definition.line(), certificates);
    List<StampedPlatform> platforms = new ArrayList<>();
    for (Baked platform : baked) {
      PlatformImage below = platform.official();
      BaseFacts base =
          new BaseFacts(
              official.reference(), official.digest(), below.manifest().digest(), below.config());
      Stamp stamp =
          Stamp.ofGolden(
              base, facts, git, created != null ? created : git.commitTime().orElse(Instant.EPOCH));
      platforms.add(
          new StampedPlatform(
              below,
              stamp,
              platform.layers(),
              runtime -> runtime(runtime, platform.additions().environment())));
    }
    platforms.stream()
        .flatMap(platform -> platform.stamp().warnings().stream())
        .distinct()
        .forEach(this::warn);
    console.stamped(platforms.get(0).stamp().labels().size());
    return platforms;
  }

  /** Environment and user; entrypoint, command and all the rest stay the official image's. */
  private JsonObject runtime(JsonObject official, Map<String, String> environment) {
    JsonObject runtime =
        environment.isEmpty()
            ? official
            : official.with(
                "Env", JsonValue.ofTexts(Environment.over(official.strings("Env"), environment)));
    return definition.user().map(user -> runtime.with("User", user)).orElse(runtime);
  }

  private Outcome push(BakePush push, AssembledImage image, ImageStore officialStore) {
    if (request.dryRun()) {
      push.tellWhatWouldBe(image, stores);
      return Outcome.DRY_RUN;
    }
    try (ImageStore target = stores.apply(push.references().get(0))) {
      return push.push(image, target, new ImagePush(target, officialStore, pushes(), console))
          ? Outcome.PUSHED
          : Outcome.UNCHANGED;
    }
  }

  /** What no bake has used for a month goes. */
  private void tidyUp() {
    Instant oldest = Instant.now().minus(KEPT);
    documents().prune(oldest);
    layers().prune(oldest);
    pushes().prune(oldest);
    officialCache().prune(oldest);
    trustStores().prune(oldest);
  }

  private DocumentCache documents() {
    return request.documents();
  }

  private LayerCache layers() {
    return new LayerCache(request.cache().resolve("layers"), Clock.systemUTC());
  }

  private PushMemory pushes() {
    return new PushMemory(request.cache().resolve("pushed"));
  }

  private TrustStoreCache trustStores() {
    return new TrustStoreCache(request.cache().resolve("trust-stores"));
  }

  private LayerContentsCache officialCache() {
    return new LayerContentsCache(request.cache().resolve("official"), Clock.systemUTC());
  }
}
