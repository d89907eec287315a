package io.github.goldenmaven.packaging.container;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.assembly.ExposedPorts;
import io.github.goldenmaven.assembly.ImageAssembly.Format;
import io.github.goldenmaven.text.Printable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a service writes into its image's config, parsed and checked. A {@code null} leaves what the
 * base says, maps and lists are added to the base's.
 *
 * @param entrypoint {@code null} inherits the base's
 * @param cmd {@code null} inherits the base's only where the entrypoint is inherited too; with an
 *     entrypoint of the service's own, {@code null} means that the image has no default command
 * @param mainClass the class that the entrypoint starts; {@code null} where the service has none of
 *     its own (a WAR) or where an own entrypoint made it unnecessary and none was found
 * @param workingDirectory absolute path
 * @param user as the config wants it: {@code user[:group]}, names or numbers
 * @param environment sorted by name
 * @param labels as they were written, sorted by key; what a label may be is not decided here
 * @param ports sorted, each {@code number/protocol}: {@code 8080/tcp}
 * @param volumes sorted absolute paths
 * @param created a time that somebody wrote down; {@code null} where nobody did
 * @param format {@code null} where nobody asked for one
 */
public record ServiceContainer(
    @Nullable List<String> entrypoint,
    @Nullable List<String> cmd,
    @Nullable String mainClass,
    @Nullable String workingDirectory,
    @Nullable String user,
    Map<String, String> environment,
    Map<String, String> labels,
    List<String> ports,
    List<String> volumes,
    @Nullable Instant created,
    @Nullable Format format) {

  private static final Pattern USER = Pattern.compile("[^\\s:\\p{Cntrl}]+(:[^\\s:\\p{Cntrl}]+)?");

  public ServiceContainer {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    cmd = cmd == null ? null : List.copyOf(cmd);
    environment = Collections.unmodifiableMap(new TreeMap<>(environment));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    ports = List.copyOf(ports);
    volumes = List.copyOf(volumes);
  }

  /**
   * Parses and checks what was written.
   *
   * @param entrypoint what starts the service; {@code null} inherits the base's
   * @param mainClass what the entrypoint starts, if it is a class of ours
   * @throws RefusedException for the first setting that is malformed
   */
  public static ServiceContainer of(
      ContainerSettings settings, @Nullable List<String> entrypoint, @Nullable String mainClass) {
    return new ServiceContainer(
        entrypoint,
        settings.args(),
        mainClass,
        workingDirectory(settings.workingDirectory()),
        user(settings.user()),
        environment(ContainerSettings.orEmpty(settings.environment())),
        ContainerSettings.orEmpty(settings.labels()),
        ExposedPorts.parse(
            ContainerSettings.orEmpty(settings.ports()),
            "<container><ports>",
            "Write ports of 1 to 65535 in <container><ports>, like '8080', '8000-8010' or"
                + " '53/udp'."),
        volumes(ContainerSettings.orEmpty(settings.volumes())),
        WrittenTime.ofCreation(settings.creationTime()),
        format(settings.format()));
  }

  private static @Nullable String workingDirectory(@Nullable String written) {
    return written == null
        ? null
        : ContainerPath.parse("<container><workingDirectory>", written).toString();
  }

  private static List<String> volumes(List<String> written) {
    return written.stream()
        .map(volume -> ContainerPath.parse("<container><volumes>", volume).toString())
        .distinct()
        .sorted()
        .toList();
  }

  private static @Nullable String user(@Nullable String written) {
    if (written != null && !USER.matcher(written).matches()) {
      throw new RefusedException(
          "'" + Printable.of(written) + "' in <container><user> is not a user.",
          "Write a name or number, with a group if need be, like '10001' or 'app:app', in"
              + " <container><user>.");
    }
    return written;
  }

  private static Map<String, String> environment(Map<String, String> written) {
    written.forEach(
        (name, value) -> {
          if (name.isBlank() || name.contains("=") || hasControls(name)) {
            throw new RefusedException(
                "'"
                    + Printable.of(name)
                    + "' in <container><environment> cannot name an environment variable.",
                "Write a name without '=' and control characters in <container><environment>.");
          }
          if (hasControls(value)) {
            throw new RefusedException(
                "The environment variable '"
                    + Printable.of(name)
                    + "' in <container><environment> has a line break or another control character"
                    + " in its value.",
                "Write the value on one line in <container><environment>.");
          }
        });
    return written;
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static @Nullable Format format(@Nullable String written) {
    if (written == null) {
      return null;
    }
    return switch (written) {
      case "OCI" -> Format.OCI;
      case "Docker" -> Format.DOCKER;
      default ->
          throw new RefusedException(
              "'" + Printable.of(written) + "' in <container><format> is not an image format.",
              "Write 'OCI' or 'Docker' in <container><format>.");
    };
  }
}
