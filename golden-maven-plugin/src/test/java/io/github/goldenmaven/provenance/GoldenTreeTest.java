package io.github.goldenmaven.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.goldenmaven.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenTreeTest {

  @Test
  void isReadBackAsItWasWritten() {
    GoldenTree tree =
        new GoldenTree(
            List.of("app/", "etc", "opt/a b,;=:%", "opt/\uD55C"),
            List.of("/var/lib/jetty/webapps"),
            Map.of("/opt/java", 17, "/opt/old", 8),
            "/opt/java/bin/java",
            List.of("opt/a b,;=:%"),
            List.of("opt/java/", "mnt/policy"));

    assertThat(tree.toString())
        .isEqualTo(
            "names=app/,etc,opt/%ED%95%9C,opt/a%20b%2C%3B%3D%3A%25;given=/var/lib/jetty/webapps;"
                + "jvms=/opt/java:17,/opt/old:8;java=/opt/java/bin/java;"
                + "links=opt/a%20b%2C%3B%3D%3A%25;kept=mnt/policy,opt/java/");
    GoldenTree read = GoldenTree.parse(tree.toString());
    assertThat(read.names()).containsExactlyInAnyOrderElementsOf(tree.names());
    assertThat(read.given()).isEqualTo(tree.given());
    assertThat(read.jvms()).isEqualTo(tree.jvms());
    assertThat(read.java()).isEqualTo(tree.java());
    assertThat(read.links()).isEqualTo(tree.links());
    assertThat(read.kept()).containsExactlyInAnyOrderElementsOf(tree.kept());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "names=app;given=;jvms=;",
        "names=a b;given=;jvms=;java=",
        "names=;given=etc;jvms=;java=",
        "names=;given=/etc/../x;jvms=;java=",
        "names=;given=;jvms=/opt/java;java=",
        "names=;given=;jvms=/opt/java:170;java=",
        "names=%4;given=;jvms=;java="
      })
  void refusesWhatIsNoneOfIt(String value) {
    assertThatThrownBy(() -> GoldenTree.parse(value))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("' does not describe a golden image's files. Have the golden image");
  }
}
