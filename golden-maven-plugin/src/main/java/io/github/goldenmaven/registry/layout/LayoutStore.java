package io.github.goldenmaven.registry.layout;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.registry.ImageSource;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.StoreKind;
import io.github.goldenmaven.registry.http.VerifiedStream;
import io.github.goldenmaven.registry.remote.Referrers;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Images in an OCI layout folder, {@code oci:PATH}. A tag is an entry of index.json with the
 * annotation {@code org.opencontainers.image.ref.name}; what is put without a tag is a blob only.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/v1.1.0/image-layout.md">OCI image
 *     spec, image layout</a>
 */
public final class LayoutStore implements ImageStore {

  private static final int MAX_REFERRERS = 1000;
  private static final int MAX_CHILDREN = 256;

  private final LayoutFiles files;

  public LayoutStore(Path folder) {
    this.files = new LayoutFiles(folder);
  }

  /** {@code oci:PATH}. */
  @Override
  public String name() {
    return "oci:" + files.folder();
  }

  @Override
  public StoreKind kind() {
    return StoreKind.LAYOUT;
  }

  @Override
  public Optional<RawManifest> manifest(String tag) {
    return index().tagged(files.shown(), tag).map(this::manifest);
  }

  @Override
  public List<String> tags() {
    return index().entries().stream()
        .flatMap(entry -> LayoutIndex.tagOf(entry).stream())
        .distinct()
        .limit(MAX_TAGS)
        .toList();
  }

  @Override
  public Optional<RawManifest> manifest(Digest digest) {
    Optional<Descriptor> listed =
        index().entries().stream().filter(entry -> entry.digest().equals(digest)).findFirst();
    if (listed.isPresent()) {
      return Optional.of(manifest(listed.get()));
    }
    return read(digest).map(bytes -> new RawManifest(mediaType(digest, bytes), bytes));
  }

  @Override
  public Optional<RawManifest> manifest(ImageReference reference) {
    if (reference.digest().isPresent() || reference.tag().isPresent()) {
      return ImageStore.super.manifest(reference);
    }
    List<Descriptor> images =
        index().entries().stream()
            .filter(entry -> LayoutIndex.tagOf(entry).isPresent() || !isReferrer(entry))
            .toList();
    if (images.stream().map(Descriptor::digest).distinct().count() > 1) {
      throw new RefusedException(
          "The OCI layout '" + files.shown() + "' has several images: " + names(images) + ".",
          "Say which: '" + Printable.of(reference.name()) + ":TAG' or '@sha256:…' behind it.");
    }
    return images.stream().findFirst().map(this::manifest);
  }

  private static String names(List<Descriptor> images) {
    return String.join(
        ", ",
        images.stream()
            .limit(10)
            .map(
                image ->
                    "'"
                        + Printable.of(LayoutIndex.tagOf(image).orElse(image.digest().toString()))
                        + "'")
            .toList());
  }

  private boolean isReferrer(Descriptor entry) {
    return MediaTypes.isManifest(entry.mediaType())
        && manifest(entry).json().object("subject").isPresent();
  }

  /** What an entry of index.json points to. */
  private RawManifest manifest(Descriptor entry) {
    byte[] bytes = read(entry.digest()).orElseThrow(() -> missing(entry.digest()));
    if (bytes.length != entry.size()) {
      throw VerifiedStream.refused(
          name(),
          entry.digest(),
          "has " + bytes.length + " bytes where " + entry.size() + " are stated");
    }
    return new RawManifest(entry.mediaType(), bytes);
  }

  private static String mediaType(Digest digest, byte[] bytes) {
    JsonObject json = StrictJson.read("The manifest '" + digest + "'", bytes);
    return json.string("mediaType")
        .orElseGet(() -> json.has("manifests") ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST);
  }

  /** A blob of at most a manifest's size, hashed; empty where it is not there. */
  private Optional<byte[]> read(Digest digest) {
    try {
      if (!files.exist()) {
        return Optional.empty();
      }
      byte[] bytes;
      try (InputStream in = files.open(files.blob(digest))) {
        bytes = in.readNBytes(StrictJson.MAX_BYTES + 1);
      }
      if (bytes.length > StrictJson.MAX_BYTES) {
        throw VerifiedStream.refused(
            name(), digest, "has more than the " + StrictJson.MAX_BYTES + " bytes of a manifest");
      }
      Digest actual = Digest.of(bytes);
      if (!actual.equals(digest)) {
        throw VerifiedStream.refused(name(), digest, "has other bytes: they are '" + actual + "'");
      }
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw files.unavailable("read", e);
    }
  }

  private UnavailableException missing(Digest digest) {
    return new UnavailableException(
        "'" + Printable.of(name()) + "' has no blob '" + digest + "', which its manifest names.",
        "Write the image again: it is not whole.");
  }

  @Override
  public byte[] blob(Descriptor descriptor) {
    VerifiedStream.requireSmall(name(), descriptor);
    try (InputStream in = open(descriptor, Progress.SILENT)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw files.unavailable("read", e);
    }
  }

  @Override
  public InputStream open(Descriptor descriptor, Progress progress) {
    try {
      if (!files.exist()) {
        throw missing(descriptor.digest());
      }
      InputStream in = files.open(files.blob(descriptor.digest()));
      return new VerifiedStream(name(), descriptor, in, progress);
    } catch (NoSuchFileException e) {
      throw missing(descriptor.digest());
    } catch (IOException e) {
      throw files.unavailable("read", e);
    }
  }

  /** Whether a file of the right name and size is there; its bytes are hashed when it is read. */
  @Override
  public boolean has(Descriptor blob) {
    try {
      return files.exist()
          && Files.isRegularFile(files.blob(blob.digest()), LinkOption.NOFOLLOW_LINKS)
          && Files.size(files.blob(blob.digest())) == blob.size();
    } catch (IOException e) {
      throw files.unavailable("read", e);
    }
  }

  /** Whether the blob is there with the very bytes it should have. */
  private boolean hasWhole(Descriptor blob) throws IOException {
    if (!has(blob)) {
      return false;
    }
    try (InputStream in = open(blob, Progress.SILENT)) {
      in.transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  /** A hard link to the other layout's file, or a copy of it where the disk is another one. */
  @Override
  public boolean mount(Descriptor blob, ImageSource from) {
    if (!(from instanceof LayoutStore other)) {
      return false;
    }
    try {
      if (hasWhole(blob)) {
        return true;
      }
      if (!other.has(blob)) {
        return false;
      }
      files.create();
      if (!other.hasWhole(blob) || !linked(other.files.blob(blob.digest()), blob)) {
        files.write(() -> other.open(blob, Progress.SILENT), files.blob(blob.digest()));
      }
      return true;
    } catch (IOException e) {
      throw files.unavailable("written", e);
    }
  }

  private boolean linked(Path source, Descriptor blob) throws IOException {
    Path part = files.temporary();
    Files.delete(part);
    try {
      Files.createLink(part, source);
      files.move(part, files.blob(blob.digest()));
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public void put(Blob blob, Progress progress) {
    Descriptor descriptor = Descriptor.of("application/octet-stream", blob.digest(), blob.size());
    try {
      files.create();
      if (hasWhole(descriptor)) {
        progress.advanced(blob.size());
        return;
      }
      files.write(
          () -> new VerifiedStream(name(), descriptor, blob.open(), progress),
          files.blob(blob.digest()));
    } catch (IOException e) {
      throw files.unavailable("written", e);
    }
  }

  @Override
  public void put(RawManifest manifest) {
    require(putIfComplete(manifest), manifest);
  }

  @Override
  public void put(RawManifest manifest, String tag) {
    require(putIfComplete(manifest, tag), manifest);
  }

  private void require(boolean complete, RawManifest manifest) {
    if (!complete) {
      throw new UnavailableException(
          "'" + Printable.of(name()) + "' misses blobs of the manifest '" + manifest + "'.",
          "Run the build again; where it happens again, something deletes files in the layout.");
    }
  }

  @Override
  public boolean putIfComplete(RawManifest manifest) {
    if (!isComplete(manifest)) {
      return false;
    }
    put(Blob.of(manifest.bytes()), Progress.SILENT);
    return true;
  }

  @Override
  public boolean putIfComplete(RawManifest manifest, String tag) {
    if (!putIfComplete(manifest)) {
      return false;
    }
    update(index -> index.with(manifest.descriptor(), tag));
    return true;
  }

  private void update(UnaryOperator<LayoutIndex> change) {
    try {
      files.update(change);
    } catch (IOException e) {
      throw files.unavailable("written", e);
    }
  }

  /** Whether all that a manifest names is there, down to the layers. */
  private boolean isComplete(RawManifest manifest) {
    if (!manifest.isIndex()) {
      ImageManifest image = new ImageManifest(manifest);
      return has(image.config()) && image.layers().stream().allMatch(this::has);
    }
    List<Descriptor> children = new ImageIndex(manifest).manifests();
    return children.size() <= MAX_CHILDREN && children.stream().allMatch(this::isComplete);
  }

  private boolean isComplete(Descriptor child) {
    if (!has(child)) {
      return false;
    }
    // An index may name what is no image; an index in an index is not looked into again.
    return !MediaTypes.isManifest(child.mediaType()) || isComplete(manifest(child));
  }

  @Override
  public List<Descriptor> referrers(Digest subject) {
    List<Descriptor> found = new ArrayList<>();
    int looked = 0;
    for (Descriptor entry : index().entries()) {
      if (!MediaTypes.isManifest(entry.mediaType())) {
        continue;
      }
      if (++looked > MAX_REFERRERS) {
        throw new UnavailableException(
            "'" + Printable.of(name()) + "' lists more manifests than can be looked at.",
            "At most " + MAX_REFERRERS + " are read: have the needless ones deleted.");
      }
      RawManifest manifest = manifest(entry);
      if (new ImageManifest(manifest)
          .subject()
          .filter(stated -> stated.digest().equals(subject))
          .isPresent()) {
        found.add(Referrers.referrer(manifest));
      }
    }
    return List.copyOf(found);
  }

  @Override
  public void attach(List<RawManifest> statements) {
    for (RawManifest statement : statements) {
      Digest subject = Referrers.subject(statement).digest();
      put(statement);
      update(index -> index.withUntagged(Referrers.referrer(statement)).withStatementsOf(subject));
    }
  }

  private LayoutIndex index() {
    try {
      return files.index();
    } catch (IOException e) {
      throw files.unavailable("read", e);
    }
  }

  @Override
  public void close() {
    // Nothing is held between two calls.
  }
}
