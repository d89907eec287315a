package io.github.goldenmaven.verify;

import io.github.goldenmaven.oci.Printable;
import io.github.goldenmaven.provenance.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A9: labels that forge lines where they are shown. */
final class LabelsPrintable implements Rule {

  private static final About ABOUT =
      new About(
          "LABELS_PRINTABLE",
          "Labels that tell of provenance are plain text",
          "A label with a newline, an escape sequence or a change of direction forges a line in"
              + " whatever log or page shows it.",
          "Build the image with golden:build, which refuses to stamp such text.",
          false);

  @Override
  public About about() {
    return ABOUT;
  }

  @Override
  public List<Finding> check(Subject subject) {
    List<Finding> findings = new ArrayList<>();
    new TreeMap<>(subject.labels())
        .forEach(
            (key, value) -> {
              boolean ours = Label.isReserved(key) || Label.speaksOfOneImage(key);
              if (ours && !(Printable.isPlain(key) && Printable.isPlain(value))) {
                findings.add(
                    Finding.refuse(
                        ABOUT, "printable text of one line", value, label(subject, key)));
              }
            });
    return findings;
  }

  private static String label(Subject subject, String key) {
    return subject.where() + ", label " + key;
  }
}
