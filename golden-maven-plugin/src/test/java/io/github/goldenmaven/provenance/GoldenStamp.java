package io.github.goldenmaven.provenance;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a golden image says of itself, as {@code golden:bake} stamps it: the one place of the tests
 * that knows which labels those are.
 *
 * @param certificates fingerprints, separated by commas
 * @param official digest of the official image, of its index where it is one
 * @param manifest digest of the official image's manifest for this platform
 * @param diffIds of the official image's layers
 */
public record GoldenStamp(
    String name,
    String version,
    String line,
    String certificates,
    String officialName,
    Digest official,
    Digest manifest,
    List<Digest> diffIds) {

  public Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>();
    labels.put(Label.TITLE.key(), name);
    labels.put(Label.VERSION.key(), version);
    labels.put(Label.BASE_NAME.key(), officialName);
    labels.put(Label.BASE_DIGEST.key(), official.toString());
    labels.put(Label.SCHEMA.key(), Label.CURRENT_SCHEMA);
    labels.put(Label.ROLE.key(), Role.GOLDEN.value());
    labels.put(Label.BASE_MANIFEST.key(), manifest.toString());
    labels.put(Label.BASE_CHAIN.key(), ImageConfig.chainId(diffIds).toString());
    labels.put(Label.BASE_LAYERS.key(), Integer.toString(diffIds.size()));
    labels.put(Label.GOLDEN_NAME.key(), name);
    labels.put(Label.GOLDEN_VERSION.key(), version);
    labels.put(Label.GOLDEN_LINE.key(), line);
    labels.put(Label.GOLDEN_CERTIFICATES.key(), certificates);
    labels.put(Label.OFFICIAL_NAME.key(), officialName);
    labels.put(Label.OFFICIAL_DIGEST.key(), official.toString());
    return labels;
  }
}
