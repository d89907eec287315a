package io.github.goldenmaven.mojo.golden;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.BakeRequest;
import io.github.goldenmaven.bake.BakeResult;
import io.github.goldenmaven.bake.CommandRunner;
import io.github.goldenmaven.bake.ImageBake;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.mojo.AbstractGoldenMojo;
import io.github.goldenmaven.mojo.MavenArtifacts;
import io.github.goldenmaven.mojo.ResultFiles;
import io.github.goldenmaven.mojo.SigningParameters;
import io.github.goldenmaven.mojo.WorkFolder;
import io.github.goldenmaven.mojo.service.ProjectFactsReader;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.provenance.CreationTime;
import io.github.goldenmaven.provenance.OutputTimestamp;
import io.github.goldenmaven.provenance.git.GitReader;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.statements.ProvenanceSigner;
import io.github.goldenmaven.statements.Statement;
import io.github.goldenmaven.verify.report.GoalFailure;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * Bakes a golden image out of an official one, as <code>golden.yaml</code> declares it: company
 * certificates, proxy, agents, tools, files, environment, user. Needs no project, no daemon (but
 * for <code>run:</code>), and gives the same digest for the same inputs on any machine.
 */
@Mojo(name = "bake", requiresProject = false, aggregator = true, threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public final class BakeMojo extends AbstractGoldenMojo {

  private static final String IMAGE_JSON = "image.json";
  private static final String PROVENANCE_JSON = "provenance.json";
  private static final String RESULT_PROPERTIES = "result.properties";

  @Parameter(defaultValue = "${project}", readonly = true)
  private MavenProject project;

  /** Path of the <code>golden.yaml</code>. What it names starts at its own folder. */
  @Parameter(property = "golden.definition", defaultValue = "golden.yaml")
  private File definition;

  /**
   * Path of a <code>golden-policy.yaml</code>. With it, the official image must be in one of its
   * <code>official</code> repositories, which is asked for it at every bake.
   */
  @Parameter(property = "golden.policy")
  private @Nullable File policy;

  /**
   * Where the image goes, instead of the definition's <code>to</code>: a repository, an OCI layout
   * folder (<code>oci:PATH</code>) or a Docker Engine's name (<code>docker-daemon:NAME</code>),
   * without a tag. Example: <code>oci:target/golden-java</code>.
   */
  @Parameter(property = "golden.to")
  private @Nullable String to;

  /**
   * Where the official image is read, instead of the definition's <code>from</code>: a mirror. The
   * definition's <code>from</code> must be pinned to a digest then, so that the mirror cannot give
   * another image. With a policy the mirror must be in one of its <code>official</code>
   * repositories itself. Example: <code>mirror.company.example/library/eclipse-temurin</code>.
   */
  @Parameter(property = "golden.from")
  private @Nullable String from;

  /**
   * The date of the golden image, by which a policy's <code>freshness</code> judges it. Give it
   * where a bake is repeated each month although its definition did not change. Default: <code>
   * project.build.outputTimestamp</code> of the command line or the project, else the time of the
   * definition's commit; without any, 1970 stands for no date. The same date gives the same digest
   * again. Example: <code>2026-11-23T00:00:00Z</code>, or seconds since 1970.
   */
  @Parameter(property = "golden.created")
  private @Nullable String created;

  /**
   * Does everything but the push and <code>run:</code>, prints what would be added, and, where
   * there is no <code>run:</code>, says of each tag whether the target has the image already.
   * <code>
   * -Dgolden.push=false</code> does the same.
   */
  @Parameter(property = "golden.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * The key that signs the image's provenance: a PEM file with a private key (PKCS#8), <code>
   * env:NAME</code> for an environment variable that holds one, or <code>pkcs11:CONFIG-FILE#ALIAS
   * </code> for a key in a token. Without it the provenance is left unsigned in <code>
   * provenance.json</code>, for a job that alone has the key. Example: <code>env:SIGNING_KEY</code>
   * .
   */
  @Parameter(property = "golden.key")
  private @Nullable String key;

  /**
   * Where the key's password or the token's PIN is: <code>env:NAME</code> or a file. A password
   * itself is refused. Example: <code>env:SIGNING_KEY_PASSWORD</code>.
   */
  @Parameter(property = "golden.keyPassword")
  private @Nullable String keyPassword;

  /**
   * A URI that names the machine that builds and who may use it, for the provenance. Default: a
   * page that says that nobody vouches for it. Example: <code>https://ci.company.example/golden
   * </code>.
   */
  @Parameter(property = "golden.builder")
  private @Nullable String builder;

  @Override
  protected void skipped() {
    results().clearReports(IMAGE_JSON, PROVENANCE_JSON);
  }

  @Override
  protected void failed(GoldenException failure) {
    results().write(GoalFailure.of("golden:bake", "golden:bake", failure, audit()));
  }

  @Override
  protected void run(Console console) {
    ResultFiles results = results();
    results.clearReports(IMAGE_JSON, PROVENANCE_JSON);
    GoldenDefinition declared = GoldenDefinition.read(definition.toPath());
    ImageReference target = to == null || to.isBlank() ? declared.to() : target(to);
    try (WorkFolder work = WorkFolder.in(cacheFolder().resolve("work"));
        ProvenanceSigner signer = signer(target, console)) {
      BakeResult result = bake(declared, target, work.path(), console);
      results.write(IMAGE_JSON, result.toJson());
      results.write(RESULT_PROPERTIES, result.toProperties());
      if (result.whole()) {
        Statement provenance = signer.provenance(result.stated());
        results.write(PROVENANCE_JSON, provenance.toJson());
        if (result.outcome() != BakeResult.Outcome.DRY_RUN && signer.signs()) {
          try (ImageStore store = stores().open(target)) {
            signer.sign(List.of(provenance), result.stated(), store, console);
          }
        }
      }
    }
  }

  /** Opens the key: a wrong one is told before anything is baked. */
  private ProvenanceSigner signer(ImageReference target, Console console) {
    return ProvenanceSigner.open(
        SigningParameters.settings(
            key,
            keyPassword,
            builder,
            startFolder(),
            version,
            session.getSystemProperties(),
            System.getenv()),
        target,
        Clock.systemUTC(),
        console);
  }

  private BakeResult bake(
      GoldenDefinition declared, ImageReference target, Path work, Console console) {
    ImageStores stores = stores();
    BakeRequest request =
        new BakeRequest(
            declared,
            source(declared),
            target,
            policy(policy),
            created(Instant.now()),
            () -> new GitReader().read(declared.file()),
            new MavenArtifacts(
                repositorySystem,
                session.getRepositorySession(),
                project.getRemoteProjectRepositories()),
            commands -> run(commands, work, console),
            cacheFolder(),
            work,
            Clock.systemUTC(),
            release,
            pushesNothing(dryRun, console));
    return new ImageBake(request, stores::open, console).run();
  }

  /** Maven gives a parameter whose property is empty as null. */
  private @Nullable Instant created(Instant now) {
    String given =
        created == null ? session.getUserProperties().getProperty("golden.created") : created;
    return given == null
        ? OutputTimestamp.parse(ProjectFactsReader.outputTimestamp(project, session)).orElse(null)
        : CreationTime.parse(given, now);
  }

  private Layer run(CommandRunner.Request commands, Path work, Console console) {
    return engines()
        .run(
            commands.official(),
            commands.store(),
            commands.commands(),
            commands.environment(),
            work,
            console);
  }

  /** The definition's image, or the same digest at a mirror. */
  private ImageReference source(GoldenDefinition declared) {
    return from == null || from.isBlank()
        ? declared.from()
        : declared.at(here(ImageReference.parse(from)));
  }

  private ImageReference target(String text) {
    ImageReference target = here(ImageReference.parse(text));
    boolean tagged =
        target.digest().isPresent()
            || (target instanceof LayoutReference
                ? target.tag().isPresent()
                : target.tag().filter(tag -> !tag.equals("latest")).isPresent()
                    || text.endsWith(":latest"));
    if (tagged) {
      throw new RefusedException(
          "The target '" + target + "' names a tag or a digest.",
          "Leave it out of <to> and -Dgolden.to: the tags are 'version' and 'line' of"
              + " golden.yaml.");
    }
    return target;
  }
}
