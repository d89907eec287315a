package io.github.goldenmaven.bake;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.assembly.ImageAssembly.WrittenLayer;
import io.github.goldenmaven.bake.PlannedPath.Change;
import io.github.goldenmaven.bake.certificates.CompanyCertificates;
import io.github.goldenmaven.bake.certificates.TrustStores;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.bake.jvm.BakedAgents;
import io.github.goldenmaven.bake.jvm.BakedProxy;
import io.github.goldenmaven.bake.jvm.JvmHome;
import io.github.goldenmaven.cache.LayerCache;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.contents.LayerContents;
import io.github.goldenmaven.contents.LayerPurpose;
import io.github.goldenmaven.contents.LayerScanner;
import io.github.goldenmaven.contents.LayeredImageFiles;
import io.github.goldenmaven.contents.OfficialLayers;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ResolvedImage;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plans what golden.yaml adds to each platform of the official image, and writes it into layers.
 * Nothing is sent anywhere.
 */
final class PlatformBake {

  private static final long TAR_BLOCK = 512;

  /** In bytes. */
  private static final long TINY = 8 * 1024;

  private final BakeRequest request;
  private final GoldenDefinition definition;
  private final ImageSource store;
  private final CompanyCertificates certificates;
  private final BakedFiles declared;
  private final LocalFiles local;
  private final Console console;

  /** Layers that this bake wrote, and another platform may have too. */
  private final Set<Digest> written = new HashSet<>();

  /** One platform, planned and written. */
  record BakedPlatform(PlatformImage official, List<WrittenLayer> layers, Additions additions) {}

  /**
   * @param store where the official image is
   * @param declared what golden.yaml adds to every platform
   */
  PlatformBake(
      BakeRequest request,
      ImageSource store,
      CompanyCertificates certificates,
      BakedFiles declared,
      LocalFiles local,
      Console console) {
    this.request = request;
    this.definition = request.definition();
    this.store = store;
    this.certificates = certificates;
    this.declared = declared;
    this.local = local;
    this.console = console;
  }

  /** All platforms, in the official image's order. */
  List<BakedPlatform> of(ResolvedImage official) {
    List<BakedPlatform> baked = new ArrayList<>();
    for (PlatformImage platform : official.platforms()) {
      List<WrittenLayer> layers = new ArrayList<>();
      ImageFiles files = files(platform, layers);
      baked.add(of(platform, files, layers));
    }
    return baked;
  }

  private BakedPlatform of(PlatformImage platform, ImageFiles files, List<WrittenLayer> layers) {
    Additions additions = additions(platform, files);
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
    return new BakedPlatform(platform, layers, additions);
  }

  /**
   * What there is before golden.yaml's files come: the official image's, and what commands made.
   *
   * @param layers gets the commands' layer
   */
  private ImageFiles files(PlatformImage platform, List<WrittenLayer> layers) {
    OfficialLayers official =
        new OfficialLayers(store, new LayerScanner(request.officialLayers(), console));
    if (definition.run().isEmpty()) {
      return LayeredImageFiles.read(platform, official);
    }
    List<Digest> digests = new ArrayList<>();
    platform.layers().forEach(layer -> digests.add(layer.digest()));
    List<LayerContents> contents = new ArrayList<>(official.read(platform));
    run(platform)
        .ifPresent(
            ran -> {
              layers.add(new WrittenLayer("run", ran));
              digests.add(ran.blob().digest());
              contents.add(read(ran));
            });
    return LayeredImageFiles.of(digests, contents);
  }

  /** The layer that the commands of {@code run} made on the official image. */
  private Optional<Layer> run(PlatformImage platform) {
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
        request
            .runs()
            .run(new CommandRunner.Request(platform, store, definition.run(), proxyVariables())));
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
      return LayerScanner.read(
          "The layer that 'run' made", LayerPurpose.BAKE, layer.descriptor(), layer.blob().open());
    } catch (IOException e) {
      throw new UnavailableException(
          "The layer that 'run' made cannot be read again.", "Bake again.", e);
    }
  }

  private Additions additions(PlatformImage platform, ImageFiles files) {
    Map<String, String> environment = platform.config().environment();
    Additions additions = new Additions(files, definition::refused);
    // First, for they may bring a JVM.
    declared.addTo(additions);
    List<JvmHome> jvms = definition.told("from", () -> jvms(additions, golden(environment)));
    additions.java(
        JvmHome.versions(jvms, JvmHome.strays(additions.withAdded(), golden(environment))));
    warnOfAge(jvms, additions);
    definition.told("certificates", () -> new TrustStores(certificates).addTo(additions, jvms));
    definition.proxy().ifPresent(proxy -> BakedProxy.add(proxy, jvms, additions));
    new BakedAgents(definition, local).addTo(additions, jvms, environment);
    declared.addVariablesTo(additions);
    boolean filesAreKnown = !request.dryRun() || definition.run().isEmpty();
    BakeWarnings.add(definition, platform.config(), additions, jvms, filesAreKnown);
    if (!bringsUsers(additions)) {
      definition.user().ifPresent(user -> ImageUsers.require(user, files, definition));
    }
    return additions;
  }

  private static void warnOfAge(List<JvmHome> jvms, Additions additions) {
    jvms.stream()
        .filter(jvm -> !JavaVersions.canBeStamped(jvm.feature()))
        .findFirst()
        .ifPresent(
            jvm ->
                additions.warn(
                    "The JVM in '/"
                        + Printable.of(jvm.path())
                        + "' is Java "
                        + jvm.feature()
                        + ", which the label '"
                        + Label.GOLDEN_JAVA
                        + "' cannot name: no Java version is stamped, and builds on this image are"
                        + " not checked against its Java.",
                    "Name an official image in 'from' whose JVMs are of Java 8 or later."));
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
                          + "' is not part of a JVM, and no JVM was found that could get"
                          + " certificates, proxy and agents.",
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
    boolean asItIs = tier == Tier.TOOLS || isTiny(entries);
    LayerCache.Cached cached =
        request.layers().layer(entries, asItIs ? Compression.STORED : Compression.DEFLATED);
    String name = tier.name().toLowerCase(Locale.ROOT);
    Layer layer = cached.layer();
    if (!cached.found()) {
      written.add(layer.blob().digest());
    }
    console.layered(name, layer.blob().size(), !written.contains(layer.blob().digest()));
    return new WrittenLayer(name, layer);
  }

  /** Whether a tar of these is so small that deflating it takes longer than sending it. */
  private static boolean isTiny(List<LayerEntry> entries) {
    long bytes = 0;
    for (LayerEntry entry : entries) {
      bytes += entry instanceof LayerEntry.File file ? 2 * TAR_BLOCK + file.size() : TAR_BLOCK;
    }
    return bytes <= TINY;
  }
}
