package io.github.goldenmaven.peers;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageIndex;
import io.github.goldenmaven.oci.ImageManifest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Layer;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.provenance.GoldenStamp;
import io.github.goldenmaven.provenance.Label;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Makes a golden image of an official one, in a few lines, so that tests of the build need no bake:
 * one small layer with a security policy and a company CA, an environment variable, a user, and the
 * labels a golden image must have. The same input gives the same digest. Immutable: each method
 * gives a new fixture.
 *
 * @param labels put last, over everything; an empty value takes a label away, for images that lie
 * @param more entries of its layer, behind its own
 * @param runtime bends the runtime part of the config, last
 */
public record GoldenFixture(
    LayoutFolder official,
    String officialTag,
    String officialName,
    String name,
    String line,
    String version,
    String content,
    Map<String, String> labels,
    List<LayerEntry> more,
    UnaryOperator<JsonObject> runtime) {

  /** The company CA that {@link #CERTIFICATE} is the fingerprint of. */
  static final String CA =
      """
      -----BEGIN CERTIFICATE-----
      MIIBrDCCAVGgAwIBAgIUaSXSbduTIOMnhY6O7+ZggngiJ7MwCgYIKoZIzj0EAwIw
      KjEoMCYGA1UEAwwfR29sZGVuIE1hdmVuIGZpeHR1cmUgY29tcGFueSBDQTAgFw0y
      NjExMjMxMDM2NThaGA8yMTI2MTAzMDEwMzY1OFowKjEoMCYGA1UEAwwfR29sZGVu
      IE1hdmVuIGZpeHR1cmUgY29tcGFueSBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH
      A0IABEmAr7aIUhhqHGsIEElCB8EtCwvfaEAWScYoa0PqwEkyHRbp1MRft9tCZTCF
      GL6Ri48+M9ClemaZ2XqOoHNmtf2jUzBRMB0GA1UdDgQWBBS8SaBLElHd/w3Zp0sB
      Eneg1fFgezAfBgNVHSMEGDAWgBS8SaBLElHd/w3Zp0sBEneg1fFgezAPBgNVHRMB
      Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQCPNQumXLCpNVsbGmL/zvV0wKKH
      hd9agRg7MZT+XwXa/wIhAL24osXjYqXtSOKyiIbAQ1wFbdnKblkKE0vG2eYSmHk7
      -----END CERTIFICATE-----
      """;

  /** The SHA-256 fingerprint of that CA, as the golden states it. */
  public static final String CERTIFICATE =
      "d023843da60fd472c86f423c7b45f9740f43fdfa54c29c9cb9125b3eeae142d7";

  public GoldenFixture {
    labels = Map.copyOf(labels);
    more = List.copyOf(more);
  }

  /** Of the image that a base has in its layout. */
  public static GoldenFixture of(LayoutFolder official) {
    return new GoldenFixture(
        official,
        OfficialImage.TAG,
        "docker.io/library/eclipse-temurin:" + OfficialImage.TAG,
        "java",
        "21",
        "21.0.9",
        "{\"policy\": 1}\n",
        Map.of(),
        List.of(),
        UnaryOperator.identity());
  }

  /** What the official image is called, fully qualified, with its tag. */
  public GoldenFixture officialName(String officialName) {
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, labels, more, runtime);
  }

  public GoldenFixture name(String name) {
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, labels, more, runtime);
  }

  public GoldenFixture line(String line) {
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, labels, more, runtime);
  }

  public GoldenFixture version(String version) {
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, labels, more, runtime);
  }

  /** What /etc/security/security-policy.json says: another content, another golden layer. */
  public GoldenFixture content(String content) {
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, labels, more, runtime);
  }

  /** With another value for a label; an empty one takes the label away. */
  public GoldenFixture label(String key, String value) {
    Map<String, String> stamped = new TreeMap<>(labels);
    stamped.put(key, value);
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, stamped, more, runtime);
  }

  /** With these entries too in its layer. */
  public GoldenFixture with(LayerEntry... entries) {
    List<LayerEntry> all = new ArrayList<>(more);
    all.addAll(List.of(entries));
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, labels, all, runtime);
  }

  /**
   * With a JVM, a shell, and what starts programs, each a file of no bytes: the gate looks whether
   * what a command names is there.
   */
  public GoldenFixture runnable() {
    return with(
        Stream.of(
                "opt/java/openjdk/bin/java",
                "lib64/ld-linux-x86-64.so.2",
                "usr/bin/ld-musl-x86_64.so.1",
                "usr/bin/sh",
                "usr/bin/env",
                "usr/bin/tini",
                "usr/bin/dumb-init",
                "usr/bin/busybox",
                "usr/bin/chroot",
                "usr/bin/wget")
            .map(TinyBase::program)
            .toArray(LayerEntry[]::new));
  }

  /** With this {@code /opt/golden/protect.json}, as golden:bake writes one. */
  public GoldenFixture protect(String json) {
    return with(TinyBase.file("opt/golden/protect.json", json));
  }

  public GoldenFixture runtime(UnaryOperator<JsonObject> change) {
    return new GoldenFixture(
        official, officialTag, officialName, name, line, version, content, labels, more, change);
  }

  /** Writes it into an OCI layout, tagged with its line. */
  public LayoutFolder writeTo(Path layout) {
    return writeTo(layout, line);
  }

  /** Writes it into an OCI layout: an index where the official image is one. */
  public LayoutFolder writeTo(Path layout, String tag) {
    LayoutFolder folder = LayoutFolder.at(layout);
    RawManifest base = official.manifest(officialTag);
    if (!base.isIndex()) {
      folder.put(golden(folder, base, base), tag);
      return folder;
    }
    List<Descriptor> manifests = new ArrayList<>();
    Map<String, String> annotations = new TreeMap<>();
    for (Descriptor entry : new ImageIndex(base).runnable()) {
      RawManifest golden = golden(folder, base, official.manifest(entry));
      annotations.putAll(new ImageManifest(golden).annotations());
      manifests.add(folder.put(golden).withPlatform(entry.json().object("platform").orElseThrow()));
    }
    folder.put(OfficialImage.index(manifests, annotations), tag);
    return folder;
  }

  /**
   * Pushes it as {@code host/repository:line}.
   *
   * @return that reference
   */
  public String pushTo(DockerRegistry registry, String repository) {
    try {
      Path layout = Files.createTempDirectory("gm-golden-");
      try {
        registry.push(writeTo(layout), line, repository, line);
      } finally {
        try (Stream<Path> files = Files.walk(layout)) {
          for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
      return registry.host() + "/" + repository + ":" + line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawManifest golden(LayoutFolder folder, RawManifest whole, RawManifest manifest) {
    ImageManifest below = new ImageManifest(manifest);
    ImageConfig config = official.config(below);
    Layer layer = layer();
    Map<String, String> stamped = stamp(whole, manifest, config);
    ImageConfig golden =
        config
            .withLayers(
                List.of(layer.diffId()),
                List.of(
                    JsonObject.EMPTY
                        .with("created", OfficialImage.CREATED)
                        .with("created_by", "golden:bake")))
            .withCreated(OfficialImage.CREATED)
            .withLabels(stamped)
            .withRuntime(
                runtime -> {
                  List<String> env = new ArrayList<>(runtime.strings("Env"));
                  env.add("TZ=Asia/Seoul");
                  return runtime.with("Env", JsonValue.ofTexts(env)).with("User", "10001");
                })
            .withRuntime(runtime);
    List<JsonObject> layers = new ArrayList<>();
    for (Descriptor official : below.layers()) {
      folder.copy(official, this.official);
      layers.add(official.json());
    }
    layers.add(folder.put(layer).json());
    return manifest(folder.put(MediaTypes.OCI_CONFIG, golden.toBytes()), layers, stamped);
  }

  private static RawManifest manifest(
      Descriptor config, List<JsonObject> layers, Map<String, String> labels) {
    Map<String, String> annotations = new TreeMap<>();
    Arrays.stream(Label.values())
        .filter(Label::annotation)
        .forEach(label -> label.in(labels).ifPresent(value -> annotations.put(label.key(), value)));
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with("config", config.json())
            .with("layers", JsonValue.ofObjects(layers))
            .with("annotations", annotations));
  }

  private Map<String, String> stamp(RawManifest whole, RawManifest manifest, ImageConfig config) {
    Map<String, String> stamped = new TreeMap<>(config.labels());
    stamped.keySet().removeIf(Label::speaksOfOneImage);
    stamped.putAll(
        new GoldenStamp(
                name,
                version,
                line,
                CERTIFICATE,
                officialName,
                whole.digest(),
                manifest.digest(),
                config.diffIds())
            .labels());
    stamped.put(Label.CREATED.key(), OfficialImage.CREATED);
    stamped.putAll(labels);
    stamped.values().removeIf(String::isEmpty);
    return stamped;
  }

  private Layer layer() {
    List<LayerEntry> entries =
        new ArrayList<>(
            List.of(
                TinyBase.directory("etc/security", 0755),
                TinyBase.file("etc/security/security-policy.json", content),
                TinyBase.directory("opt/golden", 0755),
                TinyBase.file("opt/golden/company-ca.pem", CA)));
    entries.addAll(more);
    return TinyBase.write(entries);
  }
}
