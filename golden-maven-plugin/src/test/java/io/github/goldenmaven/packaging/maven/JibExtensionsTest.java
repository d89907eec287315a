package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.jib.JibProvider;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.packaging.maven.ProjectLayering.Choice;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.apache.maven.model.Plugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs an extension that is in a jar of its own, as a POM names it. */
class JibExtensionsTest {

  private static final String SOURCE =
      """
      package ext;

      import com.google.cloud.tools.jib.api.buildplan.*;
      import com.google.cloud.tools.jib.maven.extension.*;
      import com.google.cloud.tools.jib.plugins.extension.*;
      import java.time.Instant;
      import java.util.*;

      public class Extension implements JibMavenPluginExtension<Extension.Config> {

        public static class Config {
          private String base = "scratch";
          private String owner = "";
          private List<String> labels = new ArrayList<>();
        }

        @Override
        public Optional<Class<Config>> getExtraConfigType() {
          return Optional.of(Config.class);
        }

        @Override
        public ContainerBuildPlan extendContainerBuildPlan(
            ContainerBuildPlan plan,
            Map<String, String> properties,
            Optional<Config> config,
            MavenData maven,
            ExtensionLogger logger)
            throws JibPluginExtensionException {
          if (properties.containsKey("fail")) {
            throw new JibPluginExtensionException(getClass(), properties.get("fail"));
          }
          logger.log(ExtensionLogger.LogLevel.LIFECYCLE, "hello from the extension");
          Config with = config.orElseGet(Config::new);
          ContainerBuildPlan.Builder builder = plan.toBuilder().setBaseImage(with.base);
          with.labels.forEach(label -> builder.addLabel(label, maven.getMavenProject().getArtifactId()));
          properties.forEach(builder::addEnvironmentVariable);
          List<LayerObject> layers = new ArrayList<>();
          for (LayerObject layer : plan.getLayers()) {
            FileEntriesLayer files = (FileEntriesLayer) layer;
            List<FileEntry> owned = new ArrayList<>();
            for (FileEntry entry : files.getEntries()) {
              owned.add(
                  new FileEntry(
                      entry.getSourceFile(),
                      entry.getExtractionPath(),
                      entry.getPermissions(),
                      entry.getModificationTime(),
                      with.owner));
            }
            layers.add(files.toBuilder().setEntries(owned).build());
          }
          return builder
              .setLayers(layers)
              .addExposedPort(Port.tcp(9999))
              .setCreationTime(Instant.ofEpochSecond(1234))
              .build();
        }
      }
      """;

  @TempDir private static Path extension;

  @TempDir private Path folder;

  private final RecordingLog log = new RecordingLog();
  private final RecordingConsole console = new RecordingConsole();

  @BeforeAll
  static void buildTheExtensionsJar() throws IOException, URISyntaxException {
    Path source = Files.createDirectories(extension.resolve("ext")).resolve("Extension.java");
    Files.writeString(source, SOURCE);
    List<String> classPath = new ArrayList<>();
    for (Class<?> type :
        List.of(
            com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan.class,
            com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension.class,
            com.google.cloud.tools.jib.plugins.extension.ExtensionLogger.class,
            org.apache.maven.project.MavenProject.class,
            org.apache.maven.model.Model.class)) {
      classPath.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-nowarn",
                "-Xlint:none",
                "-proc:none",
                "-cp",
                String.join(File.pathSeparator, classPath),
                "-d",
                extension.toString(),
                source.toString());
    assertThat(result).isZero();
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(extension.resolve("extension.jar")))) {
      add(jar, "ext/Extension.class", Files.readAllBytes(extension.resolve("ext/Extension.class")));
      add(
          jar,
          "ext/Extension$Config.class",
          Files.readAllBytes(extension.resolve("ext/Extension$Config.class")));
      add(
          jar,
          "META-INF/services/com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension",
          "ext.Extension".getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }

  private SampleProject sample(String implementation, String more) {
    return SampleProject.jar(folder)
        .compiledMain()
        .plugin(
            SampleProject.JIB,
            "<container><user>app</user></container><pluginExtensions><pluginExtension>"
                + "<implementation>"
                + implementation
                + "</implementation>"
                + more
                + "</pluginExtension></pluginExtensions>");
  }

  private PackagedService layers(SampleProject sample) {
    List<Plugin> asked = new ArrayList<>();
    PackagedService service =
        new ProjectLayering(
                sample.session,
                log,
                console,
                JibProvider::new,
                (project, plugin) -> {
                  asked.add(plugin);
                  return List.of(extension.resolve("extension.jar"));
                })
            .layersOf(
                sample.project, LayeringSettings.NONE, Choice.AUTO, folder.resolve("scratch"));
    assertThat(asked).containsExactly(sample.project.getPlugin(SampleProject.JIB));
    return service;
  }

  private String refusal(SampleProject sample) {
    return catchThrowableOfType(RefusedException.class, () -> layers(sample)).getMessage();
  }

  @Test
  void anExtensionWithConfigurationChangesLayersAndContainer() {
    PackagedService service =
        layers(
            sample(
                "ext.Extension",
                """
                <properties><COLOUR>blue</COLOUR></properties>
                <configuration implementation="ext.Extension$Config">
                  <owner>1000:2000</owner>
                  <labels><label>made.by</label></labels>
                </configuration>
                """));
    assertThat(service.container().environment()).isEqualTo(Map.of("COLOUR", "blue"));
    assertThat(service.container().labels()).isEqualTo(Map.of("made.by", "orders"));
    assertThat(service.container().ports()).containsExactly("9999/tcp");
    assertThat(service.container().user()).isEqualTo("app");
    assertThat(service.container().created()).hasToString("1970-01-01T00:20:34Z");
    assertThat(service.container().mainClass()).isEqualTo("com.example.Main");
    assertThat(service.layers())
        .flatExtracting(layer -> layer.entries())
        .filteredOn(entry -> entry instanceof LayerEntry.File)
        .extracting(LayerEntry::owner)
        .containsOnly(new LayerEntry.Owner(1000, 2000));
    assertThat(log.debug).contains("hello from the extension");
    assertThat(console.lines).isEmpty();
  }

  @Test
  void anExtensionCannotChangeTheBase() {
    layers(
        sample(
            "ext.Extension",
            "<configuration"
                + " implementation=\"ext.Extension$Config\"><base>evil/image</base></configuration>"));
    assertThat(console.lines)
        .containsExactly(
            "warning: A jib plugin extension asks for the base 'evil/image', which golden:build"
                + " does not follow. Name the golden image in <base> or with -Dgolden.base.");
  }

  private static final String REMEDY =
      " Correct <pluginExtensions> of jib-maven-plugin in the POM; an extension's jar has to be a"
          + " <dependency> of jib-maven-plugin or of golden-maven-plugin.";

  @Test
  void refusesAnExtensionThatIsNotThere() {
    assertThat(refusal(sample("ext.Missing", "")))
        .isEqualTo(
            "A jib plugin extension failed: 'extension configured but not discovered on Jib runtime"
                + " classpath: ext.Missing'."
                + REMEDY);
  }

  @Test
  void refusesWhatAnExtensionRefuses() {
    assertThat(refusal(sample("ext.Extension", "<properties><fail>not today</fail></properties>")))
        .isEqualTo("A jib plugin extension failed: 'not today'." + REMEDY);
  }

  @Test
  void refusesAConfigurationThatIsNotTheExtensions() {
    assertThat(
            refusal(
                sample(
                    "ext.Extension",
                    "<configuration implementation=\"ext.Nobody\"><x>1</x></configuration>")))
        .isEqualTo(
            "A jib plugin extension has a <configuration> that cannot be read: 'ext.Nobody'."
                + REMEDY);
    assertThat(refusal(sample("ext.Extension", "<configuration><owner>1</owner></configuration>")))
        .isEqualTo(
            "A jib plugin extension failed: 'extension-specific <configuration> for Extension is"
                + " not of type ext.Extension$Config but java.lang.Object; specify the correct type"
                + " with <pluginExtension><configuration"
                + " implementation=\"ext.Extension$Config\">'."
                + REMEDY);
  }

  @Test
  void refusesOwnersThatAreNames() {
    assertThat(
            refusal(
                sample(
                    "ext.Extension",
                    "<configuration"
                        + " implementation=\"ext.Extension$Config\"><owner>app:app</owner></configuration>")))
        .isEqualTo(
            "A jib plugin extension gives '/app/resources/com' to 'app:app', which is not numeric."
                + " Write owners as numbers, like '10001:10001', in the extension's"
                + " <configuration>.");
  }
}
