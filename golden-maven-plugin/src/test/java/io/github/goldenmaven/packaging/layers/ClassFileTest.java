package io.github.goldenmaven.packaging.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.MainClassFinder;
import io.github.goldenmaven.packaging.CompiledSources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checked against jib's MainClassFinder, which asks a library for what we read ourselves. */
class ClassFileTest {

  private static final int JAVA_25 = 69;

  @TempDir private Path folder;

  private static final List<String> MEMBERS =
      List.of(
          "public static void main(String[] a) {}",
          "public static void main(String... a) {}",
          "public static final void main(String[] a) {}",
          "public static synchronized void main(String[] a) {}",
          "public static strictfp void main(String[] a) {}",
          "protected static void main(String[] a) {}",
          "static void main(String[] a) {}",
          "private static void main(String[] a) {}",
          "public void main(String[] a) {}",
          "void main() {}",
          "static void main() {}",
          "private void main() {}",
          "public static int main(String[] a) { return 1; }",
          "public static void main(String a) {}",
          "public static void start(String[] a) {}",
          "static long LONG = 5_000_000_000L; static double D = 1.5; static float F = 2f;"
              + " static int I = 70_000; static String S = \"main\"; Runnable r = () -> {};"
              + " public static void main(String[] a) {}");

  @Test
  void seesTheMainMethodsThatJibSees() throws IOException {
    CompiledSources sources = new CompiledSources();
    for (int i = 0; i < MEMBERS.size(); i++) {
      sources.with("p.C" + i, "package p; public class C" + i + " { " + MEMBERS.get(i) + " }");
    }
    sources.into(folder.resolve("classes"));
    assertThat(compared(folder.resolve("classes"))).isEqualTo(MEMBERS.size());
  }

  @Test
  void seesTheFreerMainMethodsOfJava25ThatJibSees() throws IOException {
    seesTheMainMethodsThatJibSees();
    for (Path file : classFiles(folder.resolve("classes"))) {
      Files.write(file, ofVersion(Files.readAllBytes(file), JAVA_25, 0));
    }
    assertThat(compared(folder.resolve("classes"))).isEqualTo(MEMBERS.size());
  }

  @Test
  void holdsPreviewClassesToTheOlderRuleLikeJib() throws IOException {
    seesTheMainMethodsThatJibSees();
    for (Path file : classFiles(folder.resolve("classes"))) {
      Files.write(file, ofVersion(Files.readAllBytes(file), JAVA_25, 0xFFFF));
    }
    assertThat(compared(folder.resolve("classes"))).isEqualTo(MEMBERS.size());
  }

  /** What jib takes for startable; a Scala object, a Kotlin companion have such a class. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "class C { private C() {} public void main(String[] a) {} }",
        "class C { C(int size) {} void main() {} }",
        "abstract class C { void main() {} }",
        "interface C { default void main(String[] a) {} }",
      })
  void noObjectIsMadeOfAClassThatCannotHaveOne(String source) throws IOException {
    new CompiledSources().with("C", source).into(folder);
    byte[] bytes = ofVersion(Files.readAllBytes(folder.resolve("C.class")), JAVA_25, 0);
    assertThat(ClassFile.read(bytes).orElseThrow().hasMain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abstract class C { public static void main(String[] a) {} }",
        "interface C { static void main(String[] a) {} }",
        "class C { C() {} void main() {} }",
        "class C { protected C() {} protected void main(String[] a) {} }",
        "enum C { A; static void main() {} }",
      })
  void theOthersAreStartedByJava25(String source) throws IOException {
    new CompiledSources().with("C", source).into(folder);
    byte[] bytes = ofVersion(Files.readAllBytes(folder.resolve("C.class")), JAVA_25, 0);
    assertThat(ClassFile.read(bytes).orElseThrow().hasMain()).isTrue();
  }

  @Test
  void agreesWithJibOnOurOwnClasses() throws Exception {
    Path own =
        Path.of(LeanLayering.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertThat(compared(own)).isGreaterThan(50);
  }

  @Test
  void namesNestedClassesAndClassesOfTheDefaultPackageAndOddLetters() throws IOException {
    new CompiledSources()
        .with(
            "Plain",
            "class Plain { static class Inner { public static void main(String[] a) {} } }")
        .with(
            "p.\uD840\uDC0B",
            "package p; class \uD840\uDC0B { public static void main(String[] a) {} }")
        .with("module-info", "module m {}")
        .into(folder);
    assertThat(
            classFiles(folder).stream()
                .map(file -> ClassFile.read(bytes(file)).orElseThrow())
                .map(read -> read.name() + " " + read.hasMain()))
        .containsExactlyInAnyOrder(
            "Plain false", "Plain$Inner true", "p.\uD840\uDC0B true", "module-info false");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "CAFE", "not a class", "\u00CA\u00FE\u00BA\u00BE"})
  void readsNothingFromWhatIsNoClass(String text) {
    assertThat(ClassFile.read(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
  }

  @Property(tries = 500)
  void neverFailsOnBytes(@ForAll @Size(max = 300) byte[] bytes) {
    byte[] classLike = new byte[bytes.length + 4];
    System.arraycopy(
        new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE}, 0, classLike, 0, 4);
    System.arraycopy(bytes, 0, classLike, 4, bytes.length);
    assertThat(ClassFile.read(classLike)).isNotNull();
    assertThat(ClassFile.read(bytes)).isNotNull();
  }

  @Property(tries = 500)
  void neverFailsOnADamagedClass(
      @ForAll @IntRange(max = 5000) int place,
      @ForAll byte damage,
      @ForAll @IntRange(max = 5000) int length)
      throws IOException {
    byte[] bytes;
    try (var in = ClassFileTest.class.getResourceAsStream("ClassFileTest.class")) {
      bytes = in.readAllBytes();
    }
    bytes[place % bytes.length] = damage;
    assertThat(ClassFile.read(bytes)).isNotNull();
    assertThat(ClassFile.read(Arrays.copyOf(bytes, length))).isNotNull();
  }

  private static int compared(Path classes) throws IOException {
    List<Path> files = classFiles(classes);
    for (Path file : files) {
      ClassFile read = ClassFile.read(Files.readAllBytes(file)).orElseThrow();
      List<String> jib = MainClassFinder.find(List.of(file), event -> {}).getFoundMainClasses();
      assertThat(read.hasMain() ? List.of(read.name()) : List.of())
          .as(file.toString())
          .isEqualTo(jib);
    }
    return files.size();
  }

  private static List<Path> classFiles(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files.filter(file -> file.toString().endsWith(".class")).toList();
    }
  }

  private static byte[] ofVersion(byte[] bytes, int major, int minor) {
    bytes[4] = (byte) (minor >> 8);
    bytes[5] = (byte) minor;
    bytes[6] = (byte) (major >> 8);
    bytes[7] = (byte) major;
    return bytes;
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void survivesAttributesOfAnyLength() throws IOException {
    for (int length : new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE - 100, -6, -1}) {
      // A class 'A' with one field, of one attribute.
      byte[] bytes =
          ByteBuffer.allocate(64)
              .putInt(0xCAFEBABE)
              .putShort((short) 0)
              .putShort((short) 61)
              .putShort((short) 3)
              .put((byte) 1)
              .putShort((short) 1)
              .put((byte) 'A')
              .put((byte) 7)
              .putShort((short) 1)
              .putShort((short) 1)
              .putShort((short) 2)
              .putShort((short) 0)
              .putShort((short) 0)
              .putShort((short) 1)
              .putShort((short) 0)
              .putShort((short) 1)
              .putShort((short) 1)
              .putShort((short) 1)
              .putShort((short) 1)
              .putInt(length)
              .array();
      assertThat(ClassFile.read(bytes)).as("%s", length).isEmpty();
    }
  }
}
