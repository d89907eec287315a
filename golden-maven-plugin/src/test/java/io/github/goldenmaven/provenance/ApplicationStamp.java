package io.github.goldenmaven.provenance;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageConfig;
import java.util.Map;
import java.util.TreeMap;

/** What an application image says of itself, as {@code golden:build} stamps it. */
public final class ApplicationStamp {

  private ApplicationStamp() {}

  /**
   * The labels of an image on this golden.
   *
   * @param baseName the golden's name with its tag; empty where it is in a folder
   * @param base digest of the golden, of its index where it is one
   * @param manifest digest of the golden's manifest for this platform
   */
  public static Map<String, String> labels(
      String baseName, Digest base, Digest manifest, ImageConfig golden) {
    Map<String, String> labels = new TreeMap<>();
    golden
        .labels()
        .forEach(
            (key, value) -> {
              boolean inherited =
                  java.util.Arrays.stream(Label.values())
                      .anyMatch(label -> label.inherited() && label.key().equals(key));
              if (inherited || !Label.speaksOfOneImage(key)) {
                labels.put(key, value);
              }
            });
    labels.put(Label.TITLE.key(), "orders");
    labels.put(Label.VERSION.key(), "1.4.2");
    labels.put(Label.SOURCE.key(), "https://git.company.example/shop/orders");
    labels.put(Label.BASE_NAME.key(), baseName);
    labels.put(Label.BASE_DIGEST.key(), base.toString());
    labels.put(Label.SCHEMA.key(), Label.CURRENT_SCHEMA);
    labels.put(Label.ROLE.key(), Role.APPLICATION.value());
    labels.put(Label.BASE_MANIFEST.key(), manifest.toString());
    labels.put(Label.BASE_CHAIN.key(), ImageConfig.chainId(golden.diffIds()).toString());
    labels.put(Label.BASE_LAYERS.key(), Integer.toString(golden.diffIds().size()));
    labels.put(Label.MAVEN_COORDINATES.key(), "com.example:orders:1.4.2");
    return labels;
  }
}
