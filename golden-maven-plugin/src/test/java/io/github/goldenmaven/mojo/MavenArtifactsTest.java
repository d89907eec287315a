package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.golden.definition.ArtifactCoordinates;
import java.lang.reflect.Proxy;
import java.util.List;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.junit.jupiter.api.Test;

class MavenArtifactsTest {

  @Test
  void saysWhichArtifactIsMissingAndNotWithWhichPassword() {
    RepositorySystem failing =
        (RepositorySystem)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("resolveArtifact");
                  throw new ArtifactResolutionException(
                      List.of(new ArtifactResult((ArtifactRequest) arguments[1])),
                      "no org.example:agent:jar:1.0 in m (https://ci:s3cret@nexus/m)");
                });
    MavenArtifacts artifacts =
        new MavenArtifacts(failing, new DefaultRepositorySystemSession(), List.of());

    assertThatThrownBy(
            () ->
                artifacts.resolve(ArtifactCoordinates.parse("org.example:agent:1.0"), "agents[0]"))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "The artifact 'org.example:agent:jar:1.0' of 'agents[0]' cannot be resolved: 'no"
                + " org.example:agent:jar:1.0 in m (https://nexus/m)'. Check its coordinates in"
                + " golden.yaml, Maven's repositories and mirrors in settings.xml, and the network;"
                + " without -o if Maven is offline.");
  }

  /** Nobody has it: the coordinates are at fault, not the network. */
  @Test
  void aVersionThatDoesNotExistIsTheDefinitionsFault() {
    RemoteRepository central =
        new RemoteRepository.Builder("central", "default", "https://repo.example/").build();
    RepositorySystem failing =
        (RepositorySystem)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (proxy, method, arguments) -> {
                  ArtifactRequest request = (ArtifactRequest) arguments[1];
                  throw new ArtifactResolutionException(
                      List.of(
                          new ArtifactResult(request)
                              .addException(
                                  new ArtifactNotFoundException(request.getArtifact(), central))));
                });
    MavenArtifacts artifacts =
        new MavenArtifacts(failing, new DefaultRepositorySystemSession(), List.of(central));

    assertThatThrownBy(
            () ->
                artifacts.resolve(ArtifactCoordinates.parse("org.example:agent:9.9"), "agents[0]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "the artifact 'org.example:agent:jar:9.9' does not exist in 'central'. Check its"
                + " coordinates, the version first, and which repositories Maven asks.");
  }
}
