package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConfigTest {

  private static final Digest A = Digest.of(new byte[] {'a'});
  private static final Digest B = Digest.of(new byte[] {'b'});
  private static final Digest C = Digest.of(new byte[] {'c'});

  /** printf 'sha256:%s sha256:%s' "$chain" "$diff_id" | sha256sum, from the bottom up. */
  @Test
  void theChainIdIsThatOfTheSpecification() {
    assertThat(ImageConfig.chainId(List.of(A))).isEqualTo(A);
    assertThat(ImageConfig.chainId(List.of(A, B)))
        .hasToString("sha256:51c0c8ace48498d6f5fee6b0592cc06f2da0f3cbe09c5a34a97dce85c3889676");
    assertThat(ImageConfig.chainId(List.of(A, B, C)))
        .hasToString("sha256:2fce7f8ce91bcf0a1428b36e1024639fdbd9469eea762dba98aa749631885106");
    assertThat(ImageConfig.chainId(List.of(B, A))).isNotEqualTo(ImageConfig.chainId(List.of(A, B)));
    assertThatThrownBy(() -> ImageConfig.chainId(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readsWhatARuntimeReads() {
    ImageConfig config =
        read(
            """
            {"architecture":"arm","os":"linux","variant":"v7",
             "config":{"Env":["PATH=/bin","A=1=2","EMPTY=","BARE","A=last"],"User":"10001",
               "Labels":{"k":"v"}},
             "rootfs":{"type":"layers","diff_ids":["%s","%s"]}}
            """
                .formatted(A, B));

    assertThat(config.platform()).hasToString("linux/arm/v7");
    assertThat(config.diffIds()).containsExactly(A, B);
    assertThat(config.user()).contains("10001");
    assertThat(config.labels()).containsExactly(Map.entry("k", "v"));
    assertThat(config.env()).containsExactly("PATH=/bin", "A=1=2", "EMPTY=", "BARE", "A=last");
    assertThat(config.environment())
        .containsExactly(
            Map.entry("PATH", "/bin"),
            Map.entry("A", "last"),
            Map.entry("EMPTY", ""),
            Map.entry("BARE", ""));
  }

  @Test
  void anImageMayHaveNoRuntimePart() {
    for (String part :
        List.of("", "\"config\":null,", "\"config\":{\"Labels\":null,\"Env\":null},")) {
      ImageConfig config = minimal(part);

      assertThat(config.labels()).isEmpty();
      assertThat(config.env()).isEmpty();
      assertThat(config.environment()).isEmpty();
      assertThat(config.user()).isEmpty();
    }
  }

  @Test
  void carriesWhatItDoesNotKnowThroughEveryChange() {
    String text =
        "{\"os.features\":[\"x\"],\"architecture\":\"amd64\",\"os\":\"linux\",\"config\":{\"Healthcheck\":{\"Test\":[\"CMD\",\"x\"],\"Interval\":30000000000},\"Labels\":{\"old\":\"1\"},\"ArgsEscaped\":true},\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]},\"moby.buildkit.x\":1.50}"
            .formatted(A);
    ImageConfig config = read(text);

    assertThat(config.json()).hasToString(text);
    assertThat(config.withLabels(Map.of("new", "2")).json())
        .hasToString(text.replace("{\"old\":\"1\"}", "{\"new\":\"2\"}"));
    assertThat(config.withCreated("2026-11-23T00:00:00Z").json())
        .hasToString(text.replaceFirst("}$", ",\"created\":\"2026-11-23T00:00:00Z\"}"));
    assertThat(config.withLabels(Map.of()).labels()).isEmpty();
  }

  @Test
  void layersComeOnTopEachWithItsHistory() {
    ImageConfig config =
        read(
            """
            {"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["%s"]},
             "history":[{"created_by":"base"},{"created_by":"ENV","empty_layer":true}]}
            """
                .formatted(A));

    ImageConfig layered =
        config.withLayers(
            List.of(B, C),
            List.of(
                JsonObject.EMPTY.with("created_by", "b"),
                JsonObject.EMPTY.with("created_by", "c")));

    assertThat(layered.diffIds()).containsExactly(A, B, C);
    assertThat(layered.json().objects("history").stream().map(JsonObject::toString))
        .containsExactly(
            "{\"created_by\":\"base\"}",
            "{\"created_by\":\"ENV\",\"empty_layer\":true}",
            "{\"created_by\":\"b\"}",
            "{\"created_by\":\"c\"}");
  }

  @Test
  void noHistoryIsBegunWhereTheImageHasNone() {
    ImageConfig layered =
        minimal("").withLayers(List.of(B), List.of(JsonObject.EMPTY.with("created_by", "b")));

    assertThat(layered.diffIds()).containsExactly(A, B);
    assertThat(layered.json().has("history")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "architecture,cpu,has no 'architecture'",
    "\"os\",\"OS\",has the key 'OS' where 'os' is meant",
    "rootfs,rootFS,has the key 'rootFS' where 'rootfs' is meant",
    "diff_ids,Diff_ids,has the key 'Diff_ids' where 'diff_ids' is meant"
  })
  void refusesMissingAndLookAlikeKeys(String from, String to, String fault) {
    String text = minimal("").json().toString().replace(from, to);

    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "A JSON object "
                + fault
                + ". Such a document means one thing to one reader and another to the next; have it"
                + " written again by the tool that made it.");
  }

  @Test
  void refusesADiffIdItCannotCheck() {
    assertThatThrownBy(() -> read(minimal("").json().toString().replace("sha256:", "md5:")))
        .isInstanceOf(RefusedException.class)
        .hasMessageEndingWith(
            "' is not a digest this build can check. Write 'sha256:' and 64 lower-case hex"
                + " digits.");
  }

  private static ImageConfig minimal(String part) {
    return read(
        "{%s\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
            .formatted(part, A));
  }

  private static ImageConfig read(String text) {
    return ImageConfig.read("The config 'x'", text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"config\":{\"cmd\":[\"--evil\"]}|cmd|Cmd",
        "\"config\":{\"entrypoint\":[\"evil\"]}|entrypoint|Entrypoint",
        "\"config\":{\"env\":[\"A=1\"]}|env|Env",
        "\"config\":{\"USER\":\"root\"}|USER|User",
        "\"config\":{\"onbuild\":[\"RUN x\"]}|onbuild|OnBuild",
        "\"config\":{\"healthcheck\":{}}|healthcheck|Healthcheck",
        "\"config\":{\"Healthcheck\":{\"test\":[\"CMD\"]}}|test|Test",
        "\"config\":{\"argsescaped\":true}|argsescaped|ArgsEscaped",
        "\"Config\":{\"Cmd\":[\"--evil\"]}|Config|config",
        "\"Container_Config\":{}|Container_Config|container_config",
        "\"Variant\":\"v7\"|Variant|variant",
        "\"Created\":\"now\"|Created|created",
        "\"History\":[]|History|history",
        "\"history\":[{\"Empty_layer\":true}]|Empty_layer|empty_layer",
      })
  void refusesWhatOnlyAnotherReaderWouldRead(String field, String written, String meant) {
    assertThatThrownBy(() -> minimal(field + ","))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "A JSON object has the key '"
                + written
                + "' where '"
                + meant
                + "' is meant. Such a document means one thing to one reader and another to the"
                + " next; have it written again by the tool that made it.");
  }

  @Test
  void refusesDiffIdsThatOnlyAnotherReaderWouldRead() {
    assertThatThrownBy(
            () ->
                read("{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"Diff_IDs\":[]}}"))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("A JSON object has the key 'Diff_IDs' where 'diff_ids' is meant.");
  }
}
