package io.github.goldenmaven.registry;

import io.github.goldenmaven.Progress;
import io.github.goldenmaven.oci.Blob;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.RawManifest;
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
   * A small blob, a config or a statement, whole in memory: at most {@link
   * io.github.goldenmaven.oci.StrictJson#MAX_BYTES}, of exactly the descriptor's size and digest.
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

  /**
   * What the tag points to now. A store that keeps no manifests (a Docker Engine) answers {@code
   * expected} itself when the tag's image is the one it describes.
   */
  default Optional<RawManifest> current(String tag, RawManifest expected) {
    return manifest(tag);
  }

  /**
   * Stores a manifest or index by its digest alone.
   *
   * @throws MissingBlobException when the store lacks a blob it names
   */
  void put(RawManifest manifest) throws MissingBlobException;

  /**
   * Stores a manifest or index and lets the tag point to it.
   *
   * @throws MissingBlobException when the store lacks a blob it names
   */
  void put(RawManifest manifest, String tag) throws MissingBlobException;

  /** Descriptors of what refers to this digest, statements and signatures. */
  List<Descriptor> referrers(Digest subject);

  /** Stores a manifest that has a {@code subject}, so that {@link #referrers} finds it. */
  void attach(RawManifest manifest);

  @Override
  void close();
}
