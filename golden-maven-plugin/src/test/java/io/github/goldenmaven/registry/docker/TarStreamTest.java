package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;

class TarStreamTest {

  @Test
  void isReadByAnotherReader() throws IOException {
    TarStream archive = new TarStream();
    archive.add("manifest.json", "[]".getBytes(StandardCharsets.UTF_8));
    archive.add("blobs/sha256/empty", new byte[0]);
    archive.add("blobs/sha256/block", new byte[512]);
    byte[] bytes = archive.open().readAllBytes();
    assertThat(bytes.length % 512).isZero();
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(bytes))) {
      expect(tar, "manifest.json", 2);
      expect(tar, "blobs/sha256/empty", 0);
      expect(tar, "blobs/sha256/block", 512);
      assertThat(tar.getNextEntry()).isNull();
    }
  }

  @Test
  void announcesMoreThanAnOctalFieldCanHold() throws IOException {
    long size = 10L << 30;
    TarStream archive = new TarStream();
    archive.add("large", size, InputStream::nullInputStream);
    try (TarArchiveInputStream tar = new TarArchiveInputStream(archive.open())) {
      assertThat(tar.getNextEntry().getSize()).isEqualTo(size);
    }
  }

  @Test
  void opensAContentOnlyWhenItIsReadAndClosesIt() throws IOException {
    AtomicInteger opened = new AtomicInteger();
    TarStream archive = new TarStream();
    archive.add(
        "late",
        1,
        () -> {
          opened.incrementAndGet();
          return new ByteArrayInputStream(new byte[1]);
        });
    InputStream stream = archive.open();
    stream.readNBytes(512);
    assertThat(opened).hasValue(0);
    stream.readAllBytes();
    assertThat(opened).hasValue(1);
    archive.open().close();
    assertThat(opened).hasValue(1);
  }

  @Test
  void refusesAContentOfAnotherLength() {
    for (int length : new int[] {3, 5}) {
      TarStream archive = new TarStream();
      archive.add("torn", 4, () -> new ByteArrayInputStream(new byte[length]));
      assertThatThrownBy(() -> archive.open().readAllBytes())
          .isInstanceOf(UnavailableException.class)
          .hasMessage(
              "'torn' changed while the Docker Engine was given it. Build again, and let nothing"
                  + " write into the build's output at the same time.");
    }
  }

  private static void expect(TarArchiveInputStream tar, String name, long size) throws IOException {
    TarArchiveEntry entry = tar.getNextEntry();
    assertThat(entry.getName()).isEqualTo(name);
    assertThat(entry.getSize()).isEqualTo(size);
    assertThat(entry.isFile()).isTrue();
  }
}
