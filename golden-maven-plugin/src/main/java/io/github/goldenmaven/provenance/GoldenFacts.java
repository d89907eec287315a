package io.github.goldenmaven.provenance;

import java.util.List;

/**
 * What golden.yaml says about the image it declares.
 *
 * @param line what consumers name as the tag
 * @param certificates SHA-256 fingerprints of the company CAs, lower-case hex
 */
public record GoldenFacts(String name, String version, String line, List<String> certificates) {

  public GoldenFacts {
    certificates = certificates.stream().sorted().distinct().toList();
  }
}
