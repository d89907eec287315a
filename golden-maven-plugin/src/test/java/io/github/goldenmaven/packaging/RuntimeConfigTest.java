package io.github.goldenmaven.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuntimeConfigTest {

  private static final JsonObject BASE =
      json(
          "{'Env':['PATH=/usr/bin','TZ=UTC','TZ=Asia/Seoul'],'Cmd':['bash'],'Entrypoint':['/init'],"
              + "'User':'10001','WorkingDir':'/','StopSignal':'SIGQUIT','Shell':['/bin/sh'],"
              + "'Healthcheck':{'Test':['CMD','true'],'StartInterval':5000000000},"
              + "'ExposedPorts':{'9090/tcp':{}},'Volumes':{'/tmp':{}},'OnBuild':['RUN x'],"
              + "'x-unknown':{'kept':1.50}}");

  @Test
  void carriesTheBaseThroughWhereTheServiceSaysNothing() {
    assertThat(new RuntimeConfig(says(null, null)).over(BASE)).isEqualTo(BASE);
  }

  @Test
  void anEntrypointOfTheServiceDropsTheBasesCommand() {
    JsonObject config = new RuntimeConfig(says(List.of("java", "Main"), null)).over(BASE);

    assertThat(config.strings("Entrypoint")).containsExactly("java", "Main");
    assertThat(config.has("Cmd")).isFalse();
    assertThat(config.string("StopSignal")).contains("SIGQUIT");
    assertThat(config.object("Healthcheck")).isEqualTo(BASE.object("Healthcheck"));
  }

  @Test
  void argumentsOfTheServiceReplaceTheBasesCommand() {
    JsonObject config = new RuntimeConfig(says(null, List.of("--help"))).over(BASE);

    assertThat(config.strings("Entrypoint")).containsExactly("/init");
    assertThat(config.strings("Cmd")).containsExactly("--help");
  }

  @Test
  void aVariableIsReplacedAtItsPlaceOnceAndNewOnesFollowSorted() {
    ServiceContainer container =
        new ServiceContainer(
            null,
            null,
            null,
            "/srv",
            "app",
            Map.of("TZ", "Europe/Paris", "B", "2", "A", "1"),
            Map.of(),
            List.of("8080/tcp"),
            List.of("/data"),
            null,
            null);

    JsonObject config = new RuntimeConfig(container).over(BASE);

    assertThat(config.strings("Env"))
        .containsExactly("PATH=/usr/bin", "TZ=Europe/Paris", "A=1", "B=2");
    assertThat(config.string("User")).contains("app");
    assertThat(config.string("WorkingDir")).contains("/srv");
    assertThat(config.object("ExposedPorts").orElseThrow().fields())
        .containsOnlyKeys("8080/tcp", "9090/tcp");
    assertThat(config.object("Volumes").orElseThrow().fields()).containsOnlyKeys("/data", "/tmp");
  }

  private static ServiceContainer says(
      @Nullable List<String> entrypoint, @Nullable List<String> cmd) {
    return new ServiceContainer(
        entrypoint, cmd, null, null, null, Map.of(), Map.of(), List.of(), List.of(), null, null);
  }

  private static JsonObject json(String text) {
    return StrictJson.read(
        "The test's config", text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }
}
