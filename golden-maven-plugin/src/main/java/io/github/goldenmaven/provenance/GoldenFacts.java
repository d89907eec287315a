package io.github.goldenmaven.provenance;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What golden.yaml says about the image it declares, and what was found in it.
 *
 * @param line what consumers name as the tag
 * @param certificates SHA-256 fingerprints of the company CAs, lower-case hex
 * @param treeOrNull what builds must know of its files; {@code null} where nobody looked
 * @param javaOrNull the JVMs of this platform's image; {@code null} where it has none
 */
public record GoldenFacts(
    String name,
    String version,
    String line,
    List<String> certificates,
    @Nullable JavaVersions javaOrNull,
    @Nullable GoldenTree treeOrNull) {

  public GoldenFacts {
    certificates = certificates.stream().sorted().distinct().toList();
  }
}
