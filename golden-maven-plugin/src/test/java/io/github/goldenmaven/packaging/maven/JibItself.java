package io.github.goldenmaven.packaging.maven;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FileEntry;
import com.google.cloud.tools.jib.api.buildplan.LayerObject;
import com.google.cloud.tools.jib.filesystem.TempDirectoryProvider;
import com.google.cloud.tools.jib.image.ReproducibleLayerBuilder;
import com.google.cloud.tools.jib.maven.BuildImageMojo;
import com.google.cloud.tools.jib.maven.JibPluginConfiguration;
import com.google.cloud.tools.jib.maven.MavenProjectProperties;
import com.google.cloud.tools.jib.maven.MavenRawConfiguration;
import com.google.cloud.tools.jib.plugins.common.InferredAuthProvider;
import com.google.cloud.tools.jib.plugins.common.PluginConfigurationProcessor;
import com.google.cloud.tools.jib.plugins.common.ProjectProperties;
import com.google.cloud.tools.jib.plugins.common.RawConfiguration;
import com.google.common.collect.ImmutableList;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * jib-maven-plugin's own answer for a project: its goal configured from the POM by Maven's
 * configurator, its own code for layers, entrypoint and extensions, its own tar writer.
 */
record JibItself(ContainerBuildPlan plan) {

  /** What a layer's tar holds, as {@link LayerListing} writes it. */
  record Layer(String name, List<String> entries) {}

  static JibItself of(SampleProject sample) throws Exception {
    RawConfiguration raw = new MavenRawConfiguration(goal(sample));
    MavenProjectProperties properties =
        MavenProjectProperties.getForProject(
            new PluginDescriptor(),
            sample.project,
            sample.session,
            new SystemStreamLog(),
            foldersIn(sample.folder),
            List.of());
    Method process =
        PluginConfigurationProcessor.class.getDeclaredMethod(
            "processCommonConfiguration",
            RawConfiguration.class,
            InferredAuthProvider.class,
            ProjectProperties.class);
    process.setAccessible(true);
    InferredAuthProvider nobody = registry -> Optional.empty();
    JibContainerBuilder builder =
        (JibContainerBuilder) process.invoke(null, raw, nobody, properties);
    builder = properties.runPluginExtensions(raw.getPluginExtensions(), builder);
    properties.waitForLoggingThread();
    return new JibItself(builder.toContainerBuildPlan());
  }

  private static TempDirectoryProvider foldersIn(Path folder) {
    return new TempDirectoryProvider() {
      @Override
      public Path newDirectory() throws IOException {
        return Files.createTempDirectory(folder, "jib");
      }
    };
  }

  private static BuildImageMojo goal(SampleProject sample) throws Exception {
    BuildImageMojo goal = new BuildImageMojo();
    set(goal, "project", sample.project);
    set(goal, "session", sample.session);
    Plugin plugin = sample.project.getPlugin(SampleProject.JIB);
    if (plugin != null) {
      new BasicComponentConfigurator()
          .configureComponent(
              goal,
              new XmlPlexusConfiguration(absolute((Xpp3Dom) plugin.getConfiguration(), sample)),
              new ClassWorld().newRealm("test", JibItself.class.getClassLoader()));
    }
    return goal;
  }

  /** Maven itself makes relative files absolute; the bare configurator does not. */
  private static Xpp3Dom absolute(Xpp3Dom dom, SampleProject sample) {
    Xpp3Dom copy = new Xpp3Dom(dom);
    Xpp3Dom extra = copy.getChild("extraDirectories");
    Xpp3Dom paths = extra == null ? null : extra.getChild("paths");
    if (paths != null) {
      for (Xpp3Dom path : paths.getChildren()) {
        Xpp3Dom file = path.getChildCount() == 0 ? path : path.getChild("from");
        file.setValue(sample.folder.resolve(file.getValue()).toString());
      }
    }
    return copy;
  }

  private static void set(BuildImageMojo goal, String field, Object value) throws Exception {
    Field declared = JibPluginConfiguration.class.getDeclaredField(field);
    declared.setAccessible(true);
    declared.set(goal, value);
  }

  /** The tars that jib writes for the plan; like jib, none for a layer without entries. */
  List<Layer> layers() throws Exception {
    List<Layer> layers = new ArrayList<>();
    for (LayerObject layer : plan.getLayers()) {
      List<FileEntry> entries = ((FileEntriesLayer) layer).getEntries();
      if (!entries.isEmpty()) {
        layers.add(new Layer(layer.getName(), tar(entries)));
      }
    }
    return layers;
  }

  private static List<String> tar(List<FileEntry> entries) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new ReproducibleLayerBuilder(ImmutableList.copyOf(entries)).build().writeTo(out);
    List<String> lines = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new ByteArrayInputStream(out.toByteArray()), StandardCharsets.UTF_8.name())) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        lines.add(
            LayerListing.line(
                entry.getName(),
                entry.getMode() & 07777,
                entry.getLongUserId(),
                entry.getLongGroupId(),
                entry.getLastModifiedTime().toInstant(),
                tar.readAllBytes()));
      }
    }
    return lines;
  }
}
