package io.github.goldenmaven.packaging.classfile;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.packaging.container.ServiceContainer;
import io.github.goldenmaven.packaging.layers.PackagedService;
import io.github.goldenmaven.provenance.JavaVersions;
import io.github.goldenmaven.provenance.Label;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Java that runs a service on its golden image, by what the golden's label tells.
 *
 * @param feature its version
 * @param previews whether it is started with {@code --enable-preview}, as far as can be told
 */
public record StartedJava(int feature, boolean previews) {

  private static final String PREVIEWS = "--enable-preview";
  private static final String JAVA = "java";

  /**
   * For {@code java} the one that {@code PATH} finds first. A script, a server or a path may start
   * another of the golden's: then the newest, so that nothing is refused which may run. Empty where
   * the golden tells none, or the service brings a JVM of its own.
   */
  static Optional<StartedJava> of(ImageConfig golden, PackagedService service) {
    ServiceContainer container = service.container();
    List<String> command = command(golden, container);
    String program = command.isEmpty() ? "" : command.get(0);
    if (bringsProgram(service, program)) {
      return Optional.empty();
    }
    boolean byPath = program.equals(JAVA) && !container.environment().containsKey("PATH");
    return Label.GOLDEN_JAVA
        .in(golden.labels())
        .map(JavaVersions::parse)
        .filter(versions -> !versions.isNone())
        .map(
            versions ->
                new StartedJava(
                    byPath ? versions.first() : versions.newest(),
                    !byPath || hasPreviews(command, golden, container)));
  }

  /** What the container will run. */
  public static List<String> command(ImageConfig golden, ServiceContainer container) {
    List<String> command = new ArrayList<>();
    boolean inherits = container.entrypoint() == null;
    command.addAll(inherits ? golden.runtime().strings("Entrypoint") : container.entrypoint());
    if (container.cmd() != null) {
      command.addAll(container.cmd());
    } else if (inherits) {
      command.addAll(golden.runtime().strings("Cmd"));
    }
    return command;
  }

  private static boolean bringsProgram(PackagedService service, String program) {
    return program.startsWith("/")
        && service.layers().stream()
            .flatMap(layer -> layer.entries().stream())
            .anyMatch(entry -> program.equals("/" + entry.path()));
  }

  private static boolean hasPreviews(
      List<String> command, ImageConfig golden, ServiceContainer container) {
    return Stream.of(command, golden.environment().values(), container.environment().values())
        .flatMap(Collection::stream)
        .anyMatch(word -> word.contains(PREVIEWS));
  }
}
