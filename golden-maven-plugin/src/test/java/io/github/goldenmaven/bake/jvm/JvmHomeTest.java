package io.github.goldenmaven.bake.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.provenance.JavaVersions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmHomeTest {

  private final MemoryImageFiles files = new MemoryImageFiles();

  @Test
  void findsTemurinByJavaHome() {
    files
        .file("opt/java/openjdk/bin/java", "")
        .file("opt/java/openjdk/release", "IMPLEMENTOR=\"Eclipse\"\nJAVA_VERSION=\"21.0.5\"\n");

    assertThat(JvmHome.of(files, Map.of("JAVA_HOME", "/opt/java/openjdk/")))
        .containsExactly(new JvmHome("opt/java/openjdk", 21));
  }

  @Test
  void findsDebiansByThePathThroughItsLinks() {
    debian();

    assertThat(JvmHome.of(files, Map.of("PATH", "/usr/local/bin::bin:/usr/bin:/bin")))
        .containsExactly(new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17));
    assertThat(JvmHome.of(files, Map.of()))
        .containsExactly(new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17));
  }

  @Test
  void fallsBackToThePathWhereJavaHomeLeadsNowhere() {
    debian();

    assertThat(JvmHome.of(files, Map.of("JAVA_HOME", "/opt/gone")))
        .containsExactly(new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17));
    assertThat(JvmHome.of(files, Map.of("JAVA_HOME", "usr/lib/jvm/java-17-openjdk-amd64")))
        .containsExactly(new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17));
  }

  @Test
  void theFirstOnThePathIsTheOneAContainerStarts() {
    debian();
    files.file("opt/jdk/bin/java", "").file("opt/jdk/release", "JAVA_VERSION=\"25\"\n");

    assertThat(JvmHome.of(files, Map.of("PATH", "/opt/jdk/bin:/usr/bin")))
        .containsExactly(
            new JvmHome("opt/jdk", 25), new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17));
  }

  @Test
  void theLabelTellsEachVersionOnceThePathsFirst() {
    assertThat(
            JvmHome.versions(
                List.of(
                    new JvmHome("opt/jdk", 25),
                    new JvmHome("usr/lib/jvm/a", 17),
                    new JvmHome("usr/lib/jvm/b", 25)),
                List.of("/usr/bin/java")))
        .contains(new JavaVersions(List.of(25, 17)));
    assertThat(JvmHome.versions(List.of(), List.of())).contains(JavaVersions.NONE);
    assertThat(JvmHome.versions(List.of(), List.of("/usr/bin/java"))).isEmpty();
    assertThat(
            JvmHome.versions(
                List.of(new JvmHome("opt/jdk", 7), new JvmHome("opt/new", 21)), List.of()))
        .isEmpty();
  }

  @Test
  void javaHomeMayBeWhereALinkToTheProgramLies() {
    debian();
    files.link("usr/lib/jvm/default-java", "java-17-openjdk-amd64");

    for (String home : new String[] {"/usr", "/usr/lib/jvm/default-java"}) {
      assertThat(JvmHome.of(files, Map.of("JAVA_HOME", home, "PATH", "/opt/app/bin")))
          .containsExactly(new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17));
    }
  }

  @Test
  void thePathGoesBeforeJavaHomeForItIsHowServicesAreStarted() {
    debian();
    files.file("opt/jdk/bin/java", "").file("opt/jdk/release", "JAVA_VERSION=\"25\"\n");

    assertThat(JvmHome.of(files, Map.of("JAVA_HOME", "/opt/jdk")))
        .containsExactly(
            new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17), new JvmHome("opt/jdk", 25));
    assertThat(JvmHome.of(files, Map.of("JAVA_HOME", "/opt/jdk", "PATH", "/opt/app/bin")))
        .containsExactly(new JvmHome("opt/jdk", 25));
  }

  @Test
  void findsJdk8AroundItsJre() {
    files
        .file("opt/jdk8/jre/bin/java", "")
        .directory("opt/jdk8/jre/lib/security")
        .file("opt/jdk8/release", "JAVA_VERSION=\"1.8.0_432\"\n")
        .link("usr/bin/java", "/opt/jdk8/jre/bin/java");
    JvmHome jdk8 = new JvmHome("opt/jdk8", 8);

    assertThat(JvmHome.of(files, Map.of())).containsExactly(jdk8);
    assertThat(JvmHome.of(files, Map.of("JAVA_HOME", "/opt/jdk8/jre"))).containsExactly(jdk8);
    assertThat(jdk8.security(files)).isEqualTo("opt/jdk8/jre/lib/security");
  }

  @Test
  void aRuntimeThatIsCalledJreIsItsOwnHome() {
    files.file("opt/jre/bin/java", "").file("opt/jre/release", "JAVA_VERSION=\"21\"\n");

    assertThat(JvmHome.of(files, Map.of("PATH", "/opt/jre/bin")))
        .containsExactly(new JvmHome("opt/jre", 21));
    assertThat(new JvmHome("opt/jre", 21).security(files)).isEqualTo("opt/jre/lib/security");
  }

  @Test
  void tellsOpenJ9ByItsReleaseFile() {
    for (String says :
        new String[] {
          "JVM_VARIANT=\"Openj9\"", "JVM_VARIANT=OpenJ9", "JVM_VERSION=\"openj9-0.53.0\""
        }) {
      MemoryImageFiles semeru =
          new MemoryImageFiles()
              .file("opt/java/bin/java", "")
              .file("opt/java/release", "JAVA_VERSION=\"21.0.9\"\n" + says + "\n");

      assertThat(JvmHome.of(semeru, Map.of("PATH", "/opt/java/bin")))
          .containsExactly(new JvmHome("opt/java", 21, JvmHome.Kind.OPENJ9));
    }
    files
        .file("opt/java/bin/java", "")
        .file("opt/java/release", "JAVA_VERSION=\"21.0.9\"\nJVM_VARIANT=\"Hotspot\"\n");
    assertThat(JvmHome.of(files, Map.of("PATH", "/opt/java/bin")))
        .containsExactly(new JvmHome("opt/java", 21));
  }

  @Test
  void findsNoneWhereThereIsNone() {
    files.file("bin/busybox", "").link("bin/sh", "busybox").directory("usr/bin/java");

    assertThat(JvmHome.of(files, Map.of("JAVA_HOME", "/", "PATH", "/bin:/usr/bin"))).isEmpty();
  }

  @Test
  void passesOverAProgramThatLiesInNoJvm() {
    debian();
    files.file("usr/local/bin/java", "#!/bin/sh\n");
    Map<String, String> path = Map.of("PATH", "/usr/local/bin:/usr/bin");

    assertThat(JvmHome.of(files, path))
        .containsExactly(new JvmHome("usr/lib/jvm/java-17-openjdk-amd64", 17));
    assertThat(JvmHome.strays(files, path)).containsExactly("/usr/local/bin/java");
  }

  @Test
  void refusesAJvmWithoutAReleaseFile() {
    for (String file : new String[] {"lib/modules", "lib/rt.jar", "jre/lib/rt.jar"}) {
      MemoryImageFiles jvm =
          new MemoryImageFiles().file("opt/jdk/bin/java", "").file("opt/jdk/" + file, "");

      assertThatThrownBy(() -> JvmHome.of(jvm, Map.of("PATH", "/opt/jdk/bin")))
          .hasMessageStartingWith("The JVM in '/opt/jdk' of the official image does not say its");
    }
  }

  @Test
  void refusesAJvmThatDoesNotTellItsVersion() {
    files.file("opt/j\u202Edk/bin/java", "").file("opt/j\u202Edk/release", "VERSION=\"17\"\n");

    assertThatThrownBy(() -> JvmHome.of(files, Map.of("JAVA_HOME", "/opt/j\u202Edk")))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The JVM in '/opt/j\\u202Edk' of the official image does not say its version: its file"
                + " 'release' has no JAVA_VERSION. Name an official image in 'from' whose JVM has"
                + " one, as every JDK's build makes it.");
  }

  private void debian() {
    files
        .link("bin", "usr/bin")
        .link("usr/bin/java", "/etc/alternatives/java")
        .link("etc/alternatives/java", "/usr/lib/jvm/java-17-openjdk-amd64/bin/java")
        .file("usr/lib/jvm/java-17-openjdk-amd64/bin/java", "")
        .file("usr/lib/jvm/java-17-openjdk-amd64/release", "JAVA_VERSION=\"17.0.15\"\n");
  }
}
