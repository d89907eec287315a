package io.github.goldenmaven.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagePushKnownTest extends ImagePushFixture {

  @Test
  void anotherTagOfAPushedImageCostsItsManifestOnly() {
    push().push(image(CLASSES), "21.0.9");
    target.calls.clear();

    assertThat(push().alsoTag(image(CLASSES), "21", there -> {})).isTrue();

    assertThat(target.tags).containsEntry("21", image(CLASSES).top().digest());
    assertThat(target.calls).containsExactly("manifest 21", "put manifest as 21", "manifest 21");
  }

  @Test
  void anotherTagThatHasTheImageCostsOneRequest() {
    push().push(image(CLASSES), "21.0.9");
    push().alsoTag(image(CLASSES), "21", there -> {});
    target.calls.clear();

    assertThat(push().alsoTag(image(CLASSES), "21", there -> {})).isFalse();

    assertThat(target.calls).containsExactly("manifest 21");
  }

  @Test
  void sendsOnlyTheChangedLayerAndTheConfigWhenItRemembersItsLastPush() {
    push().push(image(CLASSES), "1");
    target.calls.clear();

    push().push(image(OTHER_CLASSES), "1");

    assertThat(target.calls)
        .contains("put " + OTHER_CLASSES.digest().shortHex())
        .endsWith("put manifest as 1", "manifest 1")
        .hasSize(4);
  }

  @Test
  void learnsFromTheTagWhatTheRepositoryHasWhenItRemembersNothing(@TempDir Path otherNotes) {
    push().push(image(CLASSES), "1");
    target.calls.clear();

    push(otherNotes).push(image(OTHER_CLASSES), "1");

    assertThat(target.calls)
        .startsWith("manifest 1")
        .contains("put " + OTHER_CLASSES.digest().shortHex())
        .doesNotContain("put " + LIBRARIES.digest().shortHex())
        .endsWith("put manifest as 1", "manifest 1")
        .hasSize(5);
  }

  @Test
  void sendsEverythingWhenTheRegistryLostWhatWasPushedBefore() {
    push().push(image(CLASSES), "1");
    target.blobs.clear();
    target.tags.clear();
    target.manifests.clear();

    assertThat(push().push(image(OTHER_CLASSES), "1")).isTrue();

    assertThat(target.tags).containsEntry("1", image(OTHER_CLASSES).top().digest());
    assertThat(target.blobs)
        .containsKeys(BASE_LAYER.digest(), LIBRARIES.digest(), OTHER_CLASSES.digest());
  }
}
