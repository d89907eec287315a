package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.FileFaultException;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.SeveralFaultsException;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.golden.yaml.YamlFile;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a golden image is made of, from {@code golden.yaml}: a closed schema, in which an unknown
 * key is refused.
 *
 * @param file as it was named, for messages
 * @param name which golden image of the company's: {@code java}
 * @param version of this golden image; a tag it is pushed with
 * @param line what its consumers name; a tag it is pushed with, and moved to the newest version
 * @param from the official image
 * @param to where it is pushed, without tag and digest; of a registry {@code tagOrNull} is null
 * @param platforms which of the official image's; all where empty
 * @param certificates files or globs, as written; relative ones start at {@link #folder()}
 * @param proxyOrNull how the company's network is left
 * @param agents in the order in which the JVM loads them
 * @param links symbolic links: absolute path in the image to target
 * @param environment variables of the image
 * @param userOrNull whom containers run as; as the official image says where absent
 * @param run commands of a shell that need a Docker Engine
 * @param applicationPaths folders and files that services may put something into, absolute
 * @param container how containers run, besides their user
 */
public record GoldenDefinition(
    Path file,
    String name,
    String version,
    String line,
    ImageReference from,
    ImageReference to,
    List<Platform> platforms,
    List<String> certificates,
    @Nullable Proxy proxyOrNull,
    List<Agent> agents,
    List<Tool> tools,
    List<AddedFile> files,
    Map<String, String> links,
    Map<String, String> environment,
    @Nullable String userOrNull,
    List<String> run,
    Protect protect,
    List<String> applicationPaths,
    GoldenContainer container) {

  private static final Pattern SNAPSHOT =
      Pattern.compile("-(?:SNAPSHOT|[0-9]{8}\\.[0-9]{6}-[0-9]+)$");
  private static final String PARAMETER = "<definition> or -Dgolden.definition";

  /** How the company's network is left; one of both is there. */
  public record Proxy(
      @Nullable ProxyAddress httpOrNull,
      @Nullable ProxyAddress httpsOrNull,
      List<DirectHost> noProxy) {

    public Proxy {
      noProxy = List.copyOf(noProxy);
    }

    public Optional<ProxyAddress> http() {
      return Optional.ofNullable(httpOrNull);
    }

    public Optional<ProxyAddress> https() {
      return Optional.ofNullable(httpsOrNull);
    }
  }

  /**
   * A Java agent that every JVM of the image loads.
   *
   * @param argumentsOrNull what the agent itself is given: {@code -javaagent:JAR=ARGUMENTS}
   * @param options for the JVM, beside {@code -javaagent}
   */
  public record Agent(Source source, @Nullable String argumentsOrNull, List<String> options) {

    public Agent {
      options = List.copyOf(options);
    }

    public Optional<String> arguments() {
      return Optional.ofNullable(argumentsOrNull);
    }
  }

  /**
   * One file, or what an archive holds.
   *
   * @param into where it goes; a folder that it goes into where it ends in a slash
   * @param unpack whether it is an archive whose content is meant
   * @param modeOrNull permission bits; an archive's own where it is unpacked
   */
  public record Tool(
      Source source, String into, boolean unpack, @Nullable Integer modeOrNull, Owner owner) {

    public Optional<Integer> mode() {
      return Optional.ofNullable(modeOrNull);
    }
  }

  /**
   * Files of this machine.
   *
   * @param from a file, a folder, or a glob, as written; a relative one starts at {@link
   *     GoldenDefinition#folder()}
   * @param into where it goes; a folder that it goes into where it ends in a slash
   * @param modeOrNull permission bits of files
   */
  public record AddedFile(String from, String into, @Nullable Integer modeOrNull, Owner owner) {

    public Optional<Integer> mode() {
      return Optional.ofNullable(modeOrNull);
    }
  }

  /**
   * What images on this golden one may not change.
   *
   * @param paths absolute; what lies below is meant too
   * @param environment names of variables
   */
  public record Protect(List<String> paths, List<String> environment, Entrypoint entrypoint) {

    public static final Protect NOTHING = new Protect(List.of(), List.of(), Entrypoint.FREE);

    public Protect {
      paths = List.copyOf(paths);
      environment = List.copyOf(environment);
    }

    public boolean isEmpty() {
      return paths.isEmpty() && environment.isEmpty() && entrypoint == Entrypoint.FREE;
    }
  }

  /** Whether images on this golden one may have an entrypoint of their own. */
  public enum Entrypoint {
    FREE,
    FIXED;

    /** As written in golden.yaml. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Entrypoint parse(String word) {
      return Stream.of(values())
          .filter(entrypoint -> entrypoint.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new RefusedException(
                      "'" + Printable.of(word) + "' is not a rule for the entrypoint.",
                      "Write 'free' where services bring their own, 'fixed' where they may not."));
    }
  }

  public GoldenDefinition {
    platforms = List.copyOf(platforms);
    certificates = List.copyOf(certificates);
    agents = List.copyOf(agents);
    tools = List.copyOf(tools);
    files = List.copyOf(files);
    links = Collections.unmodifiableMap(new LinkedHashMap<>(links));
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    run = List.copyOf(run);
    applicationPaths = List.copyOf(applicationPaths);
  }

  /**
   * Reads a definition.
   *
   * @throws RefusedException naming line and column of everything that is not the schema's
   */
  public static GoldenDefinition read(Path file) {
    ProblemCollector together = new ProblemCollector();
    return new DefinitionReader(file, YamlFile.read(file, PARAMETER, together), together).read();
  }

  /**
   * The official image at a mirror.
   *
   * @param mirror a repository, layout folder or engine that is asked instead of {@code from}'s
   * @throws RefusedException when {@code from} is not pinned: a mirror is believed for a digest
   *     only
   */
  public ImageReference at(ImageReference mirror) {
    return from.digest()
        .map(mirror::pinnedTo)
        .orElseThrow(
            () ->
                new RefusedException(
                    ("'from' of '%s' is not pinned, so nothing proves that the mirror '%s' has that"
                            + " image.")
                        .formatted(Printable.of(file.toString()), mirror),
                    "Pin 'from' to a digest ('…@sha256:…'), or leave <from> and -Dgolden.from"
                        + " out."));
  }

  /**
   * What is not released: its own version, agents and tools that end in {@code -SNAPSHOT}, or as
   * one snapshot of many does in a repository, {@code -20261123.101500-7}.
   */
  public List<String> snapshots() {
    return Stream.concat(
            Stream.of(version),
            Stream.concat(agents.stream().map(Agent::source), tools.stream().map(Tool::source))
                .filter(Source.Artifact.class::isInstance)
                .map(Source::toString))
        .filter(name -> SNAPSHOT.matcher(name).find())
        .toList();
  }

  /** Where relative paths start. */
  public Path folder() {
    return folder(file);
  }

  static Path folder(Path file) {
    Path absolute = file.toAbsolutePath();
    Path parent = absolute.getParent();
    return parent == null ? absolute : parent;
  }

  public Optional<Proxy> proxy() {
    return Optional.ofNullable(proxyOrNull);
  }

  public Optional<String> user() {
    return Optional.ofNullable(userOrNull);
  }

  /** The same for a use that gives nothing. */
  public void told(String key, Runnable use) {
    told(
        key,
        () -> {
          use.run();
          return true;
        });
  }

  /**
   * Uses a key's value; a refusal names line and column.
   *
   * @param key where it stands: {@code from}
   */
  public <T> T told(String key, Supplier<T> use) {
    try {
      return use.get();
    } catch (RefusedException e) {
      boolean placed = e instanceof FileFaultException || e instanceof SeveralFaultsException;
      throw placed ? e : refused(key, e.problem(), e.remedy());
    }
  }

  /**
   * A refusal, with line and column, of what turns out to be wrong only in use.
   *
   * @param key where it stands: {@code files[0].from}
   */
  public RefusedException refused(String key, String problem, String remedy) {
    return YamlFile.refused(file, PARAMETER, key, problem, remedy);
  }

  /**
   * The same where the key itself is wrong, and not its value.
   *
   * @param key where it stands: {@code labels.com.company.team}
   */
  public RefusedException refusedKey(String key, String problem, String remedy) {
    return YamlFile.refusedKey(file, PARAMETER, key, problem, remedy);
  }
}
