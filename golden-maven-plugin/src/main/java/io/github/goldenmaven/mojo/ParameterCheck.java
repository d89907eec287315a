package io.github.goldenmaven.mojo;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.text.NearestName;
import io.github.goldenmaven.text.Printable;
import java.beans.Introspector;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * What was written of this plugin's parameters, checked before a goal does anything. Maven takes
 * every truth that is not {@code true} for false, which releases where a dry run was meant, and
 * says nothing of a name that nobody has.
 */
final class ParameterCheck {

  private final MavenSession session;
  private final MojoExecution execution;
  private final PluginDescriptor plugin;
  private final KnownParameters known;
  private final Expressions expressions;

  ParameterCheck(MavenSession session, MojoExecution execution) {
    this.session = session;
    this.execution = execution;
    this.plugin = execution.getMojoDescriptor().getPluginDescriptor();
    this.known = KnownParameters.of(plugin);
    this.expressions = new Expressions(session, execution);
  }

  /**
   * Demands truths that are true or false.
   *
   * @throws RefusedException with all that are neither
   */
  void requireTruths() {
    ProblemCollector together = new ProblemCollector();
    for (Parameter parameter : execution.getMojoDescriptor().getParameters()) {
      if (KnownParameters.isTruth(parameter)) {
        String where = parameter.getName().replaceFirst("^container(?=[A-Z])", "");
        boolean inBlock = !where.equals(parameter.getName());
        where = inBlock ? "container." + Introspector.decapitalize(where) : where;
        truth(together, where, configured(parameter.getName()));
        truth(together, where, configured(where.split("\\.")));
      }
    }
    MavenProject project = session.getCurrentProject();
    for (String property : known.truths()) {
      // Of goals that do not run, too: golden.push is asked of those that push.
      String where = property.substring(KnownParameters.PREFIX.length());
      String typed = session.getUserProperties().getProperty(property);
      truth(together, where, typed);
      if (typed == null) {
        truth(together, where, session.getSystemProperties().getProperty(property));
        truth(together, where, project.getProperties().getProperty(property));
      }
    }
    together.refuse();
  }

  /** What Maven reads into a parameter of this goal. */
  private @Nullable String configured(String... names) {
    Xpp3Dom at = execution.getConfiguration();
    for (String name : names) {
      at = at == null ? null : at.getChild(name);
    }
    return at == null || at.getValue() == null ? null : expressions.apply(at.getValue());
  }

  private static void truth(ProblemCollector together, String where, @Nullable String said) {
    if (said == null || said.equals("true") || said.equals("false")) {
      return;
    }
    String element = "<" + where.replace(".", "><") + ">";
    together.add(
        new RefusedException(
            "'" + Printable.of(said) + "' in " + element + " is neither true nor false.",
            "Write 'true' or 'false' in %s or with -D%s%s, in small letters and without blanks."
                .formatted(element, KnownParameters.PREFIX, where)));
  }

  /**
   * Looks for unknown names: in a release they are refused, otherwise each causes one warning in a
   * build.
   */
  void requireNames(boolean release, Console console) {
    ProblemCollector together = new ProblemCollector();
    misspelt(together);
    if (release) {
      together.refuse();
    }
    for (RefusedException fault : together.refusals()) {
      Object key = "golden.misspelt " + fault.problem();
      if (session.getRepositorySession().getData().set(key, null, true)) {
        console.warn(fault.problem(), fault.remedy());
      }
    }
  }

  private void misspelt(ProblemCollector together) {
    MavenProject project = session.getCurrentProject();
    Collection<String> typed = new TreeSet<>(session.getUserProperties().stringPropertyNames());
    typed.addAll(session.getSystemProperties().stringPropertyNames());
    for (String property : typed) {
      boolean ofThePom = project.getProperties().containsKey(property);
      property(together, property, !ofThePom && property.startsWith(KnownParameters.PREFIX));
    }
    for (String property : new TreeSet<>(project.getProperties().stringPropertyNames())) {
      property(together, property, false);
    }
    configurations(project).forEach(dom -> elements(together, "", dom, known.names()));
    Xpp3Dom configured = execution.getConfiguration();
    if (configured != null) {
      blocks(together, configured);
    }
  }

  /**
   * A POM may have properties of its own that begin with {@code golden.}; those that are nearly one
   * of ours are taken for it.
   *
   * @param ours whether nobody else can be meant
   */
  private void property(ProblemCollector together, String property, boolean ours) {
    if (known.properties().contains(property)) {
      return;
    }
    String nearest = known.nearest(property).orElse(null);
    if (nearest != null || ours) {
      together.add(
          new RefusedException(
              "No goal has a property '" + Printable.of(property) + "'.",
              nearest == null ? all() : "Did you mean '" + nearest + "'?"));
    }
  }

  /** How to have a goal's parameters listed. */
  static String help(MojoExecution execution) {
    PluginDescriptor plugin = execution.getMojoDescriptor().getPluginDescriptor();
    return "All parameters: mvn "
        + plugin.getGroupId()
        + ":"
        + plugin.getArtifactId()
        + ":help -Ddetail -Dgoal="
        + execution.getGoal().replaceFirst("-check$", "");
  }

  private String all() {
    return "Remove it, or look up its name with 'mvn %s:%s:help -Ddetail'."
        .formatted(plugin.getGroupId(), plugin.getArtifactId());
  }

  private void blocks(ProblemCollector together, Xpp3Dom configured) {
    Xpp3Dom container = configured.getChild("container");
    if (container != null) {
      elements(together, "<container>", container, ContainerSettings.KEYS);
    }
    Xpp3Dom extra = configured.getChild("extraDirectories");
    if (extra == null) {
      return;
    }
    elements(together, "<extraDirectories>", extra, ExtraDirectoriesParameters.KEYS);
    inEach(together, extra.getChild("paths"), ExtraDirectoriesParameters.PATH_KEYS);
    inEach(together, extra.getChild("permissions"), ExtraDirectoriesParameters.PERMISSION_KEYS);
  }

  private void inEach(ProblemCollector together, @Nullable Xpp3Dom list, Collection<String> keys) {
    if (list == null) {
      return;
    }
    for (Xpp3Dom element : list.getChildren()) {
      elements(together, "<extraDirectories><" + list.getName() + ">", element, keys);
    }
  }

  private void elements(
      ProblemCollector together, String in, Xpp3Dom dom, Collection<String> keys) {
    for (Xpp3Dom element : dom.getChildren()) {
      String name = element.getName();
      if (!keys.contains(name)) {
        together.add(
            new RefusedException(
                "'<%s>' in the POM's %s of %s is no parameter of any goal."
                    .formatted(
                        Printable.of(name),
                        in.isEmpty() ? "<configuration>" : in,
                        plugin.getArtifactId()),
                NearestName.among(keys, name)
                    .map(near -> "Did you mean '<" + near + ">'?")
                    .orElseGet(() -> in.isEmpty() ? all() : NearestName.advice(keys, name))));
      }
    }
  }

  /** The plugin's own, and that of the execution that runs; it has the plugin's in it already. */
  private List<Xpp3Dom> configurations(MavenProject project) {
    Plugin written = written(project);
    if (written == null) {
      return List.of();
    }
    PluginExecution running = written.getExecutionsAsMap().get(execution.getExecutionId());
    Object ofRunning = running == null ? null : running.getConfiguration();
    return Stream.of(written.getConfiguration(), ofRunning)
        .filter(Objects::nonNull)
        .map(Xpp3Dom.class::cast)
        .toList();
  }

  /** A plugin that is only managed counts too: a goal that is typed takes its configuration. */
  private @Nullable Plugin written(MavenProject project) {
    Plugin written = project.getPlugin(plugin.getPluginLookupKey());
    return written != null || project.getPluginManagement() == null
        ? written
        : project.getPluginManagement().getPluginsAsMap().get(plugin.getPluginLookupKey());
  }
}
