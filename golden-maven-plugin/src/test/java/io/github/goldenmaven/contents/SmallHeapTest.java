package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.CappedBake;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole bakes, the second one from what the first one cached, in what Maven leaves of 128 MB. */
@Tag("sweep")
class SmallHeapTest {

  private static final int FILES = 250_000;
  private static final long LARGE = 300L << 20;

  @TempDir private Path folder;

  @Test
  void anOfficialImageOfVeryManyFilesIsBaked() throws IOException {
    byte[] content = {'x'};
    official(
        IntStream.range(0, FILES)
            .mapToObj(
                number ->
                    new LayerEntry.File(
                        "usr/share/doc/package-" + number / 100 + "/copyright-" + number,
                        1,
                        () -> new ByteArrayInputStream(content),
                        0644,
                        Owner.ROOT,
                        Instant.EPOCH))
            .map(LayerEntry.class::cast)
            .toList(),
        Compression.DEFLATED);

    assertThat(bake("environment: {TZ: UTC}\nfiles: [{from: golden.yaml, into: /etc/}]"))
        .isEqualTo("PUSHED UNCHANGED");
  }

  @Test
  void filesLargerThanTheHeapAreBaked() throws IOException {
    Path large = folder.resolve("large.bin");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(LARGE);
    }
    official(
        List.of(
            new LayerEntry.File(
                "opt/large", LARGE, new LayerEntry.OnDisk(large), 0644, Owner.ROOT, Instant.EPOCH)),
        Compression.STORED);

    assertThat(bake("tools: [{file: large.bin, into: /opt/tools/}]")).isEqualTo("PUSHED UNCHANGED");
  }

  private void official(List<LayerEntry> entries, Compression compression) throws IOException {
    Layer layer = LayerWriter.write(entries, compression, folder.resolve("layer.tar.gz"));
    LayoutFolder.at(folder.resolve("official"))
        .put(TinyBase.writeTo(folder.resolve("tiny")), TinyBase.TAG, List.of(layer), "1");
  }

  private String bake(String more) throws IOException {
    Path definition =
        Files.writeString(
            folder.resolve("golden.yaml"),
            """
            name: java
            version: "1.0"
            line: "1"
            from: oci:official:1
            to: oci:golden
            %s
            """
                .formatted(more));
    return Command.java("-Xmx112m")
        .with(CappedBake.class.getName(), definition.toString())
        .run()
        .strip();
  }
}
