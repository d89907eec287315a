package io.github.goldenmaven.oci.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("sets what the whole JVM shares")
class LayerWriterTest {

  private static final Instant TIME = Instant.parse("2026-11-23T10:15:30.987654321Z");
  private static final LayerEntry.Owner ROOT = LayerEntry.Owner.ROOT;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void digestsAndSizeAreThoseOfTheFile(Compression compression) throws IOException {
    Layer layer = write(List.of(file("app/a", "hello")), compression);

    byte[] stored = Files.readAllBytes(folder.resolve("layer"));
    assertThat(layer.blob().digest()).isEqualTo(Digest.of(stored));
    assertThat(layer.blob().size()).isEqualTo(stored.length);
    assertThat(layer.blob().open().readAllBytes()).isEqualTo(stored);
    assertThat(layer.diffId()).isEqualTo(Digest.of(Gunzip.all(stored)));
    assertThat(layer.mediaType()).isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip");
  }

  /** Pinned: who changes a byte of our layers changes the digest of every image ever built. */
  @Test
  void theBytesAreTheSameTodayAsTheyWereWhenThisWasWritten() {
    List<LayerEntry> entries =
        List.of(
            file("app/classes/Main.class", "class ".repeat(20_000)),
            new LayerEntry.Directory("app", 0755, ROOT, TIME),
            new LayerEntry.SymbolicLink("app/current", "classes", ROOT, TIME),
            file("app/" + "long/".repeat(40) + "é", ""));

    Layer deflated = write(entries, Compression.DEFLATED);
    Layer stored = write(entries, Compression.STORED);

    assertThat(deflated.diffId()).isEqualTo(stored.diffId());
    assertThat(deflated.diffId())
        .hasToString("sha256:d6198c892d630601c443ab78c4e5874ab798acfb7f1d98d1bf7f90a91ad576b4");
    assertThat(deflated.blob().digest())
        .hasToString("sha256:99a2d3072f5b03e2d839964042244d7aad92ca6cfe81a59b083a8af0cc5066b7");
    assertThat(stored.blob().digest())
        .hasToString("sha256:929edfd5a093446d0e18ab0e17670a6726e5a477c524586c61d9dafbe7139f64");
  }

  @Test
  void theOrderOfTheEntriesTheTimeZoneAndTheLocaleChangeNothing() {
    List<LayerEntry> entries =
        new ArrayList<>(List.of(file("a", "1"), file("İ/ı", "2"), file("b/c", "3")));
    Layer before = write(entries, Compression.DEFLATED);
    TimeZone zone = TimeZone.getDefault();
    Locale locale = Locale.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      java.util.Collections.reverse(entries);

      assertThat(write(entries, Compression.DEFLATED).blob().digest())
          .isEqualTo(before.blob().digest());
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  @Test
  void refusesOnePathTwice() {
    assertThatThrownBy(
            () ->
                write(
                    List.of(
                        file("app/a", "123"), new LayerEntry.Directory("app/a", 0755, ROOT, TIME)),
                    Compression.STORED))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'app/a' is in one layer twice: as a file of 3 bytes and as a directory. Leave one of"
                + " the two out, or let one have another path.");
    assertNothingIsLeft();
  }

  @Test
  void refusesAnEntryBelowAFile() {
    assertThatThrownBy(
            () ->
                write(
                    List.of(
                        file("app/a/b", ""),
                        file("app/a.b", ""),
                        new LayerEntry.SymbolicLink("app/a", "/etc", ROOT, TIME)),
                    Compression.STORED))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'app/a/b' lies below 'app/a', which is a symbolic link to '/etc'. Let only directories"
                + " have something below them.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "/a", "a/", "a//b", ".", "./a", "a/.", "..", "../a", "a/../b", "a\0b", "\ud800"
      })
  void refusesAPathThatIsNotRelativeAndPlain(String path) {
    assertThatThrownBy(() -> write(List.of(file(path, "")), Compression.STORED))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + Printable.of(path)
                + "' is not a path for a layer's entry. Write paths relative to the image's root,"
                + " like 'app/libs/orders.jar': no '/' before or after, no empty, '.' or '..' part,"
                + " no NUL character.");
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\udc00"})
  void refusesALinkTargetNoFileSystemCanHold(String target) {
    assertThatThrownBy(
            () ->
                write(
                    List.of(new LayerEntry.SymbolicLink("link", target, ROOT, TIME)),
                    Compression.STORED))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The symbolic link 'link' points to '"
                + Printable.of(target)
                + "', which no file system can hold. Give it a target that is not empty and has no"
                + " NUL character.");
    assertNothingIsLeft();
  }

  static Stream<LayerEntry> outOfRange() {
    LayerEntry.Content empty = () -> new ByteArrayInputStream(new byte[0]);
    return Stream.of(
        new LayerEntry.File("a", 0, empty, 010000, ROOT, TIME),
        new LayerEntry.File("a", 0, empty, -1, ROOT, TIME),
        new LayerEntry.File("a", -1, empty, 0644, ROOT, TIME),
        new LayerEntry.Directory("a", 0755, new LayerEntry.Owner(0, -1), TIME),
        new LayerEntry.Directory("a", 0755, new LayerEntry.Owner(-1, 0), TIME));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("outOfRange")
  void refusesNumbersNoTarCanHold(LayerEntry entry) {
    assertThatThrownBy(() -> write(List.of(entry), Compression.STORED))
        .isInstanceOf(RefusedException.class)
        .hasMessageMatching(
            "'a' has the (mode 10000|mode 37777777777|size -1|owner 0:-1|owner -1:0), which no tar"
                + " can hold\\. A mode is octal and at most 7777; owner and size are not"
                + " negative\\.");
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 6})
  void refusesContentOfAnotherLengthThanAnnounced(long announced) {
    LayerEntry.Content content = () -> new ByteArrayInputStream(new byte[5]);

    assertThatThrownBy(
            () ->
                write(
                    List.of(new LayerEntry.File("app/a.jar", announced, content, 0644, ROOT, TIME)),
                    Compression.DEFLATED))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'app/a.jar' changed while it was read: it is not %d bytes long any more. Build again,"
                    .formatted(announced)
                + " and let nothing write into the build's output at the same time.");
    assertNothingIsLeft();
  }

  @Test
  void tellsAContentThatCannotBeReadFromALayerThatCannotBeWritten() {
    LayerEntry.Content gone = () -> Files.newInputStream(folder.resolve("gone.jar"));

    assertThatThrownBy(
            () ->
                write(
                    List.of(new LayerEntry.File("app/gone.jar", 1, gone, 0644, ROOT, TIME)),
                    Compression.DEFLATED))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The content of 'app/gone.jar' could not be read: NoSuchFileException ("
                + folder.resolve("gone.jar")
                + "). Look whether it is still there and may be read, then build again.");
    assertNothingIsLeft();
  }

  @Test
  void namesTheFileAndTheCacheParameterWhenTheLayerCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("in-the-way"), "");
    Path file = folder.resolve("in-the-way/layer");

    assertThatThrownBy(() -> LayerWriter.write(List.of(), Compression.STORED, file))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The layer '"
                + file
                + "' could not be written: FileAlreadyExistsException ("
                + folder.resolve("in-the-way")
                + "). Make room or fix the permissions there, or name another folder in <cache> or"
                + " -Dgolden.cache.");
  }

  @Test
  void replacesTheFileThatWasThere() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("layer"), "half of a layer");

    Layer layer = write(List.of(), Compression.STORED);

    assertThat(Digest.of(Files.readAllBytes(folder.resolve("layer"))))
        .isEqualTo(layer.blob().digest());
  }

  private Layer write(List<LayerEntry> entries, Compression compression) {
    return LayerWriter.write(entries, compression, folder.resolve("layer"));
  }

  private void assertNothingIsLeft() {
    assertThat(folder).isEmptyDirectory();
  }

  private static LayerEntry file(String path, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), 0644, ROOT, TIME);
  }
}
