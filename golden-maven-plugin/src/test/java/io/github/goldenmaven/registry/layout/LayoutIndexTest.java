package io.github.goldenmaven.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.MediaTypes;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.registry.SmallImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** index.json is a map from tags to digests, whatever is written in whatever order. */
class LayoutIndexTest {

  /** One put: a tag, or none for what is attached, and the number of an image. */
  record Put(Optional<String> tag, int image) {

    Descriptor descriptor() {
      byte[] bytes = SmallImage.utf8("image " + image);
      return Descriptor.of(MediaTypes.OCI_MANIFEST, Digest.of(bytes), bytes.length);
    }
  }

  @Provide
  Arbitrary<List<Put>> puts() {
    Arbitrary<Optional<String>> tags = Arbitraries.of("1", "2", "latest", "x_Y.z-1").optional();
    return Combinators.combine(tags, Arbitraries.integers().between(0, 5))
        .as(Put::new)
        .list()
        .ofMaxSize(12);
  }

  private static LayoutIndex after(List<Put> puts) {
    LayoutIndex index = LayoutIndex.EMPTY;
    for (Put put : puts) {
      index =
          put.tag().isPresent()
              ? index.with(put.descriptor(), put.tag().get())
              : index.withUntagged(put.descriptor());
    }
    return index;
  }

  @Property(tries = 300)
  void pointsEachTagToWhatItWasLastGiven(@ForAll("puts") List<Put> puts) {
    Map<String, Digest> expected = new TreeMap<>();
    puts.forEach(put -> put.tag().ifPresent(tag -> expected.put(tag, put.descriptor().digest())));

    LayoutIndex index = after(puts);

    Map<String, Digest> actual = new TreeMap<>();
    for (String tag : List.of("1", "2", "latest", "x_Y.z-1")) {
      index.tagged("layout", tag).ifPresent(entry -> actual.put(tag, entry.digest()));
    }
    assertThat(actual).isEqualTo(expected);
  }

  @Property(tries = 300)
  void listsNothingTwiceAndReadsBackWhatItWrites(@ForAll("puts") List<Put> puts) {
    LayoutIndex index = after(puts);

    assertThat(index.entries()).doesNotHaveDuplicates();
    assertThat(new LayoutIndex(StrictJson.read("index.json", index.json().toBytes())))
        .isEqualTo(index);
  }

  @Property(tries = 300)
  void isNotChangedByPuttingTheLastAgain(@ForAll("puts") List<Put> puts) {
    if (puts.isEmpty()) {
      return;
    }
    LayoutIndex once = after(puts);
    Put last = puts.get(puts.size() - 1);
    LayoutIndex twice =
        last.tag().isPresent()
            ? once.with(last.descriptor(), last.tag().get())
            : once.withUntagged(last.descriptor());

    assertThat(twice).isEqualTo(once);
  }
}
