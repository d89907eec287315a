package io.github.goldenmaven.mojo.service;

import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.packaging.container.CommaText;
import io.github.goldenmaven.packaging.container.ContainerSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.Parameter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * What golden:build is given for the container: in a POM as a block, elsewhere key by key. Maven
 * reads a property into a parameter of the goal, never into an element of a block, so each key has
 * a parameter beside the block.
 */
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public abstract class AbstractServiceMojo extends AbstractGoldenMojo {

  /**
   * What the container runs and how: <code>mainClass</code>, <code>jvmFlags</code>, <code>args
   * </code>, <code>entrypoint</code>, <code>environment</code>, <code>ports</code>, <code>volumes
   * </code>, <code>user</code>, <code>workingDirectory</code>, <code>labels</code>, <code>appRoot
   * </code>, <code>extraClasspath</code>, <code>expandClasspathDependencies</code>, <code>
   * creationTime</code>, <code>filesModificationTime</code>, <code>format</code>, with
   * jib-maven-plugin's meanings. Each has a property, too: <code>golden.container.mainClass</code>.
   * What is written here wins over the property, and both over jib-maven-plugin's <code>
   * &lt;container&gt;</code> where the project configures it; <code>environment</code> and <code>
   * labels</code> are joined by name.
   */
  @Parameter private @Nullable PlexusConfiguration container;

  /**
   * The folder of the service in the image, where <code>&lt;container&gt;&lt;appRoot&gt;</code>
   * names none. Default: <code>/app</code>, for a WAR <code>/var/lib/jetty/webapps/ROOT</code>.
   */
  @Parameter(property = "golden.container.appRoot")
  private @Nullable String containerAppRoot;

  /**
   * Arguments of the program, where <code>&lt;container&gt;&lt;args&gt;</code> has none, between
   * commas; <code>\,</code> is a comma in one. Example: <code>server,/etc/shop.yml</code>.
   */
  @Parameter(property = "golden.container.args")
  private @Nullable String containerArgs;

  /**
   * When the image was made, where <code>&lt;container&gt;&lt;creationTime&gt;</code> does not say:
   * <code>EPOCH</code> or an ISO 8601 date and time. Default: <code>project.build.outputTimestamp
   * </code>, else the commit's time.
   */
  @Parameter(property = "golden.container.creationTime")
  private @Nullable String containerCreationTime;

  /**
   * What starts the container, where <code>&lt;container&gt;&lt;entrypoint&gt;</code> has nothing,
   * between commas; <code>\,</code> is a comma in a word, <code>INHERIT</code> takes the golden
   * image's. Default: the golden image's JVM with the main class.
   */
  @Parameter(property = "golden.container.entrypoint")
  private @Nullable String containerEntrypoint;

  /**
   * Environment variables besides those of <code>&lt;container&gt;&lt;environment&gt;</code>:
   * <code>name=value</code> between commas; <code>\,</code> is a comma in a value. Example: <code>
   * TZ=Asia/Seoul,LANG=C.UTF-8</code>.
   */
  @Parameter(property = "golden.container.environment")
  private @Nullable String containerEnvironment;

  /**
   * Whether the class path names each dependency, where <code>
   * &lt;container&gt;&lt;expandClasspathDependencies&gt;</code> does not say. Default: true from
   * Java 9 on.
   */
  @Parameter(property = "golden.container.expandClasspathDependencies")
  private @Nullable Boolean containerExpandClasspathDependencies;

  /**
   * Entries before the class path, where <code>&lt;container&gt;&lt;extraClasspath&gt;</code> has
   * none, between commas.
   */
  @Parameter(property = "golden.container.extraClasspath")
  private @Nullable String containerExtraClasspath;

  /**
   * The time of the files in the image, where <code>
   * &lt;container&gt;&lt;filesModificationTime&gt;</code> does not say: <code>EPOCH_PLUS_SECOND
   * </code> (the default) or an ISO 8601 date and time.
   */
  @Parameter(property = "golden.container.filesModificationTime")
  private @Nullable String containerFilesModificationTime;

  /**
   * The form of manifest and config, where <code>&lt;container&gt;&lt;format&gt;</code> does not
   * say: <code>OCI</code> (the default) or <code>Docker</code>.
   */
  @Parameter(property = "golden.container.format")
  private @Nullable String containerFormat;

  /**
   * Options of the JVM, where <code>&lt;container&gt;&lt;jvmFlags&gt;</code> has none, between
   * commas; <code>\,</code> is a comma in one. Example: <code>-Xmx512m,-Xlog:gc\,safepoint</code>.
   */
  @Parameter(property = "golden.container.jvmFlags")
  private @Nullable String containerJvmFlags;

  /**
   * Labels besides those of <code>&lt;container&gt;&lt;labels&gt;</code>: <code>name=value</code>
   * between commas; <code>\,</code> is a comma in a value.
   */
  @Parameter(property = "golden.container.labels")
  private @Nullable String containerLabels;

  /**
   * The main class, where <code>&lt;container&gt;&lt;mainClass&gt;</code> names none. Default: what
   * spring-boot-maven-plugin, maven-jar-plugin's manifest or maven-shade-plugin name, else the one
   * class with a main method.
   */
  @Parameter(property = "golden.container.mainClass")
  private @Nullable String containerMainClass;

  /**
   * Ports that the container listens on, where <code>&lt;container&gt;&lt;ports&gt;</code> has
   * none, between commas. Example: <code>8080,9000-9002/udp</code>.
   */
  @Parameter(property = "golden.container.ports")
  private @Nullable String containerPorts;

  /**
   * User and group of the process, where <code>&lt;container&gt;&lt;user&gt;</code> names none.
   * Default: the golden image's. Example: <code>10001:10001</code>.
   */
  @Parameter(property = "golden.container.user")
  private @Nullable String containerUser;

  /**
   * Folders that are volumes, where <code>&lt;container&gt;&lt;volumes&gt;</code> has none, between
   * commas.
   */
  @Parameter(property = "golden.container.volumes")
  private @Nullable String containerVolumes;

  /**
   * The folder that the process starts in, where <code>
   * &lt;container&gt;&lt;workingDirectory&gt;</code> names none. Default: the golden image's.
   */
  @Parameter(property = "golden.container.workingDirectory")
  private @Nullable String containerWorkingDirectory;

  /** The block, and what the properties say where it is silent. */
  public final ContainerSettings containerSettings() {
    return ContainerSettings.read(block(container))
        .over(
            new ContainerSettings(
                text(containerAppRoot),
                list(containerArgs),
                text(containerCreationTime),
                list(containerEntrypoint),
                map("environment", containerEnvironment),
                containerExpandClasspathDependencies,
                list(containerExtraClasspath),
                text(containerFilesModificationTime),
                text(containerFormat),
                list(containerJvmFlags),
                map("labels", containerLabels),
                text(containerMainClass),
                list(containerPorts),
                text(containerUser),
                list(containerVolumes),
                text(containerWorkingDirectory)));
  }

  /** {@code -Dgolden.container.user=} says nothing. */
  private static @Nullable String text(@Nullable String given) {
    return given == null || given.isBlank() ? null : given.strip();
  }

  private static @Nullable List<String> list(@Nullable String given) {
    String text = text(given);
    return text == null ? null : CommaText.list(text);
  }

  private static @Nullable Map<String, String> map(String key, @Nullable String given) {
    List<String> items = list(given);
    String property = "golden.container." + key;
    if (items == null) {
      return null;
    }
    Map<String, String> map = new LinkedHashMap<>();
    CommaText.map(items, "'-D" + property + "'", property)
        .forEach((name, value) -> map.put(name.strip(), value.strip()));
    return map;
  }
}
