package io.github.goldenmaven.verify.report;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The findings of one image in SARIF. An image is no file of a repository, and code scanning knows
 * nothing else: its place is a path named like the image, the same in every build, line 1.
 */
final class SarifResults {

  /** What differs from build to build. */
  private static final Pattern DIGEST =
      Pattern.compile("sha256:[0-9a-f]{64}|(?<=layer )[0-9a-f]{12}");

  private static final JsonObject FIRST =
      JsonObject.EMPTY
          .with("startLine", 1)
          .with("startColumn", 1)
          .with("endLine", 1)
          .with("endColumn", 1);

  private final String name;
  private final ImageReport image;
  private final Map<String, Integer> seen = new HashMap<>();

  /**
   * @param name without host, tag and digest
   */
  SarifResults(String name, ImageReport image) {
    this.name = name;
    this.image = image;
  }

  List<JsonObject> findings() {
    return image.findings().stream().map(this::result).toList();
  }

  private JsonObject result(Finding finding) {
    String said =
        "Expected " + finding.expected() + ", found " + finding.found() + ". " + finding.remedy();
    JsonObject result =
        JsonObject.EMPTY
            .with("ruleId", finding.rule().id())
            .with("level", finding.severity() == Severity.WARN ? "warning" : "error")
            .with("message", VerifySarif.text(said))
            .with("locations", JsonValue.ofObjects(List.of(location(finding))))
            .with(
                "partialFingerprints",
                JsonObject.EMPTY.with("primaryLocationLineHash", fingerprint(finding)));
    return finding
        .waiver()
        .map(
            waiver ->
                result.with(
                    "suppressions",
                    JsonValue.ofObjects(
                        List.of(
                            JsonObject.EMPTY
                                .with("kind", "external")
                                .with("status", "accepted")
                                .with("justification", Printable.of(waiver.reason(), 2000))))))
        .orElse(result);
  }

  private JsonObject location(Finding finding) {
    return JsonObject.EMPTY
        .with(
            "physicalLocation",
            JsonObject.EMPTY
                .with("artifactLocation", JsonObject.EMPTY.with("uri", path()))
                .with("region", FIRST))
        .with(
            "logicalLocations",
            JsonValue.ofObjects(
                List.of(
                    JsonObject.EMPTY
                        .with("name", Printable.of(image.reference()))
                        .with("fullyQualifiedName", Printable.of(finding.where(), 2000))
                        .with("kind", "resource"))));
  }

  /** RFC 3986, a relative reference of segments. */
  private String path() {
    String path =
        URLEncoder.encode(Printable.of(name), StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("%2F", "/")
            .replaceAll("/{2,}|^/+", "/");
    return path.startsWith("/") ? path.substring(1) : path;
  }

  /**
   * The same for the same fault of the image's next build; two that look alike are counted.
   *
   * @see <a href="https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html">SARIF
   *     2.1.0, section 3.27.17</a>
   */
  private String fingerprint(Finding finding) {
    String place = DIGEST.matcher(finding.where().replace(image.reference(), "")).replaceAll("");
    String hash =
        Digest.of(
                (finding.rule().id() + '\n' + name + '\n' + place).getBytes(StandardCharsets.UTF_8))
            .shortHex();
    return hash + ":" + seen.merge(hash, 1, Integer::sum);
  }
}
