package io.github.goldenmaven.mojo.service;

import static io.github.goldenmaven.mojo.service.ReadProject.parent;
import static io.github.goldenmaven.mojo.service.ReadProject.pom;
import static io.github.goldenmaven.mojo.service.ReadProject.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.provenance.Coordinates;
import io.github.goldenmaven.provenance.ProjectFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectFactsReaderTest {

  /** What spring-boot-starter-parent and companies' parents say of themselves. */
  private static final String FOREIGN =
      "<packaging>pom</packaging><name>Parent</name><description>A parent.</description>"
          + "<url>https://parent.example</url>"
          + "<organization><name>Parent, Inc.</name></organization>"
          + "<licenses><license><name>Apache-2.0</name></license></licenses>"
          + "<scm><url>https://git.parent.example/parent</url>"
          + "<connection>scm:git:https://git.parent.example/parent.git</connection></scm>"
          + "<properties><git>https://git.company.example</git>"
          + "<project.build.outputTimestamp>2001-01-01T00:00:00Z</project.build.outputTimestamp>"
          + "</properties>";

  private static final String OWN =
      "<packaging>pom</packaging><description>The shop.</description>"
          + "<url>https://shop.company.example</url>"
          + "<organization><name>Company</name></organization>"
          + "<licenses><license><name>MIT</name></license></licenses>"
          + "<scm><url>https://git.company.example/shop</url></scm>"
          + "<properties>"
          + "<project.build.outputTimestamp>2026-11-01T00:00:00Z</project.build.outputTimestamp>"
          + "</properties>";

  @TempDir private Path folder;

  @Test
  void takesNothingFromAParentOfARepository() {
    pom(folder.resolve("repository/parent.pom"), "parent", "", FOREIGN);
    pom(folder.resolve("orders/pom.xml"), "orders", parent("parent", ""), "");

    assertThat(facts("orders")).isEqualTo(nothingOf("orders"));
  }

  /** A pipeline may keep Maven's repository in its checkout. */
  @Test
  void takesNothingFromAParentWhoseRepositoryIsInTheCheckout() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    pom(folder.resolve("repository/parent.pom"), "parent", "", FOREIGN);
    pom(folder.resolve("pom.xml"), "orders", parent("parent", ""), "");

    assertThat(facts("")).isEqualTo(nothingOf("orders"));
  }

  @Test
  void takesWhatAParentInTheSameCheckoutSaysAsMavenInheritsIt() throws IOException {
    Files.createDirectories(folder.resolve("shop/.git"));
    pom(folder.resolve("repository/parent.pom"), "parent", "", FOREIGN);
    pom(folder.resolve("shop/pom.xml"), "shop", parent("parent", ""), OWN);
    pom(folder.resolve("shop/orders/pom.xml"), "orders", parent("shop", "../pom.xml"), "");

    assertThat(facts("shop/orders"))
        .isEqualTo(
            new ProjectFacts(
                new Coordinates("com.example", "orders", "1"),
                "orders",
                "The shop.",
                "https://shop.company.example/orders",
                "https://git.company.example/shop/orders",
                "Company",
                List.of("MIT"),
                "2026-11-01T00:00:00Z"));
  }

  @Test
  void appendsNothingWhereTheParentSaysSo() throws IOException {
    Files.createDirectories(folder.resolve("shop/.git"));
    pom(folder.resolve("repository/parent.pom"), "parent", "", FOREIGN);
    pom(
        folder.resolve("shop/pom.xml"),
        "shop",
        parent("parent", ""),
        "<packaging>pom</packaging><scm child.scm.url.inherit.append.path='false'>"
            + "<url>${git}/${revision}</url></scm><properties><revision>7</revision></properties>");
    pom(folder.resolve("shop/orders/pom.xml"), "orders", parent("shop", "../pom.xml"), "");

    ProjectFacts facts = facts("shop/orders");

    assertThat(facts.scmUrlOrNull()).isEqualTo("https://git.company.example/7");
    assertThat(facts.descriptionOrNull()).isNull();
    assertThat(facts.licenses()).isEmpty();
  }

  @Test
  void takesItsOwnWithAPropertyOfAnotherPom() {
    pom(folder.resolve("repository/parent.pom"), "parent", "", FOREIGN);
    pom(
        folder.resolve("orders/pom.xml"),
        "orders",
        parent("parent", ""),
        "<name> </name><url>${git}/wiki/${project.artifactId}</url>"
            + "<scm><url>${git}/shop/${project.artifactId}</url></scm>");

    ProjectFacts facts = facts("orders");

    assertThat(facts.name()).isEqualTo("orders");
    assertThat(facts.urlOrNull()).isEqualTo("https://git.company.example/wiki/orders");
    assertThat(facts.scmUrlOrNull()).isEqualTo("https://git.company.example/shop/orders");
  }

  @Test
  void takesWhatGitClonesWhereThereIsNoPageButNothingThatAParentClones() {
    pom(folder.resolve("repository/parent.pom"), "parent", "", FOREIGN);
    pom(
        folder.resolve("orders/pom.xml"),
        "orders",
        parent("parent", ""),
        "<scm><developerConnection>scm:git:x:orders</developerConnection></scm>");
    assertThat(facts("orders").scmUrlOrNull()).isEqualTo("scm:git:x:orders");

    pom(
        folder.resolve("orders/pom.xml"),
        "orders",
        parent("parent", ""),
        "<scm><url/><connection>scm:git:x:o</connection>"
            + "<developerConnection>scm:git:x:orders</developerConnection></scm>");
    assertThat(facts("orders").scmUrlOrNull()).isEqualTo("scm:git:x:o");
  }

  @Test
  void takesNothingFromAParentOfAnotherRepositoryNextDoor() throws IOException {
    Files.createDirectories(folder.resolve("parent/.git"));
    Files.createDirectories(folder.resolve("orders/.git"));
    pom(folder.resolve("parent/pom.xml"), "parent", "", FOREIGN);
    pom(folder.resolve("orders/pom.xml"), "orders", parent("parent", "../parent"), "");

    assertThat(facts("orders")).isEqualTo(nothingOf("orders"));
  }

  @Test
  void takesNothingFromTheRepositoryThatHasTheProjectAsASubmodule() throws IOException {
    Files.createDirectories(folder.resolve(".git"));
    pom(folder.resolve("pom.xml"), "parent", "", FOREIGN);
    pom(folder.resolve("orders/pom.xml"), "orders", parent("parent", "../pom.xml"), "");
    Files.writeString(folder.resolve("orders/.git"), "gitdir: ../.git/modules/orders");

    assertThat(facts("orders")).isEqualTo(nothingOf("orders"));
  }

  /** Sources that came without git: the build's own folder is all that is known. */
  @Test
  void withoutGitTakesWhatIsBelowTheBuildsFolder() {
    pom(folder.resolve("parent/pom.xml"), "shop", "", OWN);
    pom(folder.resolve("orders/pom.xml"), "orders", parent("shop", "../parent"), "");

    assertThat(facts("orders").descriptionOrNull()).isEqualTo("The shop.");
    assertThat(ProjectFactsReader.read(read("orders"), session(folder.resolve("orders"), typed())))
        .isEqualTo(nothingOf("orders"));
  }

  @Test
  void takesTheTimeOfTheCommandLineBeforeTheProjects() {
    pom(folder.resolve("pom.xml"), "shop", "", OWN);

    assertThat(facts("").outputTimestampOrNull()).isEqualTo("2026-11-01T00:00:00Z");
    assertThat(facts("", "project.build.outputTimestamp", "x").outputTimestampOrNull())
        .isEqualTo("x");
  }

  @Test
  void takesTheTimeThatAProfileOfItsOwnSets() {
    pom(folder.resolve("repository/parent.pom"), "parent", "", FOREIGN);
    pom(
        folder.resolve("pom.xml"),
        "orders",
        parent("parent", ""),
        "<profiles><profile><id>x</id><activation><activeByDefault>true</activeByDefault>"
            + "</activation><properties><project.build.outputTimestamp>1793491200"
            + "</project.build.outputTimestamp></properties></profile></profiles>");

    assertThat(facts("").outputTimestampOrNull()).isEqualTo("1793491200");
  }

  @Test
  void readsNoTimeWhereThereIsNoPom() {
    MavenProject none = new MavenProject();

    assertThat(ProjectFactsReader.outputTimestamp(none, session(folder, typed()))).isNull();
  }

  @Test
  void asksGitOfThePomThatPeopleWroteWhateverPluginsWroteBesideIt() {
    pom(folder.resolve("pom.xml"), "orders", "", "");
    pom(folder.resolve("other/ci.xml"), "orders", "", "");
    MavenProject flattened = read("");
    flattened.setPomFile(folder.resolve(".flattened-pom.xml").toFile());

    assertThat(ProjectFactsReader.pom(flattened)).isEqualTo(folder.resolve("pom.xml"));
    assertThat(
            ProjectFactsReader.pom(
                new ReadProject(folder.resolve("repository")).read(folder.resolve("other/ci.xml"))))
        .isEqualTo(folder.resolve("other/ci.xml"));
  }

  /** What maven-shade-plugin does whose reduced POM is in target: Maven's base folder moves. */
  @Test
  void readsThePomThatPeopleWroteWhereverAPluginPutsAnother() throws IOException {
    Files.createDirectories(folder.resolve("shop/.git"));
    pom(folder.resolve("shop/pom.xml"), "shop", "", OWN);
    pom(folder.resolve("shop/orders/pom.xml"), "orders", parent("shop", "../pom.xml"), "");
    pom(folder.resolve("shop/orders/target/pom.xml"), "orders", "", "");
    MavenProject shaded = read("shop/orders");
    ProjectFacts before = ProjectFactsReader.read(shaded, session(folder, typed()));
    shaded.setFile(folder.resolve("shop/orders/target/pom.xml").toFile());

    assertThat(before.licenses()).containsExactly("MIT");
    assertThat(ProjectFactsReader.read(shaded, session(folder, typed()))).isEqualTo(before);
    assertThat(ProjectFactsReader.pom(shaded)).isEqualTo(folder.resolve("shop/orders/pom.xml"));

    shaded.setFile(folder.resolve("elsewhere/reduced.xml").toFile());
    assertThat(ProjectFactsReader.read(shaded, session(folder, typed()))).isEqualTo(before);
  }

  @Test
  void itsOwnPomSpeaksWhereverAPluginPutsAnother() {
    pom(folder.resolve("orders/pom.xml"), "orders", "", OWN);
    MavenProject shaded = read("orders");
    shaded.setFile(folder.resolve("orders/target/dependency-reduced-pom.xml").toFile());

    assertThat(ProjectFactsReader.read(shaded, session(folder, typed())).scmUrlOrNull())
        .isEqualTo("https://git.company.example/shop");
  }

  private static ProjectFacts nothingOf(String artifact) {
    return new ProjectFacts(
        new Coordinates("com.example", artifact, "1"),
        artifact,
        null,
        null,
        null,
        null,
        List.of(),
        null);
  }

  private ProjectFacts facts(String module, String... typed) {
    return ProjectFactsReader.read(read(module), session(folder, typed(typed)));
  }

  private MavenProject read(String module) {
    return new ReadProject(folder.resolve("repository"))
        .read(folder.resolve(module).resolve("pom.xml"));
  }

  private static Properties typed(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  @Test
  void namesTheSnapshotsAmongTheDependenciesAsThePomDoes() {
    MavenProject project = new MavenProject();
    project.setArtifacts(
        Set.of(
            artifact("tax", "1.0-20261123.101500-7"),
            artifact("pricing", "2.0-SNAPSHOT"),
            artifact("money", "3.1")));

    List<String> snapshots = ProjectFactsReader.snapshots(project);

    assertThat(snapshots)
        .containsExactly("com.example:pricing:2.0-SNAPSHOT", "com.example:tax:1.0-SNAPSHOT");
  }

  private static Artifact artifact(String name, String version) {
    return new DefaultArtifact(
        "com.example",
        name,
        version,
        Artifact.SCOPE_RUNTIME,
        "jar",
        null,
        new DefaultArtifactHandler("jar"));
  }
}
