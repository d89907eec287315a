package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.FileTree.Place;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.LayerEntry.Owner;
import io.github.goldenmaven.oci.TarEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FileTreeFormTest {

  private static final Digest IMAGE = Digest.of(new byte[0]);

  @Property(tries = 500)
  void whateverLayersMakeIsReadAgain(@ForAll("layers") List<List<LayerChange>> layers)
      throws IOException {
    FileTree tree = tree(layers);

    FileTree read = FileTreeForm.read(IMAGE, written(tree));

    assertThat(told(read)).isEqualTo(told(tree));
    for (String path : List.of("a/b", "a/b/c", "b/../c", "c/a/b/c")) {
      assertThat(end(read, path)).isEqualTo(end(tree, path));
    }
  }

  /** Of hard links it is not known any more what they share. */
  @Example
  void nothingGoesOntoATreeThatWasRead() throws IOException {
    FileTree read = FileTreeForm.read(IMAGE, written(new FileTree()));

    assertThatThrownBy(() -> read.apply("it", new LayerContents(IMAGE, List.of())))
        .isInstanceOf(IllegalStateException.class);
  }

  @Property(tries = 200)
  void whatIsDamagedIsSeenBeforeAnythingIsBelieved(
      @ForAll("layers") List<List<LayerChange>> layers, @ForAll int place, @ForAll byte other)
      throws IOException {
    byte[] file = written(tree(layers));
    int at = Math.floorMod(place, file.length);
    Assume.that(file[at] != other);
    file[at] = other;

    assertThatThrownBy(() -> FileTreeForm.read(IMAGE, file)).isInstanceOf(IOException.class);
  }

  @Example
  void halfAFileAndAnotherImagesFileAreRefused() throws IOException {
    byte[] file = written(new FileTree());

    for (int length = 0; length < file.length; length++) {
      byte[] half = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> FileTreeForm.read(IMAGE, half)).isInstanceOf(IOException.class);
    }
    assertThatThrownBy(() -> FileTreeForm.read(Digest.of(new byte[1]), file))
        .isInstanceOf(IOException.class);
  }

  @Example
  void foldersAreAsDeepAsAPathCanBe() throws IOException {
    String deep = "d/".repeat(2_000) + "file";
    FileTree tree =
        tree(List.of(List.of(new LayerChange(TarEntry.Type.FIFO, deep, "", 0600, Owner.ROOT))));

    FileTree read = FileTreeForm.read(IMAGE, written(tree));

    assertThat(end(read, deep)).isEqualTo(end(tree, deep)).contains("FIFO");
  }

  /** Each entry's path is short; through the links they are as deep as all of them together. */
  @Example
  void foldersThatAreDeeperThanAnyPathAreNotWritten() {
    List<LayerChange> layer = new ArrayList<>();
    String top = "";
    for (int link = 0; link < 30; link++) {
      String name = "l" + link;
      layer.add(new LayerChange(TarEntry.Type.SYMBOLIC_LINK, name, "/" + top, 0777, Owner.ROOT));
      String below = name + "/d".repeat(1_000);
      layer.add(new LayerChange(TarEntry.Type.DIRECTORY, below, "", 0755, Owner.ROOT));
      top += "d/".repeat(1_000);
    }
    FileTree deep = new FileTree();
    deep.apply("The layer", new LayerContents(IMAGE, layer));

    assertThatThrownBy(() -> written(deep))
        .isInstanceOf(IOException.class)
        .hasMessage("folders deeper than a path can name");
  }

  private static byte[] written(FileTree tree) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    FileTreeForm.write(IMAGE, tree, file);
    return file.toByteArray();
  }

  /** Those that no image can have are left out. */
  private static FileTree tree(List<List<LayerChange>> layers) {
    FileTree tree = new FileTree();
    for (List<LayerChange> layer : layers) {
      apply(layer, tree);
    }
    return tree;
  }

  private static void apply(List<LayerChange> layer, FileTree tree) {
    for (LayerChange change : layer) {
      try {
        tree.apply("The layer", new LayerContents(IMAGE, List.of(change)));
      } catch (RefusedException e) {
        assertThat(e).hasMessageContaining("official image");
      }
    }
  }

  /** Every path, and all that is known of it. */
  private static Map<String, String> told(FileTree tree) {
    Map<String, String> told = new TreeMap<>();
    told.put("", told(tree.root()));
    tell("", tree.root(), told);
    return told;
  }

  private static void tell(String path, Place folder, Map<String, String> told) {
    assertThat(folder.names()).isEqualTo(new ArrayList<>(new TreeMap<>(folder.below()).keySet()));
    folder
        .below()
        .forEach(
            (name, place) -> {
              String own = path + "/" + name;
              told.put(own, told(place));
              tell(own, place, told);
            });
  }

  private static String told(Place place) {
    LayerChange content = place.content();
    return String.join(
        " ",
        place.type().toString(),
        Integer.toOctalString(place.mode()),
        place.owner().toString(),
        content.link(),
        Long.toString(content.size()),
        content.content().toString(),
        content.bytes().map(Arrays::toString).orElse("not kept"));
  }

  private static String end(FileTree tree, String path) {
    try {
      FileTree.Walk walk = tree.walk(path, true);
      Place place = tree.end(walk);
      return walk.path() + " " + (place == null ? "is not there" : told(place));
    } catch (RefusedException e) {
      return e.getMessage();
    }
  }

  @Provide
  Arbitrary<List<List<LayerChange>>> layers() {
    return layer().list().ofMaxSize(3);
  }

  private static Arbitrary<List<LayerChange>> layer() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "\u00e9\uc8fc", "\udc80");
    Arbitrary<String> paths = names.list().ofMinSize(1).ofMaxSize(4).map(l -> String.join("/", l));
    Arbitrary<String> targets = paths.map(path -> path.length() % 2 == 0 ? "/" + path : path);
    Arbitrary<TarEntry.Type> types = Arbitraries.of(TarEntry.Type.class);
    Arbitrary<Integer> modes = Arbitraries.integers().between(0, 07777);
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(9);
    return Combinators.combine(types, paths, targets, modes, bytes)
        .as(FileTreeFormTest::change)
        .list()
        .ofMaxSize(12);
  }

  private static LayerChange change(
      TarEntry.Type type, String path, String target, int mode, byte[] bytes) {
    Owner owner = new Owner(mode % 3, mode % 2);
    return switch (type) {
      case FILE ->
          new LayerChange(
              type,
              path,
              "",
              bytes.length,
              mode,
              owner,
              mode % 2 == 0 ? Digest.sha256().digest(bytes) : new byte[0],
              mode % 5 == 0 ? new byte[0] : bytes);
      case SYMBOLIC_LINK, HARD_LINK -> new LayerChange(type, path, target, mode, owner);
      default -> new LayerChange(type, path, "", mode, owner);
    };
  }
}
