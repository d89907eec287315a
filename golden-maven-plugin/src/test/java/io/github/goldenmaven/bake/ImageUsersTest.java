package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.contents.ImageFiles;
import io.github.goldenmaven.golden.definition.GoldenDefinition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageUsersTest {

  @TempDir Path folder;

  private final MemoryImageFiles files =
      new MemoryImageFiles()
          .file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/:/bin/false\n")
          .file("etc/group", "root:x:0:\nstaff:x:50:app,other\n");

  @ParameterizedTest
  @ValueSource(strings = {"app", "app:staff", "app:0", "10001:staff", "10001", "10001:10001"})
  void takesNamesThatTheImageKnowsAndAnyNumber(String user) {
    assertThatCode(() -> require(user, files)).doesNotThrowAnyException();
  }

  @Test
  void numbersNeedNoFiles() {
    assertThatCode(() -> require("10001:0", new MemoryImageFiles())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "ap, user, ap, passwd",
    "staff, user, staff, passwd",
    "x, user, x, passwd",
    "app:other, group, other, group",
    "0:app, group, app, group",
  })
  void refusesNamesThatItDoesNotKnow(String user, String what, String name, String file) {
    assertRefused(user, files, what, name, file);
  }

  @Test
  void refusesNamesOfAnImageWithoutUsers() {
    assertRefused("app", new MemoryImageFiles(), "user", "app", "passwd");
    assertRefused("0:staff", new MemoryImageFiles(), "group", "staff", "group");
  }

  private void assertRefused(String user, ImageFiles image, String what, String name, String file) {
    assertThatThrownBy(() -> require(user, image))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "In '%s', line 3, column 7: the image has no %s '%s' in '/etc/%s'. Write numbers in quotes, like \"10001:0\", or add the %s to that file: in 'run', or with a file of your own in 'files'."
                .formatted(folder.resolve("golden.yaml"), what, name, file, what));
  }

  private void require(String user, ImageFiles image) {
    GoldenDefinition definition = Definitions.of(folder, "user: '" + user + "'");
    assertThat(definition.user()).hasValue(user);
    ImageUsers.require(user, image, definition);
  }
}
