package io.github.goldenmaven.verify.report;

import java.util.Map;

/** The elements of a JUnit report, as CI servers read them. */
final class JunitText {

  static final String BEGIN = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n";
  static final String END = "</testsuites>\n";

  private JunitText() {}

  /** Begins a suite. */
  static void suite(StringBuilder xml, String name, long tests, long failures, long errors) {
    xml.append(
        ("  <testsuite name=\"%s\" tests=\"%s\" failures=\"%s\" errors=\"%s\""
                + " skipped=\"0\" time=\"0\">\n")
            .formatted(Markup.of(name), tests, failures, errors));
  }

  /** The properties of a suite: what is given, then the audit. */
  static void properties(StringBuilder xml, Audit audit, Map<String, String> given) {
    xml.append("    <properties>\n");
    given.forEach((key, value) -> property(xml, key, value));
    audit.entries().forEach((key, value) -> property(xml, "audit." + key, value));
    xml.append("    </properties>\n");
  }

  private static void property(StringBuilder xml, String name, String value) {
    xml.append("      <property name=\"%s\" value=\"%s\"/>\n".formatted(name, Markup.of(value)));
  }

  /**
   * Begins a case without ending its tag.
   *
   * @param subject without dots: it becomes a class of the package {@code golden}
   */
  static void testcase(StringBuilder xml, String subject, String name) {
    xml.append(
        "    <testcase classname=\"golden.%s\" name=\"%s\" time=\"0\""
            .formatted(Markup.of(subject), Markup.of(name)));
  }

  /**
   * What a case failed of.
   *
   * @param refused whether it is a failure; else an error, which asking again may fix
   * @param told markup already
   */
  static void problem(
      StringBuilder xml, boolean refused, String type, String message, String told) {
    String element = refused ? "failure" : "error";
    xml.append(
        "      <%s type=\"%s\" message=\"%s\">%s</%s>\n"
            .formatted(element, Markup.of(type), Markup.of(message), told, element));
  }
}
