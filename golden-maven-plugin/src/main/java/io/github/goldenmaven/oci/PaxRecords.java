package io.github.goldenmaven.oci;

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
  private static final Set<String> DECIDING = Set.of("path", "linkpath", "size", "uid", "gid");

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

  /**
   * Checks a global header. Container runtimes pass its records over, GNU tar applies them: one
   * that would change what the following entries are is refused.
   */
  static void requireHarmless(LayerFault fault, byte[] bytes) {
    for (String key : read(fault, bytes).keySet()) {
      if (DECIDING.contains(key) || key.contains("xattr") || key.startsWith("GNU.")) {
        throw fault.refused(
            "has a global PAX header with '" + Printable.of(key) + "', which some readers apply");
      }
    }
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
    if (DECIDING.contains(key) && (value.isEmpty() || value.indexOf('\0') >= 0)) {
      throw fault.refused("has a PAX header with an empty or cut '" + key + "'");
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
