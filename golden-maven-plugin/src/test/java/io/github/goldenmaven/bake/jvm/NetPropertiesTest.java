package io.github.goldenmaven.bake.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class NetPropertiesTest {

  private static final String REMARK = "# ours";

  @Test
  void setsAValueInItsLineAndAddsTheOthersAtTheEnd() {
    String file =
        """
        # http.proxyHost=commented
        http.nonProxyHosts=localhost|127.*
        other = \\
          1\
        """;
    String edited =
        """
        # http.proxyHost=commented
        http.nonProxyHosts=a|b
        other = \\
          1
        # ours
        http.proxyHost=proxy
        """;

    Map<String, String> values = ordered("http.proxyHost", "proxy", "http.nonProxyHosts", "a|b");

    assertThat(with(file, values)).isEqualTo(edited);
    assertThat(with(file.replace("\n", "\r\n"), values)).isEqualTo(edited.replace("\n", "\r\n"));
  }

  @Test
  void replacesAValueOfSeveralLinesAndTheLastOfTwo() {
    assertThat(with("a=1\n a : 2\\\n #3\nb=4", Map.of("a", "5"))).isEqualTo("a=1\na=5\nb=4");
  }

  @Test
  void anUnfinishedLastLineDoesNotSwallowWhatIsAdded() {
    assertThat(with("a=1\\", Map.of("b", "2"))).isEqualTo("a=1\\\n\n# ours\nb=2\n");
    assertThat(with("a=1\\\n", Map.of("b", "2"))).isEqualTo("a=1\\\n\n# ours\nb=2\n");
    assertThat(with("# a\\", Map.of("b", "2"))).isEqualTo("# a\\\n# ours\nb=2\n");
  }

  @Test
  void theJvmsOwnFileKeepsEveryOtherByte() throws IOException {
    Path own = Path.of(System.getProperty("java.home"), "conf", "net.properties");
    String before = Files.readString(own, StandardCharsets.ISO_8859_1);

    String after =
        with(before, ordered("http.nonProxyHosts", "x", "http.proxyHost", "p", "a.b", "c"));

    assertThat(after)
        .isEqualTo(
            before.replaceFirst("(?m)^http\\.nonProxyHosts=.*$", "http.nonProxyHosts=x")
                + "# ours\nhttp.proxyHost=p\na.b=c\n");
  }

  @Property
  void onlyWhatIsSetChanges(
      @ForAll("files") String file, @ForAll("settings") Map<String, String> set)
      throws IOException {
    Properties expected = read(file);
    expected.putAll(set);

    String edited = with(file, set);

    assertThat(read(edited)).isEqualTo(expected);
    assertThat(with(edited, set)).isEqualTo(edited);
  }

  @Property
  void everyOtherByteStays(
      @ForAll("lines") String before,
      @ForAll("old") String old,
      @ForAll("lines") String after,
      @ForAll("ends") String end) {
    assertThat(with(before + old + end + after, Map.of("http.proxyHost", "new")))
        .isEqualTo(before + "http.proxyHost=new" + end + after);
    assertThat(with(before + after, Map.of("http.proxyHost", "new"))).startsWith(before + after);
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> lines =
        Arbitraries.of(
            "keep=1",
            "keep 2 \\\\",
            "keep: \\\n  http.proxyHost=3",
            "\\\n\t x",
            "# http.proxyHost=c\\",
            " ! x",
            "http.proxyHost2=ü",
            "keep=\u0000\u00ff",
            "",
            "  ");
    return Combinators.combine(lines, ends())
        .as((line, end) -> line + end)
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<String> old() {
    return Arbitraries.of(
        "http.proxyHost=old",
        " http.proxyHost",
        "http\\.proxyHost\t: \\\r\n  o\\\n#ld",
        "\\u0068ttp.proxyHost=",
        "http.proxy\\\n  Host old\\\\");
  }

  @Provide
  Arbitrary<String> ends() {
    return Arbitraries.of("\n", "\r\n");
  }

  @Property
  void nothingToSetChangesNothing(@ForAll("files") String file) {
    assertThat(with(file, Map.of())).isEqualTo(file);
  }

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(
            "keep=1",
            "keep 2",
            "keep: \\",
            "  more",
            "# http.proxyHost=c",
            "! x\\",
            "http.proxyHost=old",
            "http.proxyHost",
            " http.proxyPort : 1\\",
            "\\u0068ttp.proxyPort=2",
            "http\\.nonProxyHosts=z",
            "keep=ü\\\\",
            "",
            "\n",
            "\r\n",
            "\r",
            "\n",
            "\r\n")
        .list()
        .ofMaxSize(20)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<Map<String, String>> settings() {
    return Arbitraries.maps(
            Arbitraries.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts"),
            Arbitraries.of("proxy.company.example", "3128", "localhost|127.*|[::1]"))
        .ofMaxSize(3);
  }

  private static String with(String file, Map<String, String> values) {
    return new String(
        NetProperties.with(file.getBytes(StandardCharsets.ISO_8859_1), values, REMARK),
        StandardCharsets.ISO_8859_1);
  }

  private static Properties read(String file) throws IOException {
    Properties properties = new Properties();
    properties.load(new ByteArrayInputStream(file.getBytes(StandardCharsets.ISO_8859_1)));
    return properties;
  }

  private static Map<String, String> ordered(String... keysAndValues) {
    Map<String, String> ordered = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      ordered.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return ordered;
  }
}
