package io.github.goldenmaven.registry;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where the images of one repository live: a registry's repository, an OCI layout folder or a
 * Docker Engine. Whatever is handed out was hashed first; whatever is missing is empty; whatever
 * fails is a {@link io.github.goldenmaven.GoldenException} that names the store.
 *
 * <p>Safe for use by several threads.
 */
public interface ImageStore extends AutoCloseable {

  /** No more tags of a repository are listed. */
  int MAX_TAGS = 1000;

  /** For messages, and to tell stores apart: {@code registry.example/apps/orders}. */
  String name();

  /** The manifest or index a tag points to now; empty where there is no such tag. */
  Optional<RawManifest> manifest(String tag);

  /**
   * The manifest or index of this digest; empty where it is not there.
   *
   * @throws io.github.goldenmaven.RefusedException when the store answers with other bytes
   */
  Optional<RawManifest> manifest(Digest digest);

  /**
   * What a tag points to right after this digest was put there; a store that tells of it a moment
   * later is looked at again. Another digest, or nothing, is what it says in the end.
   */
  default Optional<RawManifest> manifestAfterPut(String tag, Digest put) {
    return manifest(tag);
  }

  /**
   * What a reference to this store means: its digest, else its tag, else the only image there is.
   *
   * @throws io.github.goldenmaven.RefusedException when it names neither and there are several
   */
  default Optional<RawManifest> manifest(ImageReference reference) {
    return reference
        .digest()
        .map(this::manifest)
        .orElseGet(() -> manifest(reference.tag().orElse("latest")));
  }

  /**
   * The tags there are, at most {@link #MAX_TAGS} of them; none where the store has no such
   * repository.
   */
  List<String> tags();

  /**
   * Whether manifests are kept byte for byte. A Docker Engine keeps none: ask {@link #holds} there,
   * after the manifests of an index were put.
   */
  default boolean keepsManifests() {
    return true;
  }

  /**
   * Demands that this store takes the login that a push will need, as far as that can be told
   * before anything is sent.
   *
   * @throws io.github.goldenmaven.GoldenException where it rejects that login, or is not there
   */
  default void requireAdmission() {}

  /**
   * Whether asking costs no request: what is there is then looked at, bytes and all, and neither
   * remembered nor believed.
   */
  default boolean isLocal() {
    return false;
  }

  /**
   * A small blob, a config or a statement, whole in memory: at most {@link
   * io.github.goldenmaven.oci.json.StrictJson#MAX_BYTES}, of exactly the descriptor's size and
   * digest.
   */
  byte[] blob(Descriptor descriptor);

  /**
   * A blob as a stream. At its end the stream throws when size or digest were not the descriptor's;
   * closing it early stops the transfer.
   */
  InputStream open(Descriptor descriptor, Progress progress);

  boolean has(Descriptor blob);

  /**
   * Makes a blob of another store part of this one without moving its bytes.
   *
   * @return false where the two stores cannot; nothing has happened then
   */
  boolean mount(Descriptor blob, ImageStore from);

  /** Stores a blob; resumes after a broken connection. Idempotent. */
  void put(Blob blob, Progress progress);

  /** Stores a manifest or index by its digest alone. Its blobs must be there. */
  void put(RawManifest manifest);

  /** Stores a manifest or index and lets the tag point to it. Its blobs must be there. */
  void put(RawManifest manifest, String tag);

  /**
   * Whether the tag points to this manifest or index now: what a build asks before it sends
   * anything. A store whose images have no manifests of their own compares their image IDs.
   */
  default boolean holds(RawManifest manifest, String tag) {
    return manifest(tag).filter(there -> there.digest().equals(manifest.digest())).isPresent();
  }

  /**
   * Like {@link #put(RawManifest)}, for a caller that only believes that all blobs are there.
   *
   * @return false where the store says that one is missing; nothing has happened then
   */
  default boolean putIfComplete(RawManifest manifest) {
    put(manifest);
    return true;
  }

  /**
   * Like {@link #put(RawManifest, String)}, for a caller that only believes that all blobs are
   * there.
   *
   * @return false where the store says that one is missing; nothing has happened then
   */
  default boolean putIfComplete(RawManifest manifest, String tag) {
    put(manifest, tag);
    return true;
  }

  /** Descriptors of what refers to this digest, statements and signatures. */
  List<Descriptor> referrers(Digest subject);

  /** Stores a manifest that has a {@code subject}, so that {@link #referrers} finds it. */
  void attach(RawManifest manifest);

  @Override
  void close();
}
