package io.github.goldenmaven.registry.docker;

import io.github.goldenmaven.text.Printable;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What commands in a container write, line by line, in bounded memory.
 *
 * @see <a
 *     href="https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Container/operation/ContainerAttach">Docker
 *     Engine API, attach, stream format</a>
 */
final class CommandOutput {

  /** Of one command, for the message when it fails. */
  private static final int TAIL = 40;

  /** In bytes; the rest of a line is dropped. */
  private static final int MAX_LINE = 4096;

  /** Lines that are told of one command; the last ones are kept all the same. */
  private static final int MAX_TOLD = 10_000;

  private static final int MAX_FRAME = 16 << 20;

  private final String marker;
  private final List<String> commands;
  private final Consumer<String> told;
  private final Line[] streams = {new Line(), new Line(), new Line()};
  private final Deque<String> tail = new ArrayDeque<>();
  private int command = -1;
  private int lines;

  /** One of the streams' unfinished line. */
  private static final class Line {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  }

  /**
   * @param marker what the container writes, with the command's number, before each command
   * @param told hears each line, made safe to show
   */
  CommandOutput(String marker, List<String> commands, Consumer<String> told) {
    this.marker = marker;
    this.commands = commands;
    this.told = told;
  }

  /** Reads to the end of the container's output. */
  void read(InputStream frames) throws IOException {
    DataInputStream in = new DataInputStream(frames);
    byte[] buffer = new byte[8192];
    int stream;
    while ((stream = in.read()) >= 0) {
      in.readNBytes(3);
      int left = in.readInt();
      if (stream >= streams.length || left < 0 || left > MAX_FRAME) {
        throw new IOException("the container's output is not in Docker's stream format");
      }
      while (left > 0) {
        int read = in.read(buffer, 0, Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException("the container's output ends in the middle");
        }
        for (int at = 0; at < read; at++) {
          add(streams[stream], buffer[at]);
        }
        left -= read;
      }
    }
    for (Line line : streams) {
      end(line);
    }
  }

  private void add(Line line, byte next) {
    if (next == '\n' || next == '\r') {
      end(line);
    } else if (line.bytes.size() < MAX_LINE) {
      line.bytes.write(next);
    }
  }

  private void end(Line line) {
    String text = line.bytes.toString(StandardCharsets.UTF_8);
    line.bytes.reset();
    if (text.isBlank()) {
      return;
    }
    if (text.startsWith(marker)) {
      begin(text.substring(marker.length()));
      return;
    }
    String shown = Printable.of(text.replace('\t', ' ').stripTrailing(), MAX_LINE);
    tail.addLast(shown);
    if (tail.size() > TAIL) {
      tail.removeFirst();
    }
    if (++lines <= MAX_TOLD) {
      told.accept("  " + shown);
    } else if (lines == MAX_TOLD + 1) {
      told.accept("  … and more, which is not shown");
    }
  }

  private synchronized void begin(String number) {
    if (!number.equals(Integer.toString(command + 1)) || command + 1 == commands.size()) {
      return;
    }
    command++;
    lines = 0;
    tail.clear();
    told.accept("Running '" + Printable.of(commands.get(command)) + "'");
  }

  /** The command that ran last; the first when none began. */
  synchronized String command() {
    return commands.get(Math.max(command, 0));
  }

  /** The last lines of the command that ran last. */
  List<String> tail() {
    return List.copyOf(tail);
  }
}
