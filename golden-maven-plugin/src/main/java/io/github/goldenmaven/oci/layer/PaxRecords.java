package io.github.goldenmaven.oci.layer;

import io.github.goldenmaven.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The records of a PAX header, {@code LENGTH KEY=VALUE\n} each; every byte of a value is one
 * character.
 *
 * @see <a
 *     href="https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_03">POSIX,
 *     pax Extended Header</a>
 */
final class PaxRecords {

  /** Records that decide what an entry is: readers differ on an empty or a global one. */
  static final Set<String> DECIDING = Set.of("path", "linkpath", "size", "uid", "gid");

  /** Readers in Go refuse a NUL in these too. */
  private static final Set<String> NAMES = Set.of("uname", "gname");

  private static final int MAX_LENGTH_DIGITS = 7;

  private final LayerFault fault;
  private final byte[] bytes;
  private int at;

  private PaxRecords(LayerFault fault, byte[] bytes) {
    this.fault = fault;
    this.bytes = bytes;
  }

  /** The records of one entry; the last of a key counts. */
  static Map<String, String> read(LayerFault fault, byte[] bytes) {
    PaxRecords records = new PaxRecords(fault, bytes);
    Map<String, String> read = new LinkedHashMap<>();
    while (records.at < bytes.length) {
      records.record(read);
    }
    return read;
  }

  private void record(Map<String, String> records) {
    int start = at;
    int length = length();
    int end = start + length;
    if (length <= at - start || end > bytes.length || bytes[end - 1] != '\n') {
      throw malformed();
    }
    String record = new String(bytes, at, end - 1 - at, StandardCharsets.ISO_8859_1);
    int equals = record.indexOf('=');
    if (equals <= 0) {
      throw malformed();
    }
    String key = record.substring(0, equals);
    String value = record.substring(equals + 1);
    if (key.startsWith("GNU.sparse.")) {
      throw fault.sparse();
    }
    boolean cut = value.indexOf('\0') >= 0;
    if (DECIDING.contains(key) && (value.isEmpty() || cut)) {
      throw fault.refused("has a PAX header with an empty or cut '" + key + "'");
    }
    if (key.indexOf('\0') >= 0 || (NAMES.contains(key) && cut)) {
      throw malformed();
    }
    records.put(key, value);
    at = end;
  }

  private int length() {
    int length = 0;
    int digits = 0;
    while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
      length = length * 10 + bytes[at++] - '0';
      if (++digits > MAX_LENGTH_DIGITS) {
        throw malformed();
      }
    }
    if (digits == 0 || at == bytes.length || bytes[at++] != ' ') {
      throw malformed();
    }
    return length;
  }

  private RefusedException malformed() {
    return fault.refused("has a PAX header that is not made of 'LENGTH KEY=VALUE' lines");
  }
}
