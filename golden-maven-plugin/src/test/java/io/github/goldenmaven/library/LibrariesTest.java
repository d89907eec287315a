package io.github.goldenmaven.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.registry.docker.EngineProvider;
import io.github.goldenmaven.registry.stores.Engines;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.junit.jupiter.api.Test;

class LibrariesTest {

  private static final RemoteRepository PLUGINS =
      new RemoteRepository.Builder("company", "default", "https://repo.example/").build();

  private final List<ArtifactRequest> asked = new ArrayList<>();

  private interface Answer {
    List<ArtifactResult> to(List<ArtifactRequest> requests) throws ArtifactResolutionException;
  }

  private Libraries answering(Answer answer) {
    RepositorySystem system =
        (RepositorySystem)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {RepositorySystem.class},
                (proxy, method, arguments) -> {
                  assertThat(method.getName()).isEqualTo("resolveArtifacts");
                  ((Collection<?>) arguments[1]).forEach(one -> asked.add((ArtifactRequest) one));
                  return answer.to(asked);
                });
    return new Libraries(system, new DefaultRepositorySystemSession(), List.of(PLUGINS));
  }

  private static Engines engines(Libraries libraries) {
    return libraries.open(
        Library.DOCKER_JAVA, Engines.class, EngineProvider.class.getName(), "to ask an engine");
  }

  private static List<ArtifactResult> found(List<ArtifactRequest> requests) {
    return requests.stream()
        .map(
            request ->
                new ArtifactResult(request)
                    .setArtifact(
                        TestJars.artifacts().stream()
                            .filter(jar -> jar.toString().equals(request.getArtifact().toString()))
                            .findFirst()
                            .orElseThrow()))
        .toList();
  }

  @Test
  void asksForTheListedJarsWherePluginsComeFrom() {
    assertThat(engines(answering(LibrariesTest::found))).isNotNull();
    assertThat(asked)
        .extracting(ArtifactRequest::getArtifact)
        .isEqualTo(Library.DOCKER_JAVA.artifacts());
    assertThat(asked).allSatisfy(one -> assertThat(one.getRepositories()).containsOnly(PLUGINS));
  }

  @Test
  void saysWhatWasNeededAndWhatForWhenItCannotBeHad() {
    Libraries libraries =
        answering(
            requests -> {
              ArtifactResult missing = new ArtifactResult(requests.get(0));
              missing.addException(
                  new ArtifactNotFoundException(requests.get(0).getArtifact(), PLUGINS));
              throw new ArtifactResolutionException(
                  List.of(missing), "no docker-java:jar:3.7.1 in m (https://ci:s3cret@nexus/m)");
            });
    assertThat(
            catchThrowableOfType(UnavailableException.class, () -> engines(libraries)).getMessage())
        .isEqualTo(
            "'docker-java' is needed to ask an engine, and cannot be resolved: 'no"
                + " docker-java:jar:3.7.1 in m (https://nexus/m)'. Run the same once without '-o'"
                + " and with the plugin repositories in reach: its jars then stay in Maven's local"
                + " repository.");
  }
}
