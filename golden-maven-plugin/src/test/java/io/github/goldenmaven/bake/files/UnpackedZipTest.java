package io.github.goldenmaven.bake.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.oci.layer.LayerEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpackedZipTest {

  private static final String REMEDY =
      " Name a tar.gz, a tar or a zip in 'artifact' or 'file', or leave 'unpack' out.";

  @TempDir private Path folder;

  @Test
  void unpacksAZipWithTheModesAndLinksThatUnixToolsWrote() throws IOException {
    try (ZipArchiveOutputStream zip =
        new ZipArchiveOutputStream(Files.newOutputStream(folder.resolve("z.zip")))) {
      put(zip, "z/", 040750, "");
      put(zip, "z/run", 0100755, "run");
      put(zip, "z/link", 0120777, "run");
      put(zip, "z/plain-ü", 0, "text");
    }

    assertThat(unpacked())
        .containsExactly(
            "Directory 750 opt/z",
            "File 755 opt/z/run run",
            "SymbolicLink 777 opt/z/link -> run",
            "File 644 opt/z/plain-ü text");
  }

  /** As Windows' Explorer writes them: no name says that it is UTF-8. */
  @Test
  void readsNamesOfTheOldCodePageWhereTheyCannotBeUtf8() throws IOException {
    write(Charset.forName("IBM437"), "Prüfung/größe.txt");

    assertThat(unpacked()).containsExactly("File 644 opt/Prüfung/größe.txt x");
  }

  @ParameterizedTest
  @CsvSource({
    "../x, has a path that does not stay in its folder on every system",
    "/x, has a path that does not stay in its folder on every system",
    "a\\b, has a path that does not stay in its folder on every system",
    "a/.wh.b, has a name that removes files in a layer"
  })
  void refusesAZipThatReachesBeyondItsFolder(String name, String fault) throws IOException {
    // By hand: the library that writes the other zips makes slashes of backslashes.
    write(UTF_8, name);

    refuses("'" + name + "' in the archive 'z.zip' " + fault + ".");
  }

  @Test
  void refusesWhatOnlyBeginsLikeAZip() throws IOException {
    Files.writeString(folder.resolve("z.zip"), "PK and no more");

    refuses("The archive 'z.zip' is not a zip.");
  }

  @Test
  void refusesWhatIsEncrypted() throws IOException {
    write(UTF_8, "open", "secret");
    change("secret", 8, 1);

    refusesAndAdvises(
        "'secret' in the archive 'z.zip' is encrypted. Pack it again without a password: who may"
            + " read the image could read it anyway.");
  }

  @Test
  void refusesALinkWithoutATarget() throws IOException {
    try (ZipArchiveOutputStream zip =
        new ZipArchiveOutputStream(Files.newOutputStream(folder.resolve("z.zip")))) {
      put(zip, "z/link", 0120777, "");
    }

    refuses("'z/link' in the archive 'z.zip' is a link to nothing.");
  }

  @Test
  void refusesAMethodOfCompressionThatIsNotRead() throws IOException {
    write(UTF_8, "packed");
    change("packed", 10, 12);

    refuses(
        "The archive 'z.zip' has 'packed' compressed by method 12; stored and deflated files are"
            + " read.");
  }

  /** The input is at fault and not the machine. */
  @Test
  void refusesContentThatIsDamaged() throws IOException {
    write(UTF_8, "damaged");
    Path file = folder.resolve("z.zip");
    byte[] bytes = Files.readAllBytes(file);
    bytes[30 + "damaged".length()] |= 6;
    Files.write(file, bytes);

    refuses("The archive 'z.zip' is damaged: invalid block type.");
  }

  @Test
  void refusesAStoredFileOfWhichABitIsAnother() throws IOException {
    try (ZipArchiveOutputStream zip =
        new ZipArchiveOutputStream(Files.newOutputStream(folder.resolve("z.zip")))) {
      zip.setMethod(ZipArchiveOutputStream.STORED);
      ZipArchiveEntry entry = new ZipArchiveEntry("tool");
      entry.setSize(4);
      CRC32 crc = new CRC32();
      crc.update("tool".getBytes(UTF_8));
      entry.setCrc(crc.getValue());
      zip.putArchiveEntry(entry);
      zip.write("tool".getBytes(UTF_8));
      zip.closeArchiveEntry();
    }
    Path file = folder.resolve("z.zip");
    byte[] bytes = Files.readAllBytes(file);
    bytes[30 + "tool".length()] ^= 1;
    Files.write(file, bytes);

    refuses("The archive 'z.zip' is damaged: 'tool' is not what was packed.");
  }

  private void refuses(String problem) {
    refusesAndAdvises(problem + REMEDY);
  }

  private void refusesAndAdvises(String message) {
    assertThatThrownBy(this::unpacked)
        .isInstanceOf(RefusedException.class)
        .hasMessage("In '%s', line 3, column 9: %s", folder.resolve("golden.yaml"), message);
  }

  private List<String> unpacked() throws IOException {
    GoldenDefinition definition =
        Definitions.of(folder, "tools: [{file: z.zip, into: /opt/, unpack: true}]");
    List<String> shown = new ArrayList<>();
    for (LayerEntry entry :
        Unpacked.of(
                folder.resolve("z.zip"),
                "z.zip",
                folder.resolve("work/content"),
                definition,
                "tools[0]")
            .entries("opt", LayerEntry.Owner.ROOT)) {
      shown.add(
          "%s %o %s%s"
              .formatted(
                  entry.getClass().getSimpleName(), entry.mode(), entry.path(), content(entry)));
    }
    return shown;
  }

  private static String content(LayerEntry entry) throws IOException {
    if (entry instanceof LayerEntry.SymbolicLink link) {
      return " -> " + link.target();
    }
    if (entry instanceof LayerEntry.File file) {
      try (var in = file.content().open()) {
        return " " + new String(in.readAllBytes(), UTF_8);
      }
    }
    return "";
  }

  /** As the JDK writes it, with no Unix mode. */
  private void write(Charset names, String... entries) throws IOException {
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(folder.resolve("z.zip")), names)) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write('x');
        zip.closeEntry();
      }
    }
  }

  /** Changes a number in an entry of the central directory. */
  private void change(String entry, int at, int value) throws IOException {
    Path file = folder.resolve("z.zip");
    ByteBuffer zip = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    // The last time that its name comes.
    String text = new String(zip.array(), java.nio.charset.StandardCharsets.ISO_8859_1);
    int header = text.lastIndexOf(entry) - 46;
    zip.putShort(header + at, (short) (at == 8 ? zip.getShort(header + at) | value : value));
    Files.write(file, zip.array());
  }

  private static void put(ZipArchiveOutputStream zip, String name, int mode, String content)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    if (mode != 0) {
      entry.setUnixMode(mode);
    }
    zip.putArchiveEntry(entry);
    zip.write(content.getBytes(UTF_8));
    zip.closeArchiveEntry();
  }
}
