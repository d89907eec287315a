package io.github.goldenmaven.mojo;

import io.github.goldenmaven.GoldenException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.SeveralFaultsException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.library.Libraries;
import io.github.goldenmaven.library.Library;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.registry.Admissions;
import io.github.goldenmaven.registry.credentials.AuthFiles;
import io.github.goldenmaven.registry.credentials.CredentialPlaces;
import io.github.goldenmaven.registry.credentials.StoredCredentials;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.http.Timeouts;
import io.github.goldenmaven.registry.stores.Engines;
import io.github.goldenmaven.registry.stores.ImageStores;
import io.github.goldenmaven.text.Printable;
import io.github.goldenmaven.verify.report.Audit;
import io.github.goldenmaven.verify.report.MadeBy;
import java.io.File;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.eclipse.aether.RepositorySystem;
import org.jspecify.annotations.Nullable;

/** What every goal shares: skip, access to registries, and how a failure reaches Maven. */
@SuppressWarnings("NullAway.Init") // Maven sets the fields.
public abstract class AbstractGoldenMojo extends AbstractMojo {

  @Parameter(defaultValue = "${session}", readonly = true, required = true)
  protected MavenSession session;

  /** This plugin's own version. */
  @Parameter(defaultValue = "${plugin.version}", readonly = true, required = true)
  protected String version;

  /** This run of the goal, with what the POM says of it. */
  @Parameter(defaultValue = "${mojoExecution}", readonly = true)
  private @Nullable MojoExecution execution;

  /** The policy that was read last. */
  private @Nullable GoldenPolicy held;

  @Inject protected RepositorySystem repositorySystem;
  @Inject private SettingsDecrypter settingsDecrypter;

  /** Does nothing. Ignored in release mode, with a warning. */
  @Parameter(property = "golden.skip", defaultValue = "false")
  private boolean skip;

  /**
   * Release mode: a work tree that is dirty or unknown, a SNAPSHOT version and SNAPSHOT runtime
   * dependencies are refused; <code>skip</code> is ignored with a warning.
   */
  @Parameter(property = "golden.release", defaultValue = "false")
  protected boolean release;

  /**
   * Registries allowed over plain HTTP, as <code>host:port</code>. Loopback always is. Example:
   * <code>registry.lab.example:5000</code>.
   */
  @Parameter(property = "golden.insecureRegistries")
  private @Nullable List<@Nullable String> insecureRegistries;

  /**
   * A PEM file with certificate authorities to trust for registries, besides those the running Java
   * trusts. Example: <code>/etc/ssl/company-ca.pem</code>.
   */
  @Parameter(property = "golden.caCertificates")
  private @Nullable File caCertificates;

  /**
   * Token servers that may be shown a registry's credentials although they are not on the
   * registry's host or in its domain, as <code>host</code> or <code>host:port</code>. Needed where
   * a registry has its logins under another name, such as a GitLab with a registry of its own
   * domain. Example: <code>gitlab.company.example</code>.
   */
  @Parameter(property = "golden.tokenServers")
  private @Nullable List<@Nullable String> tokenServers;

  /**
   * Where layers and documents are kept between builds. Default: <code>golden-maven</code> under
   * <code>$XDG_CACHE_HOME</code>, else <code>~/.cache/golden-maven</code>. Safe to delete.
   */
  @Parameter(property = "golden.cache")
  private @Nullable File cache;

  /** Where the results are written: the image's description, and properties for pipelines. */
  @Parameter(
      property = "golden.outputDirectory",
      defaultValue = "${project.build.directory}/golden")
  protected File outputDirectory;

  @Override
  public final void execute() throws MojoExecutionException, MojoFailureException {
    release |= commandLine().says("golden.release");
    outputDirectory = results(outputDirectory);
    try (MavenConsole console = console()) {
      requireParameters(console);
      if (skip && release) {
        getLog().warn("golden.skip is ignored: this is a release (golden.release).");
      } else if (skip) {
        getLog().info("Skipped (golden.skip).");
        skipped();
        return;
      }
      run(console);
    } catch (RefusedException e) {
      throw new MojoFailureException(told(e));
    } catch (UnavailableException e) {
      throw new MojoExecutionException(told(e));
    } catch (RuntimeException e) {
      throw new MojoExecutionException(
          told(
              new UnavailableException(
                  "Golden Maven failed unexpectedly: "
                      + Printable.of(e.getClass().getSimpleName() + ", " + e.getMessage())
                      + ".",
                  "Run it again with -X and report what it prints.",
                  e)));
    }
  }

  /** Before anything is done: what was written is a value, and names a parameter. */
  private void requireParameters(Console console) {
    if (execution != null) {
      ParameterCheck written = new ParameterCheck(session, execution);
      written.requireTruths();
      written.requireNames(release, console);
    }
  }

  /** A parameter that has elements of its own. */
  protected final PomBlock block(@Nullable PlexusConfiguration written) {
    return new PomBlock(written, new Expressions(session, execution));
  }

  /**
   * Whether a goal that always pushes is to do all but that. {@code -Dgolden.push=false} says it of
   * every goal of a build: a pull request's pipeline does not know which of them its POM binds.
   */
  protected final boolean pushesNothing(boolean dryRun, Console console) {
    if (dryRun || !commandLine().denies("golden.push")) {
      return dryRun;
    }
    console.info("golden.push is false: this is a dry run");
    return true;
  }

  /** The elements that say something: {@code a,} on the command line has an empty one. */
  public static List<String> elements(@Nullable List<@Nullable String> list) {
    if (list == null) {
      return List.of();
    }
    List<String> elements = new ArrayList<>();
    for (String element : list) {
      if (element != null && !element.isBlank()) {
        elements.add(element.strip());
      }
    }
    return elements;
  }

  /** Maven would append the messages of causes; they are for -X only. */
  private String told(GoldenException failure) {
    getLog().debug(failure);
    try {
      failed(failure);
    } catch (UnavailableException e) {
      // The disk is full, say: what went wrong first is what is told.
      getLog().debug(e);
    }
    return failure instanceof SeveralFaultsException && execution != null
        ? failure.getMessage() + "\n" + ParameterCheck.help(execution)
        : failure.getMessage();
  }

  /** Leaves for pipelines what the goal ends with. */
  protected void failed(GoldenException failure) {}

  protected abstract void run(Console console);

  /** What must happen even when the goal does nothing else. */
  protected void skipped() {}

  /**
   * The pipeline's policy wins over one that a POM names, and lies where Maven was started: Maven
   * would look for it in each module.
   */
  protected final @Nullable GoldenPolicy policy(@Nullable File policy) {
    CommandLine typed = commandLine();
    File read = typed.isPlain("golden.policy") ? typed.file("golden.policy") : policy;
    held = read == null ? null : GoldenPolicy.read(read.toPath());
    return held;
  }

  /** Of this run, with the policy as far as it was read. */
  protected final Audit audit() {
    return Audit.of(held, Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS), madeBy());
  }

  protected final MadeBy madeBy() {
    return MadeBy.of(version, System.getenv(), System.getProperty("user.name"));
  }

  /** What was typed, and no POM. */
  protected final CommandLine commandLine() {
    return new CommandLine(session.getUserProperties(), startFolder());
  }

  /** Takes from the command line what a POM may not choose in a release. */
  protected void takeFrom(CommandLine typed) {
    insecureRegistries = typed.list("golden.insecureRegistries");
    caCertificates = typed.file("golden.caCertificates");
    tokenServers = typed.list("golden.tokenServers");
    cache = typed.file("golden.cache");
    File typedResults = typed.file("golden.outputDirectory");
    outputDirectory =
        typedResults == null
            ? results(
                Path.of(session.getCurrentProject().getBuild().getDirectory(), "golden").toFile())
            : typedResults;
  }

  /** Without a POM Maven leaves the folder of the build as it is written, and there is none. */
  private File results(File declared) {
    return declared.getPath().contains("${")
        ? startFolder().resolve("target/golden").toFile()
        : declared;
  }

  protected final ResultFiles results() {
    return new ResultFiles(outputDirectory.toPath());
  }

  /** Where Maven was started. */
  protected final Path startFolder() {
    return Path.of(session.getExecutionRootDirectory());
  }

  /** As it is typed: a relative layout folder starts where Maven was started. */
  protected final ImageReference here(ImageReference reference) {
    return reference instanceof LayoutReference layout ? layout.in(startFolder()) : reference;
  }

  /** The folder of the cache, not necessarily there yet. */
  protected final Path cacheFolder() {
    if (cache != null) {
      return cache.toPath().toAbsolutePath();
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path caches =
        xdg != null && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), ".cache");
    return caches.resolve("golden-maven");
  }

  /** Opens stores as the settings, the command line and this goal's parameters say. */
  protected final ImageStores stores() {
    return stores(new Admissions());
  }

  /**
   * The same.
   *
   * @param admissions what registries gave another goal of this session
   */
  protected final ImageStores stores(Admissions admissions) {
    SettingsCredentials settings = settingsCredentials();
    RegistryAccess access =
        new RegistryAccess(
            new StoredCredentials(
                settings::server,
                this::places,
                AuthFiles.of(System.getenv(), Path.of(System.getProperty("user.home")))),
            Set.copyOf(elements(insecureRegistries)),
            settings.proxies(),
            caCertificates == null ? null : caCertificates.toPath(),
            Timeouts.DEFAULT,
            session.isOffline(),
            "golden-maven/" + version,
            Set.copyOf(elements(tokenServers)));
    return new ImageStores(
        access,
        daemon -> engines().open(daemon, outputDirectory.toPath().resolve("engine")),
        admissions);
  }

  protected final SettingsCredentials settingsCredentials() {
    return new SettingsCredentials(session.getSettings(), settingsDecrypter, getLog()::warn);
  }

  private CredentialPlaces places(String host) {
    return libraries()
        .open(
            Library.JIB,
            CredentialPlaces.class,
            "io.github.goldenmaven.registry.credentials.jib.JibCredentials",
            "to look for credentials of '" + host + "' that are not in Maven's settings.xml");
  }

  /** The Docker Engine, for those who ask for one. */
  protected final Engines engines() {
    return libraries()
        .open(
            Library.DOCKER_JAVA,
            Engines.class,
            "io.github.goldenmaven.registry.docker.EngineProvider",
            "to speak to a Docker Engine");
  }

  /** What only some builds need. */
  protected final Libraries libraries() {
    return new Libraries(
        repositorySystem,
        session.getRepositorySession(),
        session.getCurrentProject().getRemotePluginRepositories());
  }

  private MavenConsole console() {
    boolean watched =
        session.getRequest().isInteractiveMode()
            && getLog().isInfoEnabled()
            && Terminal.isWatched();
    return new MavenConsole(getLog(), watched ? ProgressBar.of(session) : null, this::isUnsaid);
  }

  /** The same sentence in another module; each may have a class loader of its own. */
  private boolean isUnsaid(String sentence) {
    return session.getRepositorySession().getData().set("golden.said " + sentence, null, true);
  }
}
