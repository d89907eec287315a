package io.github.goldenmaven.contents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.contents.ImageFiles.Node;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.oci.layer.RawTar;
import io.github.goldenmaven.registry.ResolvedImage.PlatformImage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayeredImageFilesTest extends LayeredImageFilesFixture {

  @TempDir Path folder;

  // What layers do

  @Test
  void tellsWhatStandsAtAPath() {
    byte[] tar =
        new RawTar()
            .entry(
                '0',
                "./etc/passwd",
                "root",
                header -> {
                  RawTar.put(header, 100, "0004640\0");
                  RawTar.put(header, 108, "0000012\0");
                  RawTar.put(header, 116, "0000024\0");
                })
            .end();

    assertThat(LayerStack.of(List.of(tar)).files().lookup("etc/passwd"))
        .hasValue(
            new Node(
                "etc/passwd",
                ImageFiles.Type.FILE,
                04640,
                new Owner(10, 20),
                4,
                "",
                Digest.of(utf8("root"))));
  }

  @Test
  void anUpperLayerReplacesAFileOfALowerOne() {
    ImageFiles files = LayerStack.of("f etc/passwd old", "f600 etc/passwd new").files();

    assertThat(text(files, "etc/passwd")).isEqualTo("new");
    assertThat(files.lookup("etc/passwd").orElseThrow().mode()).isEqualTo(0600);
  }

  @Test
  void foldersThatNoEntryNamesAreThere() {
    ImageFiles files = LayerStack.of("f usr/lib/os-release x").files();

    assertThat(files.lookup("usr/lib"))
        .hasValue(new Node("usr/lib", ImageFiles.Type.DIRECTORY, 0755, Owner.ROOT, 0, "", null));
    assertThat(files.lookup("")).isPresent();
    assertThat(files.names("")).containsExactly("usr");
  }

  @Test
  void aWhiteoutRemovesWhatIsBelow() {
    ImageFiles files =
        LayerStack.of("f a/one 1\nf a/two 2\nf b/one 1", "f a/.wh.one\nf a/one new\nf .wh.b")
            .files();

    assertThat(files.names("a")).containsExactly("one", "two");
    assertThat(files.lookup("a/one").orElseThrow().size()).isEqualTo(3);
    assertThat(files.lookup("b")).isEmpty();
  }

  /** Each is another thing with one folder for all layers than with a folder for each. */
  @ParameterizedTest
  @CsvSource({
    "f a/one new;f a/.wh.one, brings and removes '/a/one'",
    "f a/one new;f .wh.a, brings and removes '/a'",
    "f .wh.a;d a, removes the folder '/a' and makes another one there",
    "f .wh.a;f a/new 1, removes the folder '/a' and makes another one there",
    "f a/deep/new 1;f a/.wh..wh..opq, brings something below '/a' and empties it",
    "'f .wh..wh..opq', 'empties the root folder, which overlayfs cannot'",
    "f c/.wh.d, 'removes ''/c/d'' in a folder that is not there, which some runtimes create'",
    "f c/.wh..wh..opq, 'removes ''/c'' in a folder that is not there, which some runtimes create'",
    "f c/.wh..wh..opq;f c/x 1, 'removes ''/c'' in a folder that is not there, which some runtimes"
        + " create'",
    "f c/.wh..wh..opq;f c 1, 'removes ''/c'' in a folder that is not there, which some runtimes"
        + " create'",
    "f c/d/.wh.e;d c/d, 'removes ''/c/d/e'' in a folder that is not there, which some runtimes"
        + " create'",
    "f c/.wh..wh..opq;d x;l c x, 'removes ''/c'' in a folder that is not there, which some runtimes"
        + " create'",
    "f c/.wh..wh..opq;f .wh.c;d c, brings and removes '/c'",
    "f c/d/.wh.e;f .wh.c;d c;d c/d, brings and removes '/c'",
    "f a/c/.wh.e;f .wh.a, brings and removes '/a'",
    "f link/x 1, 'has ''/link/x'' below the link ''/link'' of a layer below, which some runtimes"
        + " replace with a folder'",
    "h600 a/two a/one, 'has a hard link ''/a/two'' of another mode or owner than ''/a/one'', which"
        + " not all runtimes apply to both'"
  })
  void refusesWhatRuntimesUnderstandDifferently(String layer, String fault) {
    LayerStack stack = LayerStack.of("f a/one 1\nl link a", layer.replace(';', '\n'));

    assertThatThrownBy(stack::files)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The layer '"
                + stack.descriptors().get(1)
                + "' of the official image "
                + fault
                + "."
                + REMEDY);
  }

  @Test
  void anOpaqueWhiteoutEmptiesAFolder() {
    ImageFiles files =
        LayerStack.of("d700 a\nf a/old 1\nf a/deep/old 1", "f a/.wh..wh..opq\nf a/new 1").files();

    assertThat(files.names("a")).containsExactly("new");
    assertThat(files.lookup("a").orElseThrow().mode()).isEqualTo(0700);
  }

  /** As umoci's insert writes it: an opaque whiteout, and its folder behind it. */
  @Test
  void aWhiteoutMayComeBeforeTheEntriesOfItsFolders() {
    ImageFiles files =
        LayerStack.of(
                "f a/one 1",
                "f c/.wh..wh..opq\nd700 c\nf c/x 1\nf a/n/m/.wh.o\nd a/n\nf a/n/y 1\nd750 a/n/m")
            .files();

    assertThat(files.names("c")).containsExactly("x");
    assertThat(files.lookup("c").orElseThrow().mode()).isEqualTo(0700);
    assertThat(files.names("a/n")).containsExactly("m", "y");
    assertThat(files.lookup("a/n/m").orElseThrow().mode()).isEqualTo(0750);
  }

  @Test
  void aWhiteoutOfWhatIsNotThereDoesNothing() {
    assertThat(LayerStack.of("f a/b 1", "f .wh.b\nf a/.wh.e").files().names(""))
        .containsExactly("a");
  }

  @Test
  void aFileInPlaceOfAFolderRemovesWhatWasBelow() {
    ImageFiles files = LayerStack.of("f a/b/c 1", "f a x", "d a").files();

    assertThat(files.names("a")).isEmpty();
  }

  @Test
  void aFolderThatComesAgainKeepsWhatIsBelow() {
    ImageFiles files = LayerStack.of("d a\nf a/b 1", "d700 a").files();

    assertThat(files.names("a")).containsExactly("b");
    assertThat(files.lookup("a").orElseThrow().mode()).isEqualTo(0700);
  }

  @Test
  void aFolderReplacedByALinkAndBackIsEmpty() {
    ImageFiles files = LayerStack.of("f a/x 1\nf b/y 2", "l a b", "d a").files();

    assertThat(files.names("a")).isEmpty();
    assertThat(files.names("b")).containsExactly("y");
  }

  @Test
  void devicesAndPipesAreThere() {
    assertThat(LayerStack.of("c dev/null").files().lookup("dev/null").orElseThrow().type())
        .isEqualTo(ImageFiles.Type.OTHER);
  }

  // Kept files

  @Test
  void givesNoBytesOfWhatIsNotThere() {
    ImageFiles files = LayerStack.of("d etc/passwd\nl etc/group nowhere").files();

    assertThat(files.content("etc/passwd")).isEmpty();
    assertThat(files.content("etc/group")).isEmpty();
    assertThat(files.content("passwd")).isEmpty();
    assertThatThrownBy(() -> files.content("etc/shadow"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAKeptFileThatIsTooLarge() {
    byte[] tar = new RawTar().file("cacerts", "x".repeat((int) RetainedFiles.MAX_BYTES + 1)).end();
    ImageFiles files = LayerStack.of(List.of(tar)).files();

    assertThat(files.lookup("cacerts").orElseThrow().size()).isEqualTo(RetainedFiles.MAX_BYTES + 1);
    assertThatThrownBy(() -> files.content("cacerts"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/cacerts' of the official image has 8388609 bytes, too many to be edited. At most"
                + " 8388608 are read: name another official image in 'from' of golden.yaml.");
  }

  @Test
  void refusesALinkToAFileWhoseBytesAreNotKept() {
    ImageFiles files = LayerStack.of("l lib/cacerts trust.bin\nf lib/trust.bin x").files();

    assertThatThrownBy(() -> files.content("lib/cacerts"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/lib/cacerts' of the official image is '/lib/trust.bin', and files of that name are"
                + " not read. Have the link point to a file of its own name, or name another"
                + " official image in 'from' of golden.yaml.");
  }

  // Reading

  @Test
  void aSecondBakeReadsNoLayerAndAnImageRenewedReadsOnlyItsNewOnes() {
    LayerStack first = LayerStack.of("f etc/passwd old", "f a 1");
    read(first);
    assertThat(first.store().calls).hasSize(2).allMatch(call -> call.startsWith("open "));

    LayerStack again = LayerStack.of("f etc/passwd old", "f a 1");
    assertThat(text(read(again), "etc/passwd")).isEqualTo("old");
    assertThat(again.store().calls).isEmpty();

    LayerStack renewed = LayerStack.of("f etc/passwd old", "f a 2");
    assertThat(read(renewed).lookup("a").orElseThrow().contentOrNull())
        .isEqualTo(Digest.of(utf8("2")));
    assertThat(renewed.store().calls)
        .containsExactly("open " + renewed.descriptors().get(1).digest().shortHex());
  }

  @Test
  void aLayerThatIsThereTwiceIsReadOnce() {
    LayerStack stack = LayerStack.of("f a 1", "f .wh.a", "f a 1");
    RecordingConsole console = new RecordingConsole();

    ImageFiles files = read(stack.image(), stack, console);

    assertThat(files.names("")).containsExactly("a");
    assertThat(stack.store().calls).hasSize(2);
    assertThat(console.lines)
        .containsExactly(
            "reading a layer of the official image", "reading a layer of the official image");
  }

  @Test
  void refusesALayerThatItsConfigDoesNotName() {
    LayerStack stack = LayerStack.of("f a 1");
    Digest stated = Digest.of(utf8("other"));
    String message =
        "The layer '%s' of the official image unpacks to '%s', but its config says '%s'. The official image contradicts itself: have it pushed again by its publisher, or name another one in 'from' of golden.yaml."
            .formatted(stack.descriptors().get(0), stack.descriptors().get(0), stated);

    for (String time : List.of("read now", "from the cache")) {
      assertThatThrownBy(() -> read(stack.image(List.of(stated)), stack, new RecordingConsole()))
          .as(time)
          .isInstanceOf(RefusedException.class)
          .hasMessage(message);
    }
  }

  @Test
  void refusesALayerOfAUserWithoutANumber() {
    byte[] tar =
        new RawTar()
            .entry(
                '0',
                "a",
                "",
                header -> RawTar.put(header, 108, "\u0080\0\0\0\u00ff\u00ff\u00ff\u00fe"))
            .end();
    LayerStack stack = LayerStack.of(List.of(tar));

    assertThatThrownBy(() -> read(stack))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The layer '"
                + stack.descriptors().get(0)
                + "' of the official image has a file of the user '4294967294:0', whose number is"
                + " too large. Have the image built again with users and groups up to 2147483647,"
                + " or name another one in 'from' of golden.yaml.");
  }

  private ImageFiles read(LayerStack stack) {
    return read(stack.image(), stack, new RecordingConsole());
  }

  private ImageFiles read(PlatformImage image, LayerStack stack, Console console) {
    return LayeredImageFiles.read(
        image, new OfficialLayers(stack.store(), new LayerScanner(cache(), console)));
  }

  private LayerContentsCache cache() {
    return new LayerContentsCache(folder, Clock.systemUTC());
  }
}
