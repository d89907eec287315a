package io.github.goldenmaven.mojo;

import io.github.goldenmaven.mojo.release.AbstractGateMojo;
import io.github.goldenmaven.mojo.release.PromoteMojo;
import io.github.goldenmaven.mojo.release.VerifyMojo;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.provenance.Label;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.assertj.core.util.Throwables;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystemSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What the tests of this subject share, one class after the other. */
@ResourceLock("GateGoalsFixture")
abstract class GateGoalsFixture {

  @TempDir static Path shared;
  static DockerRegistry registry;

  static RawManifest one;

  static RawManifest two;

  @TempDir Path folder;
  Path policy;

  final Told log = new Told();

  /** All that a build prints with -X. */
  static final class Told extends SystemStreamLog {
    final List<String> lines = new ArrayList<>();

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public void debug(Throwable error) {
      lines.add(Throwables.getStackTrace(error));
    }

    @Override
    public void debug(CharSequence text, Throwable error) {
      lines.add(text + Throwables.getStackTrace(error));
    }

    @Override
    public void debug(CharSequence text) {
      lines.add(text.toString());
    }

    @Override
    public void info(CharSequence text) {
      lines.add(text.toString());
    }

    @Override
    public void warn(CharSequence text) {
      lines.add(text.toString());
    }
  }

  @BeforeAll
  static void open() {
    registry = DockerRegistry.start();
    LayoutFolder golden =
        GoldenFixture.of(TinyBase.writeTo(shared.resolve("official")))
            .runnable()
            .writeTo(shared.resolve("golden"));
    registry.push(golden, "21", "golden/java", "21");
    LayoutFolder apps = LayoutFolder.at(shared.resolve("apps"));
    ApplicationFixture service =
        ApplicationFixture.on(golden, "21", registry.host() + "/golden/java:21");
    one = service.writeTo(apps, "1");
    two = service.label(Label.VERSION, "2").writeTo(apps, "2");
    registry.push(apps, "1", "apps/orders", "1");
    registry.push(apps, "2", "apps/orders", "2");
  }

  @AfterAll
  static void close() {
    registry.close();
  }

  @BeforeEach
  void writePolicy() throws IOException {
    policy = folder.resolve("golden-policy.yaml");
    Files.writeString(policy, "golden: [" + registry.host() + "/golden/java]\n");
  }

  void promote(String tag, String to, boolean overwrite) throws Exception {
    PromoteMojo goal = new PromoteMojo();
    prepare(goal, tag);
    set(goal, "to", to);
    set(goal, "overwrite", overwrite);
    execute(goal);
  }

  VerifyMojo verify(String tag) throws Exception {
    VerifyMojo goal = new VerifyMojo();
    prepare(goal, tag);
    return goal;
  }

  void execute(AbstractGateMojo goal) throws Exception {
    goal.setLog(log);
    goal.execute();
  }

  String image(String tag) {
    return registry.host() + "/apps/orders:" + tag;
  }

  /** A run of Maven with one module, by what is typed. */
  @SuppressWarnings("deprecation") // Maven has no other way to make a session.
  MavenSession session(String... typed) {
    MavenExecutionRequest request =
        new DefaultMavenExecutionRequest().setBaseDirectory(folder.toFile());
    request.setMultiModuleProjectDirectory(folder.toFile());
    for (String each : typed) {
      int equals = each.indexOf('=');
      request
          .getUserProperties()
          .setProperty(
              equals < 0 ? each : each.substring(0, equals),
              equals < 0 ? "true" : each.substring(equals + 1));
    }
    MavenSession session =
        new MavenSession(
            null,
            (RepositorySystemSession) new DefaultRepositorySystemSession(),
            request,
            new DefaultMavenExecutionResult());
    MavenProject module = new MavenProject();
    module.setArtifactId("orders");
    module.getBuild().setDirectory(folder.resolve("nothing").toString());
    session.setProjects(List.of(module));
    return session;
  }

  void prepare(AbstractGateMojo goal, String tag) throws Exception {
    set(goal, "session", session());
    set(goal, "version", "1");
    set(goal, "outputDirectory", folder.resolve("golden").toFile());
    set(goal, "cache", folder.resolve("cache").toFile());
    set(goal, "policy", new File(policy.toString()));
    set(goal, "image", List.of(image(tag)));
  }

  static void set(Object goal, String parameter, Object value) throws Exception {
    for (Class<?> type = goal.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals(parameter)) {
          field.setAccessible(true);
          field.set(goal, value);
          return;
        }
      }
    }
    throw new IllegalArgumentException(parameter);
  }

  JsonObject json(String name) throws IOException {
    return StrictJson.read(name, Files.readAllBytes(folder.resolve("golden").resolve(name)));
  }

  List<String> result() throws IOException {
    return Files.readAllLines(folder.resolve("golden/result.properties")).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }
}
