package io.github.goldenmaven.bake;

import io.github.goldenmaven.bake.certificates.CompanyCertificates;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.definition.Source;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.provenance.git.Warning;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What can be told of a definition on this machine, with no image and no registry. */
public final class DefinitionLint {

  private final GoldenDefinition definition;
  private final LocalFiles local;
  private final ProblemCollector together;
  private final List<CompanyCertificates.Source> certificates = new ArrayList<>();

  private DefinitionLint(GoldenDefinition definition, ProblemCollector together) {
    this.definition = definition;
    this.together = together;
    this.local =
        new LocalFiles(
            definition,
            (coordinates, origin) -> {
              throw new IllegalStateException("artifacts are not asked for");
            });
  }

  /**
   * Looks for the files that golden.yaml names, and reads the certificates.
   *
   * @param now by which certificates are valid
   * @param together hears of all that is wrong
   * @return what to warn of
   */
  public static List<Warning> check(
      GoldenDefinition definition, Instant now, ProblemCollector together) {
    DefinitionLint lint = new DefinitionLint(definition, together);
    lint.files();
    return lint.certificates(now);
  }

  private void files() {
    look(
        () -> {
          BakedContainer.requireOwnLabels(definition);
          return true;
        });
    for (int i = 0; i < definition.agents().size(); i++) {
      source(definition.agents().get(i).source(), "agents[" + i + "]");
    }
    for (int i = 0; i < definition.tools().size(); i++) {
      source(definition.tools().get(i).source(), "tools[" + i + "]");
    }
    for (int i = 0; i < definition.files().size(); i++) {
      String key = "files[" + i + "].from";
      String from = definition.files().get(i).from();
      look(() -> LocalFiles.isGlob(from) ? local.files(from, key) : local.existing(from, key));
    }
  }

  private void source(Source source, String key) {
    if (source instanceof Source.OnDisk) {
      look(() -> local.of(source, key));
    }
  }

  private List<Warning> certificates(Instant now) {
    for (int i = 0; i < definition.certificates().size(); i++) {
      String key = "certificates[" + i + "]";
      String written = definition.certificates().get(i);
      for (Path file : together.read(() -> local.files(written, key), List.<Path>of())) {
        certificates.add(new CompanyCertificates.Source(file, key));
      }
    }
    return together.read(
        () ->
            definition.told(
                "certificates", () -> CompanyCertificates.read(certificates, now).warnings()),
        List.<Warning>of());
  }

  private void look(Supplier<Object> use) {
    together.read(use, definition);
  }
}
