package io.github.goldenmaven.mojo.golden;

import io.github.goldenmaven.bake.DefinitionLint;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.verify.rules.Rules;
import java.io.File;
import java.time.Instant;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Reads <code>golden.yaml</code> and <code>golden-policy.yaml</code> and reports everything that is
 * wrong with them at once, with line and column: keys, values, missing files, certificates, folders
 * that cannot be given to services, unknown rules. Asks no registry and reads no image. Needs no
 * project.
 */
@Mojo(name = "lint", requiresProject = false, aggregator = true, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public final class LintMojo extends AbstractGoldenMojo {

  /** Path of the <code>golden.yaml</code>. What it names starts at its own folder. */
  @Parameter(property = "golden.definition", defaultValue = "golden.yaml")
  private File definition;

  /**
   * Path of the <code>golden-policy.yaml</code>. Default: the one in the folder of <code>definition
   * </code>, where there is one.
   */
  @Parameter(property = "golden.policy")
  private @Nullable File policy;

  @Override
  protected void run(Console console) {
    ProblemCollector together = new ProblemCollector();
    File beside = new File(definition.getAbsoluteFile().getParentFile(), "golden-policy.yaml");
    boolean alone = policy == null && !beside.exists();
    File given = policy == null ? beside : policy;
    Optional<GoldenPolicy> allowed =
        alone ? Optional.empty() : together.read(() -> Optional.of(known(given)), Optional.empty());
    if (definition.exists() || alone) {
      together.read(() -> definition(allowed, console), true);
    }
    together.refuse();
    console.info(
        "Nothing is wrong with " + (alone ? "" : "'" + given + "' and ") + "'" + definition + "'");
  }

  private static GoldenPolicy known(File file) {
    GoldenPolicy read = GoldenPolicy.read(file.toPath());
    Rules.requireKnown(read, Instant.now());
    return read;
  }

  private boolean definition(Optional<GoldenPolicy> allowed, Console console) {
    GoldenDefinition read = GoldenDefinition.read(definition.toPath());
    ProblemCollector together = new ProblemCollector();
    together.read(
        () -> {
          allowed
              .filter(policy -> !policy.official().isEmpty())
              .ifPresent(policy -> read.told("from", () -> policy.requireOfficial(read.from())));
          return true;
        },
        true);
    DefinitionLint.check(read, Instant.now(), together)
        .forEach(warning -> console.warn(warning.problem(), warning.remedy()));
    together.refuse();
    return true;
  }
}
