package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.packaging.CompiledSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.RepositorySystemSession;
import org.jspecify.annotations.Nullable;

/** A Maven project put together by hand, as a goal finds it after the package phase. */
final class SampleProject {

  static final String JIB = "com.google.cloud.tools:jib-maven-plugin";

  final Path folder;
  final MavenProject project;
  final MavenSession session;
  private final Set<Artifact> artifacts = new LinkedHashSet<>();

  private SampleProject(Path folder, String packaging) {
    this.folder = folder;
    Model model = new Model();
    model.setModelVersion("4.0.0");
    model.setGroupId("com.example");
    model.setArtifactId("orders");
    model.setVersion("1.0");
    model.setPackaging(packaging);
    project = new MavenProject(model);
    project.setFile(folder.resolve("pom.xml").toFile());
    project.setArtifact(artifact("com.example", "orders", "1.0", null));
    project.getBuild().setDirectory(folder.resolve("target").toString());
    project.getBuild().setOutputDirectory(classes().toString());
    project.getBuild().setFinalName("orders-1.0");
    session = session(project);
  }

  static SampleProject jar(Path folder) {
    return new SampleProject(folder, "jar").property("maven.compiler.release", "17");
  }

  static SampleProject of(Path folder, String packaging) {
    return new SampleProject(folder, packaging);
  }

  Path classes() {
    return folder.resolve("target/classes");
  }

  SampleProject compiled(CompiledSources sources) {
    sources.into(classes());
    return this;
  }

  SampleProject compiledMain() {
    return compiled(new CompiledSources().withMain("com.example.Main"));
  }

  SampleProject file(String path, String text) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  SampleProject zip(String path, Map<String, String> content) {
    Path file = folder.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      try (OutputStream out = Files.newOutputStream(file);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        for (Map.Entry<String, String> entry : content.entrySet()) {
          zip.putNextEntry(new ZipEntry(entry.getKey()));
          new ByteArrayInputStream(entry.getValue().getBytes(StandardCharsets.UTF_8))
              .transferTo(zip);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  SampleProject property(String name, String value) {
    project.getProperties().setProperty(name, value);
    return this;
  }

  SampleProject userProperty(String name, String value) {
    session.getUserProperties().setProperty(name, value);
    return this;
  }

  /** A runtime dependency whose file has this content. */
  SampleProject dependency(String group, String name, String version, String content) {
    String path = "repository/" + group + "/" + name + "-" + version + ".jar";
    file(path, content);
    artifacts.add(artifact(group, name, version, folder.resolve(path)));
    project.setArtifacts(artifacts);
    return this;
  }

  /** A module of the same reactor that this one depends on. */
  SampleProject module(String name, String content) {
    dependency("com.example", name, "1.0", content);
    return reactor(name);
  }

  /** Makes a dependency a module of the reactor. */
  SampleProject reactor(String name) {
    Artifact artifact =
        artifacts.stream().filter(a -> a.getArtifactId().equals(name)).findFirst().orElseThrow();
    MavenProject module = new MavenProject();
    module.setArtifact(artifact);
    List<MavenProject> projects = new ArrayList<>(session.getProjects());
    projects.add(module);
    session.setProjects(projects);
    session.setCurrentProject(project);
    return this;
  }

  SampleProject artifact(Artifact artifact) {
    artifacts.add(artifact);
    project.setArtifacts(artifacts);
    return this;
  }

  /** {@code plugin} is group:artifact. */
  SampleProject plugin(String plugin, String configuration) {
    return wholePlugin(plugin, "<configuration>" + configuration + "</configuration>");
  }

  /** A plugin as a POM writes it. */
  SampleProject wholePlugin(String key, String xml) {
    Plugin plugin = parse("<plugin>" + xml + "</plugin>");
    plugin.setGroupId(key.substring(0, key.indexOf(':')));
    plugin.setArtifactId(key.substring(key.indexOf(':') + 1));
    project.getBuild().addPlugin(plugin);
    project.getBuild().flushPluginMap();
    return this;
  }

  static Artifact artifact(String group, String name, String version, @Nullable Path file) {
    DefaultArtifactHandler handler = new DefaultArtifactHandler("jar");
    Artifact artifact = new DefaultArtifact(group, name, version, "runtime", "jar", null, handler);
    artifact.setFile(file == null ? null : file.toFile());
    return artifact;
  }

  private static Plugin parse(String xml) {
    try {
      String pom = "<project><build><plugins>" + xml + "</plugins></build></project>";
      Plugin plugin =
          new MavenXpp3Reader().read(new StringReader(pom)).getBuild().getPlugins().get(0);
      if (plugin.getConfiguration() == null) {
        plugin.setConfiguration(Xpp3DomBuilder.build(new StringReader("<configuration/>")));
      }
      return plugin;
    } catch (IOException | XmlPullParserException e) {
      throw new IllegalArgumentException(xml, e);
    }
  }

  @SuppressWarnings("deprecation") // The constructor that Maven itself calls.
  private static MavenSession session(MavenProject project) {
    MavenSession session =
        new MavenSession(
            null,
            (RepositorySystemSession) null,
            new DefaultMavenExecutionRequest(),
            new DefaultMavenExecutionResult());
    session.setProjects(List.of(project));
    return session;
  }
}
