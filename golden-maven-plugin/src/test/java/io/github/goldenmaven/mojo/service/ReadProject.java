package io.github.goldenmaven.mojo.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.DefaultModelBuilderFactory;
import org.apache.maven.model.building.DefaultModelBuildingRequest;
import org.apache.maven.model.building.FileModelSource;
import org.apache.maven.model.building.ModelBuildingException;
import org.apache.maven.model.building.ModelBuildingRequest;
import org.apache.maven.model.building.ModelBuildingResult;
import org.apache.maven.model.building.ModelSource;
import org.apache.maven.model.resolution.ModelResolver;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.DefaultRepositorySystemSession;

/** POMs in folders, read by Maven's own model builder as Maven itself has it read them. */
@SuppressWarnings(
    "deprecation") // Maven 3 has no other way to make a session, or to resolve models.
public final class ReadProject {

  private final Path repository;

  /**
   * @param repository a folder with {@code ARTIFACT.pom} of each parent that is in no folder
   */
  ReadProject(Path repository) {
    this.repository = repository;
  }

  /** Writes a POM: its parent, if any, then the rest. */
  static void pom(Path file, String artifact, String parent, String rest) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          file,
          "<project><modelVersion>4.0.0</modelVersion>"
              + parent
              + "<groupId>com.example</groupId><artifactId>"
              + artifact
              + "</artifactId><version>1</version>"
              + rest
              + "</project>");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String parent(String artifact, String relativePath) {
    return "<parent><groupId>com.example</groupId><artifactId>"
        + artifact
        + "</artifactId><version>1</version><relativePath>"
        + relativePath
        + "</relativePath></parent>";
  }

  public static MavenSession session(Path top, Properties typed) {
    MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    request.setMultiModuleProjectDirectory(top.toFile());
    request.setBaseDirectory(top.toFile());
    request.setUserProperties(typed);
    return new MavenSession(
        null, new DefaultRepositorySystemSession(), request, new DefaultMavenExecutionResult());
  }

  MavenProject read(Path pom) {
    ModelBuildingRequest request =
        new DefaultModelBuildingRequest()
            .setPomFile(pom.toFile())
            .setLocationTracking(true)
            .setValidationLevel(ModelBuildingRequest.VALIDATION_LEVEL_MINIMAL)
            .setModelResolver(new Repositories(repository));
    try {
      ModelBuildingResult result = new DefaultModelBuilderFactory().newInstance().build(request);
      MavenProject project = new MavenProject(result.getEffectiveModel());
      project.setFile(pom.toFile());
      MavenProject child = project;
      // The last is Maven's own, of which no project is told.
      List<String> parents = result.getModelIds().subList(1, result.getModelIds().size() - 1);
      for (String id : parents) {
        Model raw = result.getRawModel(id);
        MavenProject parent = new MavenProject(raw);
        if (raw.getPomFile() != null) {
          parent.setFile(raw.getPomFile());
        }
        child.setParent(parent);
        child = parent;
      }
      return project;
    } catch (ModelBuildingException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Repositories(Path folder) implements ModelResolver {

    @Override
    public ModelSource resolveModel(String groupId, String artifactId, String version) {
      return new FileModelSource(folder.resolve(artifactId + ".pom").toFile());
    }

    @Override
    public ModelSource resolveModel(Parent parent) {
      return resolveModel(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
    }

    @Override
    public ModelSource resolveModel(Dependency dependency) {
      return resolveModel(
          dependency.getGroupId(), dependency.getArtifactId(), dependency.getVersion());
    }

    @Override
    public void addRepository(Repository repository) {}

    @Override
    public void addRepository(Repository repository, boolean replace) {}

    @Override
    public ModelResolver newCopy() {
      return this;
    }
  }
}
