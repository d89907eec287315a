package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtraDirectoriesLayeringTest extends ProjectLayeringFixture {

  private static final String ONE_OF_TWO =
      " Remove one of the two, or move it to another place: with <into> or <excludes> in"
          + " <extraDirectories>, with <container><appRoot>, or under another name in the project.";

  @ParameterizedTest
  @EnumSource(Choice.class)
  void aPathThatComesTwiceWithOtherContentIsRefused(Choice choice) {
    SampleProject sample =
        jar()
            .compiledMain()
            .file("target/classes/same.txt", "same")
            .file("target/classes/port.txt", "8080")
            .file("target/classes/Port.txt", "in capitals")
            .file("src/main/jib/app/resources/same.txt", "same")
            .file("src/main/jib/app/resources/port.txt", "9090");

    assertThatThrownBy(() -> layers(sample, choice))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/app/resources/port.txt' is there twice with different content: from '%1$s/target/classes/port.txt'"
                    .formatted(folder)
                + " (resources) and from '%1$s/src/main/jib/app/resources/port.txt' (extra files)."
                    .formatted(folder)
                + ONE_OF_TWO);
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void twoExtraDirectoriesMustNotBringOnePathNorAFileWhereAFolderIs(Choice choice) {
    SampleProject sample =
        jar()
            .compiledMain()
            .dependency("org.released", "alpha", "1.0", "alpha")
            .file("one/opt/tool.sh", "run")
            .file("two/opt/tool.sh", "end")
            .file("two/app/libs/alpha-1.0.jar", "other")
            .file("two/app/classes/com", "a file")
            .plugin(
                SampleProject.JIB,
                "<extraDirectories><paths><path>one</path><path>two</path></paths></extraDirectories>");

    assertThatThrownBy(() -> layers(sample, choice))
        .isInstanceOf(RefusedException.class)
        .hasMessageContainingAll(
            "'/app/libs/alpha-1.0.jar' is there twice with different content: from '"
                + folder
                + "/repository/org.released/alpha-1.0.jar' (dependencies) and from '"
                + folder
                + "/two/app/libs/alpha-1.0.jar' (extra files). ",
            "'/app/classes/com' is there once as a file and once as a folder: from a folder"
                + " (classes) and from '"
                + folder
                + "/two/app/classes/com' (extra files). ",
            "'/opt/tool.sh' is there twice with different content: from '"
                + folder
                + "/one/opt/tool.sh' (extra files) and from '"
                + folder
                + "/two/opt/tool.sh' (extra files)."
                + ONE_OF_TWO);
  }

  @ParameterizedTest
  @EnumSource(Choice.class)
  void whatGoldenBuildWritesIsNotReplaced(Choice choice) {
    SampleProject sample = jar().compiledMain().file("src/main/jib/app/jib-main-class-file", "x");

    assertThatThrownBy(() -> layers(sample, choice))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(
            "'/app/jib-main-class-file' is there twice with different content: from ")
        .hasMessageContaining("/src/main/jib/app/jib-main-class-file' (extra files).");
  }

  @Test
  void anExtraFileOverAWarsContentIsRefused() {
    SampleProject sample =
        war("").file("src/main/jib/var/lib/jetty/webapps/ROOT/index.html", "another");

    assertThatThrownBy(() -> layers(sample, Choice.AUTO))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith(
            "'/var/lib/jetty/webapps/ROOT/index.html' is there twice with different content: from"
                + " '")
        .hasMessageEndingWith(
            "/src/main/jib/var/lib/jetty/webapps/ROOT/index.html' (extra files)." + ONE_OF_TWO);
  }

  @Test
  void extraFilesEqualJibExceptForFoldersOfTheBase() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .file("src/main/jib/etc/company/app.conf", "x")
            .file("src/main/jib/tmp/seed", "x")
            .file("src/main/jib/company/tool.sh", "x")
            .file("src/main/jib/app/classes/extra.txt", "x"),
        "etc/",
        "tmp/");
  }

  @Test
  void extraFilesWithGlobsModesAndPlacesEqualJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .file("one/bin/run.sh", "run")
            .file("one/bin/stop.sh", "stop")
            .file("one/readme.txt", "text")
            .file("two/deep/er/keep.txt", "keep")
            .file("two/deep/er/drop.bin", "drop")
            .file("two/drop.txt", "drop")
            .plugin(
                SampleProject.JIB,
                """
                <extraDirectories>
                  <paths>
                    <path>one</path>
                    <path>
                      <from>two</from>
                      <into>/opt/two</into>
                      <includes><include>**/*.txt</include></includes>
                      <excludes><exclude>drop*</exclude></excludes>
                    </path>
                  </paths>
                  <permissions>
                    <permission><file>/bin/run.sh</file><mode>750</mode></permission>
                    <permission><file>/bin/*.sh</file><mode>755</mode></permission>
                    <permission><file>/opt/two/deep/**</file><mode>600</mode></permission>
                  </permissions>
                </extraDirectories>
                """),
        "bin/",
        "opt/");
  }
}
