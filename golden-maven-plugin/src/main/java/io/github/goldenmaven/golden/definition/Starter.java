package io.github.goldenmaven.golden.definition;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.text.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that a platform team begins with; what is there already is never touched. */
public final class Starter {

  /** In the folder they are written to, and beside this class. */
  private static final List<String> NAMES =
      List.of(
          "golden.yaml",
          "golden-policy.yaml",
          "golden-parent.xml",
          "schema/golden.schema.json",
          "schema/golden-policy.schema.json");

  private final Path folder;
  private final String version;

  /**
   * @param version of this plugin, for the parent POM
   */
  public Starter(Path folder, String version) {
    this.folder = folder;
    this.version = version;
  }

  /**
   * Writes what is not there.
   *
   * @param dryRun only tells
   * @return a sentence for each file
   */
  public List<String> write(boolean dryRun) {
    List<String> told = new ArrayList<>();
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        told.add("'" + Printable.of(name) + "' is there already and stays as it is");
      } else if (dryRun) {
        told.add("Dry run: would write '" + name + "'");
      } else {
        told.add(written(name, file));
      }
    }
    return told;
  }

  private String written(String name, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(
          file,
          content(name).getBytes(StandardCharsets.UTF_8),
          java.nio.file.StandardOpenOption.CREATE_NEW);
      return "Wrote '" + name + "'";
    } catch (FileAlreadyExistsException e) {
      return "'" + name + "' is there already and stays as it is";
    } catch (IOException e) {
      throw new UnavailableException(
          "'%s' cannot be written: %s."
              .formatted(
                  Printable.of(file.toString()), Printable.of(String.valueOf(e.getMessage()))),
          "Free some space or fix the permissions there, or run golden:init in another folder.",
          e);
    }
  }

  private String content(String name) throws IOException {
    try (InputStream in = Starter.class.getResourceAsStream("init/" + name)) {
      if (in == null) {
        throw new IOException("the plugin's jar has no '" + name + "'");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@version@", version);
    }
  }
}
