package io.github.goldenmaven.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.peers.Command;
import io.github.goldenmaven.peers.CommandFailedException;
import io.github.goldenmaven.peers.Machine;
import io.github.goldenmaven.peers.NeedsPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** cosign accepts what is signed here, and what cosign signs is read here; offline, with keys. */
@NeedsPeer({"openssl", "cosign"})
class CosignBundlesTest {

  private static final String TYPE = "https://company.example/predicate";
  private static final byte[] BLOB = "what the statement is about".getBytes(UTF_8);

  @TempDir private Path folder;
  private OpensslKeys openssl;

  @BeforeEach
  void prepare() {
    openssl = new OpensslKeys(folder);
    openssl.written("blob", BLOB);
  }

  private String cosign(String... arguments) {
    return Command.of(Machine.require("cosign").toString())
        .with(arguments)
        .environment("HOME", folder.toString())
        .environment("COSIGN_PASSWORD", "")
        .in(folder)
        .run();
  }

  private void verify(Path publicHalf, byte[] bundle) {
    openssl.written("bundle.json", bundle);
    cosign(
        "verify-blob-attestation",
        "--key",
        publicHalf.toString(),
        "--bundle",
        "bundle.json",
        "--insecure-ignore-tlog",
        "--type",
        TYPE,
        "blob");
  }

  private static byte[] statement(String digest) {
    return """
    {"_type":"https://in-toto.io/Statement/v1",\
    "subject":[{"name":"blob","digest":{"sha256":"%s"}}],\
    "predicateType":"%s","predicate":{}}\
    """
        .formatted(digest, TYPE)
        .getBytes(UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"P-256", "P-384", "ED25519", "RSA-3072"})
  void cosignAcceptsOurBundleAndNoOther(String kind) {
    Path key = openssl.key(kind);
    Path half = openssl.publicHalf(key);
    Path other =
        openssl.written("other.pub", TestKeys.make().verificationKey().toPem().getBytes(UTF_8));
    try (SigningKey signing = OpensslKeys.open(key)) {
      byte[] statement = statement(Digest.of(BLOB).hex());
      byte[] bundle = SigstoreBundle.sign(Dsse.IN_TOTO, statement, signing).toBytes();
      verify(half, bundle);
      assertThatThrownBy(() -> verify(other, bundle)).isInstanceOf(CommandFailedException.class);
      byte[] elsewhere = statement("0".repeat(64));
      assertThatThrownBy(
              () -> verify(half, SigstoreBundle.sign(Dsse.IN_TOTO, elsewhere, signing).toBytes()))
          .isInstanceOf(CommandFailedException.class);
    }
  }

  @Test
  void cosignsBundleIsReadAndItsHintIsOurs() throws IOException {
    Path key = openssl.key("P-256");
    openssl.written("predicate.json", "{\"a\":1}".getBytes(UTF_8));
    cosign("import-key-pair", "--yes", "--key", key.toString(), "--output-key-prefix", "theirs");
    cosign("signing-config", "create", "--out", "config.json");
    cosign(
        "attest-blob",
        "--yes",
        "--key",
        "theirs.key",
        "--signing-config",
        "config.json",
        "--predicate",
        "predicate.json",
        "--type",
        TYPE,
        "--bundle",
        "bundle.json",
        "blob");
    SigstoreBundle bundle =
        SigstoreBundle.read(Files.readAllBytes(folder.resolve("bundle.json")), "The bundle");
    VerificationKey half = openssl.verificationKey(key);
    assertThat(bundle.hint()).isEqualTo(half.hint());
    assertThat(new String(bundle.verifiedBy(half).orElseThrow(), UTF_8))
        .contains(Digest.of(BLOB).hex(), TYPE, "{\"a\":1}");
    assertThat(bundle.verifiedBy(TestKeys.make().verificationKey())).isEmpty();
  }
}
