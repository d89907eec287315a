package io.github.goldenmaven.mojo;

import io.github.goldenmaven.packaging.ContainerSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bean behind <code>&lt;container&gt;</code>: jib's names and jib's meanings. Maven sets the
 * fields.
 */
@SuppressWarnings("UnusedVariable")
public final class ContainerParameters {

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

  ContainerSettings toSettings() {
    return ContainerSettings.builder()
        .appRoot(appRoot)
        .args(args)
        .creationTime(creationTime)
        .entrypoint(entrypoint)
        .environment(environment)
        .expandClasspathDependencies(expandClasspathDependencies)
        .extraClasspath(extraClasspath)
        .filesModificationTime(filesModificationTime)
        .format(format)
        .jvmFlags(jvmFlags)
        .labels(labels)
        .mainClass(mainClass)
        .ports(ports)
        .user(user)
        .volumes(volumes)
        .workingDirectory(workingDirectory)
        .build();
  }
}
