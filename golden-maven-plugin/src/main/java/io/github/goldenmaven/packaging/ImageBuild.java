package io.github.goldenmaven.packaging;

import io.github.goldenmaven.assembly.ImageAssembly;
import io.github.goldenmaven.assembly.ImageAssembly.StampedPlatform;
import io.github.goldenmaven.assembly.ImageAssembly.WrittenLayer;
import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.cache.LayerCache;
import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.concurrent.BackgroundTask;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.packaging.BuildResult.Outcome;
import io.github.goldenmaven.packaging.classfile.JarClasses;
import io.github.goldenmaven.packaging.classfile.LoadableClasses;
import io.github.goldenmaven.packaging.classfile.ServiceClasses;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import io.github.goldenmaven.packaging.start.StartCheck;
import io.github.goldenmaven.provenance.BaseFacts;
import io.github.goldenmaven.provenance.ProjectFacts;
import io.github.goldenmaven.provenance.Stamp;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.registry.AssembledImage;
import io.github.goldenmaven.registry.ImagePush;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The main job from top to bottom: resolve the base once and see that it is golden, layer the
 * service, stamp, assemble, and push what the target lacks.
 */
public final class ImageBuild {

  private final BuildRequest request;
  private final Function<ImageReference, ImageStore> stores;
  private final Console console;

  /**
   * @param stores opens the store a reference names; closed at the end of the build
   */
  public ImageBuild(
      BuildRequest request, Function<ImageReference, ImageStore> stores, Console console) {
    this.request = request;
    this.stores = stores;
    this.console = console;
  }

  /** What the project gave, layered. */
  private record Packaged(
      PackagedService service,
      ServiceClasses classes,
      List<WrittenLayer> layers,
      List<Told> told) {}

  /** A line about a layer, kept until the base has been accepted. */
  private record Told(String name, long bytes, boolean cached) {}

  /** Builds and pushes; nothing is pushed when anything is refused. */
  public BuildResult run() {
    try (ImageStore baseStore = stores.apply(request.base())) {
      // The first answer of a registry takes longer than all the rest: layers use that time.
      BackgroundTask<ResolvedImage> resolving =
          BackgroundTask.start("golden-background", () -> BuildBase.resolve(baseStore, request));
      BackgroundTask<GitFacts> askingGit = BackgroundTask.start("golden-background", request.git());
      BackgroundTask<Packaged> packaging = BackgroundTask.here(this::packaged);
      ResolvedImage base = resolving.result("it asked what the image is");
      console.resolved("Golden image", request.base().toString(), base.digest());
      console.info(
          request.policy() == null
              ? "No golden-policy.yaml: the base's role label was checked, nothing more"
              : "By golden-policy.yaml: the base's repository and role label were checked;"
                  + " freshness, sources, labels and waivers are for the release gate");
      Packaged packaged = packaging.result("it packaged the service");
      List<ImageConfig> goldens = base.platforms().stream().map(PlatformImage::config).toList();
      new StartCheck(request.base(), packaged.service()).require(goldens);
      ServicePlaces.require(goldens, packaged.service().layers(), request.policy(), console);
      LoadableClasses.require(goldens, packaged.service(), packaged.classes(), console);
      packaged.told().forEach(told -> console.layered(told.name(), told.bytes(), told.cached()));
      List<StampedPlatform> platforms = stamped(base, askingGit.result("it asked git"), packaged);
      AssembledImage image =
          new ImageAssembly(format(packaged.service().container()))
              .assemble(platforms, base.isIndex());
      Outcome outcome = push(image, baseStore);
      new Cache(request.cache()).tidyUp(Instant.now());
      return new BuildResult(
          request.target(), request.further(), image, base, packaged.layers(), platforms, outcome);
    }
  }

  private Packaged packaged() {
    PackagedService service = request.service().get();
    LayerCache cache = layers();
    List<WrittenLayer> layers = new ArrayList<>();
    List<Told> told = new ArrayList<>();
    for (ServiceLayer layer : service.layers()) {
      LayerCache.Cached written = cache.layer(layer.entries(), layer.compression());
      layers.add(new WrittenLayer(layer.name(), written.layer()));
      told.add(new Told(layer.name(), written.layer().blob().size(), written.found()));
    }
    return new Packaged(service, ServiceClasses.of(service, jarClasses()), layers, told);
  }

  private List<StampedPlatform> stamped(ResolvedImage base, GitFacts git, Packaged packaged) {
    PackagedService service = packaged.service();
    RuntimeConfig runtime = new RuntimeConfig(service.container());
    git.warnings().forEach(warning -> console.warn(warning.problem(), warning.remedy()));
    if (request.release()) {
      ReleaseRules.require(request.project(), request.snapshots(), git);
    }
    Instant written = service.container().created();
    ProjectFacts project =
        written == null ? request.project() : request.project().createdAt(written);
    List<StampedPlatform> platforms = new ArrayList<>();
    for (PlatformImage platform : base.platforms()) {
      BaseFacts facts =
          new BaseFacts(
              base.reference(), base.digest(), platform.manifest().digest(), platform.config());
      Stamp stamp = Stamp.ofApplication(facts, project, git, service.container().labels());
      platforms.add(new StampedPlatform(platform, stamp, packaged.layers(), runtime::over));
    }
    platforms.stream()
        .flatMap(platform -> platform.stamp().warnings().stream())
        .distinct()
        .forEach(warning -> console.warn(warning.problem(), warning.remedy()));
    console.stamped(platforms.get(0).stamp().labels().size());
    List<ImageConfig> configs = base.platforms().stream().map(PlatformImage::config).toList();
    BaseOverrides.warnings(configs, service.container().environment())
        .forEach(warning -> console.warn(warning.problem(), warning.remedy()));
    return platforms;
  }

  private static ImageAssembly.Format format(ServiceContainer container) {
    return container.format() == ImageAssembly.Format.DOCKER
        ? ImageAssembly.Format.DOCKER
        : ImageAssembly.Format.OCI;
  }

  private Outcome push(AssembledImage image, ImageStore baseStore) {
    Digest digest = image.top().digest();
    if (request.dryRun()) {
      console.wouldPush(request.target().toString(), digest);
      request.further().forEach(further -> console.wouldPush(further.toString(), digest));
      return Outcome.DRY_RUN;
    }
    try (ImageStore target = stores.apply(request.target())) {
      ImagePush push = new ImagePush(target, baseStore, pushes(), console);
      boolean sent =
          told(request.target(), digest, push.push(image, BuildTarget.tag(request.target())));
      for (ImageReference further : request.further()) {
        sent |= told(further, digest, push.alsoTag(image, BuildTarget.tag(further), there -> {}));
      }
      return sent ? Outcome.PUSHED : Outcome.UNCHANGED;
    }
  }

  private boolean told(ImageReference reference, Digest digest, boolean sent) {
    if (sent) {
      console.pushed(reference.toString(), digest);
    } else {
      console.unchanged(reference.toString(), digest);
    }
    return sent;
  }

  private LayerCache layers() {
    return new Cache(request.cache()).layers();
  }

  private JarClasses jarClasses() {
    return new JarClasses(new Cache(request.cache()).folder(Cache.Kind.CLASSES), Clock.systemUTC());
  }

  private PushMemory pushes() {
    return BuildTarget.pushes(request);
  }
}
