package io.github.goldenmaven.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.UnavailableException;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.registry.ImageStore;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class NearTagsTest {

  private static final ImageReference MISSING =
      ImageReference.parse("registry.example/golden/java:12");

  @Test
  void namesTheNearestFirst() {
    assertThat(NearTags.of(MISSING, having(() -> List.of("17", "21", "11", "8", "2", "latest"))))
        .isEqualTo(" Tags there are '11', '17', '2', '21', '8' and 1 more.");
    assertThat(NearTags.of(MISSING, having(() -> List.of("21"))))
        .isEqualTo(" Tags there are '21'.");
  }

  @Test
  void saysThatThereAreNone() {
    assertThat(NearTags.of(MISSING, having(List::of)))
        .isEqualTo(" The repository has no tags or does not exist.");
  }

  /** Whoever may not list is told no less than before. */
  @Test
  void saysNothingWhereNobodyCanTell() {
    assertThat(
            NearTags.of(
                MISSING,
                having(
                    () -> {
                      throw new UnavailableException("No list.", "None.");
                    })))
        .isEmpty();
    assertThat(NearTags.of(ImageReference.parse("oci:nowhere:1"), having(List::of))).isEmpty();
  }

  private static ImageStore having(Supplier<List<String>> tags) {
    return (ImageStore)
        Proxy.newProxyInstance(
            NearTagsTest.class.getClassLoader(),
            new Class<?>[] {ImageStore.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("tags");
              return tags.get();
            });
  }
}
