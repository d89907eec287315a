package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.packaging.CompiledSources;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Holds both our ways of layering to jib-maven-plugin itself: the same project and POM given to its
 * own goal, its own tars read back.
 */
class ProjectLayeringTest extends ProjectLayeringFixture {

  @Test
  void aServiceWithEveryKindOfDependencyEqualsJib() throws Exception {
    SampleProject sample =
        jar()
            .compiledMain()
            .compiled(
                new CompiledSources()
                    .with("com.example.inner.Helper", "package com.example.inner; class Helper {}"))
            .file("target/classes/application.properties", "port=8080")
            .file("target/classes/META-INF/services/com.example.Service", "com.example.Main")
            .file("target/classes/static/empty.html", "")
            .dependency("org.released", "zebra", "2.0", "zebra")
            .dependency("org.released", "alpha", "1.0", "alpha")
            .dependency("org.moving", "snap", "3.0-SNAPSHOT", "moving")
            .module("orders-api", "api");
    equalJib(sample);
    assertThat(layers(sample, Choice.AUTO).layers())
        .extracting("name")
        .containsExactly(
            "dependencies",
            "snapshot dependencies",
            "project dependencies",
            "resources",
            "classes",
            "jvm arg files");
  }

  @Test
  void dependenciesOfOneNameAreToldApartBySizeLikeJib() throws Exception {
    equalJib(
        jar()
            .compiledMain()
            .dependency("org.first", "util", "1.0", "first")
            .dependency("org.second", "util", "1.0", "the second")
            .dependency("org.third", "util", "1.0-SNAPSHOT", "third")
            .dependency("org.fourth", "util", "1.0-SNAPSHOT", "the fourth one")
            .module("other", "other"));
  }

  /**
   * jib gives both one name: one is missing in its image, and the other twice on its class path.
   */
  @ParameterizedTest
  @EnumSource(Choice.class)
  void dependenciesOfOneNameAndSizeAreBothThere(Choice choice) throws Exception {
    PackagedService service =
        layers(
            jar()
                .compiledMain()
                .dependency("org.first", "util", "1.0", "first")
                .dependency("org.second", "util", "1.0", "other")
                .dependency("org.third", "util-1.0-5", "2", "third")
                .dependency("com.example.one", "api", "1.0", "mine1")
                .dependency("com.example.two", "api", "1.0", "mine2")
                .reactor("api"),
            choice);

    assertThat(contents(service, "app/libs/"))
        .containsExactlyInAnyOrder(
            "app/libs/util-1.0-5.jar first",
            "app/libs/util-1.0-5-3.jar other",
            "app/libs/util-1.0-5-2.jar third",
            "app/libs/api-1.0-5.jar mine1",
            "app/libs/api-1.0-5-2.jar mine2");
    assertThat(contents(service, "app/jib-classpath-file"))
        .containsExactly(
            "app/jib-classpath-file /app/resources:/app/classes:/app/libs/util-1.0-5.jar"
                + ":/app/libs/util-1.0-5-3.jar:/app/libs/util-1.0-5-2.jar"
                + ":/app/libs/api-1.0-5.jar:/app/libs/api-1.0-5-2.jar");
  }

  @Test
  void javaEightGetsAWildcardLikeJib() throws Exception {
    equalJib(
        jar()
            .property("maven.compiler.target", "1.8")
            .compiledMain()
            .dependency("org.released", "alpha", "1.0", "alpha"));
  }

  @Test
  void javaEightGetsEveryJarByNameLikeJibWhereAsked() throws Exception {
    equalJib(
        jar()
            .property("maven.compiler.target", "1.8")
            .compiledMain()
            .plugin(
                SampleProject.JIB,
                "<container><expandClasspathDependencies>true</expandClasspathDependencies></container>")
            .dependency("org.released", "alpha", "1.0", "alpha"));
  }

  @Test
  void theCompilerPluginsReleaseCountsLikeInJib() throws Exception {
    equalJib(
        SampleProject.of(folder, "jar")
            .plugin("org.apache.maven.plugins:maven-compiler-plugin", "<release>11</release>")
            .compiledMain());
  }

  @Test
  void aProjectThatSaysNoJavaVersionEqualsJib() throws Exception {
    equalJib(SampleProject.of(folder, "jar").compiledMain());
  }

  @Test
  void modulesAndKotlinMetadataEqualJib() throws Exception {
    equalJib(
        jar()
            .compiled(
                new CompiledSources()
                    .with("module-info", "module orders { exports com.example; }")
                    .withMain("com.example.Main"))
            .file("target/classes/META-INF/orders.kotlin_module", "kotlin"));
  }

  @Test
  void theJarPluginsMainClassGoesFirstLikeInJib() throws Exception {
    equalJib(
        jar()
            .compiled(new CompiledSources().withMain("com.example.One").withMain("com.example.Two"))
            .plugin(
                "org.apache.maven.plugins:maven-jar-plugin",
                "<archive><manifest><mainClass>com.example.Two</mainClass></manifest></archive>"));
  }

  @Test
  void linksInExtraFilesStandForWhatTheyPointToLikeInJib() throws Exception {
    SampleProject sample = jar().compiledMain().file("outside/file.txt", "content");
    java.nio.file.Files.createDirectories(folder.resolve("src/main/jib/data"));
    java.nio.file.Files.createSymbolicLink(
        folder.resolve("src/main/jib/data/file"), folder.resolve("outside/file.txt"));
    java.nio.file.Files.createSymbolicLink(
        folder.resolve("src/main/jib/data/folder"), folder.resolve("outside"));
    equalJib(sample);
  }

  @Test
  void aPackagedJarEqualsJib() throws Exception {
    byJib(
        jar()
            .compiledMain()
            .zip("target/orders-1.0.jar", Map.of("com/example/Main.class", "bytes"))
            .plugin(SampleProject.JIB, "<containerizingMode>packaged</containerizingMode>")
            .dependency("org.released", "alpha", "1.0", "alpha"));
  }

  @Test
  void aWarEqualsJibOnABaseOfOnesOwn() throws Exception {
    PackagedService service =
        byJib(war(""), "var/", "var/lib/", "var/lib/jetty/", "var/lib/jetty/webapps/");
    assertThat(service.container().entrypoint()).isNull();
    assertThat(service.container().mainClass()).isNull();
    assertThat(paths(service)).contains("var/lib/jetty/webapps/ROOT/WEB-INF/lib/alpha-1.0.jar");
  }

  @Test
  void aWarInAnotherPlaceWithAnEntrypointEqualsJib() throws Exception {
    byJib(
        war(
            "<container><appRoot>/opt/tomcat/webapps/ROOT</appRoot><entrypoint><e>catalina.sh</e><e>run</e></entrypoint></container>"),
        "opt/",
        "opt/tomcat/",
        "opt/tomcat/webapps/");
  }
}
