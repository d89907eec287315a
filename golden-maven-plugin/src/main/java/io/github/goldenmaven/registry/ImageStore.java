package io.github.goldenmaven.registry;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import java.util.List;
import java.util.Optional;

/**
 * Where the images of one repository are read and written: a registry's repository, an OCI layout
 * folder or a Docker Engine.
 *
 * <p>Safe for use by several threads.
 */
public interface ImageStore extends ImageSource {

  /**
   * What a tag points to right after this digest was put there; a store that tells of it a moment
   * later is looked at again. Another digest, or nothing, is what it says in the end.
   */
  default Optional<RawManifest> manifestAfterPut(String tag, Digest put) {
    return manifest(tag);
  }

  /**
   * Demands that this store takes the login that a push will need, as far as that can be told
   * before anything is sent.
   *
   * @throws io.github.goldenmaven.GoldenException where it rejects that login, or is not there
   */
  default void requireAdmission() {}

  /**
   * Makes a blob of another store part of this one without moving its bytes.
   *
   * @return false where the two stores cannot; nothing has happened then
   */
  boolean mount(Descriptor blob, ImageSource from);

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

  /**
   * Stores manifests that have a {@code subject}, so that {@link #referrers} finds them. One that
   * is a subject of another stands before it.
   */
  void attach(List<RawManifest> statements);
}
