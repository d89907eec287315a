package io.github.goldenmaven.simulate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to run and under which circumstances.
 *
 * @param jenkinsfile the pipeline's script
 * @param libraries folders of shared libraries, by the name that {@code @Library} gives them
 * @param restarts when the controller is restarted
 * @param stepsOrNull a table of more steps that the pipeline may call
 * @param absent steps whose plugin is not installed
 * @param sandboxed whether the Jenkinsfile and the libraries run in the sandbox
 * @param shell what runs commands
 * @param approval the answer to {@code input}
 * @param checkout the folder that {@code checkout} copies
 * @param environment variables of the job, such as {@code BRANCH_NAME}
 * @param files texts of managed files, by their id
 * @param credentials user and password, by their id
 * @param folder where the workspaces and archives stay; emptied first
 * @param console hears each line of the build's log
 */
public record SimulationRequest(
    Path jenkinsfile,
    Map<String, Path> libraries,
    Restart restarts,
    @Nullable Path stepsOrNull,
    List<String> absent,
    boolean sandboxed,
    Shell shell,
    Approval approval,
    Path checkout,
    Map<String, String> environment,
    Map<String, Path> files,
    Map<String, Login> credentials,
    Path folder,
    Consumer<String> console) {

  /** When the controller is restarted. */
  public enum Restart {
    NONE,
    /** Whenever a step begins. */
    EVERY,
    /** Under each step in turn, in a build of its own. */
    DURING
  }

  /** What runs commands. */
  public enum Shell {
    /** Nothing: every command succeeds without output. */
    DRY,
    /** This machine's bash. */
    BASH
  }

  /** The answer to {@code input}. */
  public enum Approval {
    APPROVE,
    REJECT,
    NONE
  }

  /**
   * What {@code usernamePassword} finds.
   *
   * @param user the user's name
   * @param password the secret
   */
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + ", ****]";
    }
  }
}
