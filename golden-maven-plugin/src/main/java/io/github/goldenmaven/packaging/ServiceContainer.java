package io.github.goldenmaven.packaging;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Which media types the manifest and its layers carry. */
  public enum Format {
    OCI,
    DOCKER
  }

  public ServiceContainer {
    entrypoint = entrypoint == null ? null : List.copyOf(entrypoint);
    cmd = cmd == null ? null : List.copyOf(cmd);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    ports = List.copyOf(ports);
    volumes = List.copyOf(volumes);
  }
}
