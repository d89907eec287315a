package io.github.goldenmaven.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.mojo.service.ReadProject;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.descriptor.PluginDescriptorBuilder;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was written of parameters, as Maven hands it to a goal. */
class ParameterCheckTest {

  private static final String DESCRIPTOR =
      """
      <plugin><groupId>io.github.goldenmaven</groupId><artifactId>golden-maven-plugin</artifactId>
      <version>1</version><goalPrefix>golden</goalPrefix><mojos>
      <mojo><goal>promote</goal><implementation>x.Promote</implementation><parameters>
        <parameter><name>dryRun</name><type>boolean</type><editable>true</editable></parameter>
        <parameter><name>policy</name><type>java.io.File</type><editable>true</editable></parameter>
        <parameter><name>session</name><type>x.Session</type><editable>false</editable></parameter>
      </parameters><configuration>
        <dryRun implementation="boolean" default-value="false">${golden.dryRun}</dryRun>
        <policy implementation="java.io.File">${golden.policy}</policy>
        <session implementation="x.Session" default-value="${session}"/>
      </configuration></mojo>
      <mojo><goal>build</goal><implementation>x.Build</implementation><parameters>
        <parameter><name>container</name><type>x.Block</type><editable>true</editable></parameter>
        <parameter><name>containerExpandClasspathDependencies</name><type>java.lang.Boolean</type>
          <editable>true</editable></parameter>
        <parameter><name>extraDirectories</name><type>x.Block</type><editable>true</editable></parameter>
        <parameter><name>push</name><type>boolean</type><editable>true</editable></parameter>
      </parameters><configuration>
        <push implementation="boolean" default-value="true">${golden.push}</push>
        <containerExpandClasspathDependencies implementation="java.lang.Boolean">${golden.container.expandClasspathDependencies}</containerExpandClasspathDependencies>
      </configuration></mojo>
      </mojos></plugin>
      """;

  @TempDir private Path folder;
  private final Properties typed = new Properties();
  private final MavenProject project = new MavenProject(new Model());
  private final RecordingConsole console = new RecordingConsole();

  @ParameterizedTest
  @ValueSource(strings = {"yes", "TRUE", "True", " true", "1", "", "no", "true "})
  void aTruthIsTrueOrFalse(String said) throws Exception {
    typed.setProperty("golden.dryRun", said);

    assertThatThrownBy(() -> check("promote", "").requireTruths())
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'%s' in <dryRun> is neither true nor false. Write 'true' or 'false' in <dryRun> or"
                + " with -Dgolden.dryRun, in small letters and without blanks.",
            said);
  }

  @Test
  void aTruthOfThePomIsTrueOrFalseToo() throws Exception {
    assertThatThrownBy(() -> check("promote", "<dryRun>yes</dryRun>").requireTruths())
        .hasMessageStartingWith("'yes' in <dryRun> is neither true nor false.");
    assertThatThrownBy(
            () ->
                check(
                        "build",
                        "<container><expandClasspathDependencies>on</expandClasspathDependencies>"
                            + "</container>")
                    .requireTruths())
        .hasMessage(
            "'on' in <container><expandClasspathDependencies> is neither true nor false. Write"
                + " 'true' or 'false' in <container><expandClasspathDependencies> or with"
                + " -Dgolden.container.expandClasspathDependencies, in small letters and without"
                + " blanks.");
    project.getProperties().setProperty("golden.dryRun", "ja");
    assertThatThrownBy(() -> check("promote", "").requireTruths())
        .hasMessageStartingWith("'ja' in <dryRun> is neither true nor false.");
  }

  /**
   * The literal of a POM hides what is typed from the goal, and the mistake would be hidden, too.
   */
  @Test
  void allWrongTruthsAreToldTogether() throws Exception {
    typed.setProperty("golden.push", "no");
    typed.setProperty("golden.container.expandClasspathDependencies", "1");

    assertThatThrownBy(() -> check("promote", "<dryRun>yes</dryRun>").requireTruths())
        .hasMessageStartingWith("3 things are wrong:\n  'yes' in <dryRun> is neither")
        .hasMessageContaining("\n  'no' in <push> is neither")
        .hasMessageContaining("\n  '1' in <container><expandClasspathDependencies> is neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void theTwoTruthsPass(String said) {
    typed.setProperty("golden.dryRun", said);
    typed.setProperty("golden.push", said);

    assertThatCode(() -> check("promote", "<dryRun>" + said + "</dryRun>").requireTruths())
        .doesNotThrowAnyException();
  }

  @Test
  void aMisspeltPropertyIsRefusedInAReleaseAndElsewhereWarnedOfOnce() throws Exception {
    typed.setProperty("golden.polcy", "x");
    typed.setProperty("golden.dryrun", "true");
    typed.setProperty("goldn.push", "false");
    typed.setProperty("golden.whatever", "x");
    typed.setProperty("golden.policy", "x");
    typed.setProperty("other.polcy", "x");

    assertThatThrownBy(() -> check("promote", "").requireNames(true, console))
        .hasMessage(
            """
            4 things are wrong:
              No goal has a property 'golden.dryrun'.
                  Did you mean 'golden.dryRun'?
              No goal has a property 'golden.polcy'.
                  Did you mean 'golden.policy'?
              No goal has a property 'golden.whatever'.
                  Remove it, or look up its name with 'mvn io.github.goldenmaven:golden-maven-plugin:help -Ddetail'.
              No goal has a property 'goldn.push'.
                  Did you mean 'golden.push'?
            Correct them all, and run it again.\
            """);
    ParameterCheck check = check("promote", "");
    check.requireNames(false, console);
    check.requireNames(false, console);
    assertThat(console.lines)
        .hasSize(4)
        .first()
        .asString()
        .contains("No goal has a property 'golden.dryrun'. Did you mean 'golden.dryRun'?");
  }

  /** Companies have properties of their own, also ones that begin with golden. */
  @Test
  void aPropertyOfThePomIsMisspeltOnlyWhereItIsNearlyOneOfOurs() throws Exception {
    project.getProperties().setProperty("golden.version", "21");
    project.getProperties().setProperty("golden.polcy", "x");
    typed.setProperty("golden.version", "22");

    check("promote", "").requireNames(false, console);
    assertThat(console.lines).hasSize(1).first().asString().contains("'golden.polcy'");
  }

  @Test
  void elementsOfAllGoalsAreKnownAndNoOthers() throws Exception {
    ParameterCheck check =
        check("promote", "<policyy>x</policyy><push>true</push><session>x</session>");

    assertThatThrownBy(() -> check.requireNames(true, console))
        .hasMessage(
            """
            2 things are wrong:
              '<policyy>' in the POM's <configuration> of golden-maven-plugin is no parameter of any goal.
                  Did you mean '<policy>'?
              '<session>' in the POM's <configuration> of golden-maven-plugin is no parameter of any goal.
                  Remove it, or look up its name with 'mvn io.github.goldenmaven:golden-maven-plugin:help -Ddetail'.
            Correct them all, and run it again.\
            """);
  }

  @Test
  void elementsWithinElementsAreKnownToo() throws Exception {
    ParameterCheck check =
        check(
            "build",
            "<container><mainClas>x</mainClas><environment><ANY>x</ANY></environment></container>"
                + "<extraDirectories><path>x</path><paths><path><form>x</form></path></paths>"
                + "<permissions><permission><modus>644</modus></permission></permissions>"
                + "</extraDirectories>");

    assertThatThrownBy(() -> check.requireNames(true, console))
        .hasMessage(
            """
            4 things are wrong:
              '<mainClas>' in the POM's <container> of golden-maven-plugin is no parameter of any goal.
                  Did you mean '<mainClass>'?
              '<path>' in the POM's <extraDirectories> of golden-maven-plugin is no parameter of any goal.
                  Did you mean '<paths>'?
              '<form>' in the POM's <extraDirectories><paths> of golden-maven-plugin is no parameter of any goal.
                  Did you mean '<from>'?
              '<modus>' in the POM's <extraDirectories><permissions> of golden-maven-plugin is no parameter of any goal.
                  Known are 'file', 'mode'.
            Correct them all, and run it again.\
            """);
  }

  private ParameterCheck check(String goal, String configuration) throws Exception {
    return check(folder, typed, project, goal, configuration);
  }

  /** As Maven hands it over, of a plugin with a few of our parameters. */
  static ParameterCheck check(
      Path folder, Properties typed, MavenProject project, String goal, String configuration)
      throws Exception {
    PluginDescriptor descriptor = new PluginDescriptorBuilder().build(new StringReader(DESCRIPTOR));
    Xpp3Dom written =
        Xpp3DomBuilder.build(
            new StringReader("<configuration>" + configuration + "</configuration>"));
    Plugin plugin = new Plugin();
    plugin.setGroupId(descriptor.getGroupId());
    plugin.setArtifactId(descriptor.getArtifactId());
    plugin.setConfiguration(written);
    Build build = new Build();
    build.addPlugin(plugin);
    project.getModel().setBuild(build);
    MavenSession session = ReadProject.session(folder, typed);
    session.setProjects(List.of(project));
    session.setCurrentProject(project);
    MojoExecution execution = new MojoExecution(descriptor.getMojo(goal), "default-cli");
    execution.setConfiguration(written);
    return new ParameterCheck(session, execution);
  }
}
