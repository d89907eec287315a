package io.github.goldenmaven.mojo;

import io.github.goldenmaven.Console;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.golden.GoldenPolicy;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.packaging.BuildRequest;
import io.github.goldenmaven.packaging.BuildResult;
import io.github.goldenmaven.packaging.ImageBuild;
import io.github.goldenmaven.packaging.LayeringSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The same as <code>golden:build</code> inside a running lifecycle: bound in a POM (to <code>package
 * </code> by default), or after a phase on the command line: <code>mvn compile
 * golden:build-no-fork</code>.
 */
@Mojo(
    name = "build-no-fork",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.RUNTIME,
    requiresDependencyCollection = ResolutionScope.RUNTIME,
    threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public class BuildNoForkMojo extends AbstractGoldenMojo {

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  protected MavenProject project;

  /**
   * The golden image to build on: in a registry, an OCI layout folder (<code>oci:PATH:TAG</code>)
   * or a Docker Engine (<code>docker-daemon:NAME:TAG</code>). A tag is resolved once, at each build;
   * to pin, add <code>@sha256:…</code>. Example: <code>registry.company.example/golden/java:21</code>.
   */
  @Parameter(property = "golden.base")
  private @Nullable String base;

  /**
   * The image to build, in the same forms as <code>base</code>. Default: an OCI layout folder under
   * the output directory, which needs no registry and no daemon. Example: <code>
   * registry.company.example/apps/orders:${project.version}</code>.
   */
  @Parameter(property = "golden.image")
  private @Nullable String image;

  /**
   * Path of a <code>golden-policy.yaml</code>. With it, the base must also come from one of its
   * <code>golden</code> repositories; without it, the base's role label is enough.
   */
  @Parameter(property = "golden.policy")
  private @Nullable File policy;

  /**
   * The platforms to build for, out of the base's. Default: all of them. Example: <code>
   * linux/amd64,linux/arm64</code>.
   */
  @Parameter(property = "golden.platforms")
  private @Nullable List<String> platforms;

  /** Does everything but the push, and says what would be pushed. */
  @Parameter(property = "golden.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * What the container runs and how: <code>mainClass</code>, <code>jvmFlags</code>, <code>args
   * </code>, <code>entrypoint</code>, <code>environment</code>, <code>ports</code>, <code>volumes
   * </code>, <code>user</code>, <code>workingDirectory</code>, <code>labels</code>, <code>appRoot
   * </code>, <code>extraClasspath</code>, <code>expandClasspathDependencies</code>, <code>
   * creationTime</code>, <code>filesModificationTime</code>, <code>format</code>, with
   * jib-maven-plugin's meanings. What is left out is taken from jib-maven-plugin's <code>
   * &lt;container&gt;</code> where the project configures it.
   */
  @Parameter private @Nullable ContainerParameters container;

  /**
   * The main class, where <code>&lt;container&gt;&lt;mainClass&gt;</code> names none. Default: the
   * one class with a main method.
   */
  @Parameter(property = "golden.container.mainClass")
  private @Nullable String mainClass;

  /**
   * Folders whose files go into the image, and permissions of files, as in jib-maven-plugin.
   * Default: <code>src/main/jib</code> where it exists.
   */
  @Parameter private @Nullable ExtraDirectoriesParameters extraDirectories;

  /**
   * <code>exploded</code> (classes and resources as files, the default) or <code>packaged</code>
   * (the project's jar as it is).
   */
  @Parameter(property = "golden.containerizingMode")
  private @Nullable String containerizingMode;

  @Override
  void run(Console console) {
    ImageReference target = target();
    LayeringSettings settings = settings();
  }

  private ImageReference target() {
    return image == null || image.isBlank()
        ? ImageReference.parse("oci:" + outputDirectory.toPath().resolve("image") + ":latest")
        : ImageReference.parse(image);
  }
}
