package io.github.goldenmaven.mojo.service;

import io.github.goldenmaven.console.Console;
import javax.inject.Inject;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.plugins.annotations.Execute;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.MavenProjectHelper;
import org.jspecify.annotations.Nullable;

/**
 * Packages the service onto its golden image, stamps where it came from, pushes it and reads the
 * tag back. Runs the lifecycle up to <code>package</code> first, so that <code>mvn golden:build
 * </code> works on a fresh checkout. To bind the goal in a POM, use <code>golden:build-no-fork
 * </code>.
 */
@Mojo(
    name = "build",
    requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
    requiresDependencyCollection = ResolutionScope.RUNTIME_PLUS_SYSTEM,
    threadSafe = true)
@Execute(lifecycle = "golden-build", phase = LifecyclePhase.PACKAGE)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public final class BuildMojo extends BuildNoForkMojo {

  /** The copy of the project that the forked lifecycle packaged. */
  @Parameter(defaultValue = "${executedProject}", readonly = true)
  private @Nullable MavenProject executedProject;

  @Inject private MavenProjectHelper projectHelper;

  @Override
  protected void run(Console console) {
    takeOverWhatWasPackaged();
    super.run(console);
  }

  @Override
  protected void skipped() {
    super.skipped();
    takeOverWhatWasPackaged();
  }

  /**
   * Maven packages a copy of the project. Modules that depend on this one look for its artifact at
   * the project itself, so it must be there even when no image is made of it.
   */
  private void takeOverWhatWasPackaged() {
    MavenProject packaged = executedProject;
    if (packaged == null || packaged.getArtifact().getFile() == null) {
      return;
    }
    project.getArtifact().setFile(packaged.getArtifact().getFile());
    for (Artifact attached : packaged.getAttachedArtifacts()) {
      if (!project.getAttachedArtifacts().contains(attached)) {
        projectHelper.attachArtifact(
            project, attached.getType(), attached.getClassifier(), attached.getFile());
      }
    }
  }
}
