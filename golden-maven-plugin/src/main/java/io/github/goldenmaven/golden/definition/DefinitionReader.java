package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.files.Glob;
import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.definition.GoldenDefinition.AddedFile;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Agent;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Entrypoint;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Protect;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Proxy;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Tool;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.golden.yaml.YamlValue;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.LayoutReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RegistryReference;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes a {@link GoldenDefinition} of YAML: which keys there are, and what each may hold. */
public final class DefinitionReader {

  private static final Pattern MODE = Pattern.compile("[0-7]{3,4}");
  private static final Pattern OWNER = Pattern.compile("(0|[1-9][0-9]{0,8}):(0|[1-9][0-9]{0,8})");
  private static final String USER_OR_GROUP = "(?:0|[1-9][0-9]{0,8}|[A-Za-z_][A-Za-z0-9_.-]{0,31})";
  private static final Pattern USER =
      Pattern.compile(USER_OR_GROUP + "(?::" + USER_OR_GROUP + ")?");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern BLANK_IN_NAME = Pattern.compile("[^=\\s]*\\s.*");
  private static final Pattern OPTION_VALUE = Pattern.compile("[=\\s].*|(?<=-javaagent):.*");

  /** Stands in for one that was refused. */
  private static final Source NO_SOURCE = new Source.OnDisk("refused");

  private static final Pattern SET_BY_PROXY =
      Pattern.compile("(?:https?|no|all|ftp)_proxy", Pattern.CASE_INSENSITIVE);

  /** A password in a URL; one that begins with '$' stands for something. */
  private static final Pattern PASSWORD_IN_URL =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^\\s/@:]*:[^\\s/@$][^\\s/@]*@");

  private static final Pattern PROXY_LOGIN =
      Pattern.compile("-D[^\\s=]*proxy(?:User|Password)\\b", Pattern.CASE_INSENSITIVE);

  /** The keys of a definition, in the order of its page. */
  private static final String[] KEYS =
      """
      name version line from to platforms certificates proxy agents tools files links environment
      user run protect application workingDirectory entrypoint ports labels healthcheck
      """
          .split("\\s+");

  /** What the launcher takes, and a JVM that reads a file of options does not start with. */
  private static final List<String> NO_VM_OPTIONS =
      List.of(
          """
          -jar -cp -classpath --class-path -p --module-path -m --module -version --version
          -XX:VMOptionsFile -XX:Flags -javaagent
          """
              .split("\\s+"));

  private final Path file;
  private final Path folder;
  private final YamlValue top;
  private final ProblemCollector together;

  DefinitionReader(Path file, YamlValue top, ProblemCollector together) {
    this.together = together;
    this.file = file;
    this.folder = GoldenDefinition.folder(file);
    this.top = top;
  }

  GoldenDefinition read() {
    YamlValue.Fields fields = top.fields(together, KEYS);
    // Any text, any reference: nobody sees what stands in for something refused.
    String otherwise = "refused";
    ImageReference nowhere = new RegistryReference("refused", "refused", null, null);
    GoldenDefinition definition =
        new GoldenDefinition(
            file,
            fields.required("name", name -> word(name, "a name"), otherwise),
            fields.required("version", tag -> word(tag, "a tag"), otherwise),
            fields.required("line", tag -> word(tag, "a tag"), otherwise),
            fields.required("from", this::from, nowhere),
            fields.required("to", this::to, nowhere),
            fields.optional("platforms", DefinitionReader::platforms, List.of()),
            fields.list("certificates", DefinitionReader::glob),
            fields.optional("proxy", DefinitionReader::proxy),
            fields.list("agents", DefinitionReader::agent),
            fields.list("tools", DefinitionReader::tool),
            fields.list("files", DefinitionReader::addedFile),
            fields.entries("links", DefinitionReader::linkPath, DefinitionReader::plain),
            fields.entries("environment", DefinitionReader::settable, DefinitionReader::setting),
            fields.optional("user", user -> user.parsed(DefinitionReader::user)),
            fields.list("run", YamlValue::text),
            fields.optional("protect", DefinitionReader::protect, Protect.NOTHING),
            fields.optional("application", DefinitionReader::application, List.of()),
            GoldenContainer.read(fields));
    together.refuse();
    return definition;
  }

  /** A tag; a name has the same grammar. */
  private static String word(YamlValue value, String what) {
    String text = value.text();
    if (!RegistryReference.isTag(text)) {
      throw value.refused(
          "is '" + Printable.of(text) + "', which is not " + what,
          "Write letters, digits, '_', '.' and '-', at most 128, with a letter, a digit or '_'"
              + " first.");
    }
    return text;
  }

  private ImageReference from(YamlValue value) {
    ImageReference reference = value.parsed(ImageReference::parse);
    return reference instanceof LayoutReference layout ? layout.in(folder) : reference;
  }

  private ImageReference to(YamlValue value) {
    ImageReference reference = from(value);
    String last = value.text().substring(value.text().lastIndexOf('/') + 1);
    boolean tagged =
        reference instanceof LayoutReference layout
            ? layout.tag().isPresent()
            : last.substring(last.startsWith("docker-daemon:") ? "docker-daemon:".length() : 0)
                .contains(":");
    if (tagged || reference.digest().isPresent()) {
      throw value.refused(
          "has a tag or a digest",
          "Leave it out: the image gets the tags that 'version' and 'line' say.");
    }
    if (reference instanceof RegistryReference registry) {
      return withoutTag(registry);
    }
    return reference instanceof DaemonReference daemon
        ? new DaemonReference(withoutTag(daemon.image()))
        : reference;
  }

  /** Where no tag is written the grammar takes one that is not meant here. */
  private static RegistryReference withoutTag(RegistryReference reference) {
    return new RegistryReference(reference.host(), reference.repository(), null, null);
  }

  private static List<Platform> platforms(YamlValue value) {
    List<Platform> platforms = value.list(platform -> platform.parsed(Platform::parse));
    if (platforms.isEmpty()) {
      throw value.refused("is empty", "Write at least one, or remove the key to have them all.");
    }
    if (new HashSet<>(platforms).size() < platforms.size()) {
      throw value.refused("has a platform twice", "Write each once.");
    }
    return platforms;
  }

  /** A path or a glob of this machine. */
  private static String glob(YamlValue value) {
    String text = plain(value);
    value.place().told(() -> Glob.parse("'" + value.place().path() + "'", text));
    return text;
  }

  private static Proxy proxy(YamlValue value) {
    Proxy proxy =
        value.read(
            fields ->
                new Proxy(
                    fields.optional("http", http -> http.parsed(ProxyAddress::parse)),
                    fields.optional("https", https -> https.parsed(ProxyAddress::parse)),
                    fields.list("noProxy", host -> host.parsed(DirectHost::parse))),
            "http",
            "https",
            "noProxy");
    if (proxy.http().isEmpty() && proxy.https().isEmpty()) {
      throw value.refused(
          "has neither 'http' nor 'https'", "Write one of them, or remove the key.");
    }
    return proxy;
  }

  private static Agent agent(YamlValue value) {
    return value.read(
        fields ->
            new Agent(
                source(fields),
                fields.optional("arguments", DefinitionReader::plain),
                fields.list("options", DefinitionReader::option)),
        "artifact",
        "file",
        "arguments",
        "options");
  }

  private static Tool tool(YamlValue value) {
    Tool tool =
        value.read(
            fields ->
                new Tool(
                    source(fields),
                    fields.required("into", DefinitionReader::into, "/"),
                    fields.optional("unpack", YamlValue::truth, false),
                    fields.optional("mode", DefinitionReader::mode),
                    fields.optional("owner", DefinitionReader::owner, Owner.ROOT)),
            "artifact",
            "file",
            "into",
            "unpack",
            "mode",
            "owner");
    if (tool.unpack() && tool.mode().isPresent()) {
      throw value.refused(
          "has a 'mode' beside 'unpack: true'",
          "Leave 'mode' out: what an archive holds keeps the archive's modes.");
    }
    return tool;
  }

  private static AddedFile addedFile(YamlValue value) {
    return value.read(
        fields ->
            new AddedFile(
                fields.required("from", DefinitionReader::glob, "refused"),
                fields.required("into", DefinitionReader::into, "/"),
                fields.optional("mode", DefinitionReader::mode),
                fields.optional("owner", DefinitionReader::owner, Owner.ROOT)),
        "from",
        "into",
        "mode",
        "owner");
  }

  private static Source source(YamlValue.Fields fields) {
    boolean artifact = fields.has("artifact");
    if (artifact == fields.has("file")) {
      fields.refuse(
          artifact ? "has both 'artifact' and 'file'" : "has neither 'artifact' nor 'file'",
          "Write 'artifact' for Maven coordinates, or 'file' for a file of this machine.");
    }
    return artifact
        ? fields.optional(
            "artifact",
            coordinates -> new Source.Artifact(coordinates.parsed(ArtifactCoordinates::parse)),
            NO_SOURCE)
        : fields.optional("file", DefinitionReader::onDisk, NO_SOURCE);
  }

  private static Source onDisk(YamlValue value) {
    String path = plain(value);
    if (path.endsWith("/")) {
      throw value.refused(
          "is '" + Printable.of(path) + "', which ends as a folder's path does",
          "Name one file; folders are for 'files'.");
    }
    return new Source.OnDisk(path);
  }

  private static String into(YamlValue value) {
    String text = value.text();
    ContainerPath path = value.place().told(() -> containerPath(value, text));
    return path.parts().isEmpty() || !text.endsWith("/") ? path.toString() : path + "/";
  }

  private static ContainerPath containerPath(YamlValue value, String text) {
    ContainerPath path = ContainerPath.parse("'" + value.place().path() + "'", text);
    path.parts().forEach(DefinitionReader::requireNoWhiteout);
    return path;
  }

  private static void requireNoWhiteout(String part) {
    if (part.startsWith(".wh.")) {
      throw new RefusedException(
          "'" + Printable.of(part) + "' is a name that removes files in a layer.",
          "Choose a name that does not begin with '.wh.'.");
    }
  }

  private static int mode(YamlValue value) {
    String text = value.text();
    if (!MODE.matcher(text).matches()) {
      throw value.refused(
          "is '" + Printable.of(text) + "', which is not a file mode",
          "Write three or four octal digits in quotes, like \"0644\".");
    }
    return Integer.parseInt(text, 8);
  }

  private static Owner owner(YamlValue value) {
    String text = value.text();
    Matcher matcher = OWNER.matcher(text);
    if (!matcher.matches()) {
      throw value.refused(
          "is '" + Printable.of(text) + "', which is not an owner",
          "Write the numbers of a user and a group in quotes, like \"10001:0\".");
    }
    return new Owner(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  private static String linkPath(String text) {
    ContainerPath path = ContainerPath.parse("'links'", text);
    path.parts().forEach(DefinitionReader::requireNoWhiteout);
    if (path.parts().isEmpty() || !path.toString().equals(text)) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' is not the path of a link.",
          "Write it without a slash at its end, like '/usr/local/bin/tool'.");
    }
    return text;
  }

  private static String variable(String name) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new RefusedException(
          "'" + Printable.of(name) + "' is not the name of a variable.",
          "Write letters, digits, '_', '.' and '-', no digit first.");
    }
    return name;
  }

  private static String settable(String name) {
    if (SET_BY_PROXY.matcher(name).matches()) {
      throw new RefusedException(
          "'" + Printable.of(name) + "' is not for 'environment': the JVM does not read it.",
          "Write the proxy under 'proxy', which sets the variables and the JVM's properties.");
    }
    return variable(name);
  }

  /** Text that may be empty, which unsets what the official image says. */
  private static String setting(YamlValue value) {
    return value.isEmptyText() ? "" : plain(value);
  }

  /** Text of one line. */
  static String plain(YamlValue value) {
    String text = value.text();
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw value.refused(
          "has a line break or another control character",
          "Write it on one line; after '>' or '|' YAML adds a line break, after '>-' not.");
    }
    if (PASSWORD_IN_URL.matcher(text).find() || PROXY_LOGIN.matcher(text).find()) {
      throw value.refused(
          "has a user or a password, which everyone could read in the image",
          "Leave them out, and give them to the containers that need them when they start.");
    }
    return text;
  }

  private static String option(YamlValue value) {
    String text = plain(value);
    if (!text.startsWith("-") || BLANK_IN_NAME.matcher(text).matches()) {
      throw value.refused(
          "is '" + Printable.of(text) + "', which is not one option of the JVM",
          "Write each option as an element of its own, like '-Dname=value', and those of two"
              + " words with '=' between them.");
    }
    String name = OPTION_VALUE.matcher(text).replaceFirst("");
    if (NO_VM_OPTIONS.contains(name)) {
      throw value.refused(
          "has '" + name + "', which a file of VM options cannot have",
          name.equals("-javaagent")
              ? "Write the agent's jar as an agent of its own, with 'artifact' or 'file'."
              : "Leave it out.");
    }
    return text;
  }

  private static String user(String text) {
    if (!USER.matcher(text).matches()) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' is not a user.",
          "Write the number or name of a user, and of a group after a colon, in quotes:"
              + " \"10001\" or \"10001:0\".");
    }
    return text;
  }

  /** A path of the image that applications are given: absolute, as it is read from YAML. */
  public static String given(YamlValue value) {
    String text = value.text();
    ContainerPath path = value.place().told(() -> containerPath(value, text));
    return value.parsed(given -> Given.require(path.toString()));
  }

  private static List<String> application(YamlValue value) {
    return value.read(fields -> fields.list("paths", DefinitionReader::given), "paths");
  }

  private static Protect protect(YamlValue value) {
    return value.read(
        fields ->
            new Protect(
                fields.list(
                    "paths",
                    path -> path.place().told(() -> containerPath(path, path.text()).toString())),
                fields.list("environment", name -> name.parsed(DefinitionReader::variable)),
                fields.optional(
                    "entrypoint", word -> word.parsed(Entrypoint::parse), Entrypoint.FREE)),
        "paths",
        "environment",
        "entrypoint");
  }
}
