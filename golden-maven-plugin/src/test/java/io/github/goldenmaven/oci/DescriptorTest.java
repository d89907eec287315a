package io.github.goldenmaven.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.oci.json.JsonObject;
import io.github.goldenmaven.oci.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorTest {

  private static final Digest DIGEST = Digest.of(new byte[] {1, 2, 3});

  @Test
  void carriesWhatItDoesNotKnow() {
    String text =
        "{\"mediaType\":\"a/b\",\"urls\":[\"https://x\"],\"digest\":\"%s\",\"size\":3,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm\",\"variant\":\"v7\",\"os.features\":[]},\"data\":\"AQID\",\"artifactType\":\"c/d\"}"
            .formatted(DIGEST);

    Descriptor descriptor = read(text);

    assertThat(descriptor.mediaType()).isEqualTo("a/b");
    assertThat(descriptor.digest()).isEqualTo(DIGEST);
    assertThat(descriptor.size()).isEqualTo(3);
    assertThat(descriptor.artifactType()).contains("c/d");
    assertThat(descriptor.platform()).contains(new Platform("linux", "arm", "v7"));
    assertThat(descriptor.annotations()).isEmpty();
    assertThat(descriptor.json()).hasToString(text);
    assertThat(descriptor.withMediaType("e/f").json()).hasToString(text.replace("a/b", "e/f"));
    assertThat(descriptor).hasToString(DIGEST.toString());
  }

  @Test
  void isMadeInTheUsualOrder() {
    Descriptor descriptor =
        Descriptor.of("a/b", DIGEST, 3)
            .withPlatform(JsonObject.EMPTY.with("os", "linux").with("architecture", "amd64"))
            .withAnnotations(Map.of("z", "1", "a", "2"));

    assertThat(descriptor.json())
        .hasToString(
            "{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":3,\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"},\"annotations\":{\"a\":\"2\",\"z\":\"1\"}}"
                .formatted(DIGEST));
  }

  @Test
  void hasNoPlatformWhereItStatesNone() {
    assertThat(Descriptor.of("a/b", DIGEST, 0).platform()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mediaType,size,SIZE,has the key 'SIZE' where 'size' is meant",
    "mediaType,size,ſize,has the key 'ſize' where 'size' is meant",
    "MediaType,size,size,has the key 'MediaType' where 'mediaType' is meant",
    "kind,size,size,has no 'mediaType'",
    "mediaType,size,length,has no 'size'"
  })
  void refusesMissingAndLookAlikeKeys(String type, String from, String to, String fault) {
    String text =
        "{\"%s\":\"a/b\",\"digest\":\"%s\",\"size\":3}".formatted(type, DIGEST).replace(from, to);
    assertRefused(text, fault);
  }

  @ParameterizedTest
  @CsvSource({
    "-1,has a negative 'size'",
    "1.0,has a 'size' that is not a whole number",
    "1e3,has a 'size' that is not a whole number",
    "\"3\",has a 'size' that is not a whole number",
    "9223372036854775808,has a 'size' that is not a whole number",
    "null,has no 'size'"
  })
  void refusesASizeThatIsNone(String size, String fault) {
    assertRefused(
        "{\"mediaType\":\"a/b\",\"digest\":\"%s\",\"size\":%s}".formatted(DIGEST, size), fault);
  }

  @Test
  void refusesADigestItCannotCheck() {
    assertThatThrownBy(() -> read("{\"mediaType\":\"a/b\",\"digest\":\"sha512:00\",\"size\":3}"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'sha512:00' is not a digest this build can check. Write 'sha256:' and 64 lower-case"
                + " hex digits.");
  }

  private static Descriptor read(String text) {
    return new Descriptor(StrictJson.read("It", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertRefused(String text, String fault) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "A JSON object "
                + fault
                + ". Such a document means one thing to one reader and another to the next; have it"
                + " written again by the tool that made it.");
  }
}
