package io.github.goldenmaven.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerComparisonTest {

  private static final LayerFile FOLDER = new LayerFile("folder", "755", "0:0", "");
  private static final LayerFile FILE = new LayerFile("file", "644", "0:0", "abc");

  @Test
  void equalLayersDoNotDiffer() {
    assertThat(differences(Map.of("/app/a", FILE), Map.of("/app/a", FILE))).isEmpty();
  }

  @Test
  void aFileOfOtherBytesModeOrOwnerDiffers() {
    LayerFile executable = new LayerFile("file", "755", "0:0", "abc");

    assertThat(differences(Map.of("/app/a", FILE), Map.of("/app/a", executable)))
        .containsExactly("layer 1: /app/a is " + FILE + " in ours and " + executable + " in jib's");
  }

  @Test
  void aFileThatOnlyOneHasDiffers() {
    assertThat(differences(Map.of("/app/a", FILE), Map.of()))
        .containsExactly("layer 1: /app/a is " + FILE + " in ours and null in jib's");
    assertThat(differences(Map.of(), Map.of("/app/a", FILE)))
        .containsExactly("layer 1: /app/a is null in ours and " + FILE + " in jib's");
  }

  @Test
  void aFolderMayBeMissingInOursButNotInJibs() {
    assertThat(differences(Map.of(), Map.of("/app", FOLDER))).isEmpty();
    assertThat(differences(Map.of("/app", FOLDER), Map.of())).hasSize(1);
  }

  private static List<String> differences(
      Map<String, LayerFile> ours, Map<String, LayerFile> jibs) {
    List<String> differences = new ArrayList<>();
    LayerComparison.compare("layer 1: ", ours, jibs, differences);
    return differences;
  }
}
