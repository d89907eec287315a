package io.github.goldenmaven.jenkins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java in the documents compiles, and does what it says in a library's own folder. */
class JavaExamplesTest {

  private static final String LIBRARY =
      """
      def call() {
        node {
          stage('Build') { sh 'make' }
          stage('Deploy') { deploy to: 'production' }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void theTestInTheReadmePasses() throws Exception {
    String example = example(PipelineScenario.CHECKOUT.resolve("jenkins-library/README.md"));
    List<String> tests = new ArrayList<>();
    Matcher test = Pattern.compile("@Test\\s+void (\\w+)\\(").matcher(example);
    while (test.find()) {
      tests.add("new CompanyPipelineTest()." + test.group(1) + "();");
    }
    assertThat(tests).hasSize(2);
    source("CompanyPipelineTest", example);
    source("Main", main(String.join(" ", tests), ""));

    assertThat(run(LIBRARY)).isEmpty();
    assertThat(run(LIBRARY.replace("sh 'make'", "def m = ('a' =~ 'a'); sh 'make'; echo \"${m}\"")))
        .contains("AssertionError");
  }

  @Test
  void theBuildInThePageAboutJenkinsIsAValue() throws Exception {
    String example = example(PipelineScenario.CHECKOUT.resolve("docs/jenkins.md"));
    source(
        "Main",
        main(
            example + "System.out.println(build.result() + build.violations());",
            "import io.github.goldenmaven.jenkins.*; import java.nio.file.Path;"));

    assertThat(run(LIBRARY)).isEqualTo("SUCCESS[]");
  }

  private static String example(Path document) throws IOException {
    Matcher block = Pattern.compile("(?s)```java\n(.*?)```").matcher(Files.readString(document));
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private static String main(String statements, String imports) {
    return imports
        + " class Main { public static void main(String[] none) throws Exception { "
        + statements
        + " } }";
  }

  private void source(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name + ".java"), text);
  }

  /** Compiles the sources, and runs Main in a folder that is a library; what it printed. */
  private String run(String step) throws IOException, InterruptedException {
    Path vars = Files.createDirectories(folder.resolve("library/vars"));
    Files.writeString(vars.resolve("companyPipeline.groovy"), step);
    String classPath = System.getProperty("java.class.path");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments =
        new ArrayList<>(List.of("-proc:none", "-cp", classPath, "-d", "" + folder));
    try (var files = Files.newDirectoryStream(folder, "*.java")) {
      files.forEach(file -> arguments.add(file.toString()));
    }
    assertThat(compiler.run(null, null, null, arguments.toArray(String[]::new))).isZero();
    Path printed = folder.resolve("printed.txt");
    Path errors = folder.resolve("errors.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + File.pathSeparator + classPath,
                "Main")
            .directory(folder.resolve("library").toFile())
            .redirectError(errors.toFile())
            .redirectOutput(printed.toFile());
    int status = builder.start().waitFor();
    // A JVM may warn there of what it was given; what a test found is the last word.
    return Files.readString(printed, UTF_8).strip()
        + (status == 0 ? "" : Files.readString(errors, UTF_8).strip());
  }
}
