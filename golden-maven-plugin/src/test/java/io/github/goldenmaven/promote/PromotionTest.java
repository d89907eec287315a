package io.github.goldenmaven.promote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RecordingConsole;
import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.cache.DocumentCache;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.peers.Request;
import io.github.goldenmaven.peers.TinyBase;
import io.github.goldenmaven.promote.Promotion.Outcome;
import io.github.goldenmaven.promote.Promotion.Result;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.registry.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class PromotionTest extends PromotionFixture {

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
              boolean asks = !List.of("name", "kind").contains(method.getName());
              if (asks && left.decrementAndGet() == 0) {
                throw new UnavailableException("It is broken at call " + call + ".", "Fix it.");
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
}
