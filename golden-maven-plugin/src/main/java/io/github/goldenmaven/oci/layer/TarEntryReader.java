package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes an entry of its header and what came before it: PAX records, or GNU's long names. */
final class TarEntryReader {

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern TIME = Pattern.compile("(-?[0-9]{1,18})(\\.[0-9]*)?");

  /** Linux's numbers have 32 bits, of which all set mean that nothing changes. */
  private static final long MAX_OWNER = 0xFFFF_FFFEL;

  /** Of a device that mknod(2) makes. */
  private static final long MAX_MAJOR = 0xFFF;

  private static final long MAX_MINOR = 0xF_FFFF;

  /** Linux's PATH_MAX. */
  private static final int MAX_NAME = 4096;

  private final LayerFault fault;
  private final TarHeader header;
  private final Map<String, String> pax;
  private final String rawPath;
  private final String rawLink;

  TarEntryReader(
      LayerFault fault,
      TarHeader header,
      Map<String, String> pax,
      @Nullable String longName,
      @Nullable String longLink) {
    this.fault = fault;
    this.header = header;
    this.pax = pax;
    this.rawPath = name("path", longName, header.name());
    this.rawLink = name("linkpath", longLink, header.link());
  }

  private String name(String key, @Nullable String gnu, String ustar) {
    String octets = gnu == null ? pax.getOrDefault(key, ustar) : gnu;
    if (octets.length() > MAX_NAME) {
      throw fault.refused("has an entry with a name of more than " + MAX_NAME + " bytes");
    }
    return LayerPath.decode(octets);
  }

  TarEntry entry() {
    String path = normalised(rawPath);
    TarEntry.Type type = type();
    long size = number("size", header::size);
    if (type == TarEntry.Type.FILE) {
      requireFileName(path);
    } else if (size != 0) {
      throw refused("has a size though it is no file");
    }
    if (GlobalHeader.hasNameOf(path)) {
      throw refused("has the name of a global PAX header, which some runtimes remove");
    }
    ExtendedAttributes.requireOfFiles(fault, rawPath, pax);
    requireDevice(type);
    requireTimes();
    return new TarEntry(
        path,
        rawPath,
        marked(type, path),
        link(type),
        size,
        header.mode(),
        owner("uid", header::uid),
        owner("gid", header::gid),
        modified(),
        header.deviceMajor(),
        header.deviceMinor(),
        Map.copyOf(pax));
  }

  private TarEntry.Type type() {
    return switch (header.type()) {
      case '0' -> TarEntry.Type.FILE;
      // Before POSIX a directory was a file whose name ends in a slash.
      case 0 -> rawPath.endsWith("/") ? TarEntry.Type.DIRECTORY : TarEntry.Type.FILE;
      case '1' -> TarEntry.Type.HARD_LINK;
      case '2' -> TarEntry.Type.SYMBOLIC_LINK;
      case '3' -> TarEntry.Type.CHARACTER_DEVICE;
      case '4' -> TarEntry.Type.BLOCK_DEVICE;
      case '5' -> TarEntry.Type.DIRECTORY;
      case '6' -> TarEntry.Type.FIFO;
      case 'S' -> throw fault.sparse();
      default -> throw refused("is of the unknown type '" + Printable.of("" + header.type()) + "'");
    };
  }

  /** Runtimes go by the name alone, whatever kind of entry carries it. */
  private TarEntry.Type marked(TarEntry.Type type, String path) {
    String name = TarEntry.name(path);
    if (!name.startsWith(TarEntry.WHITEOUT_PREFIX)) {
      return type;
    }
    if (name.equals(TarEntry.OPAQUE_MARKER)) {
      return TarEntry.Type.OPAQUE_WHITEOUT;
    }
    String removed = name.substring(TarEntry.WHITEOUT_PREFIX.length());
    if (removed.isEmpty() || removed.equals(".") || removed.equals("..")) {
      throw refused("is a whiteout of no name");
    }
    if (removed.startsWith(TarEntry.WHITEOUT_PREFIX)) {
      throw refused("is of AUFS's own bookkeeping");
    }
    return TarEntry.Type.WHITEOUT;
  }

  private void requireFileName(String path) {
    if (path.isEmpty() || rawPath.endsWith("/")) {
      throw refused("is a file with a directory's name");
    }
  }

  /** Beyond these the kernel's own form of the number drops bits: another device, or none. */
  private void requireDevice(TarEntry.Type type) {
    boolean character = type == TarEntry.Type.CHARACTER_DEVICE;
    if (!character && type != TarEntry.Type.BLOCK_DEVICE) {
      return;
    }
    if (header.deviceMajor() > MAX_MAJOR || header.deviceMinor() > MAX_MINOR) {
      throw refused("is a device of a number that Linux cannot hold");
    }
    if (character && header.deviceMajor() == 0 && header.deviceMinor() == 0) {
      throw refused("is the device 0:0, which is a whiteout to some runtimes");
    }
  }

  /** Readers in Go refuse the whole layer for one of these. */
  private void requireTimes() {
    for (String key : List.of("atime", "ctime")) {
      String value = pax.getOrDefault(key, "");
      if (!value.isEmpty() && !TIME.matcher(value).matches()) {
        throw refused("has a PAX '" + key + "' that is not a number");
      }
    }
  }

  private String link(TarEntry.Type type) {
    return switch (type) {
      case HARD_LINK -> normalised(rawLink);
      case SYMBOLIC_LINK -> {
        if (rawLink.isEmpty()) {
          throw refused("is a link to nothing");
        }
        yield rawLink;
      }
      default -> "";
    };
  }

  private String normalised(String raw) {
    return LayerPath.normalised(raw)
        .filter(path -> !raw.isEmpty())
        .orElseThrow(
            () ->
                fault.refused(
                    "has the path '" + Printable.of(raw) + "', which is empty or has a '..' part"));
  }

  private long number(String key, LongSupplier field) {
    String value = pax.get(key);
    if (value == null) {
      return field.getAsLong();
    }
    if (!WHOLE.matcher(value).matches()) {
      throw refused("has a PAX '" + key + "' that is not a number");
    }
    return Long.parseLong(value);
  }

  private long owner(String key, LongSupplier field) {
    long number = number(key, field);
    if (number > MAX_OWNER) {
      throw refused("has a " + key + " that Linux cannot hold");
    }
    return number;
  }

  private long modified() {
    String value = pax.get("mtime");
    if (value == null) {
      return header.modified();
    }
    Matcher time = TIME.matcher(value);
    if (!time.matches()) {
      throw refused("has a PAX 'mtime' that is not a number");
    }
    return Long.parseLong(time.group(1));
  }

  private RefusedException refused(String fault) {
    return this.fault.refused("has an entry '" + Printable.of(rawPath) + "' that " + fault);
  }
}
