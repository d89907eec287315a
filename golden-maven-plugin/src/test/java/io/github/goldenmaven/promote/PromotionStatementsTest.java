package io.github.goldenmaven.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.promote.Promotion.Outcome;
import io.github.goldenmaven.promote.Promotion.Result;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.MemoryStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class PromotionStatementsTest extends PromotionFixture {

  private static final String REMEDY =
      " Have it deleted there, or name another image in <image> or with -Dgolden.image: only what"
          + " the gate looked at goes to the releases.";

  private static final String[] TYPE = {"Content-Type", MediaTypes.OCI_INDEX};

  @Test
  void bringsTheStatementsAlong() {
    registry.push(apps, "one", "apps/stated", "1");
    String source = registry.host() + "/apps/stated:1";
    Digest subject = apps.manifest("one").digest();
    RawManifest statement = statement(apps.manifest("one"));
    try (ImageStore from = stores.open(ImageReference.parse(source))) {
      from.put(Blob.of(new byte[] {'{', '}'}), bytes -> {});
      from.attach(List.of(statement));
    }
    String target = target();

    Result result = promote(source, target);

    assertThat(result.referrers()).isEqualTo(1);
    try (ImageStore into = stores.open(ImageReference.parse(target))) {
      assertThat(into.referrers(subject))
          .extracting(Descriptor::digest)
          .containsExactly(statement.digest());
      assertThat(into.manifest(statement.digest())).hasValue(statement);
    }
  }

  @Test
  void refusesATargetThatLosesTheStatementsBeforeTheTagIsThere() {
    String source = stated("lost");
    RawManifest top = apps.manifest("one");
    MemoryStore forgetful = new MemoryStore("r.example/release/orders");

    assertThatThrownBy(() -> promote(source, forgetful))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'r.example/release/orders' does not list '"
                + statement(top).digest()
                + "' of '"
                + top.digest()
                + "' although it accepted it. Promote to a registry that keeps what refers to an"
                + " image, in <to> or with -Dgolden.to.");
    assertThat(forgetful.tags).isEmpty();
  }

  /** The tag is there already, and its statements are not. */
  @Test
  void bringsTheStatementsOfAnImageThatIsThereWithout() {
    String target = target();
    promote(source(), target);
    String source = stated("late");

    Result again = promote(source, target);

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.referrers()).isEqualTo(1);
    assertThat(promote(source, target).referrers()).isZero();
  }

  @Test
  void refusesAnImageThatComesAlongAsAStatement() {
    RawManifest runnable =
        RawManifest.of(
            apps.manifest("one").json().with("subject", apps.manifest("one").descriptor().json()));

    refusesToBring(
        "runnable",
        runnable,
        "refers to '"
            + apps.manifest("one").digest()
            + "' and is itself an image that could be run.");
  }

  /** A snapshotter that finds one goes by it instead of the layers. */
  @Test
  void refusesAListOfFilesThatComesAlong() {
    for (String key : List.of("artifactType", "config")) {
      JsonObject image = apps.manifest("one").json();
      JsonObject config = image.object("config").orElseThrow();
      String type = "application/vnd.amazon.soci.index.v1+json";
      String other = "application/x-thing";
      RawManifest soci =
          RawManifest.of(
              image
                  .with("config", config.with("mediaType", key.equals("config") ? type : other))
                  .with("artifactType", key.equals("config") ? other : type)
                  .with("layers", JsonValue.ofObjects(List.of()))
                  .with("subject", apps.manifest("one").descriptor().json()));

      refusesToBring(
          "soci-" + key.toLowerCase(Locale.ROOT),
          soci,
          "refers to '"
              + apps.manifest("one").digest()
              + "' and is a list of files that some runtimes read.");
    }
  }

  @Test
  void refusesAnImageThatComesAlongAsAnArtifactOfAnotherConfigType() {
    JsonObject json = apps.manifest("one").json();
    RawManifest runnable =
        RawManifest.of(
            json.with(
                    "config",
                    json.object("config").orElseThrow().with("mediaType", "application/x-thing"))
                .with("artifactType", "application/x-thing")
                .with("subject", apps.manifest("one").descriptor().json()));

    refusesToBring(
        "disguised",
        runnable,
        "refers to '"
            + apps.manifest("one").digest()
            + "' and is itself an image that could be run.");
  }

  /** Nobody looks into statements, so they carry no images' worth of bytes to the releases. */
  @Test
  void refusesAStatementOfHundredsOfMegabytes() {
    long bound = 256L << 20;
    RawManifest image = apps.manifest("one");
    List<Descriptor> listed = new ArrayList<>();
    MemoryStore from =
        new MemoryStore("r.example/apps/orders") {
          @Override
          public List<Descriptor> referrers(Digest subject) {
            return subject.equals(image.digest()) ? List.copyOf(listed) : List.of();
          }
        };
    from.put(image);
    RawManifest large = ofSize(image, bound - 2);
    from.attach(List.of(large));
    listed.add(large.descriptor());
    DocumentCache cache = new DocumentCache(folder.resolve("none"));
    assertThat(Statements.of(image.digest(), from, cache).bySubject())
        .isEqualTo(Map.of(image.digest(), List.of(large)));
    RawManifest larger = ofSize(image, bound - 1);
    from.attach(List.of(larger));
    listed.add(larger.descriptor());

    assertThatThrownBy(() -> Statements.of(image.digest(), from, cache))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + larger.digest()
                + "' in 'r.example/apps/orders' comes along with the image and has 268435457"
                + " bytes."
                + REMEDY);
  }

  /** A statement about an image whose one layer states a size; its config has two bytes. */
  private static RawManifest ofSize(RawManifest image, long size) {
    Descriptor layer =
        Descriptor.of("application/vnd.example.statement", Digest.of(new byte[0]), size);
    return RawManifest.of(
        statement(image).json().with("layers", JsonValue.ofObjects(List.of(layer.json()))));
  }

  @Test
  void refusesAnIndexThatComesAlongAsAStatement() {
    RawManifest index =
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_INDEX)
                .with(
                    "manifests",
                    JsonValue.ofObjects(List.of(apps.manifest("one").descriptor().json())))
                .with("subject", apps.manifest("one").descriptor().json()));

    refusesToBring("nested", index, "comes along with the image and is an index.");
  }

  @Test
  void refusesAnImageThatSaysItIsForNoPlatform() {
    RawManifest image = apps.manifest("one");
    Descriptor unknown =
        image
            .descriptor()
            .withPlatform(JsonObject.EMPTY.with("architecture", "unknown").with("os", "unknown"));
    RawManifest index =
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_INDEX)
                .with("manifests", JsonValue.ofObjects(List.of(unknown.json()))));
    registry.push(apps, "one", "apps/hidden", "1");
    ImageReference source = ImageReference.parse(registry.host() + "/apps/hidden:2");
    try (ImageStore from = stores.open(source)) {
      from.put(index, "2");
      assertThatThrownBy(
              () ->
                  Statements.of(
                      index.digest(), from, new DocumentCache(folder.resolve("documents"))))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'"
                  + image.digest()
                  + "' in '"
                  + source.name()
                  + "' is for the platform 'unknown/unknown' and is no attestation."
                  + REMEDY);
    }
  }

  @Test
  void refusesAnIndexOfHundredsOfEntries() {
    RawManifest image = apps.manifest("one");
    RawManifest index =
        RawManifest.of(
            JsonObject.EMPTY
                .with("schemaVersion", 2)
                .with("mediaType", MediaTypes.OCI_INDEX)
                .with(
                    "manifests",
                    JsonValue.ofObjects(Collections.nCopies(257, image.descriptor().json()))));
    MemoryStore from = new MemoryStore("r.example/apps/orders");
    from.put(index);

    assertThatThrownBy(
            () -> Statements.of(index.digest(), from, new DocumentCache(folder.resolve("none"))))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + index.digest()
                + "' in 'r.example/apps/orders' is an index of 257 entries, where at most 256 are"
                + " promoted. Have the image pushed with fewer, or name another in <image> or with"
                + " -Dgolden.image.");
    assertThat(from.calls).hasSize(2);
  }

  private void refusesToBring(String name, RawManifest referrer, String fault) {
    registry.push(apps, "one", "apps/" + name, "1");
    String source = registry.host() + "/apps/" + name + ":1";
    try (ImageStore from = stores.open(ImageReference.parse(source))) {
      from.attach(List.of(referrer));
    }
    String target = target();

    assertThatThrownBy(() -> promote(source, target))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + referrer.digest()
                + "' in '"
                + source.substring(0, source.lastIndexOf(':'))
                + "' "
                + fault
                + REMEDY);
    try (ImageStore into = stores.open(ImageReference.parse(target))) {
      assertThat(into.tags()).isEmpty();
    }
  }

  @Test
  void couldNotTellWhereReferrersAreNotAnsweredOrNeverEnd() {
    RawManifest image = apps.manifest("one");
    for (Map.Entry<String, LyingRegistry.Lie> lie : lies(image).entrySet()) {
      MemoryStore into = new MemoryStore("r.example/release/orders");
      try (LyingRegistry lying = LyingRegistry.telling(lie.getValue());
          ImageStore from = lying.open(ImageReference.parse(lying.host() + "/apps/orders:1"))) {
        DocumentCache cache = seenByTheGate(source());
        assertThatThrownBy(
                () ->
                    new Promotion(from, into, cache, new RecordingConsole())
                        .promote(
                            Statements.of(image.digest(), from, cache),
                            ImageReference.parse("r.example/release/orders:1"),
                            false,
                            false))
            .as(lie.getKey())
            .isInstanceOf(UnavailableException.class);
        assertThat(into.calls).as(lie.getKey()).isEmpty();
        assertThat(lying.asked()).as(lie.getKey()).hasSizeLessThan(60);
      }
    }
  }

  /** No referrers API, so the fallback tag tells. */
  @Test
  void asksTheFallbackTagWhereTheRegistryHasNoReferrersApi() {
    String source = stated("fallback");
    registry.mark();

    assertThat(promote(source, target()).referrers()).isEqualTo(1);

    assertThat(registry.requests())
        .extracting(Request::toString)
        .anyMatch(
            text -> text.contains("/manifests/sha256-" + apps.manifest("one").digest().hex()));
  }

  private static Map<String, LyingRegistry.Lie> lies(RawManifest image) {
    LyingRegistry.Lie broken = exchange -> LyingRegistry.answer(exchange, 500);
    LyingRegistry.Lie slow =
        exchange -> LyingRegistry.answer(exchange, 503, "Retry-After", "31536000");
    LyingRegistry.Lie reset =
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('{');
        };
    LyingRegistry.Lie many =
        exchange -> LyingRegistry.answer(exchange, 200, referrers(image, 10_000), TYPE);
    LyingRegistry.Lie endless =
        exchange ->
            LyingRegistry.answer(
                exchange,
                200,
                referrers(image, 1),
                "Content-Type",
                MediaTypes.OCI_INDEX,
                "Link",
                "<" + exchange.getRequestURI() + "?n=1>; rel=\"next\"");
    return Map.of(
        "500", broken, "next year", slow, "reset", reset, "many", many, "endless", endless);
  }

  /** The image in a repository of its own, with a statement. */
  private String stated(String name) {
    registry.push(apps, "one", "apps/" + name, "1");
    String source = registry.host() + "/apps/" + name + ":1";
    try (ImageStore from = stores.open(ImageReference.parse(source))) {
      from.put(Blob.of(new byte[] {'{', '}'}), bytes -> {});
      from.attach(List.of(statement(apps.manifest("one"))));
    }
    return source;
  }

  private static RawManifest statement(RawManifest subject) {
    Descriptor empty =
        Descriptor.of("application/vnd.oci.empty.v1+json", Digest.of(new byte[] {'{', '}'}), 2);
    return RawManifest.of(
        JsonObject.EMPTY
            .with("schemaVersion", 2)
            .with("mediaType", MediaTypes.OCI_MANIFEST)
            .with("artifactType", "application/vnd.example.statement")
            .with("config", empty.json())
            .with("layers", JsonValue.ofObjects(List.of(empty.json())))
            .with("subject", subject.descriptor().json()));
  }
}
