package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.cache.Cache;
import io.github.goldenmaven.golden.policy.GoldenPolicy;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.registry.AccessOfTests;
import io.github.goldenmaven.registry.ImageResolver;
import io.github.goldenmaven.registry.ImageStore;
import io.github.goldenmaven.signing.Dsse;
import io.github.goldenmaven.signing.SigningKey;
import io.github.goldenmaven.signing.SigstoreBundle;
import io.github.goldenmaven.signing.TestKeys;
import io.github.goldenmaven.statements.Attestations;
import io.github.goldenmaven.statements.HungBundles;
import io.github.goldenmaven.statements.Provenance;
import io.github.goldenmaven.statements.StatedImage;
import io.github.goldenmaven.statements.StatedImages;
import io.github.goldenmaven.statements.Statement;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provenance that a policy demands: signed by a key in its role, and of this very image. */
@NeedsPeer("docker-registry")
class GateProvenanceTest {

  private static final SigningKey CI = TestKeys.make();
  private static final SigningKey GATE = TestKeys.make();
  private static final SigningKey LAST_YEARS = TestKeys.make();
  private static final SigningKey BILLING = TestKeys.make();
  private static final SigningKey NOBODYS = TestKeys.make();

  @TempDir static Path shared;
  private static GateFixture fixture;
  private static GoldenPolicy policy;
  private static int number;

  @BeforeAll
  static void open() throws IOException {
    fixture = new GateFixture(shared);
    write("ci", CI);
    write("gate", GATE);
    write("old", LAST_YEARS);
    write("billing", BILLING);
    policy =
        fixture.policy(
            """
            keys:
              - {id: ci, pem: ci.pub, role: provenance, builder: "https://ci.company.example/golden", repositories: [%1$s/apps/orders]}
              - {id: old, pem: old.pub, role: provenance, builder: "https://ci.company.example/golden", repositories: [%1$s/apps/*], notAfter: 2025-12-31}
              - {id: billing, pem: billing.pub, role: provenance, builder: "https://ci.company.example/golden", repositories: [%1$s/apps/billing]}
              - {id: gate, pem: gate.pub, role: vsa}
            """
                .formatted(fixture.registry.host()));
  }

  private static void write(String name, SigningKey key) throws IOException {
    Files.writeString(shared.resolve(name + ".pub"), key.verificationKey().toPem());
  }

  @AfterAll
  static void close() {
    fixture.close();
  }

  /** A service of its own for each test: statements about the same image would hang together. */
  private static String pushed() {
    return fixture.push(
        fixture.service().with(Reported.file("app/number", String.valueOf(++number))));
  }

  private static ImageStore store(String reference) {
    return AccessOfTests.stores(
            AccessOfTests.ANONYMOUS,
            daemon -> {
              throw new AssertionError(daemon);
            })
        .open(ImageReference.parse(reference));
  }

  private static StatedImage stated(String reference) {
    return new ImageResolver(store(reference), new Cache(shared.resolve("cache")).documents())
        .resolve(ImageReference.parse(reference))
        .map(StatedImage::of)
        .orElseThrow();
  }

  private static Statement honest(String reference) {
    return Provenance.of(stated(reference), StatedImages.run("2026-11-20T10:00:00Z"));
  }

  private static void sign(String reference, Statement statement, SigningKey key) {
    Attestations.attach(List.of(statement), stated(reference), key, store(reference));
  }

  /** Hangs what a signer signed on an image, whatever it says. */
  private static void hang(String reference, String payloadType, byte[] payload, SigningKey key) {
    HungBundles.hang(
        SigstoreBundle.sign(payloadType, payload, key).toBytes(),
        stated(reference).top(),
        store(reference));
  }

  private static ImageReport check(String reference) {
    return fixture.check(policy, reference).images().get(0);
  }

  private static ImageReport refused(String id, String attack, String reference, String rule) {
    ImageReport report = check(reference);
    AttackPage.holds(id, attack, report);
    assertThat(ids(report)).containsExactly(rule);
    return report;
  }

  @Test
  void anImagePassesWhoseProvenanceAKeyOfThePolicySigned() {
    String reference = pushed();
    sign(reference, honest(reference), CI);

    ImageReport report = check(reference);

    assertThat(report.verdict()).as(report.findings().toString()).isEqualTo(Verdict.PASS);
  }

  @Test
  void whatOthersHangThereIsTheirs() {
    String reference = pushed();
    sign(reference, honest(reference), CI);
    sign(reference, honest(reference), NOBODYS);
    sign(reference, honest(reference), GATE);
    hang(reference, Dsse.IN_TOTO, "no statement".getBytes(StandardCharsets.UTF_8), NOBODYS);

    assertThat(check(reference).verdict()).isEqualTo(Verdict.PASS);
  }

  @Test
  void withoutKeysNobodyAsksForStatements() {
    String reference = pushed();
    fixture.registry.mark();

    assertThat(fixture.check(reference).verdict()).isEqualTo(Verdict.PASS);
    assertThat(fixture.registry.requests())
        .noneMatch(request -> request.toString().contains("referrers"));
  }

  @Test
  void costsThreeRequestsAndTwoAStatement() {
    String reference = pushed();
    sign(reference, honest(reference), CI);
    check(reference);
    fixture.registry.mark();
    fixture.check(reference);
    int without = fixture.registry.requests().size();
    fixture.registry.mark();

    check(reference);

    assertThat(fixture.registry.requests().size() - without).isLessThanOrEqualTo(3 + 2);
  }

  @Test
  void anUnsignedImageIsRefused() {
    String reference = pushed();

    ImageReport report = refused("E1", "no statement", reference, "PROVENANCE_SIGNED");

    assertThat(only(report, "PROVENANCE_SIGNED").expected())
        .isEqualTo("provenance signed by 'ci' or 'old' or 'billing'");
  }

  @Test
  void aSignatureOfAnotherKeyRoleYearOrRepositoryIsRefused() {
    String unknown = pushed();
    sign(unknown, honest(unknown), NOBODYS);
    refused("E1", "a key that the policy has not", unknown, "PROVENANCE_KEY");
    String role = pushed();
    sign(role, honest(role), GATE);
    refused("E1", "the gate's key for provenance", role, "PROVENANCE_ROLE");
    String old = pushed();
    sign(old, honest(old), LAST_YEARS);
    refused("E1", "a key after its last day", old, "PROVENANCE_PERIOD");
    String billing = pushed();
    sign(billing, honest(billing), BILLING);
    refused("E1", "another team's key", billing, "PROVENANCE_SCOPE");
  }

  @Test
  void aStatementOfAnotherBuilderIsRefused() {
    String reference = pushed();
    Statement honest = honest(reference);
    JsonObject run = honest.predicate().object("runDetails").orElseThrow();
    JsonObject laptop = JsonObject.EMPTY.with("id", "https://laptop.example/");
    sign(reference, with(honest, "runDetails", run.with("builder", laptop)), CI);

    refused("E1", "another builder", reference, "PROVENANCE_SCOPE");
  }

  @Test
  void aStatementAboutAnotherImageIsRefused() {
    String reference = pushed();
    hang(reference, Dsse.IN_TOTO, honest(pushed()).toJson().toBytes(), CI);

    refused(
        "E5", "a statement about another image, hung on this one", reference, "PROVENANCE_SUBJECT");
  }

  @Test
  void whatIsNoProvenanceIsRefused() {
    String sbom = pushed();
    Statement honest = honest(sbom);
    sign(
        sbom,
        new Statement(honest.subjects(), "https://cyclonedx.org/bom", honest.predicate()),
        CI);
    refused("E10", "an SBOM where provenance is wanted", sbom, "PROVENANCE_TYPE");
    String swapped = pushed();
    hang(swapped, "text/plain", honest(swapped).toJson().toBytes(), CI);
    refused("E10", "the payload's type swapped", swapped, "PROVENANCE_TYPE");
  }

  @Test
  void whatCanBeReadInTwoWaysIsRefused() {
    String doubled = pushed();
    String text = honest(doubled).toJson().toString();
    byte[] twice =
        text.replace("\"predicateType\"", "\"subject\":[],\"predicateType\"")
            .getBytes(StandardCharsets.UTF_8);
    hang(doubled, Dsse.IN_TOTO, twice, CI);
    refused("E18", "`subject` twice in a signed payload", doubled, "PROVENANCE_READABLE");
    String folded = pushed();
    byte[] other =
        honest(folded)
            .toJson()
            .toString()
            .replace("\"predicateType\"", "\"Subject\":[],\"predicateType\"")
            .getBytes(StandardCharsets.UTF_8);
    hang(folded, Dsse.IN_TOTO, other, CI);
    refused("E18", "`Subject` beside `subject` in a signed payload", folded, "PROVENANCE_READABLE");
    String unsigned = pushed();
    HungBundles.hang(
        SigstoreBundle.sign(Dsse.IN_TOTO, new byte[] {'{', '}'}, CI).toBytes(),
        bundle -> bundle.replaceAll("\"signatures\":\\[.*\\]", "\"signatures\":[]"),
        stated(unsigned).top(),
        store(unsigned));
    refused("E14", "an envelope without a signature", unsigned, "PROVENANCE_READABLE");
  }

  @Test
  void provenanceThatContradictsTheImageIsRefusedAlsoBesideTheRightOne() {
    String reference = pushed();
    Statement honest = honest(reference);
    JsonObject definition = honest.predicate().object("buildDefinition").orElseThrow();
    sign(reference, honest, CI);
    sign(
        reference,
        with(honest, "buildDefinition", golden(definition, Digest.of(new byte[] {1}))),
        CI);

    ImageReport report =
        refused(
            "E28", "provenance that names another golden image", reference, "PROVENANCE_AGREES");

    assertThat(only(report, "PROVENANCE_AGREES").found())
        .startsWith("The statement lacks the dependency '{\"name\":\"golden\",");
  }

  @Test
  void aParameterThatNobodyKnowsIsRefused() {
    String reference = pushed();
    Statement honest = honest(reference);
    JsonObject definition = honest.predicate().object("buildDefinition").orElseThrow();
    JsonObject parameters = definition.object("externalParameters").orElseThrow();
    sign(
        reference,
        with(
            honest,
            "buildDefinition",
            definition.with("externalParameters", parameters.with("script", "evil.sh"))),
        CI);

    refused("E24", "an external parameter that nobody knows", reference, "PROVENANCE_AGREES");
  }

  private static JsonObject golden(JsonObject definition, Digest digest) {
    UnaryOperator<JsonObject> other =
        one ->
            one.string("name").filter("golden"::equals).isPresent()
                ? one.with("digest", JsonObject.EMPTY.with("sha256", digest.hex()))
                : one;
    List<JsonObject> dependencies =
        definition.objects("resolvedDependencies").stream().map(other).toList();
    return definition.with("resolvedDependencies", JsonValue.ofObjects(dependencies));
  }

  private static Statement with(Statement honest, String key, JsonObject value) {
    return new Statement(
        honest.subjects(), honest.predicateType(), honest.predicate().with(key, value));
  }
}
