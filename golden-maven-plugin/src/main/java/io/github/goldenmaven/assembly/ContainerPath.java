package io.github.goldenmaven.assembly;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.text.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An absolute path in an image. Slashes at the end or one after another mean nothing, as in jib;
 * {@code .} and {@code ..} are refused, for they would let a layer write beside its own folder.
 */
public record ContainerPath(List<String> parts) {

  public ContainerPath {
    parts = List.copyOf(parts);
  }

  /**
   * Reads what a parameter says.
   *
   * @param parameter as the user knows it: {@code <container><appRoot>}
   */
  public static ContainerPath parse(String parameter, String text) {
    List<String> parts =
        Arrays.stream(text.split("/", -1)).filter(part -> !part.isEmpty()).toList();
    if (!text.startsWith("/")
        || parts.contains(".")
        || parts.contains("..")
        || text.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedException(
          "'" + Printable.of(text) + "' in " + parameter + " is not an absolute path of an image.",
          "Write it in " + parameter + " from the root and without dots, like '/app/data'.");
    }
    return new ContainerPath(parts);
  }

  /** This path and relative parts below it. */
  public ContainerPath resolve(String relative) {
    return new ContainerPath(
        Stream.concat(parts.stream(), Arrays.stream(relative.split("/")))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.toList()));
  }

  /** As a layer writes it: no slash in front. */
  public String inLayer() {
    return String.join("/", parts);
  }

  @Override
  public String toString() {
    return "/" + inLayer();
  }
}
