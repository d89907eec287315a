package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** What the tests of this subject share. */
abstract class LayerReaderFixture {

  static final String REMEDY =
      " Have the image built and pushed again by a tool that writes plain OCI layers, and look at"
          + " what pushed this one.";

  static LayerReader open(byte[] bytes) {
    return LayerReader.open(
        "The layer 'x'", new ByteArrayInputStream(bytes), LayerReader.Limits.DEFAULT);
  }

  static TarEntry only(byte[] bytes) {
    List<TarEntry> entries = entries(bytes);
    assertThat(entries).hasSize(1);
    return entries.get(0);
  }

  static List<TarEntry> entries(byte[] bytes) {
    return entries(bytes, LayerReader.Limits.DEFAULT);
  }

  static List<TarEntry> entries(byte[] bytes, LayerReader.Limits limits) {
    List<TarEntry> entries = new ArrayList<>();
    try (LayerReader reader =
        LayerReader.open("The layer 'x'", new ByteArrayInputStream(bytes), limits)) {
      for (Optional<TarEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
        entries.add(next.get());
      }
    }
    return entries;
  }

  static void assertRefused(byte[] bytes, String fault) {
    assertRefused(bytes, LayerReader.Limits.DEFAULT, fault);
  }

  static void assertRefused(byte[] bytes, LayerReader.Limits limits, String fault) {
    assertThatThrownBy(() -> entries(bytes, limits))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The layer 'x' " + fault + "." + REMEDY);
  }

  static void devices(byte[] header, String major, String minor) {
    RawTar.put(header, 329, major);
    RawTar.put(header, 337, minor);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("to memory", e);
    }
    return gzip.toByteArray();
  }
}
