package io.github.goldenmaven.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final String NAME = Digest.of(new byte[0]).hex();

  @TempDir private Path folder;

  private Path file(Cache.Kind kind, String name, int days) throws IOException {
    Path file = new Cache(folder).folder(kind).resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    return Files.setLastModifiedTime(file, FileTime.from(NOW.minus(Duration.ofDays(days))));
  }

  @Test
  void whatNothingUsedForThirtyDaysLeavesEveryFolder() throws IOException {
    for (Cache.Kind kind : Cache.Kind.values()) {
      for (String suffix :
          List.of("", ".blob", ".manifest", ".layer", ".tar.gz", ".files", ".classes", ".scan")) {
        file(kind, NAME + suffix, 31);
        file(kind, NAME.replace('e', 'f') + suffix, 29);
      }
      file(kind, ".partial-of-a-killed-build", 31);
    }

    new Cache(folder).tidyUp(NOW);

    for (Cache.Kind kind : Cache.Kind.values()) {
      try (var left = Files.list(new Cache(folder).folder(kind))) {
        assertThat(left)
            .hasSize(8)
            .allMatch(file -> file.getFileName().toString().startsWith(NAME.replace('e', 'f')));
      }
    }
  }

  @Test
  void whatIsNotOursStays() throws IOException {
    Path foreign = file(Cache.Kind.LAYERS, "roads.shp", 60);
    Path deep = Files.createDirectories(foreign.resolveSibling(NAME + ".layer/deep"));
    Path beside = Files.writeString(folder.resolve(NAME), "x");
    Files.setLastModifiedTime(beside, FileTime.from(NOW.minus(Duration.ofDays(60))));

    new Cache(folder).tidyUp(NOW);

    assertThat(foreign).exists();
    assertThat(deep).exists();
    assertThat(beside).exists();
  }

  @Test
  void itIsLookedForOnceADay() throws IOException {
    new Cache(folder).tidyUp(NOW);
    Files.setLastModifiedTime(folder.resolve("tidied"), FileTime.from(NOW));
    Path old = file(Cache.Kind.LAYERS, NAME, 31);

    new Cache(folder).tidyUp(NOW.plus(Duration.ofHours(23)));
    assertThat(old).exists();
    new Cache(folder).tidyUp(NOW.plus(Duration.ofHours(25)));
    assertThat(old).doesNotExist();
  }
}
