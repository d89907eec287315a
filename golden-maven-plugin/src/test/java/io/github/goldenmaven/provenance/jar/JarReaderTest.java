package io.github.goldenmaven.provenance.jar;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.peers.ClassFiles;
import io.github.goldenmaven.provenance.ClassVersion;
import io.github.goldenmaven.provenance.ClassVersions;
import io.github.goldenmaven.provenance.ClassVersions.Count;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class JarReaderTest {

  private static final byte[] SMALL =
      new ClassFiles()
          .manifest("Main-Class: shop.Orders", "Class-Path: lib/a.jar ../x%20y.jar")
          .with("shop/Orders.class", 21)
          .with("shop/Old.class", 8)
          .with("META-INF/versions/25/shop/New.class", 25)
          .with("module-info.class", 25)
          .jar();

  private static Optional<JarFacts> read(byte[] jar) {
    try (JarReader reader = new JarReader()) {
      return reader.read(new ByteArrayInputStream(jar), jar.length);
    }
  }

  private static JarFacts facts(byte[] jar) {
    return read(jar).orElseThrow();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }

  @Test
  void tellsVersionsMainClassAndClassPath() {
    JarFacts facts = facts(SMALL);

    assertThat(facts.versions().counts())
        .containsExactly(
            new Count(new ClassVersion(8, false), 1, "shop.Old"),
            new Count(new ClassVersion(21, false), 1, "shop.Orders"));
    assertThat(facts.mainClass()).hasValue("shop.Orders");
    assertThat(facts.started()).hasValue(new ClassVersion(21, false));
    assertThat(facts.classPath()).containsExactly("lib/a.jar", "../x%20y.jar");
    assertThat(facts.names().has("shop.Orders")).isTrue();
    assertThat(facts.names().has("shop.New")).isTrue();
    assertThat(facts.names().has("shop.Order")).isFalse();
  }

  @Test
  void tellsOfSpringBootsJarWhatItsLoaderStartsAndTheJarsInIt() {
    byte[] library = new ClassFiles().with(3, 25).jar();
    JarFacts facts =
        facts(
            new ClassFiles()
                .manifest(
                    "Main-Class: org.springframework.boot.loader.launch.JarLauncher",
                    "Start-Class: shop.Orders")
                .with("org/springframework/boot/loader/launch/JarLauncher.class", 17)
                .with("BOOT-INF/classes/shop/Orders.class", 21)
                .with("BOOT-INF/lib/a.jar", library)
                .with("BOOT-INF/lib/broken.jar", new byte[] {1, 2})
                .with("META-INF/agent.jar", library)
                .jar());

    assertThat(facts.started()).hasValue(new ClassVersion(21, false));
    assertThat(facts.nested()).containsOnlyKeys("BOOT-INF/lib/a.jar");
    assertThat(Objects.requireNonNull(facts.nested().get("BOOT-INF/lib/a.jar")).tooNew(21))
        .isEqualTo(3);
  }

  @Test
  void readsTheDeflatedJarsOfAWar() {
    JarFacts facts =
        facts(
            new ClassFiles()
                .with("WEB-INF/lib/a.jar", new ClassFiles().with(2, 25).jar())
                .with("WEB-INF/classes/A.class", 17)
                .jar());

    assertThat(Objects.requireNonNull(facts.nested().get("WEB-INF/lib/a.jar")).all()).isEqualTo(2);
  }

  @Test
  void readsAJarBehindAScriptAndOneWithAComment() throws IOException {
    byte[] script = "#!/bin/sh\nexec java -jar \"$0\"\n".getBytes(StandardCharsets.UTF_8);

    assertThat(facts(concat(script, SMALL))).isEqualTo(facts(SMALL));
    byte[] comment = "PK\005\006 no end of an archive".getBytes(StandardCharsets.ISO_8859_1);
    byte[] commented = concat(SMALL, comment);
    ByteBuffer.wrap(commented)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(SMALL.length - 2, (short) comment.length);
    assertThat(facts(commented)).isEqualTo(facts(SMALL));
  }

  /** Larger than what is held in memory, and with more entries than 16 bits count. */
  @Test
  void readsALargeJarAsTheSmall() {
    byte[] noise = new byte[6 << 20];
    new Random(1).nextBytes(noise);
    ClassFiles many =
        new ClassFiles().manifest("Main-Class: shop.Orders").with("shop/Orders.class", 21);
    for (int at = 0; at < 70_000; at++) {
      many.with("n/" + at, new byte[0]);
    }
    JarFacts facts = facts(many.with("noise", noise).with("z/Last.class", 8).jar());

    assertThat(facts.mainClass()).hasValue("shop.Orders");
    assertThat(facts.versions().all()).isEqualTo(2);
    assertThat(facts.names().has("z.Last")).isTrue();
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    byte[] noise = new byte[5 << 20];
    new Random(1).nextBytes(noise);

    assertThat(read(noise)).isEmpty();
    assertThat(read(new ClassFiles().with("noise", noise).jar())).isPresent();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files)
          .noneMatch(file -> String.valueOf(file.getFileName()).startsWith("golden-jar-"));
    }
  }

  @Test
  void whatIsNoJarSaysNothing() {
    assertThat(read(new byte[0])).isEmpty();
    assertThat(read("<project/>".getBytes(StandardCharsets.UTF_8))).isEmpty();
    for (int length = 0; length < SMALL.length; length++) {
      assertThat(read(Arrays.copyOf(SMALL, length))).as("%d bytes", length).isEmpty();
    }
  }

  /** Whatever is changed, it ends, and with nothing but a jar's facts. */
  @Property(tries = 2000)
  void anyByteMayBeAnother(@ForAll @IntRange(max = 100_000) int place, @ForAll byte value) {
    byte[] changed = SMALL.clone();
    changed[place % changed.length] = value;

    read(changed).ifPresent(facts -> assertThat(facts.versions().all()).isLessThanOrEqualTo(4));
  }

  /** Sizes and offsets that lie: a directory, an entry and a manifest beyond all bounds. */
  @Test
  void sizesThatLieSayNothing() {
    int end = SMALL.length - 22;
    int directory = ByteBuffer.wrap(SMALL).order(ByteOrder.LITTLE_ENDIAN).getInt(end + 16);
    for (int place :
        new int[] {end + 12, end + 16, directory + 20, directory + 24, directory + 42}) {
      for (int value : new int[] {-1, -2, Integer.MAX_VALUE, 1 << 30, 0x7FFFFFF0}) {
        byte[] lying = SMALL.clone();
        ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(place, value);
        assertThat(read(lying)).as("%d at %d", value, place).isEmpty();
      }
    }
  }

  /** A reader takes a million classes, of jars that say the same entry again and again too. */
  @Test
  void whatIsBeyondAllBoundsSaysNothing() {
    try (JarReader reader = new JarReader()) {
      byte[] large = new byte[0];
      assertThat(reader.read(new ByteArrayInputStream(large), 1L << 40)).isEmpty();
      ClassFiles many = new ClassFiles();
      for (int at = 0; at < 60_000; at++) {
        many.with("c/" + Integer.toString(at, 36) + ".class", new byte[0]);
      }
      byte[] jar = many.jar();
      int read = 0;
      while (reader.read(new ByteArrayInputStream(jar), jar.length).isPresent()) {
        read++;
      }
      assertThat(read).isEqualTo(16);
    }
  }

  @Test
  void givesBackWhatItWrote() throws IOException {
    JarFacts facts =
        new JarFacts(
            facts(SMALL).versions(),
            null,
            new ClassVersion(21, true),
            List.of("a", "b"),
            facts(SMALL).names(),
            Map.of("BOOT-INF/lib/a.jar", ClassVersions.NONE));
    for (JarFacts each : List.of(facts, facts(SMALL))) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      each.writeTo(new DataOutputStream(bytes));

      assertThat(
              JarFacts.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
          .isEqualTo(each);
    }
  }

  /** The JDK's own reader finds the same classes in the jars this test runs with. */
  @Test
  void readsTheJarsOfEveryDayAsTheJdkDoes() throws IOException {
    int jars = 0;
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path jar = Path.of(entry);
      if (!entry.endsWith(".jar") || jars == 40) {
        continue;
      }
      jars++;
      try (JarReader reader = new JarReader();
          JarFile jdk = new JarFile(jar.toFile())) {
        JarFacts facts = reader.read(jar).orElseThrow();
        List<String> classes =
            jdk.stream()
                .map(java.util.zip.ZipEntry::getName)
                .filter(ClassVersion::isCounted)
                .toList();
        assertThat(facts.versions().all()).as(entry).isEqualTo(classes.size());
        assertThat(classes)
            .allMatch(
                name -> facts.names().has(name.substring(0, name.length() - 6).replace('/', '.')));
        assertThat(facts.names().has("no.such.Thing")).isFalse();
      }
    }
    assertThat(jars).isGreaterThan(10);
  }
}
