package io.github.goldenmaven.jenkins;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two commands that the steps run around Maven, as {@code find} and as {@code cmd} do them. */
final class FileSearch {

  private static final Pattern FIND =
      Pattern.compile("find \\. -path \"\\*/\\$GOLDEN_FOLDER/(\\*|result\\.properties)\" (.*)");
  private static final Pattern NAMED = Pattern.compile("-name ([a-z.]+)");
  private static final Pattern FOR =
      Pattern.compile("@for /r %%f in \\((.*)\\) do @if exist \"%%f\" (del /q \"%%f\"|@echo %%f)");
  private static final String ON_WINDOWS = "%GOLDEN_FOLDER%\\";

  private final boolean deletes;
  private final boolean onWindows;
  private final List<String> names = new ArrayList<>();

  private FileSearch(boolean deletes, boolean onWindows) {
    this.deletes = deletes;
    this.onWindows = onWindows;
  }

  /** Any other command does nothing and succeeds. */
  static Shell.Result run(Shell.Call call) throws IOException {
    Matcher find = FIND.matcher(call.script());
    Matcher loop = FOR.matcher(call.script());
    if (find.matches()) {
      return find(find).in(call);
    }
    return loop.matches() ? loop(loop).in(call) : new Shell.Result(0, "");
  }

  private static FileSearch find(Matcher find) {
    FileSearch search = new FileSearch(find.group(2).endsWith("-exec rm -f {} +"), false);
    NAMED.matcher(find.group(2)).results().forEach(name -> search.names.add(name.group(1)));
    if (!search.deletes) {
      search.names.add(find.group(1));
    }
    return search;
  }

  private static FileSearch loop(Matcher loop) {
    FileSearch search = new FileSearch(loop.group(2).startsWith("del"), true);
    for (String each : loop.group(1).split(" ", -1)) {
      if (!each.startsWith(ON_WINDOWS)) {
        throw new IllegalArgumentException(loop.group());
      }
      search.names.add(each.substring(ON_WINDOWS.length()));
    }
    return search;
  }

  private Shell.Result in(Shell.Call call) throws IOException {
    String folder = String.valueOf(call.environment().get("GOLDEN_FOLDER")).replace('\\', '/');
    StringBuilder found = new StringBuilder();
    try (var files = Files.walk(call.folder())) {
      for (Path file : files.sorted().filter(f -> f.resolveSibling("").endsWith(folder)).toList()) {
        if (!names.contains(file.getFileName().toString())) {
          continue;
        }
        if (deletes) {
          Files.delete(file);
        } else {
          found.append(onWindows ? file + "\r\n" : "./" + call.folder().relativize(file) + "\n");
        }
      }
    }
    return new Shell.Result(0, found.toString());
  }
}
