package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.packaging.layers.ServiceLayer;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the build says of places before it pushes, of the golden image's label alone. */
class ServicePlacesTest {

  private static final String TREE =
      "names=app/,bin,deployments/,etc,opt,opt/java,usr,var;given=/var/lib/jetty/webapps;"
          + "jvms=/opt/java:17;java=/opt/java/bin/java;links=bin;kept=opt/java/,mnt/policy/x";

  private final RecordingConsole console = new RecordingConsole();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "app/x.jar",
        "deployments/x.jar",
        "opt/orders/x",
        "orders.jar",
        "srv/x",
        "var/lib/jetty/webapps/orders.war"
      })
  void leavesWhatTheGateLeaves(String path) {
    require(TREE, path);

    assertThat(console.lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "etc/orders.conf",
        "etc/ssl/certs/x.pem",
        "usr/bin/orders",
        "opt/java/lib/security/cacerts",
        "opt/golden/x",
        "mnt/policy/x",
        "mnt/policy",
        "bin/x",
        ".orders"
      })
  void refusesBeforeThePushWhatTheGateWouldRefuse(String path) {
    assertThatThrownBy(() -> require(TREE, path))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The service has no place for '/"
                + path
                + "' on its golden image. Put them into /app, with <container><appRoot> or the"
                + " <into> of <extraDirectories>; where a server reads applications from a folder"
                + " of the golden image, have it named in 'application: {paths}' of its golden.yaml"
                + " or of the policy.");
  }

  @Test
  void warnsOfWhatOnlyAPolicyCouldGive() {
    require(TREE, "usr/local/tomcat/webapps/orders.war");

    assertThat(String.join("", console.lines))
        .contains(
            "The service has a place for '/usr/local/tomcat/webapps/orders.war' on its golden image"
                + " only where the gate's policy gives it.");
  }

  /** A WAR goes where Jetty looks unless it is told where this server does. */
  @Test
  void namesTheFolderThatTheGoldenImageGivesWhereAWarLiesInJettys() {
    require(
        TREE.replace("/var/lib/jetty/webapps", "/opt/tomcat/webapps"),
        "var/lib/jetty/webapps/ROOT/index.html");

    assertThat(console.lines)
        .containsExactly(
            "warning: The service has a place for '/var/lib/jetty/webapps/ROOT/index.html' on its"
                + " golden image only where the gate's policy gives it. The golden image gives"
                + " '/opt/tomcat/webapps' to applications: where its server reads them there, write"
                + " '/opt/tomcat/webapps/ROOT' into <container><appRoot> or"
                + " -Dgolden.container.appRoot.");
  }

  @Test
  void saysThatTheGateChecksWhereTheGoldenImageDoesNotTell() {
    require("", "etc/orders.conf");

    assertThat(String.join("", console.lines))
        .contains("Where the service may put files is checked by the release gate");
  }

  private void require(String tree, String path) {
    JsonObject runtime =
        JsonObject.EMPTY
            .with("Env", JsonValue.ofTexts(List.of("PATH=/opt/java/bin:/usr/bin")))
            .with(
                "Labels",
                tree.isEmpty() ? Map.of() : Map.of("io.github.goldenmaven.golden.tree", tree));
    ImageConfig golden =
        new ImageConfig(
            JsonObject.EMPTY
                .with("os", "linux")
                .with("architecture", "amd64")
                .with("config", runtime)
                .with(
                    "rootfs",
                    JsonObject.EMPTY
                        .with("type", "layers")
                        .with("diff_ids", JsonValue.ofTexts(List.of()))));
    LayerEntry file =
        new LayerEntry.File(
            path, 0, () -> new ByteArrayInputStream(new byte[0]), 0644, Owner.ROOT, Instant.EPOCH);
    ServicePlaces.require(
        List.of(golden), List.of(ServiceLayer.of("extra files", List.of(file))), null, console);
  }
}
