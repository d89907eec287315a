package io.github.goldenmaven.bake;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import io.github.goldenmaven.oci.TarEntry;
import io.github.goldenmaven.registry.CacheFailure;
import io.github.goldenmaven.registry.CacheFiles;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
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
    Optional<LayerContents> found = read(layer, file);
    if (found.isPresent()) {
      touch(file);
    }
    return found;
  }

  void keep(Digest layer, LayerContents contents) {
    try {
      CacheFiles.write(
          folder, file(layer).getFileName().toString(), file -> write(layer, contents, file));
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

  /** Change by change: all of them as one array of bytes would be many times what they are. */
  private static void write(Digest layer, LayerContents contents, OutputStream file)
      throws IOException {
    MessageDigest sha256 = Digest.sha256();
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new DigestOutputStream(file, sha256)));
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
    out.flush();
    file.write(sha256.digest());
  }

  private static Optional<LayerContents> read(Digest layer, Path file) {
    try {
      long length = Files.size(file) - SHA256;
      if (length < 0 || length > MAX_FILE) {
        return Optional.empty();
      }
      MessageDigest sha256 = Digest.sha256();
      Optional<LayerContents> contents;
      try (DataInputStream in =
          new DataInputStream(
              new BufferedInputStream(
                  new DigestInputStream(new SliceInput(file, 0, length), sha256)))) {
        contents = contents(layer, in);
        if (in.read() >= 0) {
          return Optional.empty();
        }
      }
      try (InputStream stated = new SliceInput(file, length, SHA256)) {
        return MessageDigest.isEqual(sha256.digest(), stated.readNBytes(SHA256))
            ? contents
            : Optional.empty();
      }
    } catch (IOException | IllegalArgumentException e) {
      // Not there, or not what this version writes: read the layer again.
      return Optional.empty();
    }
  }

  private static Optional<LayerContents> contents(Digest layer, DataInputStream in)
      throws IOException {
    if (!in.readUTF().equals(FORMAT) || !in.readUTF().equals(layer.hex())) {
      return Optional.empty();
    }
    Digest diffId = new Digest(in.readUTF());
    int count = in.readInt();
    List<LayerChange> changes = new ArrayList<>();
    for (int change = 0; change < count; change++) {
      changes.add(change(in));
    }
    return Optional.of(new LayerContents(diffId, changes));
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
    if (length < 0 || length > KeptFiles.MAX_BYTES) {
      throw new IOException("longer than what is kept");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
