package io.github.goldenmaven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What a visitor of the repository, Maven Central and GitHub see of it. */
class FrontTest {

  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
  private static final Path MAIN = Path.of("src", "main", "java", "io", "github", "goldenmaven");

  @Test
  void theReadmeIsOnePage() throws IOException {
    assertThat(lines("README.md")).hasSizeLessThanOrEqualTo(110);
  }

  @Test
  void theChangelogTellsTheUnreleasedVersionInTwentyPoints() throws IOException {
    List<String> unreleased =
        lines("CHANGELOG.md").stream()
            .dropWhile(line -> !line.equals("## [Unreleased]"))
            .skip(1)
            .takeWhile(line -> !line.startsWith("## "))
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();

    assertThat(unreleased).hasSizeBetween(5, 21);
  }

  @Test
  void gitHubRunsWhatCiRunsWithActionsOfOneCommit() throws IOException {
    List<String> workflow = lines(".github/workflows/verify.yml");

    assertThat(workflow).contains("      - run: .ci/run", "  contents: read");
    assertThat(workflow)
        .filteredOn(line -> line.contains("uses:"))
        .isNotEmpty()
        .allMatch(line -> line.matches(" +- uses: [\\w-]+/[\\w-]+@[0-9a-f]{40} # v[0-9.]+"));
  }

  @Test
  void thePictureOfTheHouseAndItsPageNameEveryRoom() throws IOException {
    String picture = Files.readString(CHECKOUT.resolve("docs/house.svg"));
    try (Stream<Path> rooms = Files.list(MAIN)) {
      assertThat(rooms.filter(Files::isDirectory))
          .allSatisfy(room -> assertThat(picture).contains(">" + room.getFileName() + "</text>"));
    }
    assertThat(drawnRooms())
        .isNotEmpty()
        .allSatisfy(room -> assertThat(MAIN.resolve(room)).isDirectory());
  }

  @Test
  void theArchitectureNamesOnlyRoomsAndMethodsThatExist() throws IOException {
    String page = Files.readString(CHECKOUT.resolve("docs/architecture.md"));
    assertThat(Pattern.compile("`([a-z]+(?:/[a-z]+)*)/?`").matcher(page).results())
        .extracting(room -> room.group(1))
        .filteredOn(room -> page.contains("`" + room + "/`") || room.contains("/"))
        .isNotEmpty()
        .allSatisfy(room -> assertThat(MAIN.resolve(room)).isDirectory());
    for (String method :
        List.of("packaging/ImageBuild run", "bake/ImageBake run", "verify/Gate check")) {
      String[] parts = method.split(" ", 2);
      String name = parts[0].replaceFirst(".*/", "") + "." + parts[1];
      assertThat(page).contains("`" + name + "`");
      assertThat(Files.readString(MAIN.resolve(parts[0] + ".java")))
          .contains(" " + parts[1] + "() {");
    }
  }

  /** Central's own list: central.sonatype.org/publish/requirements. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/project/name",
        "/project/description",
        "/project/url",
        "/project/licenses/license/url",
        "/project/developers/developer/name",
        "/project/scm/connection",
        "/project/scm/developerConnection",
        "/project/scm/url"
      })
  void mavenCentralFindsWhatItDemands(String path) throws Exception {
    assertThat(found(path)).hasSize(1).allSatisfy(text -> assertThat(text).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maven-source-plugin",
        "maven-javadoc-plugin",
        "maven-gpg-plugin",
        "central-publishing-maven-plugin"
      })
  void aReleaseBringsSourcesJavadocAndSignatures(String plugin) throws Exception {
    String version =
        "/project/profiles/profile[id='release']/build/plugins/plugin[artifactId='%s']/version";
    assertThat(found(version.formatted(plugin)))
        .hasSize(1)
        .allSatisfy(text -> assertThat(text).matches("[0-9.]+"));
  }

  private static List<String> drawnRooms() throws IOException {
    return Pattern.compile("class=\"room\"[^>]*>([a-z]+)</text>")
        .matcher(Files.readString(CHECKOUT.resolve("docs/house.svg")))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static List<String> found(String path) throws Exception {
    Document pom =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(CHECKOUT.resolve("pom.xml").toFile());
    XPath xpath = XPathFactory.newInstance().newXPath();
    NodeList nodes = (NodeList) xpath.evaluate(path, pom, XPathConstants.NODESET);
    return Stream.iterate(0, i -> i < nodes.getLength(), i -> i + 1)
        .map(i -> nodes.item(i).getTextContent().strip())
        .toList();
  }

  private static List<String> lines(String file) throws IOException {
    return Files.readAllLines(CHECKOUT.resolve(file));
  }
}
