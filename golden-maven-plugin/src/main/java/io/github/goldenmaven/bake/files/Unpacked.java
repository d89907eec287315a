package io.github.goldenmaven.bake.files;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerReader;
import io.github.goldenmaven.oci.layer.TarEntry;
import io.github.goldenmaven.text.Printable;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * What an archive holds: a tar, gzip-compressed or not, or a zip. The archive's files lie one after
 * another in one file of this machine, so that no name of theirs ever becomes one here.
 */
public final class Unpacked {

  /** Ten times the largest tool one would put into an image. */
  static final LayerReader.Limits LIMITS = new LayerReader.Limits(200_000, 4L << 30, 200);

  private static final Map<String, byte[]> UNREADABLE =
      Map.of(
          "xz", new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z'},
          "bzip2", new byte[] {'B', 'Z', 'h'},
          "zstd", new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd});
  private static final String REMEDY =
      "Name a tar.gz, a tar or a zip in 'artifact' or 'file', or leave 'unpack' out.";
  private static final byte[] ZIP = {'P', 'K'};
  private static final int PERMISSIONS = 0777;
  private static final int PRIVILEGES = 06000;
  private static final int BUFFER = 64 * 1024;

  /** Bytes of the content file. */
  private record Slice(Path file, long offset, long size) implements LayerEntry.Content {
    @Override
    public InputStream open() throws IOException {
      return new SliceInput(file, offset, size);
    }
  }

  /** One entry; {@code slice} of a file, {@code link} of a symbolic link, neither of a folder. */
  private record Part(String path, int mode, @Nullable Slice slice, @Nullable String link) {}

  private final Path content;
  private final String name;
  private final String shown;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, Slice> slices = new HashMap<>();
  private long written;
  private @Nullable String privilegedOrNull;
  private @Nullable String guessedNameOrNull;

  private Unpacked(Path content, String name) {
    this.content = content;
    this.name = name;
    this.shown = "The archive '" + name + "'";
  }

  /**
   * Unpacks an archive.
   *
   * @param name for messages
   * @param content the file to write
   * @throws RefusedException when it is no such archive, or one that could leave its folder
   */
  public static Unpacked of(
      Path archive, String name, Path content, GoldenDefinition definition, String key) {
    Unpacked unpacked = new Unpacked(content, name);
    try {
      byte[] first = first(archive);
      unpacked.requireReadable(first);
      Files.createDirectories(content.toAbsolutePath().getParent());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(content), BUFFER)) {
        if (startsWith(first, ZIP)) {
          unpacked.zip(archive, out);
        } else {
          unpacked.tar(archive, out);
        }
      }
    } catch (ZipArchive.Encrypted e) {
      throw definition.refused(
          key,
          unpacked.refused(String.valueOf(e.getMessage()), "is encrypted").problem(),
          "Pack it again without a password: who may read the image could read it anyway.");
    } catch (RefusedException e) {
      // What reads layers has advice about images.
      throw definition.refused(key, e.problem(), REMEDY);
    } catch (IOException e) {
      throw new UnavailableException(
          "The archive '" + name + "' could not be unpacked: " + Printable.of(e.toString()) + ".",
          "Check that the file can be read and that there is space in the build's folder.",
          e);
    }
    return unpacked;
  }

  private void requireReadable(byte[] first) {
    UNREADABLE.forEach(
        (format, magic) -> {
          if (startsWith(first, magic)) {
            throw new RefusedException(shown + " is compressed with " + format + ".", REMEDY);
          }
        });
  }

  private static byte[] first(Path archive) throws IOException {
    try (InputStream in = Files.newInputStream(archive)) {
      return in.readNBytes(8);
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  private void tar(Path archive, OutputStream out) throws IOException {
    try (LayerReader reader = LayerReader.open(shown, Files.newInputStream(archive), LIMITS)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        tarEntry(next.orElseThrow(), reader, out);
      }
    }
  }

  private void tarEntry(TarEntry entry, LayerReader reader, OutputStream out) throws IOException {
    String path = entry.path();
    int mode = entry.mode();
    switch (entry.type()) {
      case FILE -> {
        if (entry.xattrs().contains("security.capability")) {
          privilegedOrNull = path;
        }
        file(path, mode, reader.content(), out);
      }
      case DIRECTORY -> {
        if (!path.isEmpty()) {
          folder(path, mode);
        }
      }
      case SYMBOLIC_LINK -> link(path, entry.link());
      case HARD_LINK -> {
        Slice slice = slices.get(entry.link());
        if (slice == null) {
          throw refused(path, "is a hard link to '" + Printable.of(entry.link()) + "', no file");
        }
        parts.add(new Part(path, mode & PERMISSIONS, slice, null));
      }
      case WHITEOUT, OPAQUE_WHITEOUT ->
          throw refused(path, "has a name that removes files in a layer");
      default -> throw refused(path, "is a device or a pipe");
    }
  }

  private void zip(Path archive, OutputStream out) throws IOException, ZipArchive.Encrypted {
    try (ZipArchive zip = new ZipArchive(archive)) {
      for (ZipArchive.Entry entry : zip.entries()) {
        requireInside(entry.name());
        String path = entry.name().replaceAll("/+$", "");
        if (guessedNameOrNull == null && !zip.names().equals(StandardCharsets.UTF_8)) {
          guessedNameOrNull = path.chars().allMatch(letter -> letter < 0x80) ? null : path;
        }
        if (parts.size() >= LIMITS.maxEntries()) {
          throw refused(path, "comes after " + LIMITS.maxEntries() + " others");
        }
        switch (entry.type()) {
          case FILE -> {
            try (InputStream in = zip.content(entry)) {
              file(path, entry.mode(), in, out);
            }
          }
          case DIRECTORY -> folder(path, entry.mode());
          case SYMBOLIC_LINK -> {
            try (InputStream in = zip.content(entry)) {
              link(path, new String(in.readNBytes(BUFFER), zip.names()));
            }
          }
          case OTHER -> throw refused(path, "is a device or a pipe");
        }
      }
    } catch (ZipArchive.NotAZip e) {
      throw new RefusedException(shown + " " + e.getMessage() + ".", REMEDY, e);
    } catch (ZipException e) {
      throw new RefusedException(
          shown + " is damaged: " + Printable.of(String.valueOf(e.getMessage())) + ".", REMEDY, e);
    }
  }

  private void requireInside(String path) {
    for (String part : path.replaceAll("/+$", "").split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
        throw refused(path, "has a path that does not stay in its folder on every system");
      }
      if (part.startsWith(".wh.")) {
        throw refused(path, "has a name that removes files in a layer");
      }
    }
  }

  private void file(String path, int mode, InputStream in, OutputStream out) throws IOException {
    long offset = written;
    byte[] buffer = new byte[BUFFER];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      out.write(buffer, 0, read);
      written += read;
      if (written > LIMITS.maxBytes()) {
        throw refused(path, "is beyond the " + LIMITS.maxBytes() + " bytes that are unpacked");
      }
    }
    Slice slice = new Slice(content, offset, written - offset);
    slices.put(path, slice);
    if ((mode & PRIVILEGES) != 0) {
      privilegedOrNull = path;
    }
    parts.add(new Part(path, mode & PERMISSIONS, slice, null));
  }

  private void folder(String path, int mode) {
    parts.add(new Part(path, mode & PERMISSIONS, null, null));
  }

  private void link(String path, String target) {
    if (target.isEmpty()) {
      throw refused(path, "is a link to nothing");
    }
    parts.add(new Part(path, PERMISSIONS, null, target));
  }

  private RefusedException refused(String path, String fault) {
    return new RefusedException(
        "'" + Printable.of(path) + "' in the archive '" + name + "' " + fault + ".", REMEDY);
  }

  /**
   * As a layer's.
   *
   * @param folder where they go, as in a layer; empty for the root
   */
  public List<LayerEntry> entries(String folder, Owner owner) {
    // What comes twice in a tar, as after 'tar -r', is what came last.
    Map<String, Part> last = new LinkedHashMap<>();
    parts.forEach(part -> last.put(part.path(), part));
    return last.values().stream()
        .map(
            part -> entry(part, folder.isEmpty() ? part.path() : folder + "/" + part.path(), owner))
        .toList();
  }

  private static LayerEntry entry(Part part, String path, Owner owner) {
    if (part.slice() != null) {
      return new LayerEntry.File(
          path, part.slice().size(), part.slice(), part.mode(), owner, Additions.TIME);
    }
    return part.link() != null
        ? new LayerEntry.SymbolicLink(path, part.link(), owner, Additions.TIME)
        : new LayerEntry.Directory(path, part.mode(), owner, Additions.TIME);
  }

  /** A path whose letters are a guess: the zip does not say what its names are written in. */
  public Optional<String> guessedName() {
    return Optional.ofNullable(guessedNameOrNull);
  }

  /** A file that had more rights than its user: one of them, where there are any. */
  public Optional<String> privileged() {
    return Optional.ofNullable(privilegedOrNull);
  }
}
