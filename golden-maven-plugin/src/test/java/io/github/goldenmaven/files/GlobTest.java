package io.github.goldenmaven.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class GlobTest {

  @Test
  void matchesLikeJavasOwn() {
    for (String glob :
        List.of(
            "*", "**", "a?c", "**/*.{sh,py}", "[a-c]x", "[!a-c]x", "a\\*", "[-x]", "x}", "{a,}b")) {
      for (String path : List.of("a", "abc", "a/b.sh", "bx", "dx", "a*", "-", "x}", "ab", "b")) {
        assertThat(Optional.of(Glob.parse("x", glob).matches(path)))
            .as("%s on %s", glob, path)
            .isEqualTo(javas(glob, path));
      }
    }
  }

  @Property(tries = 2000)
  void agreesWithJavasOwn(
      @ForAll
          @StringLength(max = 8)
          @Chars({'a', 'b', 'c', '*', '?', '[', ']', '!', '-', '{', '}', ',', '\\', '/', '.', '^'})
          String glob,
      @ForAll @StringLength(min = 1, max = 5) @CharRange(from = 'a', to = 'c') @Chars({'.', '-'})
          String path) {
    // Java's own puts the end of a range into its pattern as it stands: these mean something else.
    Assume.that(!glob.contains("-[") && !glob.contains("-\\"));
    assertThat(ours(glob, path)).as("%s on %s", glob, path).isEqualTo(javas(glob, path));
  }

  @Test
  void regardsCaseOnEverySystem() {
    assertThat(Glob.parse("x", "*.SH").matches("a.sh")).isFalse();
    assertThat(Glob.parse("x", "gr[äü]?e*").matches("grüße.txt")).isTrue();
  }

  @Test
  void refusesWhatIsNoGlob() {
    for (String glob :
        List.of("[a", "{a", "{a{b}}", "a\\", "[]", "[a/b]", "[c-a]", "[--a]", "[a-b-c]")) {
      assertThatThrownBy(() -> Glob.parse("<includes>", glob))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + glob
                  + "' in <includes> is not a file or a glob. Write a path or a glob like"
                  + " '/app/bin/*.sh' in <includes>.");
    }
  }

  private static Optional<Boolean> ours(String glob, String path) {
    try {
      return Optional.of(Glob.parse("x", glob).matches(path));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> javas(String glob, String path) {
    try {
      return Optional.of(
          FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(path)));
    } catch (PatternSyntaxException e) {
      return Optional.empty();
    }
  }
}
