package io.github.goldenmaven.mojo.service;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.library.Library;
import io.github.goldenmaven.mojo.BuiltImages;
import io.github.goldenmaven.mojo.ExtraDirectoriesParameters;
import io.github.goldenmaven.mojo.PomBlock;
import io.github.goldenmaven.mojo.ResultFiles;
import io.github.goldenmaven.mojo.SigningParameters;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.packaging.BuildBase;
import io.github.goldenmaven.packaging.BuildRequest;
import io.github.goldenmaven.packaging.BuildResult;
import io.github.goldenmaven.packaging.BuildTarget;
import io.github.goldenmaven.packaging.ImageBuild;
import io.github.goldenmaven.packaging.layers.LayeringSettings;
import io.github.goldenmaven.packaging.maven.ExistingJib;
import io.github.goldenmaven.packaging.maven.LayeringByJib;
import io.github.goldenmaven.packaging.maven.ProjectLayering;
import io.github.goldenmaven.packaging.maven.ProjectReader;
import io.github.goldenmaven.packaging.maven.ResolvedExtensionClassPath;
import io.github.goldenmaven.provenance.git.GitReader;
import io.github.goldenmaven.registry.Admissions;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.statements.ProvenanceSigner;
import io.github.goldenmaven.statements.Sbom;
import io.github.goldenmaven.statements.StatedImage;
import io.github.goldenmaven.statements.Statement;
import io.github.goldenmaven.verify.report.GoalFailure;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.LifecyclePhase;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.plugins.annotations.ResolutionScope;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.eclipse.aether.SessionData;
import org.jspecify.annotations.Nullable;

/**
 * The same as <code>golden:build</code> inside a running lifecycle: bound in a POM (to <code>
 * package
 * </code> by default), or after a phase on the command line: <code>mvn compile
 * golden:build-no-fork</code>.
 */
@Mojo(
    name = "build-no-fork",
    defaultPhase = LifecyclePhase.PACKAGE,
    requiresDependencyResolution = ResolutionScope.RUNTIME_PLUS_SYSTEM,
    requiresDependencyCollection = ResolutionScope.RUNTIME_PLUS_SYSTEM,
    threadSafe = true)
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public class BuildNoForkMojo extends AbstractServiceMojo {

  private static final String IMAGE_JSON = "image.json";
  private static final String PROVENANCE_JSON = "provenance.json";
  private static final String SBOM_JSON = "sbom.json";
  private static final String RESULT_PROPERTIES = "result.properties";

  @Parameter(defaultValue = "${project}", readonly = true, required = true)
  protected MavenProject project;

  /**
   * The golden image to build on: in a registry, an OCI layout folder (<code>oci:PATH:TAG</code>)
   * or a Docker Engine (<code>docker-daemon:NAME:TAG</code>). A relative PATH starts at the
   * project's folder. A tag is resolved once, at each build; to pin, add <code>@sha256:…</code>.
   * Example: <code>
   * registry.company.example/golden/java:21</code>.
   */
  @Parameter(property = "golden.base")
  private @Nullable String base;

  /**
   * The image to build, in the same forms as <code>base</code>. Default: an OCI layout folder under
   * the output directory, which needs no registry and no daemon. Example: <code>
   * registry.company.example/apps/orders:${project.version}</code>; for a reactor <code>
   * registry.company.example/apps/${project.artifactId}:${project.version}</code>, once in its
   * parent.
   */
  @Parameter(property = "golden.image")
  private @Nullable String image;

  /**
   * Further tags of the image, beside the one in <code>image</code>, in the same place. Each is
   * moved to the same digest and read back, after the first. Example: <code>1.4,latest</code>.
   */
  @Parameter(property = "golden.tags")
  private @Nullable List<@Nullable String> tags;

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
  private @Nullable List<@Nullable String> platforms;

  /**
   * Whether the image goes where <code>image</code> says. False writes it to an OCI layout folder
   * under the output directory instead, whatever a POM names: what the build of a pull request
   * wants. False on the command line wins over a POM's own true.
   */
  @Parameter(property = "golden.push", defaultValue = "true")
  private boolean push;

  /** Does everything but the push, and says what would be pushed. */
  @Parameter(property = "golden.dryRun", defaultValue = "false")
  private boolean dryRun;

  /**
   * Folders whose files go into the image, and permissions of files, as in jib-maven-plugin.
   * Default: <code>src/main/jib</code> where it exists.
   */
  @Parameter private @Nullable PlexusConfiguration extraDirectories;

  /**
   * <code>exploded</code> (classes and resources as files, the default) or <code>packaged</code>
   * (the project's jar as it is).
   */
  @Parameter(property = "golden.containerizingMode")
  private @Nullable String containerizingMode;

  /**
   * <code>auto</code> layers a plain jar project without loading jib's classes, which is quicker
   * and gives the same layers; <code>jib</code> always takes jib's.
   */
  @Parameter(property = "golden.layering", defaultValue = "auto")
  private String layering;

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

  /** Results of an earlier build must not be taken for this one's. */
  @Override
  protected void skipped() {
    results().clearReports(IMAGE_JSON, PROVENANCE_JSON, SBOM_JSON);
  }

  @Override
  protected void run(Console console) {
    ResultFiles results = results();
    results.clearReports(IMAGE_JSON, PROVENANCE_JSON, SBOM_JSON);
    ProjectLayering layers = layers(console);
    LayeringSettings settings = settings();
    if (layers.isOnlyPartOfReactor(project, settings)) {
      console.info(
          "No image for '" + project.getArtifactId() + "': it is only a part of the other modules");
      return;
    }
    BuildRequest request = request(layers, settings, console::info);
    claim(request.target());
    request.further().forEach(this::claim);
    ImageStores stores = stores(admissions());
    BuildResult result;
    try (ProvenanceSigner signer = signer(request.target(), console)) {
      result = new ImageBuild(request.resolvedTo(remembered(request)), stores::open, console).run();
      List<Statement> statements = statements(signer, result.stated(), console);
      if (!dryRun && signer.signs()) {
        try (ImageStore target = stores.open(request.target())) {
          signer.sign(statements, result.stated(), target, console);
        }
      }
    }
    results.write(IMAGE_JSON, result.toJson());
    results.write(RESULT_PROPERTIES, result.toProperties());
    if (!dryRun) {
      BuiltImages.of(session).add(project, request.target().pinnedTo(result.digest()));
    }
  }

  /** What this build says of the image, left for a job that alone has the key. */
  private List<Statement> statements(ProvenanceSigner signer, StatedImage image, Console console) {
    Statement provenance = signer.provenance(image);
    results().write(PROVENANCE_JSON, provenance.toJson());
    Optional<Statement> sbom =
        SigningParameters.sbom(project, console).map(bom -> Sbom.of(image, bom));
    sbom.ifPresent(statement -> results().write(SBOM_JSON, statement.toJson()));
    return Stream.concat(Stream.of(provenance), sbom.stream()).toList();
  }

  /** Refuses what can be checked before anything is compiled, and resolves the base. */
  final void lookAhead(Console console) {
    results().clearReports(IMAGE_JSON, PROVENANCE_JSON, SBOM_JSON);
    ProjectLayering layers = layers(console);
    LayeringSettings settings = settings();
    if (layers.isOnlyPartOfReactor(project, settings)) {
      // As far as is known before it is compiled: what a library inherits need not be right.
      return;
    }
    BuildRequest request = request(layers, settings, told -> {});
    ProjectLayering.requireService(project);
    signer(request.target(), console).close();
    ImageStores stores = stores(admissions());
    try (ImageStore store = stores.open(request.base())) {
      Digest digest = BuildBase.resolve(store, request).digest();
      session.getRepositorySession().getData().set(memory(request), digest);
    }
    if (request.target() instanceof RegistryReference registry) {
      // Whether it can be read: no registry may ask for it.
      settingsCredentials().server(registry.host());
    }
    BuildTarget.requireAdmission(stores::open, request);
  }

  /** Opens the key: a wrong one is told before anything is compiled or sent. */
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

  /** The tokens that golden:build-check was given for this project are good for its build. */
  private Admissions admissions() {
    SessionData data = session.getRepositorySession().getData();
    String key = "golden.admissions " + project.getId();
    data.set(key, null, new Admissions());
    return data.get(key) instanceof Admissions admissions ? admissions : new Admissions();
  }

  /** What {@code golden:build-check} found the base to be; null where it did not run. */
  private @Nullable Digest remembered(BuildRequest request) {
    return (Digest) session.getRepositorySession().getData().get(memory(request));
  }

  /** One policy's question is not another's. */
  private String memory(BuildRequest request) {
    GoldenPolicy held = request.policy();
    return String.join(
        " ",
        "golden.base",
        project.getId(),
        request.base().toString(),
        held == null ? "" : held.file().toString());
  }

  private ProjectLayering layers(Console console) {
    return new ProjectLayering(
        session,
        getLog(),
        console,
        this::layeringByJib,
        new ResolvedExtensionClassPath(repositorySystem, session));
  }

  private BuildRequest request(
      ProjectLayering layers, LayeringSettings settings, Consumer<String> told) {
    ExistingJib jib = ExistingJib.of(session, project);
    BuildReferences references = references(jib);
    ImageReference base = references.base();
    ImageReference target = references.target(told);
    List<ImageReference> further =
        BuildReferences.further(
            target, elements(tags), image == null ? List.of() : jib.toTags(), told);
    ProjectLayering.Choice choice = ProjectLayering.Choice.parse(layering);
    ProjectLayering.isPackaged(containerizingMode);
    Path scratch = outputDirectory.toPath().resolve("layering");
    return new BuildRequest(
            base,
            target,
            policy(policy),
            elements(platforms).stream()
                .map(name -> BuildReferences.told("platforms", () -> Platform.parse(name)))
                .toList(),
            ProjectFactsReader.read(project, session),
            ProjectFactsReader.snapshots(project),
            () -> new GitReader().read(ProjectFactsReader.pom(project)),
            () -> layers.layersOf(project, settings, choice, scratch),
            cacheFolder(),
            release,
            dryRun)
        .also(further);
  }

  @Override
  protected void failed(GoldenException failure) {
    results().write(GoalFailure.of("golden:build", project.getArtifactId(), failure, audit()));
  }

  private LayeringByJib layeringByJib() {
    return libraries()
        .open(
            Library.JIB,
            LayeringByJib.class,
            "io.github.goldenmaven.packaging.jib.JibProvider",
            "to layer '" + project.getArtifactId() + "'");
  }

  private LayeringSettings settings() {
    PomBlock extra = block(extraDirectories);
    return new LayeringSettings(
        containerSettings(),
        ExtraDirectoriesParameters.directories(extra, ProjectReader.folder(project)),
        ExtraDirectoriesParameters.permissions(extra),
        containerizingMode);
  }

  private BuildReferences references(ExistingJib jib) {
    return new BuildReferences(
        base,
        image,
        ProjectReader.folder(project),
        outputDirectory.toPath(),
        push && !commandLine().denies("golden.push"),
        jib.fromImage(),
        jib.toImage());
  }

  /** One tag for two modules of one build would leave one of the two images without a name. */
  private void claim(ImageReference target) {
    SessionData data = session.getRepositorySession().getData();
    String key = "golden.image " + target;
    String mine = project.getId();
    if (!data.set(key, null, mine) && !mine.equals(data.get(key))) {
      throw new RefusedException(
          "The modules '" + data.get(key) + "' and '" + mine + "' both build '" + target + "'.",
          "Give each module its own <image>, like"
              + " 'registry.company.example/apps/${project.artifactId}'.");
    }
  }
}
