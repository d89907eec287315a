package io.github.goldenmaven.golden.policy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.yaml.YamlFile;
import io.github.goldenmaven.peers.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenPolicyRefusalsTest extends GoldenPolicyFixture {

  @Test
  void refusesAMissingFile() {
    Path file = folder.resolve("none.yaml");

    assertThatThrownBy(() -> GoldenPolicy.read(file))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "The file '"
                + file
                + "' does not exist. Name an existing file in <policy> or -Dgolden.policy.");
    assertThatThrownBy(() -> GoldenPolicy.read(folder))
        .hasMessage(
            "'"
                + folder
                + "' is not a regular file. Name a file in <policy> or -Dgolden.policy, no pipe,"
                + " device or folder.");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    for (String empty : List.of("", "\n", "# nothing\n")) {
      assertRefused(
          empty,
          "line 1, column 1: the file is empty. Write what it is for, or do not name it: empty"
              + " never means allow.");
    }
    assertRefused(
        "---\n",
        "line 2, column 1: the file is not a mapping. Begin with a key and a colon, like"
            + " 'golden:'.");
    assertRefused("{}", "line 1, column 1: the file has no 'golden'. Write 'golden' there.");
    assertRefused(
        "golden: []",
        "line 1, column 9: 'golden' is empty. Write at least one, or remove the key: empty never"
            + " means all.");
    assertRefused(
        "golden:\n", "line 1, column 8: 'golden' is not a list. Write one like '[a, b]'.");
  }

  @Test
  void refusesAnUnknownKeyWithTheNearestKnownOne() throws IOException {
    assertRefused(
        "golden: [r.example/golden/*]\noficial: []\n",
        "line 2, column 1: 'oficial' is not a known key. Did you mean 'official'?");
    assertRefused(
        "golden: [r.example/golden/*]\nfreshness: {zzz: 1}\n",
        "line 2, column 13: 'freshness.zzz' is not a known key. Known are 'maxAge', 'behind'.");
  }

  @Test
  void refusesADuplicateKey() throws IOException {
    assertRefused(
        """
        golden: [r.example/golden/*]
        official: [docker.io/library/*]
        golden: ['evil.example/*']
        """,
        "line 3, column 1: 'golden' is there twice, first in line 1. Keep one of the two.");
  }

  @Test
  void refusesAnchorsAliasesMergeKeysAndTags() throws IOException {
    assertRefused(
        "golden: &a [r.example/golden/*]\n",
        "line 1, column 9: 'golden' has an anchor or an alias. Write the value out in each place.");
    assertRefused(
        "golden: [r.example/golden/*]\nofficial: *a\n",
        "line 2, column 11: 'official' has an anchor or an alias. Write the value out in each"
            + " place.");
    assertRefused(
        "golden: [r.example/golden/*]\n<<: {official: [docker.io/library/*]}\n",
        "line 2, column 1: '<<' is not a known key. Known are 'official', 'golden', 'labels',"
            + " 'freshness', 'sources', 'effective', 'waivers', 'application', 'keys'.");
    assertRefused(
        "golden: !!set {r.example/golden/*}\n",
        "line 1, column 9: 'golden' has the tag 'tag:yaml.org,2002:set'. Write the value without a"
            + " tag.");
  }

  @Test
  void boundsABillionLaughsAndADeepNest() throws IOException {
    StringBuilder laughs = new StringBuilder("a0: &a0 [x]\n");
    for (int n = 1; n < 60; n++) {
      laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(n, n, n - 1, n - 1));
    }
    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertThatThrownBy(() -> GoldenPolicy.read(write(laughs.toString())))
                .isInstanceOf(RefusedException.class)
                .message()
                .contains("' 239 things are wrong:\n  golden-policy.yaml:1:1  'a0' is not a known")
                .contains("  golden-policy.yaml:1:5  'a0' has an anchor or an alias.\n")
                .endsWith("  and 189 more.\nCorrect them all, and run it again.")
                .hasLineCount(103));
    assertTimeout(
        Duration.ofSeconds(5),
        () ->
            assertRefused(
                "golden: " + "[".repeat(500_000),
                "line 1, column 40: 'golden"
                    + "[0]".repeat(31)
                    + "' is nested deeper than 32 levels. Write it flatter, as documented."));
  }

  @Test
  void refusesMoreThanAMebibyte() throws IOException {
    Path file = write("#" + "x".repeat(YamlFile.MAX_BYTES));

    assertThatThrownBy(() -> GoldenPolicy.read(file))
        .hasMessage(
            "The file '"
                + file
                + "' has more than 1048576 bytes. Name the right file in <policy> or"
                + " -Dgolden.policy.");
  }

  @Test
  void refusesWhatIsNotUtf8AndControlCharacters() throws IOException {
    Path file = folder.resolve("latin.yaml");
    Files.write(file, "golden: [r.example/g\u00FC]".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> GoldenPolicy.read(file))
        .hasMessage(
            "In '%s', line 1, column 21: the file is not UTF-8. Save it as UTF-8 in your editor.",
            file);

    Path control = write("golden: [r.example/\u0007]");
    assertThatThrownBy(() -> GoldenPolicy.read(control))
        .hasMessage(
            "In '%s', line 1, column 20: the file has the character U+0007, which YAML does not"
                + " allow. Take it out.",
            control);
  }

  @Test
  void refusesWhatIsNotYaml() throws IOException {
    assertRefused(
        "golden: [r.example/golden/*\nofficial: x\n",
        "line 2, column 9: the file is not YAML: expected ',' or ']', but got :. Fix that line; a"
            + " YAML editor shows what is wrong.");
    assertRefused(
        "golden: [r.example/golden/*]\n---\ngolden: ['evil.example/*']\n",
        "line 2, column 1: the file has a second document. Keep one document, without '---' after"
            + " its first line.");
    assertRefused(
        "golden: [r.example/golden/*]\n? [a]\n: b\n",
        "line 2, column 3: the file has a key that is not text. Write a word before the colon.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "golden: x.example/y | line 2, column 9: 'golden' is not a list. Write one like '[a, b]'.",
        "golden: [[x]] | line 2, column 10: 'golden[0]' is not text. Write one value there.",
        "golden: [21] | line 2, column 10: 'golden[0]' is '21', which not every YAML reader reads"
            + " as text. Put it in quotes: \"21\".",
        "golden: [x/y] | line 2, column 10: 'x/y' is not a repository pattern. Write a registry's"
            + " host and a lower-case path, where '*' stands for anything, like"
            + " 'registry.company.example/golden/*'; no tag.",
        "freshness: x | line 2, column 12: 'freshness' is not a mapping. Write keys and values"
            + " there: 'maxAge', 'behind'.",
        "freshness: {maxAge: 2 days} | line 2, column 21: 'freshness.maxAge' is '2 days', which is"
            + " not a time span. Write one of days or hours, like 'P45D' or 'PT12H', of ten years"
            + " at most.",
        "freshness: {maxAge: PT0S} | line 2, column 21: 'freshness.maxAge' is 'PT0S', which is not"
            + " a time span. Write one of days or hours, like 'P45D' or 'PT12H', of ten years at"
            + " most.",
        "freshness: {maxAge: P1000000000000D} | line 2, column 21: 'freshness.maxAge' is"
            + " 'P1000000000000D', which is not a time span. Write one of days or hours, like"
            + " 'P45D' or 'PT12H', of ten years at most.",
        "effective: {GOLDEN: +999999999-12-31} | line 2, column 21: 'effective.GOLDEN' is"
            + " '+999999999-12-31', which is not a day. Write one like '2027-01-15', from 2000 to"
            + " 2100.",
        "application: {scripts: no} | line 2, column 24: 'application.scripts' is 'no'. Write"
            + " 'warn' or 'refuse'.",
        "freshness: {} | line 2, column 12: 'freshness' has neither 'maxAge' nor 'behind'. Write"
            + " one of them, or remove the key.",
        "freshness: {behind: '2'} | line 2, column 21: 'freshness.behind' is '2', which is not a"
            + " whole number. Write one like '2', without quotes.",
        "freshness: {behind: -1} | line 2, column 21: 'freshness.behind' is '-1', which is not a"
            + " whole number. Write one like '2', without quotes.",
        "sources: {r.example/apps/*: x} | line 2, column 11: 'r.example/apps/*' is not one"
            + " repository. Write a registry's host and the whole path, without '*'.",
        "effective: {golden: 2027-01-15} | line 2, column 13: 'golden' is not a rule's id. Write"
            + " one in upper case, like 'CONFIG_USER'.",
        "effective: {GOLDEN: 2027-02-30} | line 2, column 21: 'effective.GOLDEN' is '2027-02-30',"
            + " which is not a day. Write one like '2027-01-15', from 2000 to 2100.",
        "waivers: [{rule: A, digest:"
            + " 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', until:"
            + " 2026-12-31, reason: r}] | line 2, column 11: 'waivers[0]' has no 'owner'. Write"
            + " 'owner' there.",
        "waivers: [{rule: A, digest:"
            + " 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', until:"
            + " 2026-12-31, owner: ' ', reason: r}] | line 2, column 130: 'waivers[0].owner' has no"
            + " value. Write one, or remove the key.",
      })
  void refusesAWrongValueWithItsPlace(String line, String message) throws IOException {
    String other = line.startsWith("golden:") ? "official: [r.example/x]" : "golden: [r.example/x]";

    assertRefused(other + "\n" + line + "\n", message);
  }

  @Test
  void tellsAllFaultsTogether() throws IOException {
    Path file =
        write(
            """
            golden: [a, r.example/x, b]
            freshness: {behind: x}
            effective: {A: 1, b: x}
            waivers: [{rule: A}]
            offical: [x]
            keys: []
            """);
    assertThatThrownBy(() -> GoldenPolicy.read(file))
        .hasMessage(
            """
            In '%s' 12 things are wrong:
              golden-policy.yaml:1:10  'a' is not a repository pattern.
                  Write a registry's host and a lower-case path, where '*' stands for anything, like 'registry.company.example/golden/*'; no tag.
              golden-policy.yaml:1:26  'b' is not a repository pattern.
                  Write a registry's host and a lower-case path, where '*' stands for anything, like 'registry.company.example/golden/*'; no tag.
              golden-policy.yaml:2:21  'freshness.behind' is 'x', which is not a whole number.
                  Write one like '2', without quotes.
              golden-policy.yaml:3:16  'effective.A' is '1', which not every YAML reader reads as text.
                  Put it in quotes: "1".
              golden-policy.yaml:3:19  'b' is not a rule's id.
                  Write one in upper case, like 'CONFIG_USER'.
              golden-policy.yaml:3:22  'effective.b' is 'x', which is not a day.
                  Write one like '2027-01-15', from 2000 to 2100.
              golden-policy.yaml:4:11  'waivers[0]' has no 'digest'.
                  Write 'digest' there.
              golden-policy.yaml:4:11  'waivers[0]' has no 'until'.
                  Write 'until' there.
              golden-policy.yaml:4:11  'waivers[0]' has no 'owner'.
                  Write 'owner' there.
              golden-policy.yaml:4:11  'waivers[0]' has no 'reason'.
                  Write 'reason' there.
              golden-policy.yaml:5:1  'offical' is not a known key.
                  Did you mean 'official'?
              golden-policy.yaml:6:7  'keys' is empty.
                  Write at least one key, or remove 'keys'.
            Correct them all, and run it again.\
            """,
            file);
  }

  /** Whoever opens a pipe waits for it. */
  @Test
  @Timeout(20)
  void refusesAPipe() {
    Path pipe = folder.resolve("policy.yaml");
    Command.of("mkfifo", pipe.toString()).run();

    assertThatThrownBy(() -> GoldenPolicy.read(pipe))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + pipe
                + "' is not a regular file. Name a file in <policy> or -Dgolden.policy, no pipe,"
                + " device or folder.");
  }
}
