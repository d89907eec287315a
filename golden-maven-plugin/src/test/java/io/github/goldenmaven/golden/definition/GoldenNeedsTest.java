package io.github.goldenmaven.golden.definition;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.goldenmaven.golden.Given;
import io.github.goldenmaven.golden.ImageTree;
import io.github.goldenmaven.golden.PathSet;
import io.github.goldenmaven.golden.definition.GoldenDefinition.Protect;
import io.github.goldenmaven.oci.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoldenNeedsTest {

  @Test
  void aVariableKeepsTheFilesItNamesAndNoHostOfAnAddress() {
    PathSet kept =
        kept(
            """
            {"architecture": "amd64", "os": "linux", "rootfs": {"type": "layers", "diff_ids": []},
             "config": {"Env": ["https_proxy=http://proxy.company.example:3128/x",
                                "ALL_PROXY=socks5h://socks.company.example",
                                "SSL_CERT_FILE=/srv/ca.pem",
                                "OPENSSL_CONF=file:///srv/openssl.cnf"]}}
            """);

    assertThat(kept.all()).contains("srv/ca.pem", "srv/openssl.cnf");
    assertThat(kept.all()).noneMatch(path -> path.contains("company") || path.contains("3128"));
  }

  private static PathSet kept(String config) {
    ImageTree empty = new EmptyTree();
    PathSet none = new PathSet(List.of());
    return new GoldenNeeds(
            ImageConfig.read("The config", config.getBytes(StandardCharsets.UTF_8)),
            Protect.NOTHING,
            empty,
            new Given(empty, List.of(), none),
            none,
            List.of(),
            List.of())
        .kept();
  }

  /** Of an image with nothing in it. */
  private static final class EmptyTree implements ImageTree {

    @Override
    public Type type(String path) {
      return Type.NOTHING;
    }

    @Override
    public List<String> names(String folder) {
      return List.of();
    }

    @Override
    public String resolve(String path) {
      return path.replaceFirst("^/+", "");
    }
  }
}
