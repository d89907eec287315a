package io.github.goldenmaven.bake.certificates;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.certificates.CompanyCertificates.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this subject share. */
abstract class CompanyCertificatesFixture {
  @TempDir Path folder;

  MadeCertificates made() {
    return new MadeCertificates(folder);
  }

  Path der(String name) {
    Path der = folder.resolve(name + ".der");
    MadeCertificates.openssl("x509", "-outform", "DER", "-out", der.toString())
        .with("-in", made().authority(name, "/CN=" + name).toString())
        .run();
    return der;
  }

  Path file(String text) throws IOException {
    return file(text.getBytes(StandardCharsets.UTF_8));
  }

  Path file(byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(folder, "file", ".pem"), bytes);
  }

  static byte[] concatenated(byte[] one, byte[] other) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  static void assertRefused(Path file, String fault) {
    assertRefused(MadeCertificates.NOW.toString(), file, fault);
  }

  static void assertRefused(String now, Path file, String fault) {
    assertThatThrownBy(
            () ->
                CompanyCertificates.read(
                    List.of(new Source(file, "certificates[0]")), Instant.parse(now)))
        .isInstanceOf(RefusedException.class)
        .hasMessage("The file '" + file + "' of 'certificates[0]' " + fault);
  }
}
