package io.github.goldenmaven.packaging.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryNamesTest {

  private static final List<String> FILES =
      List.of("util.jar", "util-3.jar", "util-3-2.jar", "util-5.jar", "tool", "tool.jar");

  @TempDir Path folder;

  @Test
  void leavesANameThatOnlyOneHas() throws IOException {
    assertThat(LibraryNames.of(List.of(file("a/one.jar", "x"), file("b/two.jar", "x"))))
        .containsExactly("one.jar", "two.jar");
  }

  @Test
  void tellsFilesOfOneNameApartBySizeAndFilesOfOneSizeByNumber() throws IOException {
    assertThat(
            LibraryNames.of(
                List.of(
                    file("a/util.jar", "one"),
                    file("b/util.jar", "five5"),
                    file("c/util.jar", "two"),
                    file("d/util.jar", "ten"))))
        .containsExactly("util-3.jar", "util-5.jar", "util-3-2.jar", "util-3-3.jar");
  }

  /** One whose own name is what another gets for its size. */
  @Test
  void aNameMadeOfASizeIsNotAnothersOwn() throws IOException {
    assertThat(
            LibraryNames.of(
                List.of(
                    file("a/util.jar", "one"),
                    file("b/util-3.jar", "else"),
                    file("c/util-3-2.jar", "more"),
                    file("d/util.jar", "five5"))))
        .containsExactly("util-3.jar", "util-3-3.jar", "util-3-2.jar", "util-5.jar");
  }

  @Test
  void namesThatDifferInCaseAreTwo() throws IOException {
    assertThat(LibraryNames.of(List.of(file("a/Util.jar", "one"), file("b/util.jar", "one"))))
        .containsExactly("Util.jar", "util.jar");
  }

  @Test
  void whatIsNoJarGetsANumberToo() throws IOException {
    assertThat(LibraryNames.of(List.of(file("a/tool", "one"), file("b/tool", "five5"))))
        .containsExactly("tool.jar", "tool-2.jar");
  }

  @Property(tries = 100)
  void noTwoShareAName(@ForAll @Size(max = 12) List<@IntRange(max = 17) Integer> picks)
      throws IOException {
    Path root = Files.createTempDirectory(Path.of("target"), "names");
    List<Path> files = new ArrayList<>();
    for (int pick : picks) {
      Path file = root.resolve(files.size() + "/" + FILES.get(pick % FILES.size()));
      Files.createDirectories(file.getParent());
      files.add(Files.writeString(file, "x".repeat(3 + pick % 3)));
    }

    assertThat(LibraryNames.of(files)).hasSameSizeAs(files).doesNotHaveDuplicates();
  }

  private Path file(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
