package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.plexus.util.DirectoryScanner;
import org.jspecify.annotations.Nullable;

/** Files of an agent. */
final class Workspace {

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
    DirectoryScanner scanner = new DirectoryScanner();
    scanner.setBasedir(folder.toFile());
    scanner.setIncludes(patterns(includes.isBlank() ? "**" : includes));
    scanner.setExcludes(excludes.isBlank() ? new String[0] : patterns(excludes));
    scanner.addDefaultExcludes();
    scanner.setFollowSymlinks(false);
    scanner.scan();
    List<String> found = new ArrayList<>();
    for (String file : scanner.getIncludedFiles()) {
      found.add(file.replace(File.separatorChar, '/'));
    }
    found.sort(null);
    return found;
  }

  private static String[] patterns(String list) {
    List<String> patterns = new ArrayList<>();
    for (String pattern : list.split(",", -1)) {
      if (!pattern.isBlank()) {
        patterns.add(pattern.strip().replace('/', File.separatorChar));
      }
    }
    return patterns.toArray(String[]::new);
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
  static void delete(Path root) {
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
