package io.github.goldenmaven.packaging.maven;

import io.github.goldenmaven.packaging.container.CommaText;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import io.github.goldenmaven.packaging.layers.ExtraDirectory;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.PluginParameterExpressionEvaluator;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.component.configurator.expression.ExpressionEvaluationException;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * What a project's POM tells jib-maven-plugin, as defaults for us. Read from the effective POM, so
 * that a project that builds with jib today packages the same service here; from the POM only, so
 * that {@code -Djib.…} of the user reaches nothing.
 *
 * @param plugin jib-maven-plugin as the POM has it; {@code null} where it has none
 * @param fromImage jib's base, which is never used: for a hint to the user
 * @param toImage jib's target, which is never used: for a hint to the user
 * @param toTags jib's further tags, which are never used: for a hint to the user
 * @param timestamped whether the image's time was to come from the clock, which is not taken over
 */
public record ExistingJib(
    LayeringSettings settings,
    List<ExtensionSettings> extensions,
    @Nullable Plugin plugin,
    @Nullable String fromImage,
    @Nullable String toImage,
    List<String> toTags,
    boolean timestamped) {

  static final String KEY = "com.google.cloud.tools:jib-maven-plugin";
  static final Set<String> GOALS = Set.of("build", "dockerBuild", "buildTar");
  static final String CLOCK = "USE_CURRENT_TIMESTAMP";

  public ExistingJib {
    extensions = List.copyOf(extensions);
    toTags = List.copyOf(toTags);
  }

  /** Reads the effective POM. */
  public static ExistingJib of(MavenSession session, MavenProject project) {
    Plugin plugin = plugin(project);
    MavenDom dom = new MavenDom(configuration(plugin), expressions(session, project));
    PomProperties properties = new PomProperties(project, session);
    PomSettings container = new PomSettings(properties, dom, "container");
    PomSettings extra = new PomSettings(properties, dom, "extraDirectories");
    return new ExistingJib(
        new LayeringSettings(
            ContainerSettings.read(container),
            extraDirectories(extra, ProjectReader.folder(project)),
            permissions(extra),
            new PomSettings(properties, dom, "").text("containerizingMode")),
        extensions(dom),
        plugin,
        PomSettings.either(properties.hint("jib.from.image"), dom.at("from", "image").text()),
        toImage(dom.at("to"), properties),
        toTags(dom.at("to", "tags"), properties.hint("jib.to.tags")),
        CLOCK.equals(container.written("creationTime")));
  }

  /** A plugin that is only managed counts too: {@code mvn jib:build} takes its configuration. */
  private static @Nullable Plugin plugin(MavenProject project) {
    Plugin plugin = project.getPlugin(KEY);
    return plugin != null || project.getPluginManagement() == null
        ? plugin
        : project.getPluginManagement().getPluginsAsMap().get(KEY);
  }

  /** That of the only execution that builds an image, which has the plugin's own in it already. */
  private static @Nullable Xpp3Dom configuration(@Nullable Plugin plugin) {
    if (plugin == null) {
      return null;
    }
    List<Object> ofExecutions =
        plugin.getExecutions().stream()
            .filter(execution -> execution.getGoals().stream().anyMatch(GOALS::contains))
            .map(PluginExecution::getConfiguration)
            .filter(Objects::nonNull)
            .toList();
    return (Xpp3Dom) (ofExecutions.size() == 1 ? ofExecutions.get(0) : plugin.getConfiguration());
  }

  private static List<ExtraDirectory> extraDirectories(PomSettings said, Path basedir) {
    List<String> ofProperty = said.properties().list("jib.extraDirectories.paths");
    MavenDom paths = said.element("paths");
    if (ofProperty != null || paths.children().isEmpty()) {
      List<String> plain = PomSettings.either(ofProperty, paths.texts());
      return plain == null
          ? List.of()
          : plain.stream().map(path -> ExtraDirectory.of(basedir.resolve(path))).toList();
    }
    return paths.children().stream().map(path -> extraDirectory(path, basedir)).toList();
  }

  private static ExtraDirectory extraDirectory(MavenDom path, Path basedir) {
    String from = path.children().isEmpty() ? path.text() : path.at("from").text();
    String into = path.at("into").text();
    return new ExtraDirectory(
        from == null || from.isEmpty() ? Path.of("") : basedir.resolve(from),
        into == null ? "/" : into,
        orNone(path.at("includes").texts()),
        orNone(path.at("excludes").texts()));
  }

  private static Map<String, String> permissions(PomSettings said) {
    Map<String, String> ofProperty = said.properties().map("jib.extraDirectories.permissions");
    if (ofProperty != null) {
      return ofProperty;
    }
    Map<String, String> permissions = new LinkedHashMap<>();
    for (MavenDom permission : said.element("permissions").children()) {
      permissions.put(orEmpty(permission.at("file")), orEmpty(permission.at("mode")));
    }
    return permissions;
  }

  private static List<ExtensionSettings> extensions(MavenDom dom) {
    List<ExtensionSettings> extensions = new ArrayList<>();
    for (MavenDom extension : dom.at("pluginExtensions").children()) {
      Map<String, String> properties = extension.at("properties").map();
      extensions.add(
          new ExtensionSettings(
              orEmpty(extension.at("implementation")),
              properties == null ? Map.of() : properties,
              extension.at("configuration").dom()));
    }
    return extensions;
  }

  /** jib also knows the property {@code image}, and {@code <to>name</to>} for short. */
  private static @Nullable String toImage(MavenDom to, PomProperties properties) {
    return PomSettings.either(
        PomSettings.either(properties.hint("image"), properties.hint("jib.to.image")),
        to.children().isEmpty() ? to.text() : to.at("image").text());
  }

  private static List<String> toTags(MavenDom tags, @Nullable String ofProperty) {
    return ofProperty != null ? CommaText.list(ofProperty) : orNone(tags.texts());
  }

  private static List<String> orNone(@Nullable List<String> texts) {
    return texts == null ? List.of() : texts;
  }

  private static String orEmpty(MavenDom dom) {
    String text = dom.text();
    return text == null ? "" : text;
  }

  /** What a POM's own interpolation left open, other plugins may have set since. */
  private static UnaryOperator<@Nullable String> expressions(
      MavenSession session, MavenProject project) {
    return text -> {
      if (text == null || !text.contains("${")) {
        return text;
      }
      MavenSession ofProject = session.clone();
      ofProject.setCurrentProject(project);
      try {
        Object value =
            new PluginParameterExpressionEvaluator(
                    ofProject, new MojoExecution(new MojoDescriptor()))
                .evaluate(text);
        return value == null ? null : value.toString();
      } catch (ExpressionEvaluationException e) {
        return text;
      }
    };
  }
}
