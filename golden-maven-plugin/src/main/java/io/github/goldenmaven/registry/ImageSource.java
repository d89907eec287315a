package io.github.goldenmaven.registry;

import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.RawManifest;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Where the images of one repository are read. Whatever is handed out was hashed first; whatever is
 * missing is empty; whatever fails is a {@link io.github.goldenmaven.GoldenException} that names
 * the store.
 *
 * <p>Safe for use by several threads.
 */
public interface ImageSource extends AutoCloseable {

  /** No more tags of a repository are listed. */
  int MAX_TAGS = 1000;

  /** For messages, and to tell stores apart: {@code registry.example/apps/orders}. */
  String name();

  /** Which kind of store it is, and so what it can do. */
  default StoreKind kind() {
    return StoreKind.REGISTRY;
  }

  /** The manifest or index a tag points to now; empty where there is no such tag. */
  Optional<RawManifest> manifest(String tag);

  /**
   * The manifest or index of this digest; empty where it is not there.
   *
   * @throws io.github.goldenmaven.RefusedException when the store answers with other bytes
   */
  Optional<RawManifest> manifest(Digest digest);

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

  /** Descriptors of what refers to this digest, statements and signatures. */
  List<Descriptor> referrers(Digest subject);

  @Override
  void close();
}
