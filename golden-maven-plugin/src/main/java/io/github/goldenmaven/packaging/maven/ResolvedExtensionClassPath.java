package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.ArtifactTypeRegistry;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Resolves the dependencies of jib-maven-plugin as Maven would for a goal of it. */
public final class ResolvedExtensionClassPath implements ExtensionClassPath {

  /** What is in this plugin already; Maven's own artifacts would bring an old Maven along. */
  private static final List<Exclusion> PRESENT =
      List.of(
          jib("jib-maven-plugin-extension-api"),
          jib("jib-plugins-extension-common"),
          jib("jib-build-plan"),
          jib("jib-core"),
          new Exclusion("org.apache.maven", "*", "*", "*"));

  private final RepositorySystem repositories;
  private final MavenSession session;

  public ResolvedExtensionClassPath(RepositorySystem repositories, MavenSession session) {
    this.repositories = repositories;
    this.session = session;
  }

  @Override
  public List<Path> of(MavenProject project, Plugin jibPlugin) {
    ArtifactTypeRegistry types = session.getRepositorySession().getArtifactTypeRegistry();
    List<Dependency> dependencies =
        jibPlugin.getDependencies().stream()
            .map(dependency -> RepositoryUtils.toDependency(dependency, types))
            .filter(dependency -> !isPresent(dependency))
            .map(ResolvedExtensionClassPath::withoutWhatIsPresent)
            .toList();
    if (dependencies.isEmpty()) {
      return List.of();
    }
    CollectRequest collect =
        new CollectRequest()
            .setDependencies(dependencies)
            .setRepositories(project.getRemotePluginRepositories());
    try {
      return repositories
          .resolveDependencies(session.getRepositorySession(), new DependencyRequest(collect, null))
          .getArtifactResults()
          .stream()
          .map(result -> result.getArtifact().getFile().toPath())
          .toList();
    } catch (DependencyResolutionException e) {
      throw new UnavailableException(
          "The dependencies of jib-maven-plugin in the POM, where its <pluginExtensions> come from,"
              + " cannot be resolved: '"
              + Printable.of(String.valueOf(e.getMessage()))
              + "'.",
          "Check these dependencies, the plugin repositories and the network; without -o if Maven"
              + " is offline.",
          e);
    }
  }

  private static boolean isPresent(Dependency dependency) {
    return PRESENT.stream()
        .anyMatch(
            present ->
                present.getGroupId().equals(dependency.getArtifact().getGroupId())
                    && present.getArtifactId().equals(dependency.getArtifact().getArtifactId()));
  }

  private static Dependency withoutWhatIsPresent(Dependency dependency) {
    List<Exclusion> exclusions = new ArrayList<>(dependency.getExclusions());
    exclusions.addAll(PRESENT);
    return dependency.setExclusions(exclusions);
  }

  private static Exclusion jib(String artifact) {
    return new Exclusion("com.google.cloud.tools", artifact, "*", "*");
  }
}
