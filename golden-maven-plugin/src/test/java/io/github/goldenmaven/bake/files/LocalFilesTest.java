package io.github.goldenmaven.bake.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.bake.BakedFiles;
import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.layer.Compression;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In Java processes of their own: a locale is that of a process. */
@EnabledOnOs(OS.LINUX)
class LocalFilesTest {

  private static final String YAML =
      """
      name: java
      version: "21.0.9"
      line: "21"
      from: official.example/java:21
      to: registry.example/golden/java
      tools: [{file: größe/tööl.sh, into: /opt/}]
      files:
        - {from: größe/, into: /a}
        - {from: größe, into: /b/}
        - {from: "größe/*.txt", into: /c/}
        - {from: größe/../größe/tief/x, into: /d/ü}
      """;

  @TempDir private Path folder;

  @Test
  void theSameNamesMakeTheSameLayerInEveryLocale() throws Exception {
    Files.writeString(folder.resolve("golden.yaml"), YAML);
    shell(
        "mkdir -p größe/tief && touch größe/tööl.sh größe/tief/x && printf x > größe/grüße.txt"
            + " && ln -s grüße.txt größe/link");

    String utf8 = layerIn("C.UTF-8");

    assertThat(utf8.lines().skip(1))
        .containsExactly(
            "a",
            "a/grüße.txt",
            "a/link -> grüße.txt",
            "a/tief",
            "a/tief/x",
            "a/tööl.sh",
            "b/größe",
            "b/größe/grüße.txt",
            "b/größe/link -> grüße.txt",
            "b/größe/tief",
            "b/größe/tief/x",
            "b/größe/tööl.sh",
            "c/grüße.txt",
            "d/ü",
            "opt/tööl.sh");
    assertThat(layerIn("C")).isEqualTo(utf8);
  }

  @Test
  void aMissingNameIsToldInEveryLocale() throws Exception {
    Files.writeString(folder.resolve("golden.yaml"), YAML);

    for (String locale : List.of("C", "C.UTF-8")) {
      assertThat(layerIn(locale))
          .isEqualTo(
              "In '%s', line 6, column 16: 'größe/tööl.sh' does not exist. Name a file or a folder"
                      .formatted(folder.resolve("golden.yaml"))
                  + " that does; a relative path starts at the folder of golden.yaml.\n");
    }
  }

  /** Names are written by a shell, byte for byte as this source file has them in UTF-8. */
  private void shell(String script) throws Exception {
    Path file = folder.resolve("script");
    Files.write(file, script.getBytes(StandardCharsets.UTF_8));
    Process shell =
        new ProcessBuilder("sh", file.toString()).directory(folder.toFile()).inheritIO().start();
    assertThat(shell.waitFor()).isZero();
  }

  private String layerIn(String locale) throws Exception {
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OneLayer.class.getName(),
            folder.resolve("golden.yaml").toString(),
            folder.resolve(locale + ".tar").toString());
    java.environment().put("LC_ALL", locale);
    java.redirectErrorStream(true);
    Process process = java.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Prints the digest and the names of a definition's layer, or why there is none. */
  static final class OneLayer {

    private OneLayer() {}

    public static void main(String[] arguments) {
      PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
      try {
        GoldenDefinition definition = GoldenDefinition.read(Path.of(arguments[0]));
        Additions additions = Definitions.additions(new MemoryImageFiles());
        BakedFiles.read(definition, Definitions.local(definition), definition.folder())
            .addTo(additions);
        List<LayerEntry> entries =
            additions.entries().stream().map(Additions.Addition::entry).toList();
        out.println(LayerWriter.write(entries, Compression.STORED, Path.of(arguments[1])).diffId());
        entries.forEach(
            entry ->
                out.println(
                    entry.path()
                        + (entry instanceof LayerEntry.SymbolicLink link
                            ? " -> " + link.target()
                            : "")));
      } catch (GoldenException e) {
        out.println(e.getMessage());
      }
    }
  }
}
