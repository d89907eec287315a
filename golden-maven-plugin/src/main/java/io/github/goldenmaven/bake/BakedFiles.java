package io.github.goldenmaven.bake;

import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Addition;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.bake.files.LocalFiles;
import io.github.goldenmaven.bake.files.Unpacked;
import io.github.goldenmaven.bake.jvm.BakedAgents;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.files.FileNames;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import io.github.goldenmaven.golden.definition.GoldenDefinition.AddedFile;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Protect;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Tool;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import io.github.goldenmaven.provenance.git.Warning;
import io.github.goldenmaven.text.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tools, files, links and variables: all that golden.yaml adds without regard to what the official
 * image is. Read once, added to every platform.
 */
public final class BakedFiles {

  static final String PROTECT_FILE = "opt/golden/protect.json";

  private static final int FILE_MODE = 0644;
  private static final int FOLDER_MODE = 0755;

  private static final Pattern HIDDEN =
      Pattern.compile("(?:proc|sys|dev)/.*|etc/(?:resolv\\.conf|hosts|hostname)");

  private final GoldenDefinition definition;
  private final LocalFiles local;
  private final List<Addition> additions = new ArrayList<>();
  private final List<Warning> warnings = new ArrayList<>();

  private BakedFiles(GoldenDefinition definition, LocalFiles local) {
    this.definition = definition;
    this.local = local;
  }

  /**
   * Reads what golden.yaml names.
   *
   * @param work a folder for what archives hold; has to stay until the layers are written
   * @throws io.github.goldenmaven.RefusedException when something is missing, or no archive
   */
  public static BakedFiles read(GoldenDefinition definition, LocalFiles local, Path work) {
    BakedFiles baked = new BakedFiles(definition, local);
    for (int i = 0; i < definition.tools().size(); i++) {
      baked.tool(definition.tools().get(i), "tools[" + i + "]", work.resolve("tool-" + i));
    }
    for (int i = 0; i < definition.files().size(); i++) {
      baked.files(definition.files().get(i), "files[" + i + "]");
    }
    definition
        .links()
        .forEach(
            (link, target) ->
                baked.add(
                    Tier.SETTINGS,
                    new LayerEntry.SymbolicLink(
                        link.substring(1), target, Owner.ROOT, Additions.TIME),
                    "links"));
    definition
        .container()
        .workingDirectory()
        .filter(path -> !path.equals("/"))
        .ifPresent(
            path ->
                baked.add(
                    Tier.SETTINGS,
                    new LayerEntry.Directory(
                        path.substring(1), FOLDER_MODE, Owner.ROOT, Additions.TIME),
                    "workingDirectory"));
    baked.protect();
    return baked;
  }

  /** Adds tools, files and links. */
  public void addTo(Additions platform) {
    additions.forEach(addition -> add(addition, platform));
    warnings.forEach(warning -> platform.warn(warning.problem(), warning.remedy()));
  }

  /** Adds the variables that nothing else set before. */
  public void addVariablesTo(Additions platform) {
    definition.environment().entrySet().stream()
        // Where there is a JVM its agents took the value over.
        .filter(
            variable ->
                !variable.getKey().equals(BakedAgents.VARIABLE)
                    || !platform.environment().containsKey(BakedAgents.VARIABLE))
        .forEach(
            variable ->
                platform.environment(variable.getKey(), variable.getValue(), "environment"));
  }

  private static void add(Addition addition, Additions platform) {
    LayerEntry entry = addition.entry();
    String path = entry.path();
    Owner owner = entry.owner();
    String origin = addition.origin();
    if (!(entry instanceof LayerEntry.Directory) && HIDDEN.matcher(path).matches()) {
      platform.warn(
          "'/"
              + Printable.of(path)
              + "' of '"
              + origin
              + "' is not visible in containers: container runtimes put their own there.",
          "Leave it out, or give it another place.");
    }
    if (entry instanceof LayerEntry.File file) {
      platform.ownFile(
          addition.tier(), path, file.size(), file.content(), file.mode(), owner, origin);
    } else if (entry instanceof LayerEntry.SymbolicLink link) {
      platform.link(addition.tier(), path, link.target(), owner, origin);
    } else if (platform
        .official()
        .find(path)
        .filter(node -> node.type() == ImageFiles.Type.DIRECTORY)
        .isEmpty()) {
      // A folder that is there keeps its mode: /tmp has to stay everyone's.
      platform.directory(addition.tier(), path, entry.mode(), owner, origin);
    }
  }

  private void add(Tier tier, LayerEntry entry, String origin) {
    additions.add(new Addition(tier, entry, origin));
  }

  private void tool(Tool tool, String key, Path scratch) {
    Path file = local.of(tool.source(), key);
    String into = tool.into().substring(1);
    if (!tool.unpack()) {
      String path = into.isEmpty() || into.endsWith("/") ? into + tool.source().fileName() : into;
      int mode = tool.mode().orElse(FILE_MODE);
      add(Tier.TOOLS, file(file, path, mode, tool.owner()), key);
      return;
    }
    String name = Printable.of(tool.source().toString());
    Unpacked unpacked = Unpacked.of(file, name, scratch, definition, key);
    List<LayerEntry> entries = unpacked.entries(folder(into), tool.owner());
    entries.forEach(entry -> add(Tier.TOOLS, entry, key));
    warnOf(unpacked, name, key, entries.isEmpty());
  }

  private void warnOf(Unpacked unpacked, String name, String key, boolean isEmpty) {
    if (isEmpty) {
      warnings.add(
          new Warning(
              "The archive '" + name + "' of '" + key + "' is empty: nothing of it is baked.",
              "Check that it is the right archive, or leave it out."));
    }
    unpacked
        .guessedName()
        .ifPresent(
            path ->
                warnings.add(
                    new Warning(
                        "The archive '"
                            + name
                            + "' does not say what its names are written in; '"
                            + Printable.of(path)
                            + "' was read by the code page 437.",
                        "Pack it again with names in UTF-8 if that is another name.")));
    unpacked
        .privileged()
        .ifPresent(
            path ->
                warnings.add(
                    new Warning(
                        "'"
                            + Printable.of(path)
                            + "' in the archive '"
                            + name
                            + "' had setuid, setgid or capabilities, which were removed.",
                        "Add it with 'files' and a 'mode' of four digits if it must have them.")));
  }

  private void matchingFiles(AddedFile added, String key, boolean inFolder) {
    String glob = added.from();
    if (!inFolder) {
      throw definition.refused(
          key + ".into",
          "'" + Printable.of(glob) + "' may match several files, which cannot all have one name.",
          "Write '" + Printable.of(added.into()) + "/' to put them into that folder.");
    }
    local
        .files(glob, key + ".from")
        .forEach(
            file -> {
              requireNoLinkOut(file, glob, key);
              file(file, added.into().substring(1) + FileNames.utf8(file, 1), added, key);
            });
  }

  private void files(AddedFile added, String key) {
    String from = added.from();
    String into = added.into().substring(1);
    boolean inFolder = into.isEmpty() || into.endsWith("/");
    if (LocalFiles.isGlob(from)) {
      matchingFiles(added, key, inFolder);
      return;
    }
    Path path = local.existing(from, key + ".from");
    boolean isFolder = Files.isDirectory(path);
    if (from.endsWith("/") && !isFolder) {
      throw definition.refused(
          key + ".from", "'" + Printable.of(from) + "' is not a folder.", "Leave the slash out.");
    }
    String place = inFolder && !from.endsWith("/") ? into + FileNames.utf8(path, 1) : folder(into);
    if (isFolder) {
      new DiskTree(path, place, added, definition, key)
          .entries()
          .forEach(entry -> add(Tier.SETTINGS, entry, key));
    } else {
      file(path, place, added, key);
    }
  }

  /** As in a folder: what a glob matches is what lies there. */
  private void requireNoLinkOut(Path file, String from, String key) {
    if (!Files.isSymbolicLink(file)) {
      return;
    }
    Path real = LocalFiles.real(file);
    boolean stays =
        real.startsWith(LocalFiles.real(definition.folder()))
            || real.startsWith(LocalFiles.real(file.resolveSibling(".")));
    if (!stays) {
      throw definition.refused(
          key + ".from",
          "'"
              + Printable.of(FileNames.utf8(file, 1))
              + "' of '"
              + Printable.of(from)
              + "' is a link that leads out of the folder, to '"
              + Printable.of(real.toString())
              + "'.",
          "Copy the file there, or name it by its own path in 'from'.");
    }
  }

  private void file(Path file, String path, AddedFile added, String key) {
    add(Tier.SETTINGS, file(file, path, added.mode().orElse(FILE_MODE), added.owner()), key);
  }

  static LayerEntry file(Path file, String path, int mode, Owner owner) {
    return new LayerEntry.File(
        path, LocalFiles.size(file), new LayerEntry.OnDisk(file), mode, owner, Additions.TIME);
  }

  private static String folder(String into) {
    return into.endsWith("/") ? into.substring(0, into.length() - 1) : into;
  }

  private void protect() {
    Protect protect = definition.protect();
    if (protect.isEmpty()) {
      return;
    }
    byte[] json =
        JsonObject.EMPTY
            .with("paths", JsonValue.ofTexts(protect.paths().stream().sorted().toList()))
            .with(
                "environment", JsonValue.ofTexts(protect.environment().stream().sorted().toList()))
            .with("entrypoint", protect.entrypoint().word())
            .toBytes();
    add(
        Tier.SETTINGS,
        new LayerEntry.File(
            PROTECT_FILE,
            json.length,
            () -> new java.io.ByteArrayInputStream(json),
            FILE_MODE,
            Owner.ROOT,
            Additions.TIME),
        "protect");
  }
}
