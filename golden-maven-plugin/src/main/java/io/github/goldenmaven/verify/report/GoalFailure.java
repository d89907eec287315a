package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.verify.finding.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A goal that ended without a gate's report, for people and CI servers who ask the same of it: what
 * is wrong, and what to do.
 *
 * @param goal as it is typed, such as {@code golden:build}
 * @param subject what it was about; the same in every build
 */
public record GoalFailure(
    String goal, String subject, Verdict verdict, String problem, String remedy, Audit audit) {

  /** A refusal is one; what the world denies could not be told. */
  public static GoalFailure of(String goal, String subject, GoldenException failure, Audit audit) {
    return new GoalFailure(
        goal,
        subject,
        failure instanceof RefusedException ? Verdict.REFUSED : Verdict.UNKNOWN,
        failure.problem(),
        failure.remedy(),
        audit);
  }

  /** {@code verify.xml}: one test case. */
  public String junit() {
    boolean refused = verdict != Verdict.UNKNOWN;
    String name = subject.replace('.', '_');
    StringBuilder xml = new StringBuilder(JunitText.BEGIN);
    JunitText.suite(xml, name, 1, refused ? 1 : 0, refused ? 0 : 1);
    JunitText.properties(xml, audit, Map.of());
    JunitText.testcase(xml, name, goal);
    xml.append(">\n");
    JunitText.problem(
        xml,
        refused,
        goal,
        problem,
        "\nproblem: " + Markup.of(problem) + "\nremedy:  " + Markup.of(remedy));
    return xml.append("    </testcase>\n  </testsuite>\n").append(JunitText.END).toString();
  }

  /** {@code verify.json}. */
  public JsonObject json() {
    return VerifyJson.of(this);
  }

  /** {@code verify.sarif}: no finding, and a run that says why there is none. */
  public JsonObject sarif() {
    return VerifySarif.of(this);
  }

  /** {@code verify.html}; its style sheet is the gate's. */
  public String html() {
    return VerifyHtml.of(this);
  }

  /** {@code result.properties}. */
  public Map<String, String> properties() {
    Map<String, String> properties = VerifyProperties.verdict(verdict);
    properties.put("golden.goal", goal);
    properties.putAll(sentences(problem, remedy));
    return properties;
  }

  /** The two sentences that Maven ends with, for pipelines to end with too. */
  public static Map<String, String> sentences(String problem, String remedy) {
    Map<String, String> sentences = new LinkedHashMap<>();
    sentences.put("golden.problem", problem);
    sentences.put("golden.remedy", remedy);
    return sentences;
  }
}
