package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class LabelTest {

  private static final Path PAGE = Path.of("..", "docs", "labels.md");
  private static final String HEADING = "| key | on | value | from | absent when | may be |";

  @Test
  void theDocumentationListsEveryLabelAsItIs() throws IOException {
    List<String> page = Files.readAllLines(PAGE);
    int heading = page.indexOf(HEADING);
    List<String> table =
        page.stream().skip(heading + 2L).takeWhile(line -> line.startsWith("|")).toList();
    List<String> rows = Arrays.stream(Label.values()).map(LabelTest::row).toList();
    if (Boolean.getBoolean("golden.docs.write")) {
      List<String> written = new ArrayList<>(page.subList(0, heading + 2));
      written.addAll(rows);
      written.addAll(page.subList(heading + 2 + table.size(), page.size()));
      Files.write(PAGE, written);
      return;
    }

    assertThat(table).isEqualTo(rows);
  }

  @Test
  void theDocumentationListsEveryKeyThatMovesAnImage() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(MovingLabel.ALL).allMatch(moving -> page.contains("`" + moving.begin()));
    assertThat(MovingLabel.of("Quay.Expires-After")).contains(MovingLabel.ALL.get(0));
    assertThat(MovingLabel.of("com.company.quay.expires-after")).isEmpty();
  }

  @Test
  void noTwoLabelsHaveOneKey() {
    assertThat(Arrays.stream(Label.values()).map(label -> label.key().toLowerCase(Locale.ROOT)))
        .doesNotHaveDuplicates();
  }

  @Test
  void everyLabelSpeaksOfOneImageAndIsReserved() {
    assertThat(Label.values())
        .allMatch(label -> Label.speaksOfOneImage(label.key()))
        .allMatch(label -> Label.isReserved(label.key()));
    assertThat(Label.isReserved("org.opencontainers.image.authors")).isFalse();
    assertThat(Label.speaksOfOneImage("org.opencontainers.image.authors")).isTrue();
    assertThat(Label.speaksOfOneImage("org.opencontainers.artifact.x")).isFalse();
  }

  private static String row(Label label) {
    String on =
        switch (label.on()) {
          case GOLDEN -> label.inherited() ? "golden, inherited" : "golden";
          case APPLICATION -> "application";
          case BOTH -> "both";
        };
    return "| `%s`%s | %s | %s | %s | %s | %s, %d bytes |"
        .formatted(
            label.key(),
            label.annotation() ? "\\*" : "",
            on,
            label.meaning(),
            label.origin().replaceAll("<[^>]+>(<[^>]+>)*", "`$0`"),
            label.absence().replaceAll("<[^>]+>(<[^>]+>)*", "`$0`"),
            label.grammar(),
            label.form().maxBytes());
  }
}
