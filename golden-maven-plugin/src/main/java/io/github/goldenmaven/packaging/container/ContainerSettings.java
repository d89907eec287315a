package io.github.goldenmaven.packaging.container;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code <container>} as it was written, with jib's names and jib's meanings; {@code null} where
 * nothing was written. Nothing here is checked yet: see {@link ServiceContainer}.
 *
 * @param entrypoint {@code [INHERIT]} takes the base's
 * @param creationTime {@code EPOCH} or an ISO 8601 date and time
 * @param filesModificationTime {@code EPOCH_PLUS_SECOND} or an ISO 8601 date and time
 * @param format {@code OCI} or {@code Docker}
 * @see <a
 *     href="https://github.com/GoogleContainerTools/jib/tree/master/jib-maven-plugin#container-object">jib-maven-plugin,
 *     container object</a>
 */
public record ContainerSettings(
    @Nullable String appRoot,
    @Nullable List<String> args,
    @Nullable String creationTime,
    @Nullable List<String> entrypoint,
    @Nullable Map<String, String> environment,
    @Nullable Boolean expandClasspathDependencies,
    @Nullable List<String> extraClasspath,
    @Nullable String filesModificationTime,
    @Nullable String format,
    @Nullable List<String> jvmFlags,
    @Nullable Map<String, String> labels,
    @Nullable String mainClass,
    @Nullable List<String> ports,
    @Nullable String user,
    @Nullable List<String> volumes,
    @Nullable String workingDirectory) {

  /** Where settings are written: a block of a POM, and the properties beside it. */
  public interface Source {

    @Nullable String text(String name);

    @Nullable Boolean truth(String name);

    @Nullable List<@Nullable String> list(String name);

    @Nullable Map<String, @Nullable String> map(String name);
  }

  /** The elements there are. */
  public static final List<String> KEYS =
      Stream.of(ContainerSettings.class.getRecordComponents())
          .map(RecordComponent::getName)
          .toList();

  /** Nothing was written. */
  public static final ContainerSettings NONE =
      new ContainerSettings(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null);

  public ContainerSettings {
    args = copy(args);
    entrypoint = copy(entrypoint);
    environment = copy(environment);
    extraClasspath = copy(extraClasspath);
    jvmFlags = copy(jvmFlags);
    labels = copy(labels);
    ports = copy(ports);
    volumes = copy(volumes);
  }

  public static ContainerSettings read(Source written) {
    return new ContainerSettings(
        written.text("appRoot"),
        written.list("args"),
        written.text("creationTime"),
        written.list("entrypoint"),
        written.map("environment"),
        written.truth("expandClasspathDependencies"),
        written.list("extraClasspath"),
        written.text("filesModificationTime"),
        written.text("format"),
        written.list("jvmFlags"),
        written.map("labels"),
        written.text("mainClass"),
        written.list("ports"),
        written.text("user"),
        written.list("volumes"),
        written.text("workingDirectory"));
  }

  /**
   * These settings where they say something, else the defaults. Maps are joined by key, as Maven
   * joins a child's configuration with its parent's; lists are taken whole.
   */
  public ContainerSettings over(ContainerSettings defaults) {
    return new ContainerSettings(
        first(appRoot, defaults.appRoot),
        first(args, defaults.args),
        first(creationTime, defaults.creationTime),
        first(entrypoint, defaults.entrypoint),
        joined(environment, defaults.environment),
        first(expandClasspathDependencies, defaults.expandClasspathDependencies),
        first(extraClasspath, defaults.extraClasspath),
        first(filesModificationTime, defaults.filesModificationTime),
        first(format, defaults.format),
        first(jvmFlags, defaults.jvmFlags),
        joined(labels, defaults.labels),
        first(mainClass, defaults.mainClass),
        first(ports, defaults.ports),
        first(user, defaults.user),
        first(volumes, defaults.volumes),
        first(workingDirectory, defaults.workingDirectory));
  }

  private static <T> @Nullable T first(@Nullable T said, @Nullable T otherwise) {
    return said != null ? said : otherwise;
  }

  private static @Nullable Map<String, String> joined(
      @Nullable Map<String, String> said, @Nullable Map<String, String> otherwise) {
    if (said == null || otherwise == null) {
      return first(said, otherwise);
    }
    Map<String, String> joined = new LinkedHashMap<>(otherwise);
    joined.putAll(said);
    return joined;
  }

  public static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  public static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }

  /** Maven hands an empty element over as null: {@code <arg/>} is an empty argument. */
  private static @Nullable List<String> copy(@Nullable List<String> list) {
    return list == null ? null : list.stream().map(ContainerSettings::text).toList();
  }

  private static @Nullable Map<String, String> copy(@Nullable Map<String, String> map) {
    if (map == null) {
      return null;
    }
    Map<String, String> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key, text(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static String text(@Nullable String written) {
    return written == null ? "" : written;
  }
}
