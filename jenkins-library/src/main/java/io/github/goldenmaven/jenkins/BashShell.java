package io.github.goldenmaven.jenkins;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Runs {@code sh} with this machine's bash, as an agent does: {@code bash -e} in the workspace. A
 * script that begins with {@code #!} is run by what it names. Standard error goes with the output,
 * so a script that returns its output says nothing on it. What {@code withEnv} sets as {@code
 * PATH+NAME=folder} stands in front of the path.
 */
public final class BashShell implements Shell {

  private static final int LARGEST_OUTPUT = 16 << 20;

  @Override
  public Result run(Call call) {
    if (!call.step().equals("sh")) {
      throw new IllegalArgumentException("bash does not run '" + call.step() + "'");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command(call.script())).directory(call.folder().toFile());
    Map<String, String> environment = builder.environment();
    call.environment()
        .forEach(
            (name, value) -> {
              int plus = name.indexOf('+');
              if (plus < 0) {
                environment.put(name, value);
              } else {
                environment.merge(
                    name.substring(0, plus), value, (old, added) -> added + ":" + old);
              }
            });
    builder.redirectErrorStream(true);
    return ended(builder, call.folder());
  }

  /** As the kernel reads a first line {@code #!/usr/bin/env python3}, with at most one argument. */
  private static List<String> command(String script) {
    if (!script.startsWith("#!")) {
      return List.of("bash", "-e", "-c", script);
    }
    List<String> command = new ArrayList<>();
    String line = script.lines().findFirst().orElseThrow().substring(2).strip();
    Collections.addAll(command, line.split("\\s+", 2));
    try {
      Path file = Files.createTempFile("script", ".sh");
      file.toFile().deleteOnExit();
      Files.writeString(file, script);
      command.add(file.toString());
      return command;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write a script", failed);
    }
  }

  private static Result ended(ProcessBuilder builder, Path folder) {
    try {
      Process process = builder.start();
      Thread killer = new Thread(process::destroyForcibly);
      Runtime.getRuntime().addShutdownHook(killer);
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readNBytes(LARGEST_OUTPUT), UTF_8);
        output.transferTo(java.io.OutputStream.nullOutputStream());
        return new Result(process.waitFor(), text);
      } finally {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(killer);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot run bash in '" + folder + "'", failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while bash ran", interrupted);
    }
  }
}
