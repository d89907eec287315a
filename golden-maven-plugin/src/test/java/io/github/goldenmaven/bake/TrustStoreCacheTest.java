package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.bake.TrustStoreFile.Form;
import io.github.goldenmaven.oci.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustStoreCacheTest {

  private static final Optional<byte[]> OFFICIAL = Optional.of(bytes("official"));

  @TempDir Path folder;
  private int made;

  @Test
  void makesAStoreOnce() {
    assertThat(store(OFFICIAL, Form.PKCS12, "aa")).isEqualTo("store 1");
    assertThat(store(OFFICIAL, Form.PKCS12, "aa")).isEqualTo("store 1");
  }

  @Test
  void whateverAStoreIsMadeOfGivesAnotherOne() {
    assertThat(
            Stream.of(
                store(OFFICIAL, Form.PKCS12, "aa"),
                store(OFFICIAL, Form.JKS, "aa"),
                store(OFFICIAL, Form.PKCS12, "bb"),
                store(OFFICIAL, Form.PKCS12, "aa", "bb"),
                store(Optional.of(bytes("renewed")), Form.PKCS12, "aa"),
                store(Optional.of(new byte[0]), Form.PKCS12, "aa"),
                store(Optional.empty(), Form.PKCS12, "aa")))
        .doesNotHaveDuplicates();
  }

  @Test
  void aDamagedFileCountsAsNone() throws IOException {
    store(OFFICIAL, Form.PKCS12, "aa");
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      Files.write(file, damaged);
      int before = made;
      store(OFFICIAL, Form.PKCS12, "aa");
      assertThat(made).as("byte %d", at).isEqualTo(before + 1);
    }
    Files.write(file, new byte[0]);
    assertThat(store(OFFICIAL, Form.PKCS12, "aa")).isEqualTo("store " + made);
  }

  @Test
  void goesWithTheRestOfTheCache() {
    store(OFFICIAL, Form.PKCS12, "aa");
    new TrustStoreCache(folder).prune(Instant.now().plusSeconds(60));

    assertThat(store(OFFICIAL, Form.PKCS12, "aa")).isEqualTo("store 2");
  }

  private String store(Optional<byte[]> official, Form form, String... fingerprints) {
    byte[] store =
        new TrustStoreCache(folder)
            .store(
                official.map(Digest::of),
                List.of(fingerprints),
                form,
                () -> bytes("store " + ++made));
    return new String(store, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
