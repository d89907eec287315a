package io.github.goldenmaven.registry.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandOutputTest {

  private final List<String> told = new ArrayList<>();
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private final CommandOutput output =
      new CommandOutput("marker ", List.of("first", "second"), told::add);

  @Test
  void putsLinesTogetherThatComeInPiecesOfTwoStreams() throws IOException {
    frame(1, "marker 0\none ");
    frame(2, "war");
    frame(1, "line\n");
    frame(2, "ning\r\n\n10%\r20%\r");
    frame(1, "last");
    read();

    assertThat(told)
        .containsExactly("Running 'first'", "  one line", "  warning", "  10%", "  20%", "  last");
  }

  @Test
  void believesNoMarkerOutOfTurn() throws IOException {
    frame(1, "marker 0\nmarker 0\nmarker 7\nmarker 1\nx\nmarker 2\n");
    read();

    assertThat(told).containsExactly("Running 'first'", "Running 'second'", "  x");
    assertThat(output.command()).isEqualTo("second");
    assertThat(output.tail()).containsExactly("x");
  }

  @Test
  void escapesWhatWouldForgeALine() throws IOException {
    frame(1, "\u001b[2Jred\u202e\n");
    read();

    assertThat(told).containsExactly("  \\u001B[2Jred\\u202E");
  }

  @Test
  void keepsFortyLinesAndTellsTenThousand() throws IOException {
    frame(1, "marker 0\n");
    for (int line = 1; line <= 10_100; line++) {
      frame(1, line + "\n");
    }
    read();

    assertThat(told)
        .hasSize(1 + 10_000 + 1)
        .endsWith("  10000", "  … and more, which is not shown");
    assertThat(output.tail()).hasSize(40).startsWith("10061").endsWith("10100");
  }

  @Test
  void cutsALineWithoutAnEnd() throws IOException {
    for (int part = 0; part < 100; part++) {
      frame(1, "x".repeat(1000));
    }
    read();

    assertThat(told).containsExactly("  " + "x".repeat(4096));
  }

  @Test
  void refusesWhatIsNoStreamOfDocker() {
    for (byte[] bytes :
        List.of(
            "HTTP/1.1 200".getBytes(StandardCharsets.UTF_8),
            new byte[] {1, 0, 0, 0, -1, 0, 0, 0},
            new byte[] {1, 0, 0, 0, 0, 0, 0, 9, 'x'},
            new byte[] {1, 0})) {
      assertThatThrownBy(() -> output.read(new ByteArrayInputStream(bytes)))
          .isInstanceOf(IOException.class);
    }
  }

  private void frame(int stream, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    frames.writeBytes(ByteBuffer.allocate(8).putInt(stream << 24).putInt(bytes.length).array());
    frames.writeBytes(bytes);
  }

  private void read() throws IOException {
    output.read(new ByteArrayInputStream(frames.toByteArray()));
  }
}
