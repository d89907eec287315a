package io.github.goldenmaven.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;
import org.junit.jupiter.api.Test;

/** After a version in the POM has changed, the lists are to be what these tests print. */
class LibraryTest {

  /** What the plugin's own class path has, or Maven gives, or nobody needs at run time. */
  private static final List<Exclusion> PRESENT =
      List.of(
          new Exclusion("org.apache.maven", "*", "*", "*"),
          new Exclusion("org.slf4j", "slf4j-api", "*", "*"),
          new Exclusion("com.google.code.gson", "gson", "*", "*"),
          new Exclusion("org.jspecify", "jspecify", "*", "*"));

  @Test
  void jibsListHasWhatJibNeedsInTheVersionsOfTheTests() throws Exception {
    assertThat(list(Library.JIB))
        .isEqualTo(
            needed(
                "com.google.cloud.tools:jib-maven-plugin",
                "com.google.cloud.tools:jib-build-plan",
                "com.google.cloud.tools:jib-maven-plugin-extension-api"));
  }

  @Test
  void dockerJavasListHasWhatItNeedsInTheVersionsOfTheTests() throws Exception {
    assertThat(list(Library.DOCKER_JAVA))
        .isEqualTo(
            needed(
                "com.github.docker-java:docker-java-transport-zerodep",
                "com.github.docker-java:docker-java-core"));
  }

  /** The engine's own POM says what it needs; annotations are for compilers. */
  @Test
  void theEnginesListHasWhatItsPomNeeds() throws Exception {
    String pom = Files.readString(Path.of("../jenkins-library/pom.xml"));
    Matcher version = Pattern.compile("<([a-z-]+\\.version)>([^<]+)</").matcher(pom);
    String plain = pom;
    while (version.find()) {
      plain = plain.replace("${" + version.group(1) + "}", version.group(2));
    }
    List<String> needed = new ArrayList<>();
    Matcher dependency =
        Pattern.compile(
                "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*"
                    + "<version>([^<$]+)</version>(?!\\s*<scope>)")
            .matcher(plain.substring(plain.indexOf("<dependencies>")));
    while (dependency.find()) {
      needed.add(dependency.group(1) + ":" + dependency.group(2) + ":" + dependency.group(3));
    }
    List<String> listed = list(Library.JENKINS).lines().toList();

    assertThat(needed).hasSize(6);
    assertThat(listed).containsAll(needed);
    assertThat(listed.get(0)).matches("io\\.github\\.goldenmaven:jenkins-library:[0-9].*");
    assertThat(listed)
        .filteredOn(line -> !needed.contains(line) && !line.contains("jenkins-library"))
        .containsExactly(
            "com.google.guava:failureaccess:1.0.2",
            "org.jboss.marshalling:jboss-marshalling:2.3.0");
  }

  private static String list(Library library) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(Library.class.getResourceAsStream(library.list()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Follows the POMs of the local repository, with the versions of the tests' class path. */
  private static String needed(String... roots) throws Exception {
    RepositorySystem system =
        MavenRepositorySystemUtils.newServiceLocator().getService(RepositorySystem.class);
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    session.setLocalRepositoryManager(
        system.newLocalRepositoryManager(
            session, new LocalRepository(TestJars.repository().toFile(), "simple")));
    session.setOffline(true);
    List<Artifact> present = TestJars.artifacts();
    CollectRequest request = new CollectRequest();
    for (String root : roots) {
      request.addDependency(new Dependency(named(present, root), "compile").setExclusions(PRESENT));
    }
    present.forEach(artifact -> request.addManagedDependency(new Dependency(artifact, "")));
    PreorderNodeListGenerator found = new PreorderNodeListGenerator();
    system.collectDependencies(session, request).getRoot().accept(found);
    StringBuilder lines = new StringBuilder();
    for (Artifact artifact : found.getArtifacts(true)) {
      assertThat(present.stream().map(LibraryTest::line)).contains(line(artifact));
      lines.append(line(artifact));
    }
    return lines.toString();
  }

  private static Artifact named(List<Artifact> present, String name) {
    return present.stream()
        .filter(artifact -> line(artifact).startsWith(name + ":"))
        .findFirst()
        .orElseThrow();
  }

  private static String line(Artifact artifact) {
    return artifact.getGroupId()
        + ":"
        + artifact.getArtifactId()
        + ":"
        + artifact.getVersion()
        + "\n";
  }
}
