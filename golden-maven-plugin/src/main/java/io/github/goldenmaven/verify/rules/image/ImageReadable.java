package io.github.goldenmaven.verify.rules.image;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.GoldenBase;
import io.github.goldenmaven.verify.finding.RuleInfo;
import io.github.goldenmaven.verify.subject.Rule;
import io.github.goldenmaven.verify.subject.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Found while an image is read, before there is a subject, in the descriptors of layers that are
 * known, so that nobody reads them again, and in the layers above the golden's.
 */
public final class ImageReadable implements Rule {

  public static final RuleInfo ABOUT =
      new RuleInfo(
          "IMAGE_READABLE",
          "Every tool must read the image alike",
          "A manifest, config or layer that one tool reads as the golden image and another as"
              + " something else passes every check and still runs the other thing; so does a layer"
              + " that unpacks to something else than the config says.",
          "Have the image pushed again by the tool that built it.",
          false);

  /** Annotations that containerd's lazy snapshotters and Podman read. */
  private static final List<String> LISTS =
      List.of(
          "containerd.io/snapshot/", "io.containers.", "io.github.containers.", "com.amazon.soci.");

  @Override
  public RuleInfo about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    operatingSystem(subject, findings);
    RawManifest manifest = subject.platform().manifest().raw();
    version(manifest, subject.where(), findings);
    ofManifest(subject, subject.platform().manifest().annotations(), subject.where(), findings);
    if (subject.image().isIndex()) {
      RawManifest index = subject.image().top();
      version(index, subject.reference() + ", index", findings);
      ofManifest(
          subject, new ImageIndex(index).annotations(), subject.reference() + ", index", findings);
    }
    Descriptor config = subject.platform().manifest().config();
    if (!MediaTypes.isConfig(config.mediaType())) {
      findings.add(
          subject.refuse(ABOUT, "a config's media type", "'" + config.mediaType() + "'", "config"));
    }
    elsewhere(config, subject.where() + ", config", findings);
    entry(subject)
        .ifPresent(
            entry -> {
              elsewhere(entry, subject.where(), findings);
              ofManifest(subject, entry.annotations(), subject.where() + ", index", findings);
            });
    layers(subject, findings);
    history(subject, findings);
    findings.addAll(subject.upper().faults());
    return findings;
  }

  private static void operatingSystem(Subject subject, List<Finding> findings) {
    if (!subject.config().platform().os().equals("linux")) {
      findings.add(
          subject
              .refuse(
                  ABOUT,
                  "an image for Linux: what is protected is protected where Linux has it",
                  "one for '" + subject.config().platform() + "'")
              .withRemedy("Name images for Linux, in <image> or with -Dgolden.image."));
    }
  }

  /** It tells of a layer with each entry that is not empty; the golden's part is the golden's. */
  private static void history(Subject subject, List<Finding> findings) {
    long told = told(subject.config());
    long theirs = subject.golden().map(golden -> told(golden.config())).orElse(0L);
    int golden = subject.golden().map(GoldenBase::layers).orElse(0);
    boolean known = told > 0 && !subject.isGolden() && theirs == golden;
    if (known && told != subject.platform().layers().size()) {
      findings.add(
          subject.refuse(
              ABOUT,
              "a history of " + subject.platform().layers().size() + " layers",
              "one of " + told,
              "config"));
    }
  }

  private static long told(ImageConfig config) {
    return config.json().objects("history").stream()
        .filter(entry -> !entry.bool("empty_layer").orElse(false))
        .count();
  }

  private static void version(RawManifest document, String where, List<Finding> findings) {
    if (!document.json().integer("schemaVersion").equals(Optional.of(2L))) {
      JsonValue found = document.json().fields().get("schemaVersion");
      String shown =
          found == null ? "{}" : JsonObject.EMPTY.with("schemaVersion", found).toString();
      findings.add(Finding.refuse(ABOUT, "'schemaVersion' 2", "'" + shown + "'", where));
    }
  }

  /** A list of the whole image's files; the golden's own are the platform team's word. */
  private static void ofManifest(
      Subject subject, Map<String, String> annotations, String where, List<Finding> findings) {
    if (!subject.isGolden()) {
      otherwise(annotations, Map.of(), where, findings);
    }
  }

  /** As the index describes the platform, where there is an index. */
  private static Optional<Descriptor> entry(Subject subject) {
    return subject.image().isIndex()
        ? new ImageIndex(subject.image().top())
            .manifests().stream()
                .filter(one -> one.digest().equals(subject.platform().manifest().digest()))
                .findFirst()
        : Optional.empty();
  }

  private static void elsewhere(Descriptor content, String where, List<Finding> findings) {
    if (content.json().has("urls")) {
      findings.add(
          Finding.refuse(ABOUT, "content that is in the registry", "'urls' of elsewhere", where));
    }
  }

  private static void layers(Subject subject, List<Finding> findings) {
    List<Descriptor> layers = subject.platform().layers();
    List<Descriptor> golden =
        subject.golden().map(base -> base.platform()).map(PlatformImage::layers).orElse(List.of());
    for (int at = 0; at < layers.size(); at++) {
      Descriptor layer = layers.get(at);
      Optional<Descriptor> theirs =
          at < golden.size() ? Optional.of(golden.get(at)) : Optional.empty();
      String where = subject.where() + ", layer " + layer.digest().shortHex();
      if (!MediaTypes.isLayer(layer.mediaType())) {
        findings.add(
            Finding.refuse(ABOUT, "a layer's media type", "'" + layer.mediaType() + "'", where));
      }
      elsewhere(layer, where, findings);
      if (!subject.isGolden()) {
        Map<String, String> known = theirs.map(Descriptor::annotations).orElse(Map.of());
        otherwise(layer.annotations(), known, where, findings);
      }
      theirs
          .filter(base -> base.digest().equals(layer.digest()) && base.size() != layer.size())
          .ifPresent(base -> findings.add(otherSize(base, layer, where)));
    }
  }

  private static Finding otherSize(Descriptor golden, Descriptor layer, String where) {
    return Finding.refuse(
        ABOUT,
        "the golden image's size of " + golden.size() + " bytes",
        layer.size() + " bytes",
        where);
  }

  /** Runtimes that fetch files one by one go by a list of their own, of which nobody knows here. */
  private static void otherwise(
      Map<String, String> annotations,
      Map<String, String> golden,
      String where,
      List<Finding> findings) {
    annotations.forEach(
        (key, value) -> {
          if (LISTS.stream().anyMatch(key::startsWith) && !value.equals(golden.get(key))) {
            findings.add(
                Finding.refuse(
                        ABOUT,
                        "layers of which each runtime reads the tar",
                        "the annotation '" + key + "' of a list that some read instead",
                        where)
                    .withRemedy(
                        "Have the image pushed with plain gzip or zstd layers, not as eStargz,"
                            + " zstd:chunked, nydus, overlaybd or SOCI."));
          }
        });
  }

  static Finding finding(GoldenException refusal, String where) {
    return Finding.refuse(
            ABOUT,
            "documents and layers that can be read in one way only",
            refusal.problem(),
            where)
        .withRemedy(refusal.remedy());
  }
}
