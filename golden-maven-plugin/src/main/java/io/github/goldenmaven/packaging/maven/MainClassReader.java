package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.packaging.layers.JarProject.Starts;
import io.github.goldenmaven.packaging.layers.SaidMain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of the effective POM who names the class that starts a service: first the plugins that
 * write it into the jar that a team runs elsewhere, then the tools that run the project.
 */
final class MainClassReader {

  private static final String APACHE = "org.apache.maven.plugins:";
  private static final String BOOT = "org.springframework.boot:spring-boot-maven-plugin";
  private static final String MANIFEST_TRANSFORMER = "ManifestResourceTransformer";

  /** Tools with a {@code <mainClass>} for running the project. */
  private static final List<String> RUNNERS =
      List.of(
          "io.micronaut.maven:micronaut-maven-plugin",
          "org.apache.camel:camel-maven-plugin",
          "org.codehaus.mojo:exec-maven-plugin");

  /** Spring Boot's, Micronaut's and exec-maven-plugin's, Helidon's. */
  private static final List<String> PROPERTIES =
      List.of("start-class", "exec.mainClass", "mainClass");

  private final MavenProject project;
  private final List<SaidMain> said = new ArrayList<>();

  private MainClassReader(MavenProject project) {
    this.project = project;
  }

  /** All that is said. */
  static Starts read(MavenSession session, MavenProject project) {
    return new Starts(
        new MainClassReader(project).declared(),
        new MainClassReader(project).hints(new PomProperties(project, session)),
        jar(project));
  }

  private List<SaidMain> declared() {
    MavenDom boot = configuration(BOOT, "repackage");
    say(boot.at("mainClass"), "<mainClass> of spring-boot-maven-plugin");
    manifest(configuration(APACHE + "maven-jar-plugin", "jar"), "maven-jar-plugin");
    for (MavenDom transformer :
        configuration(APACHE + "maven-shade-plugin", "shade").at("transformers").children()) {
      if (transformer.attribute("implementation").endsWith(MANIFEST_TRANSFORMER)) {
        say(transformer.at("mainClass"), "the " + MANIFEST_TRANSFORMER + " of maven-shade-plugin");
        entries(transformer, "the " + MANIFEST_TRANSFORMER + " of maven-shade-plugin");
      }
    }
    manifest(configuration(APACHE + "maven-assembly-plugin", "single"), "maven-assembly-plugin");
    return said;
  }

  private List<SaidMain> hints(PomProperties properties) {
    for (String property : PROPERTIES) {
      say(properties.hint(property), "the property '" + property + "'");
    }
    for (String runner : RUNNERS) {
      say(
          configuration(runner, "").at("mainClass"),
          "<mainClass> of " + runner.substring(runner.indexOf(':') + 1));
    }
    return said;
  }

  private void manifest(MavenDom configuration, String plugin) {
    MavenDom archive = configuration.at("archive");
    entries(archive, "<manifestEntries> of " + plugin);
    say(archive.at("manifest", "mainClass"), "<manifest><mainClass> of " + plugin);
  }

  private void entries(MavenDom around, String by) {
    say(around.at("manifestEntries", "Start-Class"), by);
    say(around.at("manifestEntries", "Main-Class"), by);
  }

  private void say(MavenDom element, String by) {
    say(element.text(), by);
  }

  private void say(@Nullable String name, String by) {
    if (name != null) {
      said.add(new SaidMain(name.strip(), by));
    }
  }

  /** The plugin's as the goal gets it: an execution's has the plugin's own in it. */
  private MavenDom configuration(String key, String goal) {
    Plugin plugin = project.getPlugin(key);
    return new MavenDom(
        plugin == null
            ? null
            : (Xpp3Dom)
                Stream.concat(executions(plugin, goal), Stream.of(plugin))
                    .map(ConfigurationContainer::getConfiguration)
                    .filter(configuration -> configuration != null)
                    .findFirst()
                    .orElse(null),
        text -> text);
  }

  /** Maven's own binding first: further executions of a plugin make further jars. */
  private static Stream<PluginExecution> executions(Plugin plugin, String goal) {
    List<PluginExecution> executions =
        plugin.getExecutions().stream()
            .filter(execution -> execution.getGoals().contains(goal))
            .toList();
    return Stream.concat(
        executions.stream().filter(execution -> execution.getId().equals("default-" + goal)),
        executions.size() == 1 ? executions.stream() : Stream.of());
  }

  private static @Nullable Path jar(MavenProject project) {
    File file = project.getArtifact() == null ? null : project.getArtifact().getFile();
    return file == null ? null : file.toPath();
  }
}
