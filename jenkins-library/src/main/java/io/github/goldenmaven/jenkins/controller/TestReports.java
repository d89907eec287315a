package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import io.github.goldenmaven.jenkins.TestCounts;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The {@code junit} step. */
final class TestReports {

  private final BuildRun run;

  TestReports(BuildRun run) {
    this.run = run;
  }

  Map<String, Integer> record(StepCall call, Context context) throws IOException {
    Path folder = Path.of(context.folder());
    List<String> files = Workspace.matching(folder, call.text("testResults", ""), "");
    if (files.isEmpty() && !call.flag("allowEmptyResults")) {
      throw new AbortException("No test report files were found. Configuration error?");
    }
    TestCounts counted = TestCounts.NONE;
    for (String file : files) {
      counted = counted.plus(counted(folder.resolve(file)));
    }
    run.program().tests = run.program().tests.plus(counted);
    if (counted.failed() > 0 && !call.flag("skipMarkingBuildUnstable")) {
      run.program().worsen("UNSTABLE");
      run.stages().worsened(context);
    }
    Map<String, Integer> summary = new LinkedHashMap<>();
    summary.put("totalCount", counted.total());
    summary.put("failCount", counted.failed());
    summary.put("skipCount", counted.skipped());
    summary.put("passCount", counted.passed());
    return summary;
  }

  /** A case with a failure or an error has failed, however many it has. */
  private static TestCounts counted(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    TestCounts counted = TestCounts.NONE;
    Set<String> inCase = new HashSet<>();
    try (InputStream text = Files.newInputStream(file)) {
      XMLStreamReader reader = factory.createXMLStreamReader(text);
      while (reader.hasNext()) {
        int event = reader.next();
        if (event == XMLStreamReader.START_ELEMENT) {
          inCase.add(reader.getLocalName());
        } else if (event == XMLStreamReader.END_ELEMENT
            && reader.getLocalName().equals("testcase")) {
          counted = counted.plus(one(inCase));
          inCase.clear();
        }
      }
      return counted;
    } catch (XMLStreamException broken) {
      throw new AbortException(
          "'" + file.getFileName() + "' is no test report: " + broken.getMessage());
    }
  }

  private static TestCounts one(Set<String> inCase) {
    boolean failed = inCase.contains("failure") || inCase.contains("error");
    boolean skipped = !failed && inCase.contains("skipped");
    return new TestCounts(1, failed ? 1 : 0, skipped ? 1 : 0);
  }
}
