package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.peers.NeedsPeer;
import java.nio.file.Files;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class PromoteGoalTest extends GateGoalsFixture {

  @Test
  void aTagOfTheTargetIsMovedOnlyWhereOverwriteSaysSo() throws Exception {
    String to = registry.host() + "/release/orders:stable";
    promote("1", to, false);
    assertThat(registry.manifest("release/orders", "stable")).hasValue(one);
    assertThat(Schemas.faults("promote", json("promote.json"))).isEmpty();
    assertThat(Schemas.faults("verify", json("verify.json"))).isEmpty();
    assertThat(json("verify.json").stringMap("audit"))
        .containsEntry("policyDigest", Digest.of(Files.readAllBytes(policy)).toString())
        .containsEntry("plugin", "1")
        .containsKey("at");

    assertThatThrownBy(() -> promote("2", to, false))
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "'"
                + to
                + "' holds '"
                + one.digest()
                + "' already. Promote to another tag in <to> or with -Dgolden.to, or move this one"
                + " with -Dgolden.overwrite.");
    assertThat(registry.manifest("release/orders", "stable")).hasValue(one);
    assertThat(result())
        .contains(
            "golden.promoted.outcome=failed",
            "golden.verdict=pass",
            "golden.problem='" + to + "' holds '" + one.digest() + "' already.",
            "golden.remedy=Promote to another tag in <to> or with -Dgolden.to, or move this one"
                + " with -Dgolden.overwrite.");

    promote("2", to, true);
    assertThat(registry.manifest("release/orders", "stable")).hasValue(two);
    assertThat(result()).contains("golden.promoted.outcome=promoted");
  }

  @Test
  void ofAnImageThatIsNotThereTheNearestTagsAreNamed() throws Exception {
    assertThatThrownBy(() -> execute(verify("11")));

    JsonObject finding = json("verify.json").objects("images").get(0).objects("findings").get(0);
    assertThat(finding.string("expected")).hasValue("the image '" + image("11") + "'");
    assertThat(finding.string("remedy"))
        .hasValue(
            "Name an image that was pushed, in <image> or with -Dgolden.image. Tags there are '1',"
                + " '2'.");
  }
}
