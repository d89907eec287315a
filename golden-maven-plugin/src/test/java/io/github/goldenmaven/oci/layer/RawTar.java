package io.github.goldenmaven.oci.layer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Tar by hand, for archives no honest tool writes. */
public final class RawTar {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  public RawTar file(String name, String content) {
    return entry('0', name, content, header -> {});
  }

  public RawTar entry(char type, String name) {
    return entry(type, name, "", header -> {});
  }

  public RawTar entry(char type, String name, String content) {
    return entry(type, name, content, header -> {});
  }

  /** An entry whose header is changed before its checksum is taken. */
  public RawTar entry(char type, String name, String content, Consumer<byte[]> change) {
    byte[] data = content.getBytes(StandardCharsets.ISO_8859_1);
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 108, "0000000\0");
    put(header, 116, "0000000\0");
    put(header, 124, "%011o\0".formatted(data.length));
    put(header, 136, "00000000000\0");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    change.accept(header);
    seal(header);
    bytes.writeBytes(header);
    return raw(data).raw(new byte[-data.length & 511]);
  }

  /** A PAX header of these {@code KEY=VALUE} records. */
  public RawTar pax(char type, String... records) {
    StringBuilder body = new StringBuilder();
    for (String record : records) {
      int length = record.length() + 3;
      while (("" + length).length() + record.length() + 2 != length) {
        length++;
      }
      body.append(length).append(' ').append(record).append('\n');
    }
    return entry(type, type == 'g' ? "pax_global_header" : "pax", body.toString());
  }

  public RawTar raw(byte[] more) {
    bytes.writeBytes(more);
    return this;
  }

  public byte[] end() {
    return raw(new byte[1024]).bytes.toByteArray();
  }

  public byte[] cut() {
    return bytes.toByteArray();
  }

  public static void put(byte[] header, int at, String text) {
    byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(octets, 0, header, at, octets.length);
  }

  private static void seal(byte[] header) {
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
  }
}
