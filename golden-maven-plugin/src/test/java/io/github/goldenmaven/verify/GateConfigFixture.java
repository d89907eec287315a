package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.file;

import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.verify.report.ImageReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("GateConfigFixture")
abstract class GateConfigFixture {

  @TempDir static Path shared;
  static GateFixture fixture;

  static LayoutFolder strict;

  @BeforeAll
  static void open() {
    fixture = new GateFixture(shared);
    strict =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("60")
                .version("60.0.1")
                .with(file("opt/golden/start.sh", "", 0755))
                .protect(
                    "{\"paths\":[\"/srv/company\"],\"environment\":[\"COMPANY_ZONE\"],"
                        + "\"entrypoint\":\"fixed\"}")
                .runtime(
                    runtime -> {
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.add("COMPANY_ZONE=blue");
                      return runtime
                          .with("Env", JsonValue.ofTexts(env))
                          .with("WorkingDir", "/opt/golden")
                          .with("Entrypoint", JsonValue.ofTexts(List.of("./start.sh")));
                    }),
            "60");
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  static ImageReport start(ApplicationFixture service, String... command) {
    return fixture.check(
        service.runtime(r -> r.with("Entrypoint", JsonValue.ofTexts(List.of(command)))));
  }
}
