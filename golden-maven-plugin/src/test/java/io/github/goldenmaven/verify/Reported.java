package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What tests of the gate ask of a report, and the small things their images are made of. */
final class Reported {

  private static final Instant TIME = Instant.EPOCH;

  private Reported() {}

  /** The rules that found something, each once. */
  static List<String> ids(ImageReport report) {
    return report.findings().stream().map(finding -> finding.rule().id()).distinct().toList();
  }

  /** The one finding of a rule. */
  static Finding only(ImageReport report, String id) {
    List<Finding> found =
        report.findings().stream().filter(finding -> finding.rule().id().equals(id)).toList();
    assertThat(found).as("%s of %s", id, report.findings()).hasSize(1);
    return found.get(0);
  }

  static LayerEntry file(String path, String text) {
    return file(path, text, 0644);
  }

  static LayerEntry file(String path, String text, int mode) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LayerEntry.File(
        path, bytes.length, () -> new ByteArrayInputStream(bytes), mode, Owner.ROOT, TIME);
  }

  static LayerEntry folder(String path) {
    return new LayerEntry.Directory(path, 0755, Owner.ROOT, TIME);
  }

  static LayerEntry link(String path, String target) {
    return new LayerEntry.SymbolicLink(path, target, Owner.ROOT, TIME);
  }

  /** Sets a variable, in the place of the one that is there. */
  static UnaryOperator<JsonObject> environment(String variable) {
    String name = variable.substring(0, variable.indexOf('=') + 1);
    return runtime -> {
      List<String> env = new ArrayList<>(runtime.strings("Env"));
      env.removeIf(known -> known.startsWith(name));
      env.add(variable);
      return runtime.with("Env", JsonValue.ofTexts(env));
    };
  }
}
