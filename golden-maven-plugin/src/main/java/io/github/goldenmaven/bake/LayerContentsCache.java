package io.github.goldenmaven.bake;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import io.github.goldenmaven.oci.TarEntry;
import io.github.goldenmaven.registry.CacheFailure;
import io.github.goldenmaven.registry.CacheFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What layers of official images were found to hold, by the layer's digest, so that each is read
 * once on a machine. A file counts only while it is whole and of the form this version writes.
 */
final class LayerContentsCache {

  /** Raise when the form below changes. */
  private static final String FORMAT = "golden layer contents 2, kept files " + KeptFiles.VERSION;

  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\.contents");
  private static final int SHA256 = 32;

  /** In bytes: more than any layer within the reader's limits comes to. */
  private static final int MAX_FILE = 512 << 20;

  private final Path folder;
  private final Clock clock;

  /**
   * @param folder created at the first write
   */
  LayerContentsCache(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** What the layer of this digest holds; empty where it was not read yet, or long ago. */
  Optional<LayerContents> find(Digest layer) {
    Path file = file(layer);
    Optional<LayerContents> found =
        CacheFiles.read(file, MAX_FILE).flatMap(bytes -> decoded(layer, bytes));
    if (found.isPresent()) {
      touch(file);
    }
    return found;
  }

  void keep(Digest layer, LayerContents contents) {
    try {
      CacheFiles.write(folder, file(layer).getFileName().toString(), encoded(layer, contents));
    } catch (IOException e) {
      throw CacheFailure.of(folder, e);
    }
  }

  /** Deletes what no bake has used since this time. */
  void prune(Instant oldest) {
    CacheFiles.prune(folder, OURS, oldest);
  }

  private Path file(Digest layer) {
    return folder.resolve(layer.hex() + ".contents");
  }

  /** What is used is kept; a file of another user cannot be touched, and is used all the same. */
  private void touch(Path file) {
    try {
      Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
    } catch (IOException e) {
      return;
    }
  }

  private static byte[] encoded(Digest layer, LayerContents contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF(FORMAT);
    out.writeUTF(layer.hex());
    out.writeUTF(contents.diffId().hex());
    out.writeInt(contents.changes().size());
    for (LayerChange change : contents.changes()) {
      out.writeUTF(change.type().name());
      out.writeUTF(change.path());
      out.writeUTF(change.link());
      out.writeShort(change.mode());
      out.writeInt(change.owner().uid());
      out.writeInt(change.owner().gid());
      if (change.type() == TarEntry.Type.FILE) {
        out.writeLong(change.size());
        out.writeBoolean(change.sha256().length > 0);
        out.write(change.sha256());
        byte[] kept = change.bytes().orElse(new byte[0]);
        out.writeInt(kept.length);
        out.write(kept);
      }
    }
    bytes.writeBytes(Digest.sha256().digest(bytes.toByteArray()));
    return bytes.toByteArray();
  }

  private static Optional<LayerContents> decoded(Digest layer, byte[] bytes) {
    int length = bytes.length - SHA256;
    if (length < 0) {
      return Optional.empty();
    }
    MessageDigest sha256 = Digest.sha256();
    sha256.update(bytes, 0, length);
    byte[] stated = Arrays.copyOfRange(bytes, length, bytes.length);
    if (!MessageDigest.isEqual(sha256.digest(), stated)) {
      return Optional.empty();
    }
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 0, length));
      if (!in.readUTF().equals(FORMAT) || !in.readUTF().equals(layer.hex())) {
        return Optional.empty();
      }
      Digest diffId = new Digest(in.readUTF());
      int count = in.readInt();
      List<LayerChange> changes = new ArrayList<>();
      for (int change = 0; change < count; change++) {
        changes.add(change(in));
      }
      return in.available() == 0
          ? Optional.of(new LayerContents(diffId, changes))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // Whole, and yet not what this version writes: read the layer again.
      return Optional.empty();
    }
  }

  private static LayerChange change(DataInputStream in) throws IOException {
    TarEntry.Type type = TarEntry.Type.valueOf(in.readUTF());
    String path = in.readUTF();
    String link = in.readUTF();
    int mode = in.readUnsignedShort();
    int uid = in.readInt();
    Owner owner = new Owner(uid, in.readInt());
    if (type != TarEntry.Type.FILE) {
      return new LayerChange(type, path, link, mode, owner);
    }
    long size = in.readLong();
    byte[] sha256 = block(in, in.readBoolean() ? SHA256 : 0);
    return new LayerChange(type, path, link, size, mode, owner, sha256, block(in, in.readInt()));
  }

  private static byte[] block(DataInputStream in, int length) throws IOException {
    if (length < 0 || length > in.available()) {
      throw new IOException("longer than what is there");
    }
    return in.readNBytes(length);
  }
}
