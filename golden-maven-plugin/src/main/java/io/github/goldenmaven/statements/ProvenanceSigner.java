package io.github.goldenmaven.statements;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.console.Console;
import io.github.goldenmaven.oci.DaemonReference;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.signing.KeyPassword;
import io.github.goldenmaven.signing.KeyReference;
import io.github.goldenmaven.signing.SigningKey;
import io.github.goldenmaven.text.Printable;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what a run made and by whom, and signs it where there is a key. The key is opened first: a
 * wrong one is told before anything is made.
 */
public final class ProvenanceSigner implements AutoCloseable {

  /** Who builds where nobody says so: a page that says what that is worth. */
  private static final URI NO_BUILDER =
      URI.create("https://github.com/goldenmaven/golden-maven/blob/main/docs/slsa.md#no-builder");

  private final Clock clock;
  private final Instant started;
  private final Settings settings;
  private final @Nullable SigningKey key;

  /**
   * What a goal was told.
   *
   * @param builder a URI; empty where nobody vouches for this machine
   * @param invocation the build server's page of this run, as it tells it
   * @param tools resource descriptors of JDK, Maven and plugin
   */
  public record Settings(
      Optional<KeyReference> key,
      Optional<KeyPassword> password,
      Optional<String> builder,
      Optional<String> invocation,
      List<JsonObject> tools) {

    public Settings {
      tools = List.copyOf(tools);
    }
  }

  private ProvenanceSigner(Settings settings, Clock clock, @Nullable SigningKey key) {
    this.settings = settings;
    this.clock = clock;
    this.started = clock.instant();
    this.key = key;
  }

  /**
   * Begins with the run.
   *
   * @param target where the image will go
   * @throws RefusedException when the key cannot be opened, the builder is no URI, or the target
   *     keeps no statements
   */
  public static ProvenanceSigner open(
      Settings settings, ImageReference target, Clock clock, Console console) {
    settings.builder().ifPresent(ProvenanceSigner::builder);
    if (settings.key().isEmpty()) {
      if (settings.password().isPresent()) {
        throw new RefusedException(
            "There is a <keyPassword> (golden.keyPassword) and no key.", KeyReference.REMEDY);
      }
      return new ProvenanceSigner(settings, clock, null);
    }
    if (target instanceof DaemonReference) {
      throw new RefusedException(
          "'" + target + "' is in a Docker Engine, which keeps no signed statements.",
          "Build into a registry or an OCI layout folder, or leave out <key> and -Dgolden.key.");
    }
    KeyReference reference = settings.key().orElseThrow();
    reference.warning().ifPresent(problem -> console.warn(problem, "Run 'chmod 600' on it."));
    return new ProvenanceSigner(settings, clock, SigningKey.open(reference, settings.password()));
  }

  private static URI builder(String text) {
    return RunFacts.address(text)
        .orElseThrow(
            () ->
                new RefusedException(
                    "The builder '" + Printable.withoutCredentials(text) + "' is no absolute URI.",
                    "Name the machine that builds in <builder> or with -Dgolden.builder, like"
                        + " 'https://ci.company.example/golden'."));
  }

  /** What is to be said about an image, with this moment as the run's end. */
  public Statement provenance(StatedImage image) {
    return Provenance.of(
        image,
        new RunFacts(
            settings.builder().map(ProvenanceSigner::builder).orElse(NO_BUILDER),
            settings.invocation().flatMap(RunFacts::address),
            started,
            clock.instant(),
            settings.tools()));
  }

  /**
   * Signs provenance, and an SBOM where there is one, and lets them hang on the image; does nothing
   * where there is no key.
   */
  public void sign(List<Statement> statements, StatedImage image, ImageStore to, Console console) {
    if (key == null) {
      return;
    }
    int attached = Attestations.attach(statements, image, key, to);
    console.info(
        attached == 0
            ? "This key signed the same before: nothing attached"
            : "Signed, and attached %d %s that the image lacked"
                .formatted(attached, attached == 1 ? "statement" : "statements"));
  }

  /** Whether there is a key. */
  public boolean signs() {
    return key != null;
  }

  @Override
  public void close() {
    if (key != null) {
      key.close();
    }
  }
}
