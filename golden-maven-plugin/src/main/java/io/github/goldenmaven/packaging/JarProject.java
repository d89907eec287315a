package io.github.goldenmaven.packaging;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be known of a compiled project to package it, Maven left out.
 *
 * @param coordinates for messages: {@code group:artifact:version}
 * @param classes the build's output folder, usually {@code target/classes}
 * @param dependencies the runtime class path in Maven's order, the project itself left out
 * @param javaVersion the feature version compiled for, found as jib finds it; 6 where unknown
 * @param jarMainClass what maven-jar-plugin writes into the manifest
 */
public record JarProject(
    String coordinates,
    Path classes,
    List<RuntimeDependency> dependencies,
    int javaVersion,
    @Nullable String jarMainClass) {

  public JarProject {
    dependencies = List.copyOf(dependencies);
  }
}
