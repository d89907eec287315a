package io.github.goldenmaven.bake;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
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
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.provenance.BaseFacts;
import io.github.goldenmaven.provenance.GitFacts;
import io.github.goldenmaven.provenance.GoldenFacts;
import io.github.goldenmaven.provenance.Label;
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
    if (policy != null) {
      policy.requireOfficial(definition.from());
    }
    // Asked before anything is written: a work folder must not make the work tree dirty.
    GitFacts git = request.git().get();
    git.warnings().forEach(this::warn);
    requireReleasable(git);
    CompanyCertificates certificates =
        CompanyCertificates.read(certificateFiles(), request.clock().instant());
    BakedFiles files = BakedFiles.read(definition, local, request.work());
    try (ImageStore store = stores.apply(request.source())) {
      ResolvedImage official = official(store);
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
      Outcome outcome = push(image, store);
      if (outcome != Outcome.DRY_RUN) {
        tidyUp();
      }
      return new BakeResult(
          references(),
          image,
          outcome != Outcome.DRY_RUN || definition.run().isEmpty(),
          official,
          platforms,
          certificates.fingerprints(),
          outcome);
    }
  }

  /** A release names the commit it was made of, and nothing in it may change under its name. */
  private void requireReleasable(GitFacts git) {
    if (git.workTree() == GitFacts.WorkTree.DIRTY) {
      refuseOrWarn(
          "The work tree of '"
              + definition.file()
              + "' differs from its commit, which the image will name as its revision.",
          "Commit the changes before a golden image is baked for others.");
    }
    if (!request.release()) {
      return;
    }
    if (git.workTree() == GitFacts.WorkTree.UNKNOWN) {
      throw new RefusedException(
          "A release needs a commit, and git knows none of '" + definition.file() + "'.",
          "Bake in a git work tree, or leave -Dgolden.release out.");
    }
    List<String> snapshots = definition.snapshots();
    if (!snapshots.isEmpty()) {
      throw new RefusedException(
          "A release has no SNAPSHOTs, but '"
              + definition.file()
              + "' has '"
              + String.join("', '", snapshots)
              + "'.",
          "Name released versions, or leave -Dgolden.release out.");
    }
  }

  private ResolvedImage official(ImageStore store) {
    ImageReference source = request.source();
    ResolvedImage official =
        new ImageResolver(store, documents())
            .resolve(source)
            .orElseThrow(
                () ->
                    new RefusedException(
                        "The official image '" + source + "' does not exist.",
                        "Name one that does in 'from' of '" + definition.file() + "'."));
    List<Platform> lacking = official.lacking(definition.platforms());
    if (!lacking.isEmpty()) {
      throw new RefusedException(
          "The official image '" + source + "' has no platform " + quoted(lacking) + ".",
          "It has "
              + quoted(official.platformNames())
              + ": name some of these in 'platforms' of '"
              + definition.file()
              + "'.");
    }
    ResolvedImage wanted = onlyLinux(official.only(definition.platforms()));
    if (!definition.run().isEmpty() && wanted.platforms().size() > 1) {
      throw new RefusedException(
          "'run' has commands, and the image is to be baked for "
              + quoted(wanted.platformNames())
              + "; an engine runs them for its own platform only.",
          "Name that one platform in 'platforms' of '"
              + definition.file()
              + "', or leave 'run' out.");
    }
    wanted.platforms().forEach(platform -> requireOfficial(source, platform));
    return named(wanted);
  }

  /** Layers of Windows have no {@code /etc}: what golden.yaml adds is for Linux. */
  private ResolvedImage onlyLinux(ResolvedImage image) {
    List<Platform> others =
        image.platformNames().stream().filter(platform -> !platform.os().equals("linux")).toList();
    if (others.isEmpty()) {
      return image;
    }
    List<Platform> linux =
        image.platformNames().stream().filter(platform -> platform.os().equals("linux")).toList();
    if (linux.isEmpty() || !definition.platforms().isEmpty()) {
      throw new RefusedException(
          "The platform " + quoted(others) + " of '" + image.reference() + "' is not Linux.",
          "Name Linux platforms in 'platforms' of '" + definition.file() + "'.");
    }
    console.info("Not baked, because they are not Linux: " + quoted(others));
    return image.only(linux);
  }

  /** A mirror is where the bytes come from; the image's name is what golden.yaml says. */
  private ResolvedImage named(ResolvedImage image) {
    return new ResolvedImage(definition.from(), image.top(), image.platforms());
  }

  private static void requireOfficial(ImageReference source, PlatformImage platform) {
    Label.ROLE
        .in(platform.config().labels())
        .ifPresent(
            role -> {
              throw new RefusedException(
                  "The image '"
                      + source
                      + "' is no official image: its label '"
                      + Label.ROLE
                      + "' says that this plugin made it.",
                  "Name the official image in 'from'; to change a golden image, change its"
                      + " golden.yaml.");
            });
  }

  private static String quoted(List<Platform> platforms) {
    return String.join(", ", platforms.stream().map(platform -> "'" + platform + "'").toList());
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
    if (request.dryRun()) {
      console.info("Plan for " + platform.platform() + ":");
      PlanTree.of(plan).forEach(console::info);
    } else {
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
    return Optional.of(
        request.runs().run(new Runs.Request(platform, store, definition.run(), proxyVariables())));
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
    JvmHome jvm = JvmHome.of(files, environment).orElse(null);
    Additions additions = new Additions(files);
    new TrustStores(certificates).addTo(additions, Optional.ofNullable(jvm));
    definition.proxy().ifPresent(proxy -> BakedProxy.add(proxy, jvm, additions));
    new BakedAgents(definition, local).addTo(additions, jvm, environment);
    declared.addTo(additions);
    if (!bringsUsers(additions)) {
      definition.user().ifPresent(user -> ImageUsers.require(user, files, definition));
    }
    return additions;
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

  private Outcome push(AssembledImage image, ImageStore officialStore) {
    if (request.dryRun()) {
      if (definition.run().isEmpty()) {
        references()
            .forEach(reference -> console.wouldPush(reference.toString(), image.top().digest()));
      }
      return Outcome.DRY_RUN;
    }
    boolean sent = false;
    try (ImageStore target = stores.apply(references().get(0))) {
      ImagePush push = new ImagePush(target, officialStore, pushes(), console);
      boolean first = true;
      for (ImageReference reference : references()) {
        String tag = reference.tag().orElseThrow();
        boolean changed;
        if (first) {
          changed = !isVersion(target, tag, image.top()) && push.push(image, tag);
        } else {
          changed = push.alsoTag(image, tag);
        }
        if (changed) {
          console.pushed(reference.toString(), image.top().digest());
        } else {
          console.unchanged(reference.toString(), image.top().digest());
        }
        sent |= changed;
        first = false;
      }
    }
    return sent ? Outcome.PUSHED : Outcome.UNCHANGED;
  }

  /** The version's tag first; the line's, which consumers follow, moves last. */
  private List<ImageReference> references() {
    Set<ImageReference> references = new LinkedHashSet<>();
    references.add(request.target().withTag(definition.version()));
    references.add(request.target().withTag(definition.line()));
    return List.copyOf(references);
  }

  /** Whether the tag is this image; a version means one image, the line's tag is what moves. */
  private boolean isVersion(ImageStore target, String tag, RawManifest image) {
    if (!target.keepsManifests() || definition.version().equals(definition.line())) {
      return false;
    }
    Optional<Digest> there = target.manifest(tag).map(RawManifest::digest);
    if (there.filter(image.digest()::equals).isPresent()) {
      return true;
    }
    there.ifPresent(other -> refuseOrWarn(moved(tag, other), raiseTheVersion()));
    return false;
  }

  private String moved(String tag, Digest there) {
    return "The version '"
        + tag
        + "' of '"
        + request.target().name()
        + "' is '"
        + there
        + "' already, and this bake gives another image.";
  }

  private String raiseTheVersion() {
    return "Raise 'version' in '" + definition.file() + "', so that a version stays one image.";
  }

  private void refuseOrWarn(String problem, String remedy) {
    if (request.release()) {
      throw new RefusedException(problem, remedy);
    }
    console.warn(problem, remedy);
  }

  /** What no bake has used for a month goes. */
  private void tidyUp() {
    Instant oldest = Instant.now().minus(KEPT);
    documents().prune(oldest);
    layers().prune(oldest);
    pushes().prune(oldest);
    officialCache().prune(oldest);
  }

  private DocumentCache documents() {
    return new DocumentCache(request.cache().resolve("documents"));
  }

  private LayerCache layers() {
    return new LayerCache(request.cache().resolve("layers"), Clock.systemUTC());
  }

  private PushMemory pushes() {
    return new PushMemory(request.cache().resolve("pushed"));
  }

  private LayerContentsCache officialCache() {
    return new LayerContentsCache(request.cache().resolve("official"), Clock.systemUTC());
  }
}
