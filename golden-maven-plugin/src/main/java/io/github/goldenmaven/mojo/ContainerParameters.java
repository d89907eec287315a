package io.github.goldenmaven.mojo;

import io.github.goldenmaven.packaging.container.ContainerSettings;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;

/** {@code <container>}: jib's names and jib's meanings. */
public final class ContainerParameters {

  /** The elements there are. */
  static final List<String> KEYS =
      Stream.of(ContainerSettings.class.getRecordComponents())
          .map(RecordComponent::getName)
          .toList();

  private ContainerParameters() {}

  public static ContainerSettings read(PomBlock container) {
    return ContainerSettings.builder()
        .appRoot(container.text("appRoot"))
        .args(container.list("args"))
        .creationTime(container.text("creationTime"))
        .entrypoint(container.list("entrypoint"))
        .environment(container.map("environment"))
        .expandClasspathDependencies(container.truth("expandClasspathDependencies"))
        .extraClasspath(container.list("extraClasspath"))
        .filesModificationTime(container.text("filesModificationTime"))
        .format(container.text("format"))
        .jvmFlags(container.list("jvmFlags"))
        .labels(container.map("labels"))
        .mainClass(container.text("mainClass"))
        .ports(container.list("ports"))
        .user(container.text("user"))
        .volumes(container.list("volumes"))
        .workingDirectory(container.text("workingDirectory"))
        .build();
  }
}
