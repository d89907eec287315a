package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
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

class LayerContentsCodecTest {

  private static final Digest LAYER = Digest.of(new byte[0]);

  @Property(tries = 300)
  void whateverWasWrittenIsReadAgain(@ForAll("changes") List<LayerChange> changes)
      throws IOException {
    LayerContents contents = new LayerContents(Digest.of(new byte[1]), changes);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    LayerContentsCodec.write(LAYER, contents, file);

    LayerContents read =
        LayerContentsCodec.read(LAYER, new ByteArrayInputStream(file.toByteArray()), file.size());

    assertThat(read.diffId()).isEqualTo(contents.diffId());
    assertThat(read.changes())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyElementsOf(changes);
  }

  /** A number that damage made large must not take the heap before the checksum is seen. */
  @Property(tries = 50)
  void moreEntriesThanTheFileHasRoomForAreNeverAskedFor(
      @ForAll("changes") List<LayerChange> changes) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    LayerContentsCodec.write(LAYER, new LayerContents(LAYER, changes), file);
    byte[] bytes = file.toByteArray();
    int count = bytes.length / 40 + 1;
    int at = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(LAYER.hex()) + 64;
    ByteBuffer.wrap(bytes).putInt(at, count);

    assertThatThrownBy(
            () -> LayerContentsCodec.read(LAYER, new ByteArrayInputStream(bytes), bytes.length))
        .isInstanceOf(IOException.class)
        .hasMessage("more entries than there is room for");
  }

  @Provide
  Arbitrary<List<LayerChange>> changes() {
    // Half a surrogate stands for a byte that is no UTF-8.
    Arbitrary<String> names =
        Arbitraries.strings().withChars("/a.\u00e9\uc8fc\udc80\ud83d\ude00").ofMaxLength(12);
    Arbitrary<Owner> owners =
        Arbitraries.integers().greaterOrEqual(0).map(uid -> new Owner(uid, uid / 2));
    Arbitrary<LayerChange> files =
        Combinators.combine(
                names,
                Arbitraries.longs().greaterOrEqual(0),
                Arbitraries.integers().between(0, 07777),
                owners,
                Arbitraries.of(new byte[0], new byte[32], Digest.sha256().digest()),
                Arbitraries.bytes().array(byte[].class).ofMaxSize(9))
            .as(
                (path, size, mode, owner, sha256, bytes) ->
                    new LayerChange(
                        TarEntry.Type.FILE,
                        path,
                        "",
                        bytes.length > 0 ? bytes.length : size,
                        mode,
                        owner,
                        sha256,
                        bytes));
    Arbitrary<LayerChange> others =
        Combinators.combine(Arbitraries.of(TarEntry.Type.class), names, names, owners)
            .as((type, path, link, owner) -> new LayerChange(type, path, link, 0755, owner));
    return Arbitraries.oneOf(files, others).list().ofMaxSize(20);
  }
}
