package io.github.goldenmaven.mojo.service;

import io.github.goldenmaven.console.Console;
import java.util.List;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Checks what <code>golden:build</code> was given before anything is compiled: parameters,
 * references, policy, credentials, and the golden image itself, which is not asked for again. It
 * runs by itself at the beginning of <code>golden:build</code>; where a POM binds <code>
 * golden:build-no-fork</code>, it may bind this goal, too.
 */
@Mojo(name = "build-check", defaultPhase = LifecyclePhase.VALIDATE, threadSafe = true)
public final class BuildCheckMojo extends BuildNoForkMojo {

  /** Those by which a project is compiled, so that who types one compiles it twice. */
  private static final List<String> COMPILING =
      List.of(
          """
          compile test prepare-package package pre-integration-test integration-test
          post-integration-test verify install deploy
          """
              .split("\\s+"));

  @Override
  protected void run(Console console) {
    List<String> goals = session.getGoals();
    goals.stream()
        .filter(COMPILING::contains)
        .filter(phase -> goals.stream().anyMatch(goal -> goal.endsWith(":build")))
        .filter(phase -> session.getRepositorySession().getData().set("golden.twice", null, phase))
        .forEach(
            phase ->
                console.warn(
                    "The project is compiled, tested and packaged twice: by '"
                        + phase
                        + "', and by golden:build, which runs the lifecycle to 'package' itself.",
                    "Leave '" + phase + "' out, or type golden:build-no-fork after it."));
    lookAhead(console);
  }
}
