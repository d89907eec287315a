package io.github.goldenmaven.scenarios;

import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Gives a scenario a git repository of its own. */
public final class GitHistory {

  private GitHistory() {}

  /** Makes one with a single clean commit of everything in the folder, dated like this project. */
  public static void begin(Path folder) throws IOException {
    git(folder, "init", "--quiet", "--initial-branch=main");
    Files.write(
        folder.resolve(".git/info/exclude"),
        List.of("target/", "build.log", "invoker.properties", "*.groovy"));
    git(folder, "add", "--all");
    git(folder, "commit", "--quiet", "--message=The service as it is");
  }

  /** The same, cloned from somewhere. */
  public static void begin(Path folder, String origin) throws IOException {
    begin(folder);
    git(folder, "remote", "add", "origin", origin);
  }

  /** ID of the commit that is checked out. */
  public static String head(Path folder) {
    return git(folder, "rev-parse", "HEAD").strip();
  }

  private static String git(Path folder, String... arguments) {
    return Command.of(Machine.require("git").toString())
        .with("-c", "user.name=Somebody", "-c", "user.email=somebody@company.example")
        .with("-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null")
        .with(arguments)
        .environment("GIT_AUTHOR_DATE", "2026-11-23T08:30:00+09:00")
        .environment("GIT_COMMITTER_DATE", "2026-11-23T08:30:00+09:00")
        .in(folder)
        .run();
  }
}
