package io.github.goldenmaven.packaging.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.UnavailableException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.junit.jupiter.api.Test;

class ResolvedExtensionClassPathTest {

  private final List<DependencyRequest> asked = new ArrayList<>();
  private final MavenProject project = new MavenProject();

  @SuppressWarnings("deprecation") // The constructor that Maven itself calls.
  private final MavenSession session =
      new MavenSession(
          null,
          new DefaultRepositorySystemSession(),
          new DefaultMavenExecutionRequest(),
          new DefaultMavenExecutionResult());

  private interface Answer {
    DependencyResult to(DependencyRequest request) throws DependencyResolutionException;
  }

  private ExtensionClassPath answering(Answer answer) {
    RepositorySystem system =
        (RepositorySystem)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("resolveDependencies");
                  asked.add((DependencyRequest) arguments[1]);
                  return answer.to(asked.get(0));
                });
    return new ResolvedExtensionClassPath(system, session);
  }

  private static Plugin plugin() {
    return plugin("com.example", "extension");
  }

  private static Plugin plugin(String group, String artifact) {
    Dependency dependency = new Dependency();
    dependency.setGroupId(group);
    dependency.setArtifactId(artifact);
    dependency.setVersion("1.0");
    Plugin plugin = new Plugin();
    plugin.addDependency(dependency);
    return plugin;
  }

  @Test
  void resolvesTheDependenciesOfThePluginFromThePluginRepositories() {
    RemoteRepository repository =
        new RemoteRepository.Builder("company", "default", "https://repo.example/").build();
    MavenProject withRepository =
        new MavenProject() {
          @Override
          public List<RemoteRepository> getRemotePluginRepositories() {
            return List.of(repository);
          }
        };
    Path jar = Path.of("extension-1.0.jar").toAbsolutePath();
    ExtensionClassPath classPath =
        answering(
            request ->
                new DependencyResult(request)
                    .setArtifactResults(
                        List.of(
                            new ArtifactResult(new ArtifactRequest())
                                .setArtifact(
                                    new DefaultArtifact("com.example:extension:1.0")
                                        .setFile(jar.toFile())))));
    assertThat(classPath.of(withRepository, plugin())).containsExactly(jar);
    assertThat(asked.get(0).getCollectRequest().getRepositories()).containsExactly(repository);
    assertThat(asked.get(0).getCollectRequest().getDependencies())
        .extracting(dependency -> dependency.getArtifact().toString())
        .containsExactly("com.example:extension:jar:1.0");
    assertThat(asked.get(0).getCollectRequest().getDependencies().get(0).getExclusions())
        .extracting(exclusion -> exclusion.getGroupId() + ":" + exclusion.getArtifactId())
        .contains("com.google.cloud.tools:jib-maven-plugin-extension-api", "org.apache.maven:*");
  }

  @Test
  void asksNobodyWhereThereIsNothingToResolve() {
    ExtensionClassPath classPath =
        answering(
            request -> {
              throw new AssertionError("asked");
            });
    assertThat(classPath.of(project, new Plugin())).isEmpty();
    assertThat(
            classPath.of(
                project, plugin("com.google.cloud.tools", "jib-maven-plugin-extension-api")))
        .isEmpty();
  }

  @Test
  void tellsWhatCannotBeResolved() {
    ExtensionClassPath classPath =
        answering(
            request -> {
              throw new DependencyResolutionException(
                  new DependencyResult(request), "no com.example:extension:jar:1.0", null);
            });
    assertThat(
            catchThrowableOfType(UnavailableException.class, () -> classPath.of(project, plugin()))
                .getMessage())
        .isEqualTo(
            "The dependencies of jib-maven-plugin in the POM, where its <pluginExtensions> come"
                + " from, cannot be resolved: 'no com.example:extension:jar:1.0'. Check these"
                + " dependencies, the plugin repositories and the network; without -o if Maven is"
                + " offline.");
  }
}
