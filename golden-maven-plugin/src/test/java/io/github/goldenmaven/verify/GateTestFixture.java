package io.github.goldenmaven.verify;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("GateTestFixture")
abstract class GateTestFixture {

  @TempDir static Path shared;
  static GateFixture fixture;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
  }

  @AfterAll
  static void close() {
    fixture.close();
  }
}
