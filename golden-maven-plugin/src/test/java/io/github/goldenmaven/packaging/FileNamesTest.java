package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.files.Glob;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerWriter;
import io.github.goldenmaven.packaging.layers.ExtraDirectory;
import io.github.goldenmaven.packaging.layers.ExtraFiles;
import io.github.goldenmaven.packaging.layers.FilePermissions;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In Java processes of their own: a locale is that of a process. */
@EnabledOnOs(OS.LINUX)
class FileNamesTest {

  @TempDir Path folder;

  @Test
  void theSameNamesMakeTheSameLayerInEveryLocale() throws Exception {
    shell(
        "mkdir '%s' && cd '%s' && printf x > grüße.txt && printf y > größe/a.txt && touch out.md");
    String utf8 = layerIn("C.UTF-8");
    assertThat(utf8)
        .startsWith("sha256:")
        .endsWith("data/größe/a.txt 644\ndata/grüße.txt 600\nn/größe/A.class in place true\n");
    assertThat(layerIn("C")).isEqualTo(utf8);
    assertThat(layerIn("POSIX")).isEqualTo(utf8);
  }

  @Test
  void refusesANameThatIsNotUtf8InEveryLocale() throws Exception {
    shell("mkdir '%s' && cd '%s' && rmdir größe && touch \"$(printf 'gr\\374n.txt')\"");
    for (String locale : List.of("C", "C.UTF-8")) {
      assertThat(layerIn(locale))
          .isEqualTo(
              "The name of the file 'gr%FCn.txt' is not UTF-8 (its bytes in percent). Rename it:"
                  + " names in an image are UTF-8.\n");
    }
  }

  /** Names are written by a shell, byte for byte as this source file has them in UTF-8. */
  private void shell(String script) throws Exception {
    Path file = folder.resolve("script");
    Path from = folder.resolve("from");
    String text = script.formatted(from + "/größe' -p '" + from, from);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    Process shell = new ProcessBuilder("sh", file.toString()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }

  private String layerIn(String locale) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OneLayer.class.getName(),
            folder.resolve("from").toString(),
            folder.resolve(locale + ".tar").toString());
    java.environment().put("LC_ALL", locale);
    java.redirectErrorStream(true);
    Process process = java.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Prints the digest, names and modes of a folder's layer, or why there is none. */
  static final class OneLayer {

    private OneLayer() {}

    public static void main(String[] arguments) throws IOException {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      try {
        List<LayerEntry> entries = entries(Path.of(arguments[0]));
        ServiceLayer layer = ServiceLayer.of("x", entries);
        out.println(
            LayerWriter.write(layer.entries(), layer.compression(), Path.of(arguments[1]))
                .blob()
                .digest());
        for (LayerEntry entry : entries) {
          if (entry instanceof LayerEntry.File) {
            out.println(entry.path() + " " + Integer.toOctalString(entry.mode()));
          }
        }
        out.println(
            "n/größe/A.class in place "
                + Glob.parse("x", "**/größe/{A,B}.class").matches("n/größe/A.class"));
      } catch (RefusedException e) {
        out.println(e.getMessage());
      }
    }

    private static List<LayerEntry> entries(Path from) {
      return ExtraFiles.layer(
              new ExtraDirectory(from, "/data", List.of("**.txt"), List.of()),
              FilePermissions.parse(Map.of("/data/gr?ße.*", "600")),
              new ContainerPath(List.of("app")),
              Instant.EPOCH)
          .entries();
    }
  }
}
