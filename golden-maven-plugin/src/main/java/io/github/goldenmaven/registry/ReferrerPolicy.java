package io.github.goldenmaven.registry;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds what comes along with an image to be no image itself: nothing that the gate did not look at
 * may be run from the repository of releases.
 *
 * @param from where it lies
 */
public record ReferrerPolicy(ImageSource from) {

  /** Of one statement, as stored: far more than an SBOM of a large image. */
  private static final long MAX_BYTES = 256L << 20;

  private static final Digest NOTHING = Digest.of(new byte[] {'{', '}'});
  private static final Set<String> CONFIGS =
      Set.of(MediaTypes.OCI_CONFIG, MediaTypes.DOCKER_CONFIG);
  private static final String IN_TOTO = "application/vnd.in-toto+json";
  private static final int HEADER = 512;

  /** Something that refers to the image: an artifact in the form of the OCI image spec 1.1. */
  public void requireStatement(RawManifest raw, Digest subject) {
    ImageManifest manifest = manifest(raw);
    if (manifest.subject().map(Descriptor::digest).filter(subject::equals).isEmpty()) {
      throw refused(raw, "is listed as referring to '" + subject + "', and does not");
    }
    if (listsFiles(raw)) {
      throw refused(
          raw, "refers to '" + subject + "' and is a list of files that some runtimes read");
    }
    boolean image = CONFIGS.contains(manifest.config().mediaType());
    boolean empty = manifest.config().digest().equals(NOTHING);
    if (!empty && (image || manifest.layers().stream().anyMatch(ReferrerPolicy::isUnpacked))) {
      throw refused(raw, "refers to '" + subject + "' and is itself an image that could be run");
    }
    requireSmall(raw, manifest);
  }

  /** An index entry that says no machine runs it: BuildKit's attestations, and nothing else. */
  public void requireAttestation(Descriptor entry, RawManifest raw) {
    ImageManifest manifest = manifest(raw);
    requireSmall(raw, manifest);
    boolean empty = manifest.config().digest().equals(NOTHING);
    for (Descriptor layer : manifest.layers()) {
      if (!empty && (!layer.mediaType().equals(IN_TOTO) || !isJson(layer))) {
        throw refused(
            raw,
            "is for the platform '"
                + entry.platform().map(Object::toString).orElse("")
                + "' and is no attestation");
      }
    }
  }

  /** SOCI's: a snapshotter that finds one goes by it instead of the layers. */
  private static boolean listsFiles(RawManifest raw) {
    return Stream.of(
            raw.json().string("artifactType"),
            raw.json().object("config").flatMap(config -> config.string("mediaType")))
        .flatMap(Optional::stream)
        .anyMatch(type -> type.startsWith("application/vnd.amazon.soci."));
  }

  private ImageManifest manifest(RawManifest raw) {
    if (raw.isIndex()) {
      throw refused(raw, "comes along with the image and is an index");
    }
    return new ImageManifest(raw);
  }

  private void requireSmall(RawManifest raw, ImageManifest manifest) {
    long bytes = manifest.config().size();
    for (Descriptor layer : manifest.layers()) {
      bytes += layer.size();
    }
    if (bytes > MAX_BYTES) {
      throw refused(raw, "comes along with the image and has " + bytes + " bytes");
    }
  }

  private static boolean isUnpacked(Descriptor layer) {
    String type = layer.mediaType();
    return type.contains("tar") || type.contains("layer") || type.contains("rootfs");
  }

  /** A tar's first block has zeros, and a compressed one's first byte is another. */
  private boolean isJson(Descriptor layer) {
    try (InputStream in = from.open(layer, Progress.SILENT)) {
      byte[] head = in.readNBytes(HEADER);
      return new String(head, StandardCharsets.ISO_8859_1).matches("(?s)[ \\n\\r\\t]*\\{[^\\x00]*");
    } catch (IOException e) {
      throw new UnavailableException(
          "'" + from.name() + "' broke off the attestation '" + layer.digest() + "'.",
          "Run the promotion again.",
          e);
    }
  }

  private RefusedException refused(RawManifest raw, String fault) {
    return new RefusedException(
        "'" + raw.digest() + "' in '" + from.name() + "' " + fault + ".",
        "Have it deleted there, or name another image in <image> or with -Dgolden.image: only what"
            + " the gate looked at goes to the releases.");
  }
}
