package io.github.goldenmaven.verify;

import static io.github.goldenmaven.verify.Reported.environment;
import static io.github.goldenmaven.verify.Reported.file;
import static io.github.goldenmaven.verify.Reported.ids;
import static io.github.goldenmaven.verify.Reported.link;
import static io.github.goldenmaven.verify.Reported.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.JsonValue;
import io.github.goldenmaven.peers.ApplicationFixture;
import io.github.goldenmaven.peers.GoldenFixture;
import io.github.goldenmaven.peers.LayoutFolder;
import io.github.goldenmaven.peers.NeedsPeer;
import io.github.goldenmaven.provenance.Label;
import io.github.goldenmaven.verify.finding.Finding;
import io.github.goldenmaven.verify.finding.Severity;
import io.github.goldenmaven.verify.finding.Verdict;
import io.github.goldenmaven.verify.report.ImageReport;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks by the config: what runs, as whom, with which environment and volumes. */
@NeedsPeer("docker-registry")
@SuppressWarnings("NullAway.Init")
class GateConfigTest extends GateConfigFixture {

  private static ApplicationFixture onStrict() {
    return ApplicationFixture.on(strict, "60", fixture.registry.host() + "/golden/java:60");
  }

  @Test
  void aServiceThatKeepsWhatItsGoldenProtectsPasses() {
    assertThat(fixture.check(onStrict()).findings()).isEmpty();
  }

  @Test
  void holdsAServiceToThePathsTheVariablesAndTheEntrypointThatItsGoldenProtects() {
    ImageReport path = fixture.check(onStrict().with(file("srv/company/x", "x")));
    ImageReport variable = fixture.check(onStrict().runtime(environment("COMPANY_ZONE=red")));
    ImageReport entrypoint =
        fixture.check(
            onStrict()
                .with(file("app/start", "", 0755))
                .runtime(r -> r.with("Entrypoint", JsonValue.ofTexts(List.of("/app/start")))));

    AttackPage.holds("B11", "a layer puts what the golden image's `protect` names", path);
    AttackPage.holds("G3", "a variable that the golden image's `protect` names", variable);
    assertThat(ids(path)).containsExactly("UPPER_PLACE");
    assertThat(ids(variable)).containsExactly("CONFIG_ENVIRONMENT");
    assertThat(ids(entrypoint)).containsExactly("CONFIG_COMMAND");
    Finding fixed = entrypoint.findings().get(0);
    assertThat(fixed.expected()).isEqualTo("[./start.sh]");
    assertThat(fixed.found()).isEqualTo("[/app/start]");
    assertThat(fixed.remedy())
        .isEqualTo(
            "Leave <container><entrypoint> and what replaces it out, or stand on a golden image"
                + " whose 'protect' leaves the entrypoint free.");
  }

  @Test
  void holdsTheWorkingDirectoryOfAFixedEntrypointThatIsRelative() {
    ImageReport report = fixture.check(onStrict().runtime(r -> r.with("WorkingDir", "/app")));

    assertThat(ids(report)).containsExactly("CONFIG_COMMAND", "COMMAND_PRESENT");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(report.findings())
        .extracting(Finding::found)
        .contains("the working directory '/app'");
  }

  @Test
  void refusesAnImageBuiltFromAChangedWorkTree() {
    ImageReport report = fixture.check(fixture.service().label(Label.SOURCE_DIRTY, "true"));

    assertThat(ids(report)).containsExactly("SOURCE_CLEAN");
    assertThat(only(report, "SOURCE_CLEAN").remedy())
        .isEqualTo(
            "Commit the changes and build the image again; golden.release refuses such builds at"
                + " once.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OPENJ9_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=/app/t",
        "IBM_JAVA_OPTIONS=-Xmx1g",
        "CLASSPATH=/app/evil.jar",
        "ALL_PROXY=http://evil.example",
        "all_proxy=http://evil.example",
        "BASH_ENV=/app/x",
        "OPENSSL_CONF=/app/x",
        "LD_PROFILE_OUTPUT=/app",
        "LD_ORIGIN_PATH=/app",
        "GLIBC_TUNABLES=glibc.malloc.check=3",
        "GCONV_PATH=/app",
        "AWS_CA_BUNDLE=/app/x",
        "GIT_SSL_NO_VERIFY=1",
        "NODE_TLS_REJECT_UNAUTHORIZED=0",
        "PIP_CERT=/app/x",
        "npm_config_cafile=/app/x",
        "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH=/app/x",
        "RUBYOPT=-r/app/x",
        "PERL5LIB=/app",
        "DOTNET_STARTUP_HOOKS=/app/x.dll",
        "CORECLR_PROFILER_PATH=/app/x.so",
        "HOSTALIASES=/app/hosts",
        "GIT_SSH_COMMAND=/app/x",
        "JRE_HOME=/app/jdk",
        "JAVACMD=/app/java",
        "Https_Proxy=http://evil.example",
        "SSLKEYLOGFILE=/app/keys",
        "OTEL_JAVAAGENT_ENABLED=false"
      })
  void refusesMoreVariablesThatDecideWhatRunsAndWhomItTrusts(String variable) {
    ImageReport report = fixture.check(fixture.service().runtime(environment(variable)));

    AttackPage.holds("G3", "`" + variable + "`", report);
    assertThat(ids(report)).containsExactly("CONFIG_ENVIRONMENT");
    assertThat(report.verdict()).isEqualTo(Verdict.REFUSED);
  }

  /** A time zone of its own is a service's right; whoever looks at the report is told. */
  @Test
  void warnsOfAnotherVariableOfTheGoldenThatIsChanged() {
    ImageReport report = fixture.check(fixture.service().runtime(environment("TZ=UTC")));

    assertThat(report.verdict()).isEqualTo(Verdict.PASS);
    Finding finding = only(report, "CONFIG_ENVIRONMENT");
    assertThat(finding.severity()).isEqualTo(Severity.WARN);
    assertThat(finding.expected()).isEqualTo("'Asia/Seoul'");
    assertThat(finding.found()).isEqualTo("'UTC'");
    assertThat(finding.where()).endsWith(", variable TZ");
    assertThat(finding.remedy())
        .isEqualTo(
            "Leave it if the service means it; to refuse it, name the variable in 'protect' of the"
                + " golden image.");
  }

  @Test
  void refusesJavaToolOptionsGivenTwice() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .runtime(
                    runtime -> {
                      List<String> env = new ArrayList<>(runtime.strings("Env"));
                      env.add("JAVA_TOOL_OPTIONS=-Dx=1");
                      env.add("JAVA_TOOL_OPTIONS=-Dx=2");
                      return runtime.with("Env", JsonValue.ofTexts(env));
                    }));

    assertThat(ids(report)).containsExactly("CONFIG_ENVIRONMENT");
    assertThat(report.findings()).extracting(Finding::found).contains("twice");
  }

  @Test
  void findsAVariableBehindTensOfThousandsOfOthers() {
    String unset = "unset " + "a ".repeat(50_000) + "JAVA_TOOL_OPTIONS; exec java -jar /app/x.jar";
    ImageReport report =
        fixture.check(
            fixture
                .runnable()
                .runtime(r -> r.with("Cmd", JsonValue.ofTexts(List.of("sh", "-c", unset)))));

    assertThat(ids(report)).containsExactly("CONFIG_COMMAND");
  }

  @Test
  void refusesAVolumeThatLeadsThroughALinkOfTheService() {
    ImageReport report =
        fixture.check(
            fixture
                .service()
                .with(link("app/data", "/etc/ssl"))
                .runtime(
                    r -> r.with("Volumes", JsonObject.EMPTY.with("/app/data", JsonObject.EMPTY))));

    AttackPage.holds("G6", "a volume through a link of the service", report);
    assertThat(ids(report)).containsExactly("CONFIG_VOLUMES");
    assertThat(only(report, "CONFIG_VOLUMES").found())
        .isEqualTo("a volume at '/app/data', which is '/etc/ssl'");
  }

  /** The golden names its user, and the service says who that is. */
  @Test
  void refusesAServiceThatMakesItsGoldensUserRoot() {
    LayoutFolder named =
        fixture.push(
            GoldenFixture.of(fixture.official)
                .line("61")
                .version("61.0.1")
                .runtime(runtime -> runtime.with("User", "app")),
            "61");
    String name = fixture.registry.host() + "/golden/java:61";
    ApplicationFixture service = ApplicationFixture.on(named, "61", name);

    assertThat(fixture.check(service).findings()).isEmpty();
    ImageReport remapped =
        fixture.check(
            service.with(
                file("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:0:0::/:/bin/sh\n")));
    AttackPage.holds("G1", "the golden's user by name, made root in /etc/passwd", remapped);
    assertThat(ids(remapped)).containsExactly("UPPER_PLACE");
    ImageReport other = fixture.check(service.runtime(r -> r.with("User", "admin")));
    AttackPage.holds("G1", "another name than the golden's user", other);
    assertThat(ids(other)).containsExactly("CONFIG_USER");
  }

  /** Whoever can pull the image has it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "ORDERS_KEY=AKIAIOSFODNN7EXAMPLE",
        "X=-----BEGIN PRIVATE KEY-----",
        "X=-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "S3_SECRET=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        "X=glrt-0123456789abcdefghij",
        "X=xapp-1-A0123456789",
        "DOCKER_AUTH_CONFIG={\"auths\": {\"r.example\": {\"auth\": \"dXNlcjpwYXNzd29yZA==\"}}}"
      })
  void refusesAKeyInAVariable(String variable) {
    ImageReport report = fixture.check(fixture.service().runtime(environment(variable)));

    assertThat(ids(report)).containsExactly("UPPER_SECRET");
    assertThat(only(report, "UPPER_SECRET").found())
        .isEqualTo("the value of '" + variable.split("=", 2)[0] + "' looks like a key");
  }
}
