package io.github.goldenmaven.packaging.container;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Nothing was written. */
  public static final ContainerSettings NONE = builder().build();

  public static Builder builder() {
    return new Builder();
  }

  /**
   * These settings where they say something, else the defaults. Maps are joined by key, as Maven
   * joins a child's configuration with its parent's; lists are taken whole.
   */
  public ContainerSettings over(ContainerSettings defaults) {
    return builder()
        .appRoot(first(appRoot, defaults.appRoot))
        .args(first(args, defaults.args))
        .creationTime(first(creationTime, defaults.creationTime))
        .entrypoint(first(entrypoint, defaults.entrypoint))
        .environment(joined(environment, defaults.environment))
        .expandClasspathDependencies(
            first(expandClasspathDependencies, defaults.expandClasspathDependencies))
        .extraClasspath(first(extraClasspath, defaults.extraClasspath))
        .filesModificationTime(first(filesModificationTime, defaults.filesModificationTime))
        .format(first(format, defaults.format))
        .jvmFlags(first(jvmFlags, defaults.jvmFlags))
        .labels(joined(labels, defaults.labels))
        .mainClass(first(mainClass, defaults.mainClass))
        .ports(first(ports, defaults.ports))
        .user(first(user, defaults.user))
        .volumes(first(volumes, defaults.volumes))
        .workingDirectory(first(workingDirectory, defaults.workingDirectory))
        .build();
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

  /** Collects what was written; every setter takes {@code null} for nothing. */
  public static final class Builder {

    private @Nullable String appRoot;
    private @Nullable List<String> args;
    private @Nullable String creationTime;
    private @Nullable List<String> entrypoint;
    private @Nullable Map<String, String> environment;
    private @Nullable Boolean expandClasspathDependencies;
    private @Nullable List<String> extraClasspath;
    private @Nullable String filesModificationTime;
    private @Nullable String format;
    private @Nullable List<String> jvmFlags;
    private @Nullable Map<String, String> labels;
    private @Nullable String mainClass;
    private @Nullable List<String> ports;
    private @Nullable String user;
    private @Nullable List<String> volumes;
    private @Nullable String workingDirectory;

    private Builder() {}

    public Builder appRoot(@Nullable String appRoot) {
      this.appRoot = appRoot;
      return this;
    }

    public Builder args(@Nullable List<String> args) {
      this.args = copy(args);
      return this;
    }

    public Builder creationTime(@Nullable String creationTime) {
      this.creationTime = creationTime;
      return this;
    }

    public Builder entrypoint(@Nullable List<String> entrypoint) {
      this.entrypoint = copy(entrypoint);
      return this;
    }

    public Builder environment(@Nullable Map<String, String> environment) {
      this.environment = copy(environment);
      return this;
    }

    public Builder expandClasspathDependencies(@Nullable Boolean expandClasspathDependencies) {
      this.expandClasspathDependencies = expandClasspathDependencies;
      return this;
    }

    public Builder extraClasspath(@Nullable List<String> extraClasspath) {
      this.extraClasspath = copy(extraClasspath);
      return this;
    }

    public Builder filesModificationTime(@Nullable String filesModificationTime) {
      this.filesModificationTime = filesModificationTime;
      return this;
    }

    public Builder format(@Nullable String format) {
      this.format = format;
      return this;
    }

    public Builder jvmFlags(@Nullable List<String> jvmFlags) {
      this.jvmFlags = copy(jvmFlags);
      return this;
    }

    public Builder labels(@Nullable Map<String, String> labels) {
      this.labels = copy(labels);
      return this;
    }

    public Builder mainClass(@Nullable String mainClass) {
      this.mainClass = mainClass;
      return this;
    }

    public Builder ports(@Nullable List<String> ports) {
      this.ports = copy(ports);
      return this;
    }

    public Builder user(@Nullable String user) {
      this.user = user;
      return this;
    }

    public Builder volumes(@Nullable List<String> volumes) {
      this.volumes = copy(volumes);
      return this;
    }

    public Builder workingDirectory(@Nullable String workingDirectory) {
      this.workingDirectory = workingDirectory;
      return this;
    }

    public ContainerSettings build() {
      return new ContainerSettings(
          appRoot,
          args,
          creationTime,
          entrypoint,
          environment,
          expandClasspathDependencies,
          extraClasspath,
          filesModificationTime,
          format,
          jvmFlags,
          labels,
          mainClass,
          ports,
          user,
          volumes,
          workingDirectory);
    }

    /** Maven hands an empty element over as null: {@code <arg/>} is an empty argument. */
    private static @Nullable List<String> copy(@Nullable List<String> list) {
      return list == null ? null : list.stream().map(Builder::text).toList();
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
}
