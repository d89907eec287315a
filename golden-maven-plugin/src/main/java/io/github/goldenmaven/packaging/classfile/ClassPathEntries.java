package io.github.goldenmaven.packaging.classfile;

import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a service's command names as its class path, as far as it is one that starts {@code java}.
 *
 * @param paths from the image's root, without a slash before them
 */
public record ClassPathEntries(List<String> paths) {

  private static final Set<String> OPTIONS = Set.of("-cp", "-classpath", "--class-path", "-jar");
  private static final String LONG = "--class-path=";
  private static final String ALL_JARS = "/*";

  /** In bytes: some thousand libraries. */
  private static final int MAX_ARGUMENT_FILE = 1 << 20;

  public ClassPathEntries {
    paths = List.copyOf(paths);
  }

  /** Of the command that the service itself writes; an inherited one is a server's or a script. */
  public static ClassPathEntries of(PackagedService service) {
    List<String> command = command(service.container());
    List<String> paths = new ArrayList<>();
    for (int at = 0; at < command.size(); at++) {
      String word = command.get(at);
      if (word.startsWith(LONG)) {
        paths.addAll(split(service, word.substring(LONG.length())));
      } else if (OPTIONS.contains(word) && at + 1 < command.size()) {
        paths.addAll(split(service, command.get(at + 1)));
      }
    }
    return new ClassPathEntries(paths);
  }

  private static List<String> command(ServiceContainer container) {
    List<String> command = new ArrayList<>();
    if (container.entrypoint() != null) {
      command.addAll(container.entrypoint());
    }
    if (container.cmd() != null) {
      command.addAll(container.cmd());
    }
    return command;
  }

  private static List<String> split(PackagedService service, String written) {
    String classPath = written.startsWith("@") ? content(service, written.substring(1)) : written;
    return Arrays.stream(classPath.strip().split(":", -1))
        .map(path -> path.replaceAll("^/+|/+$", ""))
        .filter(path -> !path.isEmpty())
        .toList();
  }

  private static String content(PackagedService service, String argumentFile) {
    return service.layers().stream()
        .flatMap(layer -> layer.entries().stream())
        .filter(entry -> argumentFile.equals("/" + entry.path()))
        .filter(LayerEntry.File.class::isInstance)
        .map(entry -> content((LayerEntry.File) entry))
        .findFirst()
        .orElse("");
  }

  private static String content(LayerEntry.File file) {
    try (InputStream in = file.content().open()) {
      return new String(in.readNBytes(MAX_ARGUMENT_FILE), StandardCharsets.UTF_8);
    } catch (IOException e) {
      // Whoever writes the layer says it.
      return "";
    }
  }

  /** Whether a jar is on it. */
  public boolean holds(String jar) {
    return paths.stream()
        .anyMatch(
            path ->
                path.equals(jar)
                    || (path.endsWith(ALL_JARS)
                        && jar.startsWith(path.substring(0, path.length() - 1))
                        && jar.indexOf('/', path.length() - 1) < 0));
  }

  /** The name of a class file below the folder of the class path that it is in. */
  Optional<String> nameIn(String file) {
    return paths.stream()
        .filter(path -> file.startsWith(path + "/"))
        .map(path -> file.substring(path.length() + 1))
        .findFirst();
  }
}
