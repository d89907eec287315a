package io.github.goldenmaven.verify.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.verify.AttackPage;
import io.github.goldenmaven.verify.finding.RuleInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/rules} is made from the rules; {@code -Dgolden.docs.write} makes it anew. */
class RulePagesTest {

  private static final Path FOLDER = Path.of("..", "docs", "rules");

  @Test
  void eachRuleHasItsPageAndNoPageIsLeftOver() throws IOException {
    Map<String, String> pages = pages();
    if (Boolean.getBoolean("golden.docs.write")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }

    try (Stream<Path> files = Files.list(FOLDER)) {
      Set<String> names =
          files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
      assertThat(names).isEqualTo(pages.keySet());
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertThat(FOLDER.resolve(page.getKey())).hasContent(page.getValue());
    }
  }

  /** What an editor offers where a policy names a rule: those that may be waived, with titles. */
  @Test
  void thePolicysSchemaOffersTheRulesThatMayBeWaived() throws IOException {
    Path schema = FOLDER.resolveSibling("schema").resolve("golden-policy.schema.json");
    String offered =
        Rules.about().stream()
            .filter(RuleInfo::waivable)
            .map(
                rule ->
                    "        {\"const\": \"%s\", \"title\": \"%s\"}"
                        .formatted(rule.id(), rule.title().replace("\"", "\\\"")))
            .collect(
                Collectors.joining(
                    ",\n", "    \"rule\": {\n      \"oneOf\": [\n", "\n      ]\n    }\n  }\n}\n"));
    String written = Files.readString(schema);
    String whole = written.substring(0, written.lastIndexOf("\n    \"rule\": {") + 1);
    if (Boolean.getBoolean("golden.docs.write")) {
      Files.writeString(schema, whole + offered);
    }

    assertThat(schema).hasContent(whole + offered);
  }

  @Test
  void noTwoRulesHaveOneIdAndEachSaysAllOfItself() {
    List<RuleInfo> rules = Rules.about();

    assertThat(rules).extracting(RuleInfo::id).doesNotHaveDuplicates();
    assertThat(rules)
        .allSatisfy(
            rule -> {
              assertThat(rule.id()).matches("[A-Z]+_[A-Z_]+");
              assertThat(rule.title())
                  .as("says what is demanded")
                  .contains(" must ")
                  .doesNotEndWith(".");
              assertThat(rule.why()).endsWith(".");
              assertThat(rule.remedy()).endsWith(".");
            });
  }

  /** Each is made by a test that demands that it does not pass: {@link AttackPage}. */
  @Test
  void whatWasRefusedByListsIsRefusedByPlaces() throws IOException {
    String page = Files.readString(FOLDER.resolveSibling("attacks.md"));
    try (java.io.InputStream before =
        java.util.Objects.requireNonNull(
            RulePagesTest.class.getResourceAsStream("refused-before.txt"))) {
      assertThat(new String(before.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines())
          .isNotEmpty()
          .allSatisfy(row -> assertThat(page).contains(row));
    }
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    StringBuilder all =
        new StringBuilder("# Rules of the gate\n\nIn the order they are looked at.\n\n");
    all.append("| rule | demands | waivable |\n|---|---|---|\n");
    for (RuleInfo rule : Rules.about()) {
      String waivable = rule.waivable() ? "yes" : "no";
      all.append(
          "| [`%s`](%s.md) | %s | %s |\n".formatted(rule.id(), rule.id(), rule.title(), waivable));
      pages.put(
          rule.id() + ".md",
          """
          # %s

          **%s.** %s

          ## What to do

          %s

          ## In the policy

          %s
          """
              .formatted(
                  rule.id(),
                  rule.title(),
                  rule.why(),
                  rule.remedy(),
                  rule.waivable()
                      ? """
                      May be waived for one digest until a day, and may warn until a day:

                      ```yaml
                      waivers: [{rule: %s, digest: "sha256:...", until: 2027-01-31, owner: platform, reason: "..."}]
                      effective: {%s: 2027-01-15}
                      ```\
                      """
                          .formatted(rule.id(), rule.id())
                      : "Nobody may waive or delay it: a policy that tries is refused."));
    }
    pages.put("README.md", all.toString());
    return pages;
  }
}
