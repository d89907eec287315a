package io.github.goldenmaven.registry.layout;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The files of an OCI layout folder. Whatever is written appears whole or not at all; no symbolic
 * link inside the folder is followed, for it may lead out of it.
 */
final class LayoutFiles {

  private static final JsonObject VERSION = JsonObject.EMPTY.with("imageLayoutVersion", "1.0.0");

  private final Path folder;

  LayoutFiles(Path folder) {
    this.folder = folder;
  }

  Path folder() {
    return folder;
  }

  /** Where a blob lies; whether it does is another question. */
  Path blob(Digest digest) {
    return blobs().resolve(digest.hex());
  }

  private Path blobs() {
    return folder.resolve("blobs").resolve("sha256");
  }

  private Path layoutFile() {
    return folder.resolve("oci-layout");
  }

  private Path indexFile() {
    return folder.resolve("index.json");
  }

  /** Whether there is a layout; a folder with something else in it is refused. */
  boolean exist() throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS) || isUntouched()) {
      return false;
    }
    requirePlain();
    Optional<byte[]> stated = small(layoutFile());
    if (stated.isEmpty()) {
      throw refused("is a folder with other things in it");
    }
    JsonObject json = StrictJson.read("The file 'oci-layout' of '" + shown() + "'", stated.get());
    String version = json.string("imageLayoutVersion").orElse("");
    if (!version.equals("1.0.0")) {
      throw refused("has the layout version '" + Printable.of(version) + "', not '1.0.0'");
    }
    return true;
  }

  /** Whether nothing is in the folder, or only what {@link #create} puts there first. */
  private boolean isUntouched() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw refused("is no folder");
    }
    try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
      for (Path path : inside) {
        String name = String.valueOf(path.getFileName());
        if (!name.equals("blobs") && !name.equals(LayoutLock.FILE)) {
          return false;
        }
      }
      return true;
    }
  }

  private void requirePlain() {
    for (Path inside : new Path[] {folder.resolve("blobs"), blobs(), layoutFile(), indexFile()}) {
      if (Files.isSymbolicLink(inside)) {
        throw refused("has a symbolic link, '" + folder.relativize(inside) + "'");
      }
    }
  }

  /** Makes the folder a layout where it is none yet. */
  void create() throws IOException {
    if (!exist()) {
      Files.createDirectories(folder);
      LayoutLock.holding(
          folder,
          () -> {
            if (!exist()) {
              Files.createDirectories(blobs());
              publish(VERSION.toBytes(), layoutFile());
            }
          });
    }
    Files.createDirectories(blobs());
  }

  LayoutIndex index() throws IOException {
    if (!exist()) {
      return LayoutIndex.EMPTY;
    }
    Optional<byte[]> bytes = small(indexFile());
    if (bytes.isEmpty()) {
      return LayoutIndex.EMPTY;
    }
    return new LayoutIndex(
        StrictJson.read("The file 'index.json' of '" + shown() + "'", bytes.get()));
  }

  /** Changes index.json while nobody else does. */
  void update(UnaryOperator<LayoutIndex> change) throws IOException {
    create();
    LayoutLock.holding(
        folder,
        () -> {
          LayoutIndex before = index();
          LayoutIndex after = change.apply(before);
          if (!after.equals(before) || !Files.exists(indexFile())) {
            publish(after.json().toBytes(), indexFile());
          }
        });
  }

  /** A file's bytes, at most a manifest's; empty where it is not there. */
  private Optional<byte[]> small(Path file) throws IOException {
    try (InputStream in = open(file)) {
      byte[] bytes = in.readNBytes(StrictJson.MAX_BYTES + 1);
      return Optional.of(bytes);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Opens a regular file of the layout, never what a link leads to. */
  InputStream open(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(file.toString());
      }
      throw refused("has a '" + folder.relativize(file) + "' that is no regular file");
    }
    return Channels.newInputStream(
        Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
  }

  /** A file beside the blobs that nobody looks at yet. */
  Path temporary() throws IOException {
    return Files.createTempFile(blobs(), ".golden-", ".part");
  }

  /** Gives a finished temporary file its name; what had the name before is replaced. */
  void move(Path finished, Path name) throws IOException {
    try {
      Files.move(finished, name, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      throw new UnavailableException(
          "The file system of '" + shown() + "' cannot rename a file at one stroke.",
          "Put the layout onto a local file system: <image> (-Dgolden.image) or 'to' of"
              + " golden.yaml.",
          e);
    }
  }

  /** What a file is to hold. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private void publish(byte[] bytes, Path name) throws IOException {
    write(() -> new ByteArrayInputStream(bytes), name);
  }

  void write(Source source, Path name) throws IOException {
    Path part = temporary();
    try {
      try (InputStream in = source.open();
          OutputStream out = Files.newOutputStream(part)) {
        in.transferTo(out);
      }
      readableByAll(part);
      move(part, name);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Temporary files are private by default; a layout is as readable as its folder. */
  private static void readableByAll(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  String shown() {
    return Printable.of(folder.toString());
  }

  RefusedException refused(String fault) {
    return new RefusedException(
        "The OCI layout '" + shown() + "' " + fault + ".",
        "Name another folder in <base> (-Dgolden.base), <image> (-Dgolden.image), or 'from' or"
            + " 'to' of golden.yaml, or have the"
            + " layout written again.");
  }

  UnavailableException unavailable(String doing, IOException fault) {
    return new UnavailableException(
        "The OCI layout '" + shown() + "' cannot be " + doing + ": " + reason(fault) + ".",
        "Look whether the disk is full and whether the folder may be written to.",
        fault);
  }

  private static String reason(IOException fault) {
    @Nullable String message = fault.getMessage();
    String kind = fault.getClass().getSimpleName().replaceAll("Exception$", "");
    return Printable.of(message == null ? kind : kind + " " + message);
  }
}
