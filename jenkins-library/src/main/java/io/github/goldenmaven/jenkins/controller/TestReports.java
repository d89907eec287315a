package io.github.goldenmaven.jenkins.controller;

import hudson.AbortException;
import io.github.goldenmaven.jenkins.TestCounts;
import io.github.goldenmaven.jenkins.program.StepCall;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    List<String> elements = new ArrayList<>();
    for (String file : files) {
      count(folder.resolve(file), elements);
    }
    int total = Collections.frequency(elements, "testcase");
    int failed =
        Collections.frequency(elements, "failure") + Collections.frequency(elements, "error");
    int skipped = Collections.frequency(elements, "skipped");
    run.program().tests = run.program().tests.plus(new TestCounts(total, failed, skipped));
    if (failed > 0 && !call.flag("skipMarkingBuildUnstable")) {
      run.program().worsen("UNSTABLE");
      run.stages().worsened(context);
    }
    Map<String, Integer> summary = new LinkedHashMap<>();
    summary.put("totalCount", total);
    summary.put("failCount", failed);
    summary.put("skipCount", skipped);
    summary.put("passCount", total - failed - skipped);
    return summary;
  }

  private static void count(Path file, List<String> elements) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try (InputStream text = Files.newInputStream(file)) {
      XMLStreamReader reader = factory.createXMLStreamReader(text);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamReader.START_ELEMENT) {
          elements.add(reader.getLocalName());
        }
      }
    } catch (XMLStreamException broken) {
      throw new AbortException(
          "'" + file.getFileName() + "' is no test report: " + broken.getMessage());
    }
  }
}
