package io.github.goldenmaven.packaging.jib;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.Printable;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.RepositoryUtils;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.ArtifactTypeRegistry;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;

/** Resolves the dependencies of jib-maven-plugin as Maven would for a goal of it. */
public final class ResolvedExtensionClassPath implements ExtensionClassPath {

  private final RepositorySystem repositories;
  private final MavenSession session;

  public ResolvedExtensionClassPath(RepositorySystem repositories, MavenSession session) {
    this.repositories = repositories;
    this.session = session;
  }

  @Override
  public List<Path> of(MavenProject project, Plugin jibPlugin) {
    if (jibPlugin.getDependencies().isEmpty()) {
      return List.of();
    }
    ArtifactTypeRegistry types = session.getRepositorySession().getArtifactTypeRegistry();
    List<Dependency> dependencies =
        jibPlugin.getDependencies().stream()
            .map(dependency -> RepositoryUtils.toDependency(dependency, types))
            .toList();
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
}
