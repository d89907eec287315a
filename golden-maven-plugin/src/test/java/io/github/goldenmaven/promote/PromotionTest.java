package io.github.goldenmaven.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.oci.layer.Blob;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.DockerRegistry;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.promote.Promotion.Outcome;
import io.github.goldenmaven.promote.Promotion.Result;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.LyingRegistry;
import io.github.goldenmaven.registry.MemoryStore;
import io.github.goldenmaven.registry.http.RegistryAccess;
import io.github.goldenmaven.registry.stores.ImageStores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class PromotionTest {

  private static final String REMEDY =
      " Have it deleted there, or name another image in <image> or with -Dgolden.image: only what"
          + " the gate looked at goes to the releases.";

  private static final String[] TYPE = {"Content-Type", MediaTypes.OCI_INDEX};

  @TempDir static Path shared;
  @TempDir Path folder;
  private static DockerRegistry registry;
  private static DockerRegistry other;
  private static LayoutFolder apps;
  private static LayoutFolder golden;
  private static int targets;

  private final ImageStores stores =
      new ImageStores(
          RegistryAccess.ANONYMOUS,
          daemon -> {
            throw new AssertionError(daemon);
          });

  @BeforeAll
  static void open() {
    registry = DockerRegistry.start();
    other = DockerRegistry.start();
    golden =
        GoldenFixture.of(TinyBase.writeTo(shared.resolve("official")))
            .runnable()
            .writeTo(shared.resolve("golden"));
    apps = LayoutFolder.at(shared.resolve("apps"));
    ApplicationFixture.on(golden, "21", "r.example/golden/java:21").writeTo(apps, "one");
    registry.push(apps, "one", "apps/orders", "1.4.2");
  }

  @AfterAll
  static void close() {
    registry.close();
    other.close();
  }

  @Test
  void insideOneRegistryNoBytesMove() {
    DocumentCache cache = seenByTheGate(source());

    Result result = promoteChecked(registry.host() + "/release/one:1.4.2", cache);

    assertThat(result.outcome()).isEqualTo(Outcome.PROMOTED);
    assertThat(result.sent()).isZero();
    List<Request> requests = registry.requests();
    // L mounts, the config's, the tag asked, put and read back.
    int layers = 4;
    assertThat(requests).extracting(Request::toString).hasSize(layers + 4);
    assertThat(requests).extracting(Request::toString).noneMatch(text -> text.startsWith("PATCH"));
    assertThat(registry.manifest("release/one", "1.4.2").orElseThrow())
        .isEqualTo(apps.manifest("one"));
  }

  @Test
  void betweenTwoRegistriesTheVeryBytesMove() {
    Result result = promote(source(), other.host() + "/release/orders:1.4.2");

    assertThat(result.sent()).isEqualTo(5);
    assertThat(Schemas.faults("promote", result.toJson("pass"))).isEmpty();
    assertThat(other.manifest("release/orders", "1.4.2").orElseThrow())
        .isEqualTo(apps.manifest("one"));
  }

  @Test
  void whatIsThereAlreadyIsNotSentAgain() {
    String target = target();
    promote(source(), target);

    Result again = promote(source(), target);

    assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.mounted() + again.sent()).isZero();
  }

  @Test
  void refusesATagThatHoldsAnotherImageUnlessTold() {
    ApplicationFixture.on(golden, "21", "r.example/golden/java:22").writeTo(apps, "two");
    registry.push(apps, "two", "apps/orders", "two");
    String target = target();
    promote(source(), target);
    String second = registry.host() + "/apps/orders:two";

    assertThatThrownBy(() -> promote(second, target))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'"
                + target
                + "' holds '"
                + apps.manifest("one").digest()
                + "' already. Promote to another tag in <to> or with -Dgolden.to, or move this one"
                + " with -Dgolden.overwrite.");
    assertThat(promote(second, target, seenByTheGate(second), true).outcome())
        .isEqualTo(Outcome.PROMOTED);
  }

  @Test
  void bringsTheStatementsAlong() {
    registry.push(apps, "one", "apps/stated", "1");
    String source = registry.host() + "/apps/stated:1";
    Digest subject = apps.manifest("one").digest();
    RawManifest statement = statement(apps.manifest("one"));
    try (ImageStore from = stores.open(ImageReference.parse(source))) {
      from.put(Blob.of(new byte[] {'{', '}'}), bytes -> {});
      from.attach(statement);
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
  void bringsEveryPlatformOfAnIndex() {
    LayoutFolder official =
        TinyBase.writeTo(
            folder.resolve("two"), Platform.parse("linux/amd64"), Platform.parse("linux/arm64"));
    LayoutFolder both = GoldenFixture.of(official).runnable().writeTo(folder.resolve("golden"));
    registry.push(both, "21", "golden/both", "21");

    promote(registry.host() + "/golden/both:21", other.host() + "/release/both:21");

    ImageReference promoted = ImageReference.parse(other.host() + "/release/both:21");
    try (ImageStore store = stores.open(promoted)) {
      assertThat(
              new ImageResolver(store, new DocumentCache(folder.resolve("fresh")))
                  .resolve(promoted)
                  .orElseThrow()
                  .platformNames())
          .hasSize(2);
    }
  }

  @Test
  void promotesWhatWasCheckedAlthoughTheTagMovedSince() {
    registry.push(apps, "one", "apps/moving", "1");
    String source = registry.host() + "/apps/moving:1";
    DocumentCache cache = seenByTheGate(source);
    Digest checked = apps.manifest("one").digest();
    registry.push(golden, "21", "apps/moving", "1");
    String target = target();

    try (ImageStore from = stores.open(ImageReference.parse(source));
        ImageStore into = stores.open(ImageReference.parse(target))) {
      new Promotion(from, into, cache, new RecordingConsole())
          .promote(Statements.of(checked, from, cache), ImageReference.parse(target), false, false);
    }

    assertThat(
            registry
                .manifest(target.substring(target.indexOf('/') + 1, target.lastIndexOf(':')), "1")
                .orElseThrow()
                .digest())
        .isEqualTo(checked);
  }

  /** Whatever call it breaks at. */
  @Test
  void aPromotionThatBreaksLeavesNoTagAndCanBeRunAgain() {
    String target = target();
    ImageReference to = ImageReference.parse(target);
    DocumentCache cache = seenByTheGate(source());
    int calls = 0;
    boolean whole = false;
    while (!whole) {
      calls++;
      try (ImageStore from = stores.open(ImageReference.parse(source()));
          ImageStore into = stores.open(to)) {
        new Promotion(from, breakingAt(calls, into), cache, new RecordingConsole())
            .promote(Statements.of(apps.manifest("one").digest(), from, cache), to, false, false);
        whole = true;
      } catch (UnavailableException broken) {
        assertThat(broken).hasMessageContaining("broken at call " + calls);
        try (ImageStore into = stores.open(to)) {
          // The last two calls put the tag and read it back: nothing is half there before.
          assertThat(into.tags().isEmpty() || into.manifest("1").isPresent()).isTrue();
          if (into.tags().isEmpty()) {
            assertThat(into.manifest("1")).isEmpty();
          } else {
            assertThat(into.manifest("1").orElseThrow()).isEqualTo(apps.manifest("one"));
          }
        }
      }
    }

    assertThat(calls).isGreaterThan(6);
    try (ImageStore into = stores.open(to)) {
      assertThat(into.manifest("1")).hasValue(apps.manifest("one"));
    }
  }

  /** The store, until it was asked for something so many times. */
  private static ImageStore breakingAt(int call, ImageStore store) {
    AtomicInteger left = new AtomicInteger(call);
    return (ImageStore)
        Proxy.newProxyInstance(
            PromotionTest.class.getClassLoader(),
            new Class<?>[] {ImageStore.class},
            (proxy, method, arguments) -> {
              boolean asks =
                  !List.of("name", "keepsManifests", "isLocal").contains(method.getName());
              if (asks && left.decrementAndGet() == 0) {
                throw new UnavailableException("It is broken at call " + call + ".", "Mend it.");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void aDryRunSendsNothing() {
    String target = target();
    DocumentCache cache = seenByTheGate(source());
    try (ImageStore from = stores.open(ImageReference.parse(source()));
        ImageStore into = stores.open(ImageReference.parse(target))) {
      assertThat(
              new Promotion(from, into, cache, new RecordingConsole())
                  .promote(
                      Statements.of(apps.manifest("one").digest(), from, cache),
                      ImageReference.parse(target),
                      false,
                      true)
                  .outcome())
          .isEqualTo(Outcome.DRY_RUN);
      assertThat(into.tags()).isEmpty();
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
  void refusesATargetThatIsReadBackAsAnotherImage() {
    RawManifest top = apps.manifest("one");
    RawManifest other = golden.manifest("21");
    MemoryStore moving =
        new MemoryStore("r.example/release/orders") {
          @Override
          public void put(RawManifest manifest, String tag) {
            super.put(manifest, tag);
            super.put(other, tag);
          }
        };

    assertThatThrownBy(() -> promote(source(), moving))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'r.example/release/orders:1' points to '"
                + other.digest()
                + "' right after '"
                + top.digest()
                + "' was promoted to it. Somebody else moves this tag: promote to one of your own"
                + " in <to> or with -Dgolden.to.");
  }

  @Test
  void couldNotTellOfATargetThatHasNoTagAfterwards() {
    MemoryStore losing =
        new MemoryStore("r.example/release/orders") {
          @Override
          public void put(RawManifest manifest, String tag) {
            super.put(manifest);
          }
        };

    assertThatThrownBy(() -> promote(source(), losing))
        .isInstanceOf(UnavailableException.class)
        .hasMessage(
            "'r.example/release/orders:1' is not there although its push was accepted. Run the"
                + " promotion again; when it stays so, look at the registry.");
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
    from.attach(large);
    listed.add(large.descriptor());
    DocumentCache cache = new DocumentCache(folder.resolve("none"));
    assertThat(Statements.of(image.digest(), from, cache).bySubject())
        .isEqualTo(Map.of(image.digest(), List.of(large)));
    RawManifest larger = ofSize(image, bound - 1);
    from.attach(larger);
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
      from.attach(referrer);
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

  private static byte[] referrers(RawManifest image, int number) {
    List<JsonObject> entries = new ArrayList<>();
    for (int at = 0; at < number; at++) {
      entries.add(
          Descriptor.of(
                  MediaTypes.OCI_MANIFEST,
                  Digest.of((image.digest() + "" + at).getBytes(StandardCharsets.UTF_8)),
                  100)
              .json());
    }
    return JsonObject.EMPTY
        .with("schemaVersion", 2)
        .with("mediaType", MediaTypes.OCI_INDEX)
        .with("manifests", JsonValue.ofObjects(entries))
        .toBytes();
  }

  /** The image in a repository of its own, with a statement. */
  private String stated(String name) {
    registry.push(apps, "one", "apps/" + name, "1");
    String source = registry.host() + "/apps/" + name + ":1";
    try (ImageStore from = stores.open(ImageReference.parse(source))) {
      from.put(Blob.of(new byte[] {'{', '}'}), bytes -> {});
      from.attach(statement(apps.manifest("one")));
    }
    return source;
  }

  private Result promote(String source, ImageStore into) {
    DocumentCache cache = seenByTheGate(source);
    try (ImageStore from = stores.open(ImageReference.parse(source))) {
      return new Promotion(from, into, cache, new RecordingConsole())
          .promote(
              Statements.of(apps.manifest("one").digest(), from, cache),
              ImageReference.parse("r.example/release/orders:1"),
              false,
              false);
    }
  }

  private static String source() {
    return registry.host() + "/apps/orders:1.4.2";
  }

  private static String target() {
    return registry.host() + "/release/t" + ++targets + ":1";
  }

  private Result promote(String source, String target) {
    return promote(source, target, seenByTheGate(source), false);
  }

  private Result promote(String source, String target, DocumentCache cache, boolean overwrite) {
    ImageReference image = ImageReference.parse(source);
    ImageReference to = ImageReference.parse(target);
    try (ImageStore from = stores.open(image);
        ImageStore into = stores.open(to)) {
      Digest digest = new ImageResolver(from, cache).resolve(image).orElseThrow().digest();
      return new Promotion(from, into, cache, new RecordingConsole())
          .promote(Statements.of(digest, from, cache), to, overwrite, false);
    }
  }

  /**
   * As the goal does after the gate: neither the tag of the source nor referrers are asked again.
   */
  private Result promoteChecked(String target, DocumentCache cache) {
    ImageReference to = ImageReference.parse(target);
    try (ImageStore from = stores.open(ImageReference.parse(source()));
        ImageStore into = stores.open(to)) {
      Statements statements = Statements.of(apps.manifest("one").digest(), from, cache);
      registry.mark();
      return new Promotion(from, into, cache, new RecordingConsole())
          .promote(statements, to, false, false);
    }
  }

  private DocumentCache seenByTheGate(String source) {
    DocumentCache cache = new DocumentCache(folder.resolve("documents"));
    ImageReference image = ImageReference.parse(source);
    try (ImageStore store = stores.open(image)) {
      new ImageResolver(store, cache).resolve(image);
    }
    return cache;
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
