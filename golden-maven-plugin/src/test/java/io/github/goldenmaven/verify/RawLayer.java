package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.oci.layer.Layer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** A layer of what our own writer does not write: hard links, devices, extended attributes. */
public final class RawLayer {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar;

  public RawLayer() {
    this(StandardCharsets.UTF_8);
  }

  /**
   * @param names how names are written
   */
  public RawLayer(Charset names) {
    tar = new TarArchiveOutputStream(bytes, names.name());
    tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    tar.setAddPaxHeadersForNonAsciiNames(names.equals(StandardCharsets.UTF_8));
  }

  RawLayer folder(String path) {
    return folder(path, "", "");
  }

  /** A folder with an extended attribute; none where its name is empty. */
  RawLayer folder(String path, String attribute, String value) {
    TarArchiveEntry entry = new TarArchiveEntry(path + "/");
    entry.setMode(040755);
    return put(entry, attribute, value, "");
  }

  public RawLayer file(String path, String text) {
    return file(path, text, "", "");
  }

  public RawLayer file(String path, String text, String attribute, String value) {
    TarArchiveEntry entry = new TarArchiveEntry(path);
    entry.setMode(0100644);
    return put(entry, attribute, value, text);
  }

  RawLayer link(String path, String target) {
    return typed(path, TarConstants.LF_SYMLINK, target);
  }

  RawLayer hardLink(String path, String target) {
    return typed(path, TarConstants.LF_LINK, target);
  }

  RawLayer pipe(String path) {
    return typed(path, TarConstants.LF_FIFO, "");
  }

  private RawLayer typed(String path, byte type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(path, type);
    entry.setMode(0644);
    entry.setLinkName(target);
    return put(entry, "", "", "");
  }

  private RawLayer put(TarArchiveEntry entry, String attribute, String value, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    entry.setSize(content.length);
    entry.setModTime(0);
    if (!attribute.isEmpty()) {
      entry.addPaxHeader("SCHILY.xattr." + attribute, value);
    }
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  public Layer layer() {
    try {
      tar.finish();
      ByteArrayOutputStream stored = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(stored)) {
        bytes.writeTo(gzip);
      }
      return new Layer(
          Blob.of(stored.toByteArray()), Digest.of(bytes.toByteArray()), MediaTypes.OCI_LAYER_GZIP);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
