package io.github.goldenmaven.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.Digest;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.statements.Statement.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementTest {

  private static final String HEX = "a".repeat(64);

  private static Statement read(String json) {
    return Statement.read(
        "The statement", json.replace("HEX", HEX).getBytes(StandardCharsets.UTF_8));
  }

  @Property
  void whatIsWrittenIsReadAgain(@ForAll("statements") Statement statement) {
    assertThat(Statement.read("The statement", statement.toJson().toBytes())).isEqualTo(statement);
  }

  @Provide
  Arbitrary<Statement> statements() {
    Arbitrary<Subject> subjects =
        Combinators.combine(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(64))
            .as((name, hex) -> new Subject(name, Digest.parse("sha256:" + hex)));
    return Combinators.combine(
            subjects.list().ofMinSize(1).ofMaxSize(5), Arbitraries.strings().ofMaxLength(40))
        .as((images, type) -> new Statement(images, type, JsonObject.EMPTY.with("said", type)));
  }

  @Test
  void readsTheVersionThatOthersStillWriteAndSubjectsWithoutAName() {
    Statement statement =
        read(
            """
            {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://slsa.dev/provenance/v1",
             "subject":[{"digest":{"sha256":"HEX"}},{"name":"git","digest":{"gitCommit":"HEX"}}],
             "predicate":{"a":1}}
            """);

    assertThat(statement.subjects())
        .containsExactly(new Subject("", Digest.parse("sha256:" + HEX)));
    assertThat(statement.isAbout(Digest.parse("sha256:" + HEX))).isTrue();
    assertThat(statement.isAbout(Digest.of(new byte[0]))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'_type':'https://in-toto.io/Statement/v2'} | has the type"
            + " 'https://in-toto.io/Statement/v2'",
        "{'_type':'T','predicateType':'p','subject':[]} | names no image by a SHA-256 digest",
        "{'_type':'T','predicateType':'p','subject':[{'digest':{'sha512':'HEX'}}]} | names no"
            + " image",
        "{'_type':'T','subject':[{'digest':{'sha256':'HEX'}}]} | has no 'predicateType'",
        "{'_type':'T','predicateType':'p','subject':[{'digest':{'sha256':'hex'}}]} | hex",
        "{'_type':'T','predicateType':'p','Subject':[],'subject':[{'digest':{'sha256':'HEX'}}]} |"
            + " keys",
        "{'_type':'T','predicateType':'p','Subject':[{'digest':{'sha256':'HEX'}}]} | 'Subject'",
        "{'_type':'T','predicateType':'p','subject':[],'subject':[]} | subject",
        "[] | The statement",
        "{'_type':'T'} x | The statement"
      })
  void refusesWhatIsNoStatementOrReadInTwoWays(String json, String message) {
    String written = json.replace("'T'", "'https://in-toto.io/Statement/v1'").replace('\'', '"');
    assertThatThrownBy(() -> read(written))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void refusesMoreSubjectsThanAnyImageHas() {
    String subjects = ",{\"digest\":{\"sha256\":\"HEX\"}}".repeat(257).substring(1);
    assertThatThrownBy(
            () ->
                read(
                    "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"p\",\"subject\":["
                        + subjects
                        + "]}"))
        .hasMessage(
            "The statement has 257 subjects, where at most 256 are read. Have it made and signed"
                + " again.");
  }

  @Test
  void namesImagesAsPackageUrlsDo() {
    assertThat(
            List.of(
                PackageUrl.ofImage("localhost:5000/golden/java:21", "sha256:" + HEX),
                PackageUrl.ofImage("registry.example/golden/java@sha256:" + HEX, "sha256:" + HEX)))
        .containsExactly(
            "pkg:oci/java@sha256%3A" + HEX + "?repository_url=localhost:5000/golden/java&tag=21",
            "pkg:oci/java@sha256%3A" + HEX + "?repository_url=registry.example/golden/java");
  }
}
