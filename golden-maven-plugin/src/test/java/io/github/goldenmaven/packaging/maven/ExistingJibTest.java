package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.container.WrittenContainer;
import io.github.goldenmaven.packaging.layers.ExtraDirectory;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginManagement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExistingJibTest {

  private static final List<String> PROPERTIES =
      List.of(
          "appRoot",
          "args",
          "creationTime",
          "entrypoint",
          "environment",
          "expandClasspathDependencies",
          "extraClasspath",
          "filesModificationTime",
          "format",
          "jvmFlags",
          "labels",
          "mainClass",
          "ports",
          "user",
          "volumes",
          "workingDirectory");

  @TempDir private Path folder;

  private SampleProject sample() {
    return SampleProject.jar(folder);
  }

  private static ExistingJib read(SampleProject sample) {
    return ExistingJib.of(sample.session, sample.project);
  }

  @Test
  void aProjectWithoutJibSaysNothing() {
    ExistingJib jib = read(sample());
    assertThat(jib)
        .isEqualTo(
            new ExistingJib(LayeringSettings.NONE, List.of(), null, null, null, List.of(), false));
  }

  @Test
  void thePropertiesOfTheUserReachNothing() {
    SampleProject sample = sample();
    for (String name : PROPERTIES) {
      sample.userProperty("jib.container." + name, "evil=evil");
    }
    sample
        .userProperty("jib.from.image", "registry.example/evil")
        .userProperty("jib.to.image", "registry.example/evil")
        .userProperty("image", "registry.example/evil")
        .userProperty("jib.containerizingMode", "evil")
        .userProperty("jib.extraDirectories.paths", "evil")
        .userProperty("jib.extraDirectories.permissions", "evil=755");
    assertThat(read(sample))
        .isEqualTo(
            new ExistingJib(LayeringSettings.NONE, List.of(), null, null, null, List.of(), false));
  }

  @Test
  void thePropertiesOfThePomStandWhateverTheUserGives() {
    SampleProject sample =
        sample().property("jib.container.user", "poms").userProperty("jib.container.user", "evil");
    assertThat(read(sample).settings().container().user()).isEqualTo("poms");
  }

  @Test
  void refusesAPropertyOfTheUserThatMavenHasPutOverThePoms() {
    SampleProject sample =
        sample()
            .property("jib.container.labels", "team=evil")
            .userProperty("jib.container.labels", "team=evil");
    assertThat(catchThrowableOfType(RefusedException.class, () -> read(sample)).getMessage())
        .isEqualTo(
            "'-Djib.container.labels' overrides what the POM sets. Remove it from the command line:"
                + " golden:build takes jib's settings from the POM alone.");
  }

  @Test
  void thePropertiesOfThePomGoBeforeItsElements() {
    SampleProject sample =
        sample()
            .property("jib.container.mainClass", "p.OfProperty")
            .property("jib.container.ports", "1,2")
            .property("jib.container.expandClasspathDependencies", "true")
            .property("jib.containerizingMode", "packaged")
            .property("jib.extraDirectories.paths", "one,two")
            .property("jib.extraDirectories.permissions", "/a=755,/b=644")
            .plugin(
                SampleProject.JIB,
                """
                <container><mainClass>p.OfElement</mainClass><user>app</user></container>
                <containerizingMode>exploded</containerizingMode>
                <extraDirectories><paths><path>three</path></paths></extraDirectories>
                """);
    assertThat(read(sample).settings())
        .isEqualTo(
            new LayeringSettings(
                WrittenContainer.empty()
                    .mainClass("p.OfProperty")
                    .ports(List.of("1", "2"))
                    .expandClasspathDependencies(true)
                    .user("app")
                    .build(),
                List.of(
                    ExtraDirectory.of(folder.resolve("one")),
                    ExtraDirectory.of(folder.resolve("two"))),
                Map.of("/a", "755", "/b", "644"),
                "packaged"));
  }

  @Test
  void refusesAPropertyThatIsNoMap() {
    SampleProject sample = sample().property("jib.container.environment", "A=1,B");
    assertThat(catchThrowableOfType(RefusedException.class, () -> read(sample)).getMessage())
        .isEqualTo(
            "'B' in the POM's property 'jib.container.environment' is no name and value. Write"
                + " 'jib.container.environment' as name=value,name=value, with '\\,' for a comma in"
                + " a value.");
  }

  @Test
  void imagesAreReadForAHint() {
    SampleProject sample =
        sample()
            .plugin(
                SampleProject.JIB,
                "<from><image>registry.example/base</image></from><to>registry.example/orders</to>");
    assertThat(read(sample).fromImage()).isEqualTo("registry.example/base");
    assertThat(read(sample).toImage()).isEqualTo("registry.example/orders");
    assertThat(read(sample.property("jib.to.image", "registry.example/other")).toImage())
        .isEqualTo("registry.example/other");
    sample.property("image", "evil").userProperty("image", "evil");
    assertThat(read(sample).toImage()).isEqualTo("registry.example/other");
  }

  @Test
  void listsMayBeWrittenWithCommasAndMayBeEmpty() {
    SampleProject sample =
        sample()
            .plugin(
                SampleProject.JIB,
                "<container><ports>1, 2</ports><args/><jvmFlags><flag/></jvmFlags></container>");
    ContainerSettings container = read(sample).settings().container();
    assertThat(container.ports()).containsExactly("1", "2");
    assertThat(container.args()).isEmpty();
    assertThat(container.jvmFlags()).containsExactly("");
    assertThat(container.volumes()).isNull();
  }

  @Test
  void theClockIsLeftOut() {
    SampleProject sample =
        sample()
            .plugin(
                SampleProject.JIB,
                "<container><creationTime>USE_CURRENT_TIMESTAMP</creationTime></container>");
    assertThat(read(sample).timestamped()).isTrue();
    assertThat(read(sample).settings().container().creationTime()).isNull();
  }

  @Test
  void anExecutionThatBuildsAnImageSpeaksForThePlugin() {
    SampleProject sample =
        sample()
            .wholePlugin(
                SampleProject.JIB,
                """
                <configuration><container><user>plugin</user></container></configuration>
                <executions>
                  <execution>
                    <goals><goal>build</goal></goals>
                    <configuration><container><user>execution</user></container></configuration>
                  </execution>
                </executions>
                """);
    assertThat(read(sample).settings().container().user()).isEqualTo("execution");
  }

  @Test
  void twoExecutionsThatBuildImagesSpeakForNobodyElse() {
    String execution =
        "<execution><id>%s</id><goals><goal>build</goal></goals><configuration><container>"
            + "<user>%s</user></container></configuration></execution>";
    SampleProject sample =
        sample()
            .wholePlugin(
                SampleProject.JIB,
                "<configuration><container><user>plugin</user></container></configuration>"
                    + "<executions>"
                    + execution.formatted("a", "a")
                    + execution.formatted("b", "b")
                    + "</executions>");
    assertThat(read(sample).settings().container().user()).isEqualTo("plugin");
  }

  @Test
  void aPluginThatIsOnlyManagedCounts() {
    SampleProject sample =
        sample().plugin(SampleProject.JIB, "<container><user>app</user></container>");
    Plugin plugin = sample.project.getPlugin(SampleProject.JIB);
    sample.project.getBuild().removePlugin(plugin);
    sample.project.getBuild().flushPluginMap();
    PluginManagement management = new PluginManagement();
    management.addPlugin(plugin);
    sample.project.getBuild().setPluginManagement(management);
    assertThat(read(sample).settings().container().user()).isEqualTo("app");
  }

  @Test
  void whatAnotherPluginSetDuringTheBuildIsPutIn() {
    SampleProject sample =
        sample()
            .property("git.commit.id", "0123abc")
            .plugin(
                SampleProject.JIB,
                """
                <container>
                  <environment><COMMIT>at ${git.commit.id}</COMMIT><BASE>${basedir}</BASE></environment>
                  <user>${nobody.set.this}</user>
                </container>
                """);
    ContainerSettings container = read(sample).settings().container();
    assertThat(container.environment())
        .isEqualTo(Map.of("COMMIT", "at 0123abc", "BASE", folder.toString()));
  }

  @Test
  void readsExtensions() {
    SampleProject sample =
        sample()
            .plugin(
                SampleProject.JIB,
                """
                <pluginExtensions>
                  <pluginExtension>
                    <implementation>p.Extension</implementation>
                    <properties><a>1</a></properties>
                    <configuration implementation="p.Config"><b>2</b></configuration>
                  </pluginExtension>
                  <pluginExtension><implementation>p.Plain</implementation></pluginExtension>
                </pluginExtensions>
                """);
    List<ExtensionSettings> extensions = read(sample).extensions();
    assertThat(extensions)
        .extracting(ExtensionSettings::implementation)
        .containsExactly("p.Extension", "p.Plain");
    assertThat(extensions.get(0).properties()).isEqualTo(Map.of("a", "1"));
    assertThat(extensions.get(0).configuration()).isNotNull();
    assertThat(extensions.get(1).configuration()).isNull();
  }

  @Test
  void readsJibsFurtherTags() {
    SampleProject sample =
        SampleProject.jar(folder)
            .plugin(SampleProject.JIB, "<to><tags><tag>latest</tag><tag>1</tag></tags></to>");
    assertThat(ExistingJib.of(sample.session, sample.project).toTags())
        .containsExactly("latest", "1");
    sample.property("jib.to.tags", "a,b");
    assertThat(ExistingJib.of(sample.session, sample.project).toTags()).containsExactly("a", "b");
  }
}
