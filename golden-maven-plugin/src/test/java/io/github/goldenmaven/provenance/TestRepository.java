package io.github.goldenmaven.provenance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A git repository in a folder of the test's own, made by the machine's git. */
public final class TestRepository {

  /** The commits' time: 2026-11-01T00:00:00Z. */
  static final String COMMIT_TIME = "1793491200 +0900";

  private final Path folder;

  private TestRepository(Path folder) {
    this.folder = folder;
  }

  public static TestRepository init(Path folder, String... options) throws IOException {
    Files.createDirectories(folder);
    TestRepository repository = new TestRepository(folder);
    List<String> command = new ArrayList<>(List.of("init", "--quiet", "--initial-branch=main"));
    command.addAll(List.of(options));
    repository.git(command.toArray(String[]::new));
    return repository;
  }

  public static TestRepository at(Path folder) {
    return new TestRepository(folder);
  }

  public Path folder() {
    return folder;
  }

  public TestRepository write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  /** Commits all there is. */
  public String commit() throws IOException {
    git("add", "--all");
    git("commit", "--quiet", "--allow-empty", "--message", "Test");
    return git("rev-parse", "HEAD");
  }

  /** What a command prints, stripped. */
  public String git(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example",
                "-c",
                "protocol.file.allow=always"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder.environment().put("GIT_COMMITTER_DATE", COMMIT_TIME);
    builder.environment().put("GIT_AUTHOR_DATE", COMMIT_TIME);
    Process process = builder.start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + " in " + folder + ": " + said);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    return said.strip();
  }
}
