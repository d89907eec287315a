package io.github.goldenmaven.packaging.classfile;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars and folders of classes that are nothing but their first bytes. */
final class ClassFiles {

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /** The first bytes of a class file of this Java. */
  static byte[] header(int java) {
    return header(java, 0);
  }

  static byte[] header(int java, int minor) {
    return ByteBuffer.allocate(32)
        .putInt(0xCAFEBABE)
        .putShort((short) minor)
        .putShort((short) (java + 44))
        .array();
  }

  ClassFiles with(String path, int java) {
    files.put(path, header(java));
    return this;
  }

  ClassFiles with(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  /** So many classes of this Java. */
  ClassFiles with(int count, int java) {
    for (int at = 0; at < count; at++) {
      with("org/lib/C%03dOf%d.class".formatted(at, java), java);
    }
    return this;
  }

  Path jar(Path file) {
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          zip.write(entry.getValue());
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder(Path folder) {
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
