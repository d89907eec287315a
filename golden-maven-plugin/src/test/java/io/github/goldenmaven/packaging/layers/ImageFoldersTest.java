package io.github.goldenmaven.packaging.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.assembly.ContainerPath;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageFoldersTest {

  /** A path that ends with a slash is a folder; one with a number in front has that mode. */
  private static LayerEntry entry(String text) {
    int mode = text.matches("[0-7]{3} .*") ? Integer.parseInt(text.substring(0, 3), 8) : 0755;
    String path = text.substring(text.indexOf(' ') + 1);
    return path.endsWith("/")
        ? new LayerEntry.Directory(
            path.substring(0, path.length() - 1), mode, Owner.ROOT, Instant.EPOCH)
        : new LayerEntry.File(
            path, 0, InputStream::nullInputStream, 0644, Owner.ROOT, Instant.EPOCH);
  }

  private static List<String> named(String appRoot, String... listed) {
    List<LayerEntry> entries = Arrays.stream(listed).map(ImageFoldersTest::entry).toList();
    ContainerPath root = ContainerPath.parse("<container><appRoot>", appRoot);
    return ImageFolders.of(root, entries).stream()
        .map(entry -> entry.path() + (entry instanceof LayerEntry.Directory ? "/" : ""))
        .sorted()
        .toList();
  }

  @Test
  void namesTheApplicationRootAndWhatLiesInIt() {
    assertThat(named("/app", "app/libs/a.jar"))
        .containsExactly("app/", "app/libs/", "app/libs/a.jar");
  }

  @Test
  void neverNamesWhatLiesAboveTheApplicationRoot() {
    assertThat(named("/company/services/orders", "company/services/orders/libs/a.jar"))
        .containsExactly(
            "company/services/orders/",
            "company/services/orders/libs/",
            "company/services/orders/libs/a.jar");
    assertThat(named("/company/services/orders", "company/", "company/services/")).isEmpty();
  }

  @Test
  void neverNamesAFolderOfTheSystem() {
    assertThat(named("/app", "tmp/", "tmp/seed", "etc/", "etc/ssl/", "etc/ssl/certs/ca.pem"))
        .containsExactly("etc/ssl/certs/ca.pem", "tmp/seed");
    assertThat(named("/opt", "opt/libs/a.jar")).containsExactly("opt/libs/", "opt/libs/a.jar");
  }

  @Test
  void namesOtherFoldersOfExtraFiles() {
    assertThat(named("/app", "etc/", "etc/orders/", "etc/orders/app.conf", "data/seed/x"))
        .containsExactly(
            "data/", "data/seed/", "data/seed/x", "etc/orders/", "etc/orders/app.conf");
  }

  @Test
  void namesAFolderWhoseModeWasAskedFor() {
    assertThat(named("/app", "777 tmp/", "700 etc/")).containsExactly("etc/", "tmp/");
  }

  @Test
  void aFolderOfWhichAnotherNameBeginsIsNotAbove() {
    assertThat(named("/application", "app/x")).containsExactly("app/", "app/x");
  }

  @Test
  void namesNoFolderForTheRootItself() {
    assertThat(named("/", "libs/a.jar", "a")).containsExactly("a", "libs/", "libs/a.jar");
  }
}
