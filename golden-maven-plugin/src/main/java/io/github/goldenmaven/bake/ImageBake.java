package io.github.goldenmaven.bake;

import io.github.goldenmaven.assembly.Environment;
import io.github.goldenmaven.assembly.ImageAssembly;
import io.github.goldenmaven.assembly.ImageAssembly.StampedPlatform;
import io.github.goldenmaven.bake.BakeResult.Outcome;
import io.github.goldenmaven.bake.PlatformBake.BakedPlatform;
import io.github.goldenmaven.bake.certificates.CompanyCertificates;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.provenance.BaseFacts;
import io.github.goldenmaven.provenance.GoldenFacts;
import io.github.goldenmaven.provenance.Stamp;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.ImagePush;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The bake from top to bottom: resolve the official image once, look at its file system, plan what
 * golden.yaml adds, write the layers, stamp, assemble, push both tags, the line's last.
 */
public final class ImageBake {

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

  /** Bakes and pushes; nothing is pushed when anything is refused. */
  public BakeResult run() {
    requireDefinition();
    ReleaseGuard release = new ReleaseGuard(request, console);
    try (ImageStore store = stores.apply(request.source())) {
      // The first answer of a registry takes longer than all that is done here meanwhile.
      BackgroundTask<ResolvedImage> resolving =
          BackgroundTask.start("golden-background", () -> resolve(store));
      // Asked before anything is written: a work folder must not make the work tree dirty.
      GitFacts git = request.git().get();
      git.warnings().forEach(this::warn);
      release.require(git);
      CompanyCertificates certificates = certificates();
      BakedFiles files = BakedFiles.read(definition, local, request.work());
      ResolvedImage official = resolving.result("it asked what the image is");
      tell(official, certificates);
      List<BakedPlatform> baked =
          new PlatformBake(request, store, certificates, files, local, console).of(official);
      tell(baked);
      List<StampedPlatform> platforms = stamped(official, baked, certificates.fingerprints(), git);
      AssembledImage image =
          new ImageAssembly(ImageAssembly.Format.OCI).assemble(platforms, official.isIndex());
      BakePush push = new BakePush(request, release, console);
      Outcome outcome = push(push, image, store);
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

  /** What needs no image to be refused. */
  private void requireDefinition() {
    requireOfficialPublisher();
    BakedContainer.requireOwnLabels(definition);
  }

  private void requireOfficialPublisher() {
    GoldenPolicy policy = request.policy();
    if (policy == null) {
      return;
    }
    definition.told("from", () -> policy.requireOfficial(definition.from()));
    if (!request.source().name().equals(definition.from().name())) {
      policy.requireOfficialMirror(request.source());
    }
  }

  private ResolvedImage resolve(ImageStore store) {
    return new OfficialImage(request, console)
        .resolve(new ImageResolver(store, request.documents()), store);
  }

  private CompanyCertificates certificates() {
    return definition.told(
        "certificates",
        () -> CompanyCertificates.read(certificateFiles(), request.clock().instant()));
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

  private void tell(ResolvedImage official, CompanyCertificates certificates) {
    console.resolved("Official image", official.reference().toString(), official.digest());
    console.info(
        request.policy() == null
            ? "No golden-policy.yaml: the official image's publisher was not checked"
            : "By golden-policy.yaml: the official image's publisher was checked");
    certificates.notes().forEach(console::info);
    certificates.warnings().forEach(this::warn);
  }

  /** Each sentence once, however many platforms said it. */
  private void tell(List<BakedPlatform> baked) {
    Set<String> notes = new LinkedHashSet<>();
    Set<Warning> warnings = new LinkedHashSet<>();
    for (BakedPlatform platform : baked) {
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
      ResolvedImage official, List<BakedPlatform> baked, List<String> certificates, GitFacts git) {
    List<StampedPlatform> platforms = new ArrayList<>();
    for (BakedPlatform platform : baked) {
      PlatformImage below = platform.official();
      BaseFacts base =
          new BaseFacts(
              official.reference(), official.digest(), below.manifest().digest(), below.config());
      Stamp stamp =
          Stamp.ofGolden(
              base,
              facts(platform, certificates),
              git,
              request.createdOrNull(),
              new TreeMap<>(definition.container().labels()));
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

  private GoldenFacts facts(BakedPlatform platform, List<String> certificates) {
    return new GoldenFacts(
        definition.name(),
        definition.version(),
        definition.line(),
        certificates,
        platform.additions().java().orElse(null),
        StampedFiles.of(
            platform,
            definition,
            platform
                .official()
                .config()
                .withRuntime(official -> runtime(official, platform.additions().environment()))));
  }

  /** Environment, and what golden.yaml says of containers; the rest is the official image's. */
  private JsonObject runtime(JsonObject official, Map<String, String> environment) {
    JsonObject runtime =
        environment.isEmpty()
            ? official
            : official.with(
                "Env", JsonValue.ofTexts(Environment.over(official.strings("Env"), environment)));
    return BakedContainer.over(runtime, definition);
  }

  private Outcome push(BakePush push, AssembledImage image, ImageStore officialStore) {
    if (request.dryRun()) {
      push.tellWhatWouldBe(image, stores);
      return Outcome.DRY_RUN;
    }
    try (ImageStore target = stores.apply(push.references().get(0))) {
      boolean sent =
          push.push(image, target, new ImagePush(target, officialStore, request.pushes(), console));
      new Cache(request.cache()).tidyUp(Instant.now());
      return sent ? Outcome.PUSHED : Outcome.UNCHANGED;
    }
  }
}
