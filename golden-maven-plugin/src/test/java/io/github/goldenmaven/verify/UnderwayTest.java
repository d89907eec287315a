package io.github.goldenmaven.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import io.github.goldenmaven.verify.report.ReportNames;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnderwayTest {

  private static final List<ImageReference> IMAGES =
      List.of(image("orders"), image("chart"), image("stock"), image("prices"));

  private final BlockingQueue<List<ImageReport>> told = new LinkedBlockingQueue<>();

  @Test
  void whatIsKnownIsToldWhileTheRestIsNot() throws InterruptedException {
    try (Underway underway = new Underway(IMAGES, told::add)) {
      underway.judged(2, Optional.of(passed("stock")));

      assertThat(told.take())
          .extracting(ImageReport::reference, ImageReport::verdict)
          .containsExactly(
              pair("orders", Verdict.UNKNOWN),
              pair("chart", Verdict.UNKNOWN),
              pair("stock", Verdict.PASS),
              pair("prices", Verdict.UNKNOWN));

      underway.judged(1, Optional.empty());
      underway.judged(0, Optional.of(passed("orders")));

      List<ImageReport> last = told.take();
      while (last.stream().filter(image -> image.verdict() == Verdict.PASS).count() < 2) {
        last = told.take();
      }
      assertThat(last)
          .extracting(ImageReport::reference, ImageReport::verdict)
          .containsExactly(
              pair("orders", Verdict.PASS),
              pair("stock", Verdict.PASS),
              pair("prices", Verdict.UNKNOWN));
      assertThat(last.get(2).findings().get(0).found())
          .isEqualTo("the run had not judged this image when this was written");
    }
  }

  /** Until the last is judged, no report passes; then it is for the run's end to write it. */
  @Test
  void nothingIsToldOfOneImageAloneOrOfAllOfThemOrAfterTheEnd() {
    try (Underway one = new Underway(IMAGES.subList(0, 1), told::add)) {
      one.judged(0, Optional.of(passed("orders")));
    }
    Underway closed = new Underway(IMAGES, told::add);
    closed.close();
    closed.judged(0, Optional.of(passed("orders")));

    assertThat(told).isEmpty();
  }

  @Test
  void tenThousandImagesOfOneNameAreNamedApart() {
    List<String> names =
        ReportNames.of(IntStream.range(0, 10_000).mapToObj(at -> "localhost:5000/a:1").toList());

    assertThat(names).hasSize(10_000).doesNotHaveDuplicates();
    assertThat(names.subList(0, 3)).containsExactly("a 1", "a 1 2", "a 1 3");
  }

  private static org.assertj.core.groups.Tuple pair(String name, Verdict verdict) {
    return org.assertj.core.groups.Tuple.tuple(image(name).toString(), verdict);
  }

  private static ImageReference image(String name) {
    return ImageReference.parse("registry.company.example/shop/" + name + ":1");
  }

  private static ImageReport passed(String name) {
    return new ImageReport(
        image(name).toString(), null, ImageReport.Line.NONE, List.of(), List.of());
  }
}
