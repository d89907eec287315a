package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.text.Size;
import io.github.goldenmaven.verify.finding.Finding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The layers of an image as blocks, the top one first, with the seam between the golden image's and
 * its own; each named, those with a finding marked. Told apart by patterns too, for print and for
 * those who do not see colours.
 */
final class LayersHtml {

  /**
   * Of many layers those at the top, the bottom and the seam are drawn, and those with findings.
   */
  private static final int TOP = 24;

  private static final int NEAR = 4;
  private static final int TOLD = 80;

  private final Html html;
  private final ImageReport.Stack stack;
  private final List<Finding> guilty;

  private LayersHtml(Html html, ImageReport.Stack stack, List<Finding> guilty) {
    this.html = html;
    this.stack = stack;
    this.guilty = guilty;
  }

  /** One for each platform: of several those that something is found in are unfolded. */
  static void pictures(Html html, ImageReport image) {
    List<Finding> guilty =
        image.findings().stream().filter(finding -> finding.where().contains("layer ")).toList();
    List<ImageReport.Stack> stacks =
        image.lineage().stacks().stream().filter(stack -> !stack.layers().isEmpty()).toList();
    for (ImageReport.Stack stack : stacks) {
      if (stacks.size() > 1) {
        html.line(
            "<details class=\"platform\"%s><summary>%s, %s</summary>"
                .formatted(
                    image.findings().stream().anyMatch(stack::isIn) ? " open=\"\"" : "",
                    Markup.of(stack.platform()),
                    Html.count(stack.layers().size(), "layer")));
      }
      new LayersHtml(html, stack, guilty).picture();
      if (stacks.size() > 1) {
        html.line("</details>");
      }
    }
  }

  private void picture() {
    List<ImageReport.Layer> layers = stack.layers();
    html.line(
        ("<ol class=\"layers\" aria-label=\"%s, %s of them proven to be the golden image's; the top"
                + " one first\">")
            .formatted(Html.count(layers.size(), "layer"), stack.goldenLayers()));
    int skipped = 0;
    for (int at = layers.size() - 1; at >= 0; at--) {
      String rules = rules(layers.get(at));
      if (!isNear(at) && rules.isEmpty()) {
        skipped++;
        continue;
      }
      skipped(skipped);
      skipped = 0;
      layer(at, rules);
      if (at > 0 && at == stack.goldenLayers()) {
        html.line("<li class=\"seam\">seam, proven</li>");
      }
    }
    skipped(skipped);
    html.line("</ol>");
  }

  private boolean isNear(int at) {
    return at < NEAR
        || at >= stack.layers().size() - TOP
        || Math.abs(at - stack.goldenLayers()) < NEAR;
  }

  private void skipped(int count) {
    if (count > 0) {
      html.line("<li class=\"more\">" + Html.count(count, "layer") + " more</li>");
    }
  }

  private void layer(int at, String rules) {
    ImageReport.Layer layer = stack.layers().get(at);
    String owner =
        at < stack.goldenLayers()
            ? "golden"
            : stack.goldenLayers() > 0 ? "application" : "unproven";
    html.line(
        "<li class=\""
            + owner
            + (rules.isEmpty() ? "" : " guilty")
            + "\">"
            + block(rules.isEmpty() ? owner : "guilty")
            + "<span><b>"
            + (at + 1)
            + "</b> "
            + owner
            + " <code>"
            + layer.digest().shortHex()
            + "</code> "
            + new Size(Math.max(0, layer.size()))
            + " "
            + Markup.of(Printable.of(layer.told(), TOLD))
            + (rules.isEmpty() ? "" : " <strong>" + rules + "</strong>")
            + "</span></li>");
  }

  /** Lines across in a pattern of its own for each owner; one colour of ink each. */
  private static String block(String kind) {
    StringBuilder block =
        new StringBuilder(
            "<svg class=\"block\" aria-hidden=\"true\" width=\"64\" height=\"16\""
                + " viewBox=\"0 0 64 16\"><rect class=\""
                + kind
                + "\" x=\"1\" y=\"1\" width=\"62\" height=\"14\" rx=\"2\"/>");
    String path =
        switch (kind) {
          case "application" -> "M10 15L22 1M26 15L38 1M42 15L54 1";
          case "guilty" -> "M4 15L18 1M4 1L18 15M25 15L39 1M25 1L39 15M46 15L60 1M46 1L60 15";
          default -> "";
        };
    if (!path.isEmpty()) {
      block.append("<path d=\"").append(path).append("\"/>");
    }
    return block.append("</svg>").toString();
  }

  private String rules(ImageReport.Layer layer) {
    return guilty.stream()
        .filter(layer::isIn)
        .map(finding -> finding.rule().id())
        .distinct()
        .limit(TOP)
        .collect(Collectors.joining(", "));
  }
}
