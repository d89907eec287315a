package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.contents.ImageFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NAME="Debian GNU/Linux";ID=debian                                     | DEBIAN
          ID=ubuntu;ID_LIKE=debian;VERSION_CODENAME=noble                       | DEBIAN
          ID=linuxmint;ID_LIKE="ubuntu debian"                                  | DEBIAN
          ID=wolfi                                                              | DEBIAN
          ID=alpine                                                             | ALPINE
          ID="rhel";ID_LIKE="fedora"                                            | RED_HAT
          ID="eurolinux";ID_LIKE="rhel fedora centos"                           | RED_HAT
          ID='amzn'                                                             | RED_HAT
          ID=azurelinux                                                         | RED_HAT
          ID="opensuse-leap";ID_LIKE="suse opensuse"                            | SUSE
          ID="sles"                                                             | SUSE
          ID_LIKE=debian;ID=fedora                                              | RED_HAT
          ID=slackware                                                          | UNKNOWN
          XID=debian;VARIANT_ID=debian;ID=debianish;ID_LIKE="$(debian)"         | UNKNOWN
          """)
  void readsWhatOsReleaseSays(String osRelease, Distribution expected) {
    assertThat(Distribution.of(osRelease(osRelease.replace(';', '\n') + "\n"))).isEqualTo(expected);
    assertThat(Distribution.of(osRelease(osRelease.replace(";", "\r\n")))).isEqualTo(expected);
  }

  @Test
  void readsTheOneOfADistrolessImageThroughItsLink() {
    ImageFiles distroless =
        new MemoryImageFiles()
            .link("etc/os-release", "../usr/lib/os-release")
            .file("usr/lib/os-release", "PRETTY_NAME=\"Distroless\"\nID=\"debian\"\n");

    assertThat(Distribution.of(distroless)).isEqualTo(Distribution.DEBIAN);
  }

  @Test
  void readsTheVendorsWhereEtcHasNone() {
    assertThat(Distribution.of(new MemoryImageFiles().file("usr/lib/os-release", "ID=rocky\n")))
        .isEqualTo(Distribution.RED_HAT);
  }

  @Test
  void knowsAlpineByItsReleaseFile() {
    assertThat(Distribution.of(new MemoryImageFiles().file("etc/alpine-release", "3.20.0\n")))
        .isEqualTo(Distribution.ALPINE);
  }

  @Test
  void doesNotKnowAnImageThatDoesNotSay() {
    Distribution distribution = Distribution.of(new MemoryImageFiles());

    assertThat(distribution).isEqualTo(Distribution.UNKNOWN);
    assertThat(distribution.anchors()).isEmpty();
    assertThat(distribution.bundle()).isEmpty();
  }

  @Test
  @Timeout(20)
  void aHostileOsReleaseCostsNoTime() {
    String hostile = "ID=" + " ".repeat(4_000_000) + "!\n";

    assertThat(Distribution.of(osRelease(hostile))).isEqualTo(Distribution.UNKNOWN);
  }

  private static ImageFiles osRelease(String text) {
    return new MemoryImageFiles().file("etc/os-release", text);
  }
}
