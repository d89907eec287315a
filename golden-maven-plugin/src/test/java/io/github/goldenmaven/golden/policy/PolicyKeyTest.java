package io.github.goldenmaven.golden.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.Schemas;
import io.github.goldenmaven.golden.yaml.ProblemCollector;
import io.github.goldenmaven.golden.yaml.YamlFile;
import io.github.goldenmaven.oci.json.StrictJson;
import io.github.goldenmaven.signing.TestKeys;
import io.github.goldenmaven.signing.VerificationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of a policy, read on their own: a whole policy with keys is refused until they work. */
class PolicyKeyTest extends GoldenPolicyFixture {

  private VerificationKey ci;
  private VerificationKey gate;

  @BeforeEach
  void makeKeys() throws IOException {
    ci = made("ci.pub");
    gate = made("gate.pub");
  }

  private VerificationKey made(String name) throws IOException {
    VerificationKey key = TestKeys.make().verificationKey();
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, key.toPem());
    return key;
  }

  private List<PolicyKey> read(String yaml) throws IOException {
    ProblemCollector together = new ProblemCollector();
    YamlFile.Read whole = YamlFile.readWhole(write(yaml), "<policy>", together);
    together.refuse();
    return PolicyKey.list(whole.top().find("keys").orElseThrow(), folder);
  }

  private void assertKeysRefused(String entries, String message) {
    String file = folder.resolve("golden-policy.yaml").toString();
    assertThatThrownBy(() -> read("keys:\n" + entries))
        .isInstanceOf(RefusedException.class)
        .hasMessage("In '" + file + "', " + message);
  }

  @Test
  void eachKeyHasAnIdARoleAndItsScope() throws IOException {
    VerificationKey catalog = made("keys/platform.pub");
    assertThat(
            read(
                """
                keys:
                  - {id: ci, pem: ci.pub, role: provenance, builder: "https://ci.company.example/golden", repositories: [registry.company.example/apps/*]}
                  - {id: platform, pem: keys/platform.pub, role: catalog, notBefore: 2026-12-01, notAfter: 2026-12-01}
                  - {id: gate, pem: '%s', role: vsa}
                """
                    .formatted(folder.resolve("gate.pub"))))
        .containsExactly(
            new PolicyKey(
                "ci",
                ci,
                PolicyKey.Role.PROVENANCE,
                "https://ci.company.example/golden",
                List.of(pattern("registry.company.example/apps/*")),
                null,
                null),
            new PolicyKey(
                "platform",
                catalog,
                PolicyKey.Role.CATALOG,
                null,
                List.of(),
                LocalDate.of(2026, 12, 1),
                LocalDate.of(2026, 12, 1)),
            new PolicyKey("gate", gate, PolicyKey.Role.VSA, null, List.of(), null, null));
  }

  @Test
  void aKeyHasOneRole() throws IOException {
    Files.writeString(
        folder.resolve("same.pub"), "# in another file\r\n" + gate.toPem().replace("\n", "\r\n"));
    assertKeysRefused(
        """
        - {id: gate, pem: gate.pub, role: vsa}
        - {id: platform, pem: same.pub, role: catalog}
        """,
        "line 3, column 3: 'keys[1]' has the key of 'gate' in another role: 'catalog', not 'vsa'."
            + " Use a key of its own for each: other tools take any statement of a key for that"
            + " key's word.");
  }

  @Test
  void noKeyOrIdIsThereTwice() {
    assertKeysRefused(
        """
        - {id: gate, pem: gate.pub, role: vsa}
        - {id: gate2, pem: ./gate.pub, role: vsa}
        """,
        "line 3, column 3: 'keys[1]' has the key of 'gate' again. Use a key of its own for each:"
            + " other tools take any statement of a key for that key's word.");
    assertKeysRefused(
        """
        - {id: gate, pem: gate.pub, role: vsa}
        - {id: gate, pem: ci.pub, role: vsa}
        """,
        "line 3, column 3: 'keys[1]' has the id 'gate' that another key has. Give each key an id of"
            + " its own.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "id: a b, pem: ci.pub, role: vsa|8: 'a b' is not an id of a key. Write up to 64 letters,"
            + " digits, '.', '_' and '-', like 'ci'.",
        "id: a, pem: ci.pub, role: gate|30: 'gate' is no role of a key. Write 'provenance',"
            + " 'catalog' or 'vsa', which is the gate's.",
        "id: a, pem: ci.pub, role: Vsa|30: 'Vsa' is no role of a key. Write 'provenance',"
            + " 'catalog' or 'vsa', which is the gate's.",
        "pem: ci.pub, role: vsa|3: 'keys[0]' has no 'id'. Write 'id' there.",
        "id: a, role: vsa|3: 'keys[0]' has no 'pem'. Write 'pem' there.",
        "id: a, pem: ci.pub|3: 'keys[0]' has no 'role'. Write 'role' there.",
        "id: a, pem: ci.pub, role: vsa, key: x|35: 'keys[0].key' is not a known key. Known are"
            + " 'id', 'pem', 'role', 'builder', 'repositories', 'notBefore', 'notAfter'.",
        "id: a, pem: ci.pub, role: provenance, builder: 'https://x'|3: 'keys[0]' has no"
            + " 'repositories', which a key for 'provenance' needs. Write 'repositories' there:"
            + " nothing never means all.",
        "id: a, pem: ci.pub, role: provenance, repositories: [r.example/x]|3: 'keys[0]' has no"
            + " 'builder', which a key for 'provenance' needs. Write 'builder' there: nothing never"
            + " means all.",
        "id: a, pem: ci.pub, role: vsa, builder: 'https://x'|3: 'keys[0]' has a 'builder', which a"
            + " key for 'vsa' has no use for. Remove 'builder', or correct 'role'.",
        "id: a, pem: ci.pub, role: catalog, repositories: [r.example/x]|3: 'keys[0]' has a"
            + " 'repositories', which a key for 'catalog' has no use for. Remove 'repositories', or"
            + " correct 'role'.",
        "id: a, pem: ci.pub, role: provenance, builder: ci, repositories: [r.example/x]|51: 'ci' is"
            + " not the id of a builder. Write an absolute URI as the provenance has it, like"
            + " 'https://ci.company.example/golden'.",
        "id: a, pem: ci.pub, role: vsa, repositories: []|49: 'keys[0].repositories' is empty. Write"
            + " at least one, or remove the key: empty never means all.",
        "id: a, pem: ci.pub, role: vsa, notBefore: 2027-01-02, notAfter: 2027-01-01|3: 'keys[0]'"
            + " ends before it begins. Write a 'notAfter' that follows 'notBefore'.",
        "id: a, pem: no.pub, role: vsa|16: The key 'no.pub' is not there. Give the public key as"
            + " 'openssl pkey -in KEY -pubout' writes it: ECDSA on P-256 or P-384, Ed25519, or RSA"
            + " with 3072 bits or more.",
        "id: a, pem: golden-policy.yaml, role: vsa|16: The key 'golden-policy.yaml' has no PEM"
            + " block. Give the public key as 'openssl pkey -in KEY -pubout' writes it: ECDSA on"
            + " P-256 or P-384, Ed25519, or RSA with 3072 bits or more.",
      })
  void aFaultHasItsPlaceAndMessage(String entry, String message) {
    assertKeysRefused("- {" + entry + "}\n", "line 2, column " + message);
  }

  @Test
  void aKeyNeedsNoListOfOthers() {
    assertKeysRefused(
        "  {id: a, pem: ci.pub, role: vsa}\n",
        "line 2, column 3: 'keys' is not a list. Write one like '[a, b]'.");
  }

  /** Editors know the keys already; goals refuse them until a gate demands signatures. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "true|'id': 'a', 'pem': 'ci.pub', 'role': 'vsa', 'notAfter': '2027-12-01'",
        "true|'id': 'a', 'pem': 'ci.pub', 'role': 'vsa', 'repositories': ['r.example/x/*']",
        "true|'id': 'a', 'pem': 'ci.pub', 'role': 'catalog', 'notBefore': '2027-12-01'",
        "true|'id': 'a', 'pem': 'ci.pub', 'role': 'provenance', 'builder': 'urn:x',"
            + " 'repositories': ['r.example/x']",
        "false|'id': 'a', 'pem': 'ci.pub'",
        "false|'id': 'a b', 'pem': 'ci.pub', 'role': 'vsa'",
        "false|'id': 'a', 'pem': '', 'role': 'vsa'",
        "false|'id': 'a', 'pem': 'ci.pub', 'role': 'gate'",
        "false|'id': 'a', 'pem': 'ci.pub', 'role': 'provenance', 'builder': 'urn:x'",
        "false|'id': 'a', 'pem': 'ci.pub', 'role': 'provenance', 'repositories': ['r.example/x']",
        "false|'id': 'a', 'pem': 'ci.pub', 'role': 'provenance', 'builder': 'x',"
            + " 'repositories': ['r.example/x']",
        "false|'id': 'a', 'pem': 'ci.pub', 'role': 'vsa', 'builder': 'urn:x'",
        "false|'id': 'a', 'pem': 'ci.pub', 'role': 'catalog', 'repositories': ['r.example/x']",
        "false|'id': 'a', 'pem': 'ci.pub', 'role': 'vsa', 'notAfter': 'never'",
      })
  void theSchemaSaysTheSame(boolean allowed, String entry) throws IOException {
    String json =
        "{\"golden\":[\"r.example/g\"],\"keys\":[{%s}]}".formatted(entry.replace('\'', '"'));
    assertThat(
            Schemas.faults("golden-policy", StrictJson.read("It", json.getBytes(UTF_8))).isEmpty())
        .isEqualTo(allowed);
    if (allowed) {
      assertThat(read(json)).hasSize(1);
    } else {
      assertThatThrownBy(() -> read(json)).isInstanceOf(RefusedException.class);
    }
  }
}
