package io.github.goldenmaven.contents;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * What one layer does to a file system, and the bytes of those of its files that {@link
 * RetainedFiles} keeps.
 *
 * @param diffId of the decompressed tar
 * @param changes in the tar's order
 */
public record LayerContents(Digest diffId, List<LayerChange> changes) {

  /** An image of 10 GB has fewer files in all its layers. */
  private static final LayerReader.Limits LIMITS =
      new LayerReader.Limits(
          500_000, LayerReader.Limits.DEFAULT.maxBytes(), LayerReader.Limits.DEFAULT.maxRatio());

  /** Of all names of a layer, in characters: the cached form of a layer stays readable. */
  private static final long MAX_NAMES = 64L << 20;

  /** Of all kept files of a layer together, in bytes; later ones are as if they were too large. */
  private static final long MAX_KEPT = 32L << 20;

  /**
   * In bytes: larger files are not hashed one by one, only with their layer. A JRE is nine tenths
   * of such files, and a bake that adds one of them again just says so.
   */
  private static final long MAX_HASHED = 1L << 20;

  public LayerContents {
    changes = List.copyOf(changes);
  }

  /**
   * Reads a layer that stands for itself to its end.
   *
   * @param what the layer, as a sentence begins
   * @param stored closed at the end
   * @throws RefusedException when it is no layer that every runtime understands alike
   */
  public static LayerContents read(String what, InputStream stored) {
    return read(what, MediaTypes.OCI_LAYER_GZIP, stored, new ImageBudget());
  }

  /**
   * Reads one of an image's layers to its end.
   *
   * @param what the layer, as a sentence begins
   * @param mediaType of its descriptor
   * @param stored closed at the end
   * @throws RefusedException when it is no layer that every runtime understands alike, or is beyond
   *     the image's budget
   */
  public static LayerContents read(
      String what, String mediaType, InputStream stored, ImageBudget budget) {
    try (LayerReader reader = LayerReader.open(what, mediaType, stored, LIMITS)) {
      Reading reading = new Reading(what, budget);
      for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
        reading.add(entry.get(), reader.content());
      }
      return new LayerContents(reader.diffId(), reading.changes);
    } catch (IOException e) {
      throw new IllegalStateException("a layer's reader throws GoldenExceptions only", e);
    }
  }

  /** A layer that was read so far. */
  private static final class Reading {

    private final String what;
    private final ImageBudget budget;
    private final List<LayerChange> changes = new ArrayList<>();
    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] buffer = new byte[128 * 1024];
    private long names;
    private long kept;

    Reading(String what, ImageBudget budget) {
      this.what = what;
      this.budget = budget;
    }

    void add(TarEntry entry, InputStream content) throws IOException {
      if (Thread.currentThread().isInterrupted()) {
        throw new UnavailableException(
            what + " was not read to its end: the bake was interrupted.", "Bake again.");
      }
      names += entry.path().length() + entry.link().length();
      if (names > MAX_NAMES) {
        throw new RefusedException(
            what + " has names of more than " + MAX_NAMES + " characters together.",
            "Name another official image in 'from' of golden.yaml: no honest one has that.");
      }
      boolean keep = keeps(entry);
      budget.spend(entry.path(), entry.link(), keep ? entry.size() : 0);
      changes.add(
          entry.type() == TarEntry.Type.FILE
              ? file(entry, content, keep)
              : new LayerChange(
                  entry.type(),
                  entry.removes().orElse(entry.path()),
                  entry.link(),
                  entry.mode(),
                  owner(entry)));
    }

    private boolean keeps(TarEntry entry) {
      return entry.type() == TarEntry.Type.FILE
          && RetainedFiles.keeps(entry.path())
          && entry.size() <= RetainedFiles.MAX_BYTES
          && kept + entry.size() <= MAX_KEPT;
    }

    private LayerChange file(TarEntry entry, InputStream content, boolean keep) throws IOException {
      kept += keep ? entry.size() : 0;
      boolean hash = keep || entry.size() <= MAX_HASHED;
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(keep ? (int) entry.size() : 0);
      for (int read = 0; hash && read >= 0; read = content.read(buffer)) {
        sha256.update(buffer, 0, read);
        if (keep) {
          bytes.write(buffer, 0, read);
        }
      }
      return new LayerChange(
          entry.type(),
          entry.path(),
          "",
          entry.size(),
          entry.mode(),
          owner(entry),
          hash ? sha256.digest() : new byte[0],
          bytes.toByteArray());
    }

    private Owner owner(TarEntry entry) {
      if (entry.uid() > Integer.MAX_VALUE || entry.gid() > Integer.MAX_VALUE) {
        throw new RefusedException(
            what
                + " has a file of the user '"
                + entry.uid()
                + ":"
                + entry.gid()
                + "', whose number is too large.",
            "Have the image built again with users and groups up to "
                + Integer.MAX_VALUE
                + ", or name another one in 'from' of golden.yaml.");
      }
      return new Owner((int) entry.uid(), (int) entry.gid());
    }
  }
}
