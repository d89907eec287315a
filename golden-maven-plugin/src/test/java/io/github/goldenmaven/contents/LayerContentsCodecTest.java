package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.TarEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

class LayerContentsCodecTest {

  private static final Digest LAYER = Digest.of(new byte[0]);

  @Property(tries = 300)
  @Tag("sweep")
  void whateverWasWrittenIsReadAgain(@ForAll("changes") List<ContentEntry> changes)
      throws IOException {
    LayerContents contents = new LayerContents(LAYER, 7, Digest.of(new byte[1]), changes, null);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    LayerContentsCodec.write(contents, file);

    LayerContents read =
        LayerContentsCodec.read(LAYER, new ByteArrayInputStream(file.toByteArray()), file.size());

    assertThat(read.diffId()).isEqualTo(contents.diffId());
    assertThat(read.entries())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(changes);
  }

  /** A number that damage made large must not take the heap before the checksum is seen. */
  @Property(tries = 50)
  void moreEntriesThanTheFileHasRoomForAreNeverAskedFor(
      @ForAll("changes") List<ContentEntry> changes) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    LayerContentsCodec.write(new LayerContents(LAYER, 7, LAYER, changes, null), file);
    byte[] bytes = file.toByteArray();
    int count = bytes.length / 44 + 1;
    int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(LAYER.hex()) + 64;
    ByteBuffer.wrap(bytes).putInt(at, count);

    assertThatThrownBy(
            () -> LayerContentsCodec.read(LAYER, new ByteArrayInputStream(bytes), bytes.length))
        .isInstanceOf(IOException.class)
        .hasMessage("more entries than there is room for");
  }

  @Provide
  Arbitrary<List<ContentEntry>> changes() {
    // Half a surrogate stands for a byte that is no UTF-8.
    Arbitrary<String> names =
        Arbitraries.strings().withChars("/a.\0\u00e9\uc8fc\udc80\ud83d\ude00").ofMaxLength(12);
    Arbitrary<Long> owners = Arbitraries.longs().between(0, 0xFFFFFFFFL);
    Arbitrary<List<String>> attributes = names.list().ofMaxSize(5);
    Arbitrary<ContentEntry> files =
        Combinators.combine(
                names,
                Arbitraries.longs().greaterOrEqual(0),
                Arbitraries.integers(),
                owners,
                owners,
                attributes,
                Arbitraries.of(new byte[0], new byte[32], Digest.sha256().digest()),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(9))
            .as(
                (path, size, mode, uid, gid, told, sha256, bytes) ->
                    new ContentEntry(
                        TarEntry.Type.FILE,
                        path,
                        "",
                        bytes.length > 0 ? bytes.length : size,
                        mode,
                        uid,
                        gid,
                        told,
                        sha256,
                        bytes));
    Arbitrary<ContentEntry> others =
        Combinators.combine(
                Arbitraries.of(TarEntry.Type.class), names, names, owners, owners, attributes)
            .as(
                (type, path, link, uid, gid, told) ->
                    new ContentEntry(type, path, link, 0755, uid, gid, told));
    return Arbitraries.oneOf(files, others).list().ofMaxSize(20);
  }
}
