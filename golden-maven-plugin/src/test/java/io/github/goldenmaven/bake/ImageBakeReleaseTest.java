package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.git.GitFacts;
import io.github.goldenmaven.provenance.git.GitFacts.WorkTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class ImageBakeReleaseTest extends ImageBakeFixture {

  @Test
  void aVersionThatMeansAnotherImageAlreadyIsToldAndInAReleaseRefused() throws IOException {
    BakeResult first = bake(definition("java", ""));
    Path changed = definition("java", "environment: {TZ: UTC}");
    String problem =
        "The version '21.0.9' of '"
            + to
            + "' is '"
            + first.digest()
            + "' already, and this bake gives another image.";
    String remedy = "Raise 'version' in '" + changed + "', so that a version stays one image.";

    assertThatThrownBy(() -> run(changed, null, true, false))
        .isInstanceOf(RefusedException.class)
        .hasMessage("In '" + changed + "', line 2, column 10: " + problem + " " + remedy);
    assertThat(tag("21").digest()).isEqualTo(first.digest());

    bake(changed);
    assertThat(console.lines).contains("warning: " + problem + " " + remedy);
    assertThat(tag("21").digest()).isNotEqualTo(first.digest());
  }

  @Test
  void aReleaseNeedsACommitAndNothingThatIsASnapshot() throws IOException {
    Path definition = definition("java", "");
    git = GitFacts.NONE;

    assertThatThrownBy(() -> run(definition, null, true, false))
        .hasMessage(
            "A release needs a commit, and git knows none of '"
                + definition
                + "'. Bake in a git work tree, or leave -Dgolden.release out.");

    git = CLEAN;
    Files.writeString(
        definition, Files.readString(definition).replace("21.0.9", "21.0.9-SNAPSHOT"));
    assertThatThrownBy(() -> run(definition, null, true, false))
        .hasMessage(
            "A release has no SNAPSHOTs, but '"
                + definition
                + "' has '21.0.9-SNAPSHOT'. Name released versions, or leave -Dgolden.release"
                + " out.");
    assertThat(registry.manifest(repository, "21")).isEmpty();
  }

  @Test
  void aDirtyWorkTreeIsToldAndInAReleaseRefused() throws IOException {
    Path definition = definition("java", "");
    git = new GitFacts(CLEAN.revisionOrNull(), WorkTree.DIRTY, null, null, List.of());
    String problem =
        "The work tree of '"
            + definition
            + "' differs from its commit, which the image will name as its revision.";

    assertThatThrownBy(() -> run(definition, null, true, false)).hasMessageStartingWith(problem);

    bake(definition);
    assertThat(console.lines).anyMatch(line -> line.contains(problem));
  }

  @Test
  void refusesToRunCommandsForSeveralPlatforms() throws IOException {
    Path definition = definition("twins", "run: [\"true\"]");

    assertThatThrownBy(() -> bake(definition))
        .hasMessage(
            "In '"
                + definition
                + "', line 9, column 6: 'run' has commands, and the image is to be baked for"
                + " 'linux/amd64', 'linux/arm64'; an engine runs them for its own platform only."
                + " Name that one platform in 'platforms' of '"
                + definition
                + "', or leave 'run' out.");
  }

  @Test
  void refusesAUserThatTheImageDoesNotKnow() throws IOException {
    Path definition = definition("java", "");
    Files.writeString(definition, Files.readString(definition).replace("\"10001\"", "appp"));

    assertThatThrownBy(() -> bake(definition)).hasMessageContaining("'appp'");
    assertThat(registry.manifest(repository, "21")).isEmpty();
  }

  @Test
  void theLineStaysWhereItWasWhenTheVersionCannotBePushed() throws IOException {
    BakeResult first = bake(definition("java", ""));
    Path changed = definition("java", "environment: {TZ: UTC}");

    assertThatThrownBy(() -> run(changed, null, true, false))
        .hasMessageStartingWith("In '" + changed + "', line 2, column 10: The version '21.0.9' of");

    assertThat(tag("21").digest()).isEqualTo(first.digest());
  }

  @Test
  void theLineStaysWhereItWasWhenTheRegistryFailsTheVersion() throws IOException {
    BakeResult first = bake(definition("java", ""));
    Path changed = definition("java", "environment: {TZ: UTC}");
    Files.writeString(changed, Files.readString(changed).replace("21.0.9", "21.0.10"));
    failing = "21.0.10";

    assertThatThrownBy(() -> bake(changed)).isInstanceOf(UnavailableException.class);

    assertThat(tag("21").digest()).isEqualTo(first.digest());
    assertThat(registry.manifest(repository, "21.0.10")).isEmpty();

    failing = "none";
    BakeResult again = bake(changed);
    assertThat(tag("21").digest()).isEqualTo(again.digest()).isNotEqualTo(first.digest());
  }
}
