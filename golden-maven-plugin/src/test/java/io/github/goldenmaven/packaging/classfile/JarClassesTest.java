package io.github.goldenmaven.packaging.classfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.ClassVersions.Count;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarClassesTest {

  /** Files written by this test lie in its past. */
  private static final Clock LATER = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

  @TempDir Path folder;

  private ClassVersions of(Path jar) {
    return Objects.requireNonNull(jars().of(List.of(jar)).get(jar));
  }

  private JarClasses jars() {
    return new JarClasses(folder.resolve("cache"), LATER);
  }

  @Test
  void countsTheClassesOfEachVersionAndNamesTheFirst() {
    Path jar =
        new ClassFiles()
            .with("org/b/Two.class", 8)
            .with("org/a/One.class", 8)
            .with("org/c/New.class", 22)
            .with("org/c/Preview.class", ClassFiles.header(21, 0xFFFF))
            .with("org/c/text.txt", "text".getBytes(StandardCharsets.UTF_8))
            .jar(folder.resolve("a.jar"));

    assertThat(of(jar).counts())
        .containsExactly(
            new Count(new ClassVersion(8, false), 2, "org.a.One"),
            new Count(new ClassVersion(21, true), 1, "org.c.Preview"),
            new Count(new ClassVersion(22, false), 1, "org.c.New"));
  }

  @Test
  void leavesOutWhatOnlyANewerJavaLooksAtAndWhatIsNoClass() {
    Path jar =
        new ClassFiles()
            .with("A.class", 8)
            .with("META-INF/versions/22/A.class", 22)
            .with("META-INF/versions/9/module-info.class", 9)
            .with("module-info.class", 9)
            .with("BOOT-INF/classes/META-INF/versions/21/A.class", 21)
            .with("Empty.class", new byte[0])
            .with("Short.class", new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA})
            .with("Text.class", "not a class".getBytes(StandardCharsets.UTF_8))
            .jar(folder.resolve("a.jar"));

    assertThat(of(jar).counts()).containsExactly(new Count(new ClassVersion(8, false), 1, "A"));
  }

  @Test
  void whatIsNoArchiveHasNoClasses() throws IOException {
    assertThat(of(Files.writeString(folder.resolve("a.jar"), "<project/>")).counts()).isEmpty();
    assertThat(of(Files.writeString(folder.resolve("b.jar"), "")).counts()).isEmpty();
    Path cut = new ClassFiles().with(50, 21).jar(folder.resolve("c.jar"));
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(of(cut).counts()).isEmpty();
  }

  /** A note that says something else is believed: the jar was not looked into. */
  @Test
  void readsAJarOnceForItsDigest() throws IOException {
    Path jar = new ClassFiles().with("A.class", 8).jar(folder.resolve("a.jar"));
    of(jar);
    Path note = notes(".classes").get(0);
    Files.writeString(note, Files.readString(note).replace("8 0 1 A", "21 0 7 B"));

    Path copy = Files.copy(jar, folder.resolve("copy.jar"));
    for (Path same : List.of(jar, copy)) {
      assertThat(of(same).counts()).containsExactly(new Count(new ClassVersion(21, false), 7, "B"));
    }
    assertThat(notes(".classes")).hasSize(1);

    new ClassFiles().with("A.class", 17).jar(jar);
    assertThat(of(jar).counts()).containsExactly(new Count(new ClassVersion(17, false), 1, "A"));
  }

  /** A digest that says something else is believed: no byte of the jar was read. */
  @Test
  void anUnchangedJarIsNotEvenHashed() throws IOException {
    Path jar = new ClassFiles().with("A.class", 8).jar(folder.resolve("a.jar"));
    of(jar);
    Path digests = notes(".files").get(0);
    String known = Files.readString(digests);
    String forged = "b".repeat(64);
    Files.writeString(digests, forged + known.substring(64));
    Files.writeString(
        folder.resolve("cache/" + forged + ".classes"), "class versions 1\n21 0 7 B\nend");

    assertThat(of(jar).counts()).containsExactly(new Count(new ClassVersion(21, false), 7, "B"));
  }

  @Test
  void aNoteThatIsNotWholeIsWrittenAgain() throws IOException {
    Path jar = new ClassFiles().with("A.class", 8).jar(folder.resolve("a.jar"));
    ClassVersions read = of(jar);
    Path note = notes(".classes").get(0);
    String whole = Files.readString(note);
    for (int length = 0; length < whole.length(); length++) {
      Files.writeString(note, whole.substring(0, length));
      assertThat(of(jar)).isEqualTo(read);
      assertThat(Files.readString(note)).isEqualTo(whole);
    }
  }

  /** Names are what a hostile jar says. */
  @Property(tries = 200)
  void aNoteReadsBackAsItWasWritten(
      @ForAll @StringLength(min = 1, max = 30) String name,
      @ForAll @IntRange(min = 1, max = 65_491) int java,
      @ForAll boolean preview) {
    ClassVersions.Gathered gathered = new ClassVersions.Gathered();
    gathered.add(name + ".class", new ClassVersion(java, preview));

    assertThat(ClassVersions.ofNote(gathered.versions().toNote())).contains(gathered.versions());
  }

  private List<Path> notes(String end) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      return files.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  @Test
  void noJarsNeedNoCache() {
    assertThat(jars().of(List.of())).isEqualTo(Map.of());
    assertThat(folder.resolve("cache")).doesNotExist();
  }
}
