package io.github.goldenmaven.packaging.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.packaging.layers.ExtraDirectory;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerSettingsTest {

  private static ContainerSettings full(String mark) {
    return WrittenContainer.empty()
        .appRoot("/" + mark)
        .args(List.of(mark))
        .creationTime(mark)
        .entrypoint(List.of(mark))
        .environment(Map.of(mark, mark))
        .expandClasspathDependencies(mark.equals("ours"))
        .extraClasspath(List.of(mark))
        .filesModificationTime(mark)
        .format(mark)
        .jvmFlags(List.of(mark))
        .labels(Map.of(mark, mark))
        .mainClass(mark)
        .ports(List.of(mark))
        .user(mark)
        .volumes(List.of(mark))
        .workingDirectory("/" + mark)
        .build();
  }

  @Test
  void whatIsWrittenWinsOverDefaults() {
    ContainerSettings merged = full("ours").over(full("jibs"));
    assertThat(merged)
        .usingRecursiveComparison()
        .ignoringFields("environment", "labels")
        .isEqualTo(full("ours"));
  }

  @Test
  void defaultsStandWhereNothingIsWritten() {
    assertThat(ContainerSettings.NONE.over(full("jibs"))).isEqualTo(full("jibs"));
    assertThat(full("ours").over(ContainerSettings.NONE)).isEqualTo(full("ours"));
  }

  @Test
  void mapsAreJoinedByKey() {
    ContainerSettings ours =
        WrittenContainer.empty().environment(Map.of("A", "ours", "B", "ours")).build();
    ContainerSettings jibs =
        WrittenContainer.empty().environment(Map.of("A", "jibs", "C", "jibs")).build();
    assertThat(ours.over(jibs).environment())
        .isEqualTo(Map.of("A", "ours", "B", "ours", "C", "jibs"));
  }

  @Test
  void anEmptyListIsWrittenToo() {
    ContainerSettings ours = WrittenContainer.empty().args(List.of()).build();
    assertThat(ours.over(full("jibs")).args()).isEmpty();
  }

  @Test
  void anEmptyElementIsAnEmptyText() {
    ContainerSettings settings = WrittenContainer.empty().args(Arrays.asList("a", null)).build();
    assertThat(settings.args()).containsExactly("a", "");
  }

  @Test
  void extraDirectoriesAndPermissionsAreTakenWhole() {
    LayeringSettings ours =
        new LayeringSettings(
            ContainerSettings.NONE,
            List.of(ExtraDirectory.of(Path.of("ours"))),
            Map.of("/ours", "755"),
            "packaged");
    LayeringSettings jibs =
        new LayeringSettings(
            full("jibs"), List.of(ExtraDirectory.of(Path.of("jibs"))), Map.of("/j", "644"), null);
    assertThat(ours.over(jibs))
        .isEqualTo(
            new LayeringSettings(
                full("jibs"), ours.extraDirectories(), ours.permissions(), "packaged"));
    assertThat(LayeringSettings.NONE.over(jibs)).isEqualTo(jibs);
  }
}
