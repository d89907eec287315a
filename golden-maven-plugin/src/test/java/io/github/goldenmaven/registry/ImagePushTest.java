package io.github.goldenmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.cache.PushMemory;
import io.github.goldenmaven.console.Progress;
import io.github.goldenmaven.oci.Descriptor;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.Manifests;
import io.github.goldenmaven.oci.RawManifest;
import io.github.goldenmaven.oci.layer.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePushTest extends ImagePushFixture {

  @Test
  void mountsTheBaseSendsTheRestAndReadsTheTagBack() {
    AssembledImage image = image(CLASSES);

    assertThat(push().push(image, "1")).isTrue();

    assertThat(target.tags).containsEntry("1", image.top().digest());
    assertThat(base.calls).isEmpty();
    assertThat(target.calls)
        .startsWith("manifest 1")
        .contains("mount " + BASE_LAYER.digest().shortHex())
        .endsWith("put manifest as 1", "manifest 1")
        .hasSize(7);
    assertThat(console.lines).contains("mounted 1 from registry.example/golden/java");
  }

  @Test
  void sendsNothingWhenTheTagHasTheImage() {
    push().push(image(CLASSES), "1");
    target.calls.clear();

    assertThat(push().push(image(CLASSES), "1")).isFalse();

    assertThat(target.calls).containsExactly("manifest 1");
  }

  @Test
  void aTagThatIsNewCostsWhatIsNewWhereAnotherTagHasTheRest() {
    push().push(image(CLASSES), "21");
    target.calls.clear();

    assertThat(push().push(image(OTHER_CLASSES), "21.0.10", "21")).isTrue();

    assertThat(target.tags).containsEntry("21.0.10", image(OTHER_CLASSES).top().digest());
    assertThat(target.calls)
        .doesNotContain("mount " + BASE_LAYER.digest().shortHex())
        .endsWith("put manifest as 21.0.10", "manifest 21.0.10")
        .hasSize(4);
  }

  @Test
  void sendsNothingFromAnotherMachineEither(@TempDir Path otherNotes) {
    push().push(image(CLASSES), "1");
    target.calls.clear();

    assertThat(push(otherNotes).push(image(CLASSES), "1")).isFalse();

    assertThat(target.calls).containsExactly("manifest 1");
  }

  @Test
  void copiesTheBaseWhenItCannotBeMounted() {
    MemoryStore elsewhere = new MemoryStore("other.example/golden/java");
    ImageStore unmountable = new Unmountable(elsewhere);
    elsewhere.blobs.put(BASE_LAYER.digest(), "base layer".getBytes(StandardCharsets.UTF_8));

    new ImagePush(target, unmountable, new PushMemory(notes), console).push(image(CLASSES), "1");

    assertThat(target.blobs).containsKey(BASE_LAYER.digest());
    assertThat(console.lines).contains("transferring a base layer");
  }

  @Test
  void refusesWhenAnotherBuildMovedTheTagInTheMeantime() {
    AssembledImage ours = image(CLASSES);
    AssembledImage theirs = image(OTHER_CLASSES);
    target.manifests.put(theirs.top().digest(), theirs.top());
    ImageStore contested = new Contested(target, theirs.top());

    assertThatThrownBy(
            () -> new ImagePush(contested, base, new PushMemory(notes), console).push(ours, "1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'registry.example/apps/orders:1' points to '"
                + theirs.top().digest()
                + "' right after '"
                + ours.top().digest()
                + "' was pushed to it: another build pushes to the same tag. Give each build a tag"
                + " of its own in <image> (-Dgolden.image), or in 'version' and 'line' of"
                + " golden.yaml, or run them one after the other. The image itself is in the"
                + " registry, by its digest.");
  }

  @Test
  void writesOverATagThatNobodyCanRead() {
    ImageStore unreadable = new Unreadable(target, new AtomicInteger());

    assertThat(
            new ImagePush(unreadable, base, new PushMemory(notes), console)
                .push(image(CLASSES), "1"))
        .isTrue();

    assertThat(target.tags).containsEntry("1", image(CLASSES).top().digest());
  }

  @Test
  void movesATagAlsoWhereNobodyCanReadWhatItIs() {
    push().push(image(CLASSES), "21.0.9");
    ImageStore unreadable = new Unreadable(target, new AtomicInteger());

    assertThat(
            new ImagePush(unreadable, base, new PushMemory(notes), console)
                .alsoTag(
                    image(CLASSES),
                    "21",
                    there -> {
                      throw new IllegalStateException("nobody can read it");
                    }))
        .isTrue();

    assertThat(target.tags).containsEntry("21", image(CLASSES).top().digest());
  }

  @Test
  void aNoteThatCannotBeWrittenFailsNoPushThatWasDone() throws IOException {
    Path file = Files.writeString(notes.resolve("file"), "not a folder");

    assertThat(push(file.resolve("pushed")).push(image(CLASSES), "1")).isTrue();

    assertThat(target.tags).containsEntry("1", image(CLASSES).top().digest());
    assertThat(console.lines).anyMatch(line -> line.startsWith("warning: The cache folder '"));
    assertThat(push(file.resolve("pushed")).push(image(CLASSES), "1")).isFalse();
  }

  @Test
  void aTransferThatFailsIsToldAtOnceAndTheTagStaysUnset() {
    ImageStore failing = new Failing(target, CLASSES.digest());

    assertThatThrownBy(
            () ->
                new ImagePush(failing, base, new PushMemory(notes), console)
                    .push(image(CLASSES), "1"))
        .isInstanceOf(RefusedException.class)
        .hasMessage("No rights. Ask for some.");

    assertThat(target.tags).isEmpty();
  }

  @Test
  void putsThePlatformsOfAnIndexBeforeTheIndex() {
    AssembledImage single = image(CLASSES);
    RawManifest index = Manifests.index(List.of(single.top().descriptor()));

    push()
        .push(
            new AssembledImage(index, List.of(single.top()), single.own(), single.inherited()),
            "1");

    assertThat(target.calls).endsWith("put manifest", "put manifest as 1", "manifest 1");
    assertThat(target.tags).containsEntry("1", index.digest());
  }

  /** A store that no other can mount from. */
  private record Unmountable(MemoryStore store) implements ForwardingStore {}

  /** A store whose tag somebody else moves right after each push. */
  private record Contested(MemoryStore store, RawManifest theirs) implements ForwardingStore {
    @Override
    public boolean putIfComplete(RawManifest manifest, String tag) {
      boolean put = store.putIfComplete(manifest, tag);
      store.tags.put(tag, theirs.digest());
      return put;
    }
  }

  /** A store whose tag is refused the first time it is read, as an unknown format is. */
  private record Unreadable(MemoryStore store, AtomicInteger readings) implements ForwardingStore {
    @Override
    public Optional<RawManifest> manifest(String tag) {
      if (readings.incrementAndGet() == 1) {
        throw new RefusedException("Schema 1.", "Push it again.");
      }
      return store.manifest(tag);
    }
  }

  /** A store that takes all blobs but one. */
  private record Failing(MemoryStore store, Digest unwanted) implements ForwardingStore {
    @Override
    public void put(Blob blob, Progress progress) {
      if (blob.digest().equals(unwanted)) {
        throw new RefusedException("No rights.", "Ask for some.");
      }
      store.put(blob, progress);
    }
  }

  private interface ForwardingStore extends ImageStore {
    MemoryStore store();

    @Override
    default List<String> tags() {
      return store().tags();
    }

    @Override
    default String name() {
      return store().name();
    }

    @Override
    default Optional<RawManifest> manifest(String tag) {
      return store().manifest(tag);
    }

    @Override
    default Optional<RawManifest> manifest(Digest digest) {
      return store().manifest(digest);
    }

    @Override
    default byte[] blob(Descriptor descriptor) {
      return store().blob(descriptor);
    }

    @Override
    default InputStream open(Descriptor descriptor, Progress progress) {
      return store().open(descriptor, progress);
    }

    @Override
    default boolean has(Descriptor blob) {
      return store().has(blob);
    }

    @Override
    default boolean mount(Descriptor blob, ImageSource from) {
      return store().mount(blob, from);
    }

    @Override
    default void put(Blob blob, Progress progress) {
      store().put(blob, progress);
    }

    @Override
    default void put(RawManifest manifest) {
      store().put(manifest);
    }

    @Override
    default void put(RawManifest manifest, String tag) {
      store().put(manifest, tag);
    }

    @Override
    default boolean putIfComplete(RawManifest manifest) {
      return store().putIfComplete(manifest);
    }

    @Override
    default boolean putIfComplete(RawManifest manifest, String tag) {
      return store().putIfComplete(manifest, tag);
    }

    @Override
    default List<Descriptor> referrers(Digest subject) {
      return store().referrers(subject);
    }

    @Override
    default void attach(List<RawManifest> statements) {
      store().attach(statements);
    }

    @Override
    default void close() {}
  }
}
