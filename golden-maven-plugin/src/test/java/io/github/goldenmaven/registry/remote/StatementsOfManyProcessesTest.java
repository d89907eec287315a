package io.github.goldenmaven.registry.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.SmallImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A registry without the referrers API, and as many processes that write its list at once as {@code
 * -Dgolden.writers} says, as often as {@code -Dgolden.writers.rounds} says.
 */
@NeedsPeer("docker-registry")
class StatementsOfManyProcessesTest {

  private static final int WRITERS = Integer.getInteger("golden.writers", 12);
  private static final int ROUNDS = Integer.getInteger("golden.writers.rounds", 1);

  @Test
  void noStatementIsLostWhenManyProcessesAttachTheirsAtOnce() throws Exception {
    try (DockerRegistry registry = DockerRegistry.start()) {
      for (int round = 1; round <= ROUNDS; round++) {
        String repository = registry.host() + "/apps/crowded" + round;
        RegistryStore store =
            AccessOfTests.client(AccessOfTests.ANONYMOUS)
                .store(RegistryStoreTest.reference(repository));
        RawManifest image = SmallImage.named("crowded").put(store, "1").manifest();
        registry.mark();

        List<String> written = writtenAtOnce(repository, image);

        System.out.println(
            WRITERS + " writers asked for " + registry.requests().size() + " things.");
        assertThat(store.referrers(image.digest()))
            .extracting(Descriptor::digest)
            .extracting(Object::toString)
            .containsExactlyInAnyOrderElementsOf(written);
      }
    }
  }

  private static List<String> writtenAtOnce(String repository, RawManifest image)
      throws IOException, InterruptedException {
    List<Process> writers = new ArrayList<>();
    List<String> written = new ArrayList<>();
    try {
      for (int number = 0; number < WRITERS; number++) {
        writers.add(writer(repository, image.digest().toString(), "statement" + number));
      }
      for (Process writer : writers) {
        assertThat(writer.inputReader().readLine()).isEqualTo("ready");
      }
      for (Process writer : writers) {
        writer.outputWriter().close();
      }
      for (Process writer : writers) {
        BufferedReader output = writer.inputReader();
        written.add(output.readLine());
        assertThat(writer.waitFor()).isZero();
      }
    } finally {
      writers.forEach(Process::destroyForcibly);
    }
    return written;
  }

  private static Process writer(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(StatementWriter.class.getName());
    line.addAll(List.of(arguments));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
