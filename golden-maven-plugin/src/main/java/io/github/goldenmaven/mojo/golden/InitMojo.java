package io.github.goldenmaven.mojo.golden;

import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.definition.Starter;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes what a platform team starts with into the current folder: <code>golden.yaml</code> ,
 * <code>golden-policy.yaml</code>, <code>golden-parent.xml</code> (to copy into the company's
 * parent POM), each with comments, and the schemas by which editors complete them. Never changes a
 * file that exists. Needs no project.
 */
@Mojo(name = "init", requiresProject = false, aggregator = true, threadSafe = true)
public final class InitMojo extends AbstractGoldenMojo {

  /** Says what would be written, and writes nothing. */
  @Parameter(property = "golden.dryRun", defaultValue = "false")
  private boolean dryRun;

  @Override
  protected void run(Console console) {
    new Starter(startFolder(), version).write(dryRun).forEach(console::info);
    console.info(
        "Write the company's own registry and certificates into golden.yaml and golden-policy.yaml,"
            + " then run golden:lint and golden:bake");
  }
}
