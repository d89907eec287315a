package io.github.goldenmaven.packaging.jib;

import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.maven.MavenProjectProperties;
import com.google.cloud.tools.jib.maven.extension.JibMavenPluginExtension;
import com.google.cloud.tools.jib.plugins.common.RawConfiguration.ExtensionConfiguration;
import com.google.cloud.tools.jib.plugins.extension.JibPluginExtensionException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.packaging.maven.ExistingJib;
import io.github.goldenmaven.packaging.maven.ExtensionClassPath;
import io.github.goldenmaven.packaging.maven.ExtensionSettings;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.apache.maven.model.Plugin;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.classworlds.ClassWorld;
import org.codehaus.plexus.classworlds.realm.ClassRealm;
import org.codehaus.plexus.classworlds.realm.DuplicateRealmException;
import org.codehaus.plexus.component.configurator.BasicComponentConfigurator;
import org.codehaus.plexus.component.configurator.ComponentConfigurationException;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.jspecify.annotations.Nullable;

/**
 * jib's plugin extensions of one project. Their jars stand in the POM as dependencies of
 * jib-maven-plugin, or of this plugin, and are found as jib finds them, by {@link ServiceLoader}.
 */
final class JibExtensions implements AutoCloseable {

  private final List<ExtensionSettings> settings;
  private final URLClassLoader classes;
  private final List<JibMavenPluginExtension<?>> loaded;

  private JibExtensions(
      List<ExtensionSettings> settings,
      URLClassLoader classes,
      List<JibMavenPluginExtension<?>> loaded) {
    this.settings = settings;
    this.classes = classes;
    this.loaded = loaded;
  }

  /** Looks for extensions where the POM has any. */
  static JibExtensions load(
      MavenProject project, ExistingJib jib, ExtensionClassPath classPath, ClassLoader parent) {
    Plugin plugin = jib.plugin();
    List<Path> jars =
        plugin == null || jib.extensions().isEmpty() ? List.of() : classPath.of(project, plugin);
    URLClassLoader classes = new URLClassLoader(urls(jars), parent);
    List<JibMavenPluginExtension<?>> loaded = new ArrayList<>();
    if (!jib.extensions().isEmpty()) {
      try {
        for (JibMavenPluginExtension<?> extension :
            ServiceLoader.load(JibMavenPluginExtension.class, classes)) {
          loaded.add(extension);
        }
      } catch (ServiceConfigurationError e) {
        throw failed("cannot be loaded", e);
      }
    }
    return new JibExtensions(jib.extensions(), classes, loaded);
  }

  Collection<JibMavenPluginExtension<?>> loaded() {
    return List.copyOf(loaded);
  }

  /** Runs those that the POM names, in its order, each on the plan of the one before. */
  JibContainerBuilder run(MavenProjectProperties properties, JibContainerBuilder builder) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(classes);
    try {
      List<Configured> configured = settings.stream().map(this::configured).toList();
      return properties.runPluginExtensions(configured, builder);
    } catch (JibPluginExtensionException e) {
      throw failed("failed", e);
    } catch (IllegalArgumentException e) {
      throw failed("cannot be used", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public void close() {
    try {
      classes.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Configured(
      String implementation, Map<String, String> properties, @Nullable Object configuration)
      implements ExtensionConfiguration {

    @Override
    public String getExtensionClass() {
      return implementation;
    }

    @Override
    public Map<String, String> getProperties() {
      return properties;
    }

    @Override
    public Optional<Object> getExtraConfiguration() {
      return Optional.ofNullable(configuration);
    }
  }

  private Configured configured(ExtensionSettings extension) {
    Xpp3Dom dom = extension.configuration();
    return new Configured(
        extension.implementation(), extension.properties(), dom == null ? null : bean(dom));
  }

  /** Maven's own way from an element to an object of the class that its attribute names. */
  private Object bean(Xpp3Dom dom) {
    String implementation = dom.getAttribute("implementation");
    try {
      Object bean =
          implementation == null
              ? new Object()
              : classes.loadClass(implementation).getDeclaredConstructor().newInstance();
      if (implementation != null) {
        ClassRealm realm = new ClassWorld().newRealm("jib extensions", classes);
        new BasicComponentConfigurator()
            .configureComponent(bean, new XmlPlexusConfiguration(dom), realm);
      }
      return bean;
    } catch (ReflectiveOperationException
        | DuplicateRealmException
        | ComponentConfigurationException e) {
      throw failed("has a <configuration> that cannot be read", e);
    }
  }

  private static RefusedException failed(String what, Throwable cause) {
    return new RefusedException(
        "A jib plugin extension "
            + what
            + ": '"
            + Printable.of(String.valueOf(cause.getMessage()))
            + "'.",
        "Correct <pluginExtensions> of jib-maven-plugin in the POM; an extension's jar has to be a"
            + " <dependency> of jib-maven-plugin or of golden-maven-plugin.",
        cause);
  }

  private static URL[] urls(List<Path> jars) {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      try {
        urls[i] = jars.get(i).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new UncheckedIOException(e);
      }
    }
    return urls;
  }
}
