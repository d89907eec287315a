package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars and folders of classes that are nothing but their first bytes. */
public final class ClassFiles {

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /** The first bytes of a class file of this Java. */
  public static byte[] header(int java) {
    return header(java, 0);
  }

  public static byte[] header(int java, int minor) {
    return ByteBuffer.allocate(32)
        .putInt(0xCAFEBABE)
        .putShort((short) minor)
        .putShort((short) (java + 44))
        .array();
  }

  public ClassFiles with(String path, int java) {
    files.put(path, header(java));
    return this;
  }

  public ClassFiles with(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  /** So many classes of this Java. */
  public ClassFiles with(int count, int java) {
    for (int at = 0; at < count; at++) {
      with("org/lib/C%03dOf%d.class".formatted(at, java), java);
    }
    return this;
  }

  /** A manifest of these lines. */
  public ClassFiles manifest(String... lines) {
    String text = "Manifest-Version: 1.0\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
    return with("META-INF/MANIFEST.MF", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The jar; jars in it are stored, as Spring Boot has them. */
  public byte[] jar() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
          ZipEntry entry = new ZipEntry(file.getKey());
          if (file.getKey().startsWith("BOOT-INF/lib/")) {
            CRC32 crc = new CRC32();
            crc.update(file.getValue());
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(file.getValue().length);
            entry.setCrc(crc.getValue());
          }
          zip.putNextEntry(entry);
          zip.write(file.getValue());
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path jar(Path file) {
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, jar());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar, as a file of a layer. */
  public LayerEntry entry(String path) {
    return entry(path, jar());
  }

  /** A file of a layer. */
  public static LayerEntry entry(String path, byte[] bytes) {
    return new LayerEntry.File(
        path,
        bytes.length,
        () -> new ByteArrayInputStream(bytes),
        0644,
        LayerEntry.Owner.ROOT,
        Instant.EPOCH);
  }

  public Path folder(Path folder) {
    try {
      for (Map.Entry<String, byte[]> entry : files.entrySet()) {
        Path file = folder.resolve(entry.getKey());
        Files.createDirectories(file.getParent());
        Files.write(file, entry.getValue());
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
