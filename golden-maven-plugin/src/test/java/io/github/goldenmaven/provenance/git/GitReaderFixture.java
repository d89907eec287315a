package io.github.goldenmaven.provenance.git;

import io.github.goldenmaven.provenance.TestRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class GitReaderFixture {

  static final Instant COMMIT_TIME = Instant.parse("2026-11-01T00:00:00Z");

  @TempDir Path temp;
  Path root;

  @BeforeEach
  void realFolder() throws IOException {
    root = temp.toRealPath();
  }

  static Path pom(Path folder) {
    return folder.resolve("pom.xml");
  }

  TestRepository repository() throws IOException {
    return TestRepository.init(root.resolve("orders")).write("pom.xml", "<project/>");
  }
}
