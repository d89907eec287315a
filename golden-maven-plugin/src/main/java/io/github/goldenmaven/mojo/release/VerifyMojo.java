package io.github.goldenmaven.mojo.release;

import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * The release gate: checks images against their labels, the labels against the layers, and all of
 * it against a <code>golden-policy.yaml</code>. Refuses with what was expected, what was found,
 * where, and what to do. Writes <code>verify.json</code>, <code>verify.xml</code> (JUnit), <code>
 * verify.sarif
 * </code>, <code>verify.csv</code>, <code>verify.html</code> and <code>result.properties</code>,
 * whose <code>golden.verdict
 * </code> is <code>pass</code>, <code>refused</code>, <code>unknown</code> (could not tell) or
 * <code>misconfigured</code>. Needs no project; in a reactor it runs once.
 */
@Mojo(
    name = "verify",
    defaultPhase = LifecyclePhase.VERIFY,
    requiresProject = false,
    aggregator = true,
    threadSafe = true)
public final class VerifyMojo extends AbstractGateMojo {

  @Override
  protected String goal() {
    return "golden:verify";
  }
}
