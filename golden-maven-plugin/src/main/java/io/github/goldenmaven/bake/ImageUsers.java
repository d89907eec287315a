package io.github.goldenmaven.bake;

import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.text.Printable;
import java.nio.charset.StandardCharsets;

/** Users and groups that an image has: a container of one that it has not does not start. */
final class ImageUsers {

  private ImageUsers() {}

  /**
   * Requires that a user and its group are known where they are names; numbers need nobody who
   * knows them.
   *
   * @param user as golden.yaml has it: {@code 10001:0}, {@code app}, {@code app:staff}
   * @throws io.github.goldenmaven.RefusedException when one is not known
   */
  static void require(String user, ImageFiles files, GoldenDefinition definition) {
    String[] names = user.split(":", 2);
    require(names[0], "user", "etc/passwd", files, definition);
    if (names.length > 1) {
      require(names[1], "group", "etc/group", files, definition);
    }
  }

  private static void require(
      String name, String what, String file, ImageFiles files, GoldenDefinition definition) {
    boolean number = name.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    if (!number && !knows(files, file, name)) {
      throw definition.refused(
          "user",
          "the image has no " + what + " '" + Printable.of(name) + "' in '/" + file + "'.",
          "Write numbers in quotes, like \"10001:0\", or add the "
              + what
              + " to that file: in 'run', or with a file of your own in 'files'.");
    }
  }

  /** As passwd(5) and group(5) have it: the name goes before a line's first colon. */
  private static boolean knows(ImageFiles files, String file, String name) {
    return files.content(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8)).stream()
        .flatMap(String::lines)
        .anyMatch(line -> line.startsWith(name + ":"));
  }
}
