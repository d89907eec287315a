package io.github.goldenmaven.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One tool's own copy of the service: neither tool builds what the other has touched. */
record Service(Path folder, AtomicInteger edition) {

  private static final String CHANGING = "src/main/java/com/example/ledger/Edition.java";

  static Service copy(Path original, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Path copy = to.resolve(original.relativize(file));
        if (file.startsWith(original.resolve("target"))) {
          continue;
        }
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    return new Service(to, new AtomicInteger());
  }

  /** Changes one class, as a developer between two builds. */
  void changeOneClass() {
    try {
      Path file = folder.resolve(CHANGING);
      List<String> lines =
          Files.readAllLines(file).stream()
              .map(
                  line -> line.replaceAll("NUMBER = \\d+", "NUMBER = " + edition.incrementAndGet()))
              .toList();
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
