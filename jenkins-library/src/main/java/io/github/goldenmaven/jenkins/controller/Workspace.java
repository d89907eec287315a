package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files of an agent. */
public final class Workspace {

  private Workspace() {}

  /** The file that a step names, which must stay on the agent's side of the simulation. */
  static Path resolve(Context context, String file) throws AbortException {
    if (file.indexOf('\0') >= 0) {
      throw new AbortException("a file's name has no NUL in it");
    }
    return Path.of(context.folder()).resolve(file).normalize();
  }

  /** The files that Ant's patterns name, sorted, with {@code /} in their paths. */
  static List<String> matching(Path folder, String includes, String excludes) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern wanted = pattern(includes.isBlank() ? "**" : includes);
    Pattern unwanted = pattern(excludes.isBlank() ? ".git/**" : excludes + ",.git/**");
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> folder.relativize(file).toString().replace(File.separatorChar, '/'))
          .filter(file -> wanted.matcher(file).matches() && !unwanted.matcher(file).matches())
          .sorted()
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Ant's patterns, separated by commas, as one regular expression. */
  private static Pattern pattern(String list) {
    StringBuilder all = new StringBuilder();
    for (String one : list.split(",", -1)) {
      if (!one.isBlank()) {
        String pattern = one.strip().endsWith("/") ? one.strip() + "**" : one.strip();
        all.append(all.isEmpty() ? "" : "|").append(regex(pattern));
      }
    }
    return Pattern.compile(all.toString());
  }

  private static String regex(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < pattern.length(); at++) {
      String rest = pattern.substring(at);
      if (rest.startsWith("**/")) {
        regex.append("(?:[^/]+/)*");
        at += 2;
      } else if (rest.equals("/**")) {
        regex.append("(?:/.*)?");
        at += 2;
      } else if (rest.startsWith("**")) {
        regex.append(".*");
        at++;
      } else if (rest.startsWith("*")) {
        regex.append("[^/]*");
      } else if (rest.startsWith("?")) {
        regex.append("[^/]");
      } else {
        regex.append(Pattern.quote(rest.substring(0, 1)));
      }
    }
    return regex.toString();
  }

  /** Copies files by their paths. */
  static void copy(Path from, List<String> files, Path to) throws IOException {
    for (String file : files) {
      Path target = to.resolve(file);
      Files.createDirectories(target.getParent());
      Files.copy(
          from.resolve(file),
          target,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  /** Deletes a file, or a folder with all that is in it; links are not followed. */
  public static void delete(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failed)
                throws IOException {
              Files.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
