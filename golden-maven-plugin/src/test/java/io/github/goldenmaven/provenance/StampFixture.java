package io.github.goldenmaven.provenance;

import static io.github.goldenmaven.provenance.GoldenConfigs.base;
import static io.github.goldenmaven.provenance.GoldenConfigs.golden;

import io.github.goldenmaven.oci.ImageConfig;
import io.github.goldenmaven.oci.ImageReference;
import io.github.goldenmaven.provenance.git.GitFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tests of this subject share. */
abstract class StampFixture {

  static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

  static final ProjectFacts ORDERS =
      new ProjectFacts(
          new Coordinates("com.company.shop", "orders", "1.4.0"),
          "Orders",
          "Takes\n   and keeps orders.",
          "https://wiki.company.example/orders",
          "https://ci:pa55@git.company.example/shop/orders",
          "주식회사 예시",
          List.of("Apache-2.0", "MIT"),
          "2026-11-23T09:00:00+09:00");

  static final GitFacts CLEAN =
      new GitFacts(
          REVISION,
          GitFacts.WorkTree.CLEAN,
          "ssh://git@git.company.example:7999/shop/orders.git",
          Instant.parse("2026-11-01T00:00:00Z"),
          List.of());

  static final String TREE =
      "names=app/,etc;given=/var/lib/x/y;jvms=/opt/java:17;java=/opt/java/bin/java";

  static final Map<String, String> JAVA =
      Map.of(
          "io.github.goldenmaven.golden.java", "17,21", "io.github.goldenmaven.golden.tree", TREE);

  /** The official image says, as Ubuntu does, which version of itself it is. */
  static Stamp goldenStamp() {
    ImageConfig official =
        GoldenConfigs.config(
            GoldenConfigs.layers("official", 2),
            Map.of(
                "org.opencontainers.image.version", "24.04",
                "org.opencontainers.image.ref.name", "ubuntu",
                "maintainer", "Red Hat, Inc.",
                "name", "ubi9-minimal",
                "version", "9.4",
                "vcs-ref", "0123456",
                "com.company.team", "platform"));
    return Stamp.ofGolden(
        new BaseFacts(
            ImageReference.parse("docker.io/library/eclipse-temurin:21-jre"),
            GoldenConfigs.OFFICIAL_DIGEST,
            GoldenConfigs.OFFICIAL_MANIFEST,
            official),
        new GoldenFacts(
            "java",
            "21.0.9",
            "21",
            List.of("b".repeat(64), "a".repeat(64)),
            new JavaVersions(List.of(17, 21)),
            new GoldenTree(
                List.of("app/", "etc"),
                List.of("/var/lib/x/y"),
                java.util.Map.of("/opt/java", 17),
                "/opt/java/bin/java",
                List.of(),
                List.of())),
        CLEAN,
        Instant.parse("2026-11-01T00:00:00Z"),
        Map.of());
  }

  static Stamp goldenStamp(GitFacts git, @Nullable Instant created) {
    return Stamp.ofGolden(
        base(golden()),
        new GoldenFacts("java", "21.0.9", "21", List.of(), null, null),
        git,
        created,
        Map.of());
  }

  static Stamp stamp(ProjectFacts project, GitFacts git) {
    return Stamp.ofApplication(base(golden(JAVA)), project, git, Map.of());
  }

  static ProjectFacts bare() {
    return new ProjectFacts(
        new Coordinates("com.company.shop", "orders", "1.4.0"),
        "orders",
        null,
        "",
        " ",
        null,
        List.of(),
        null);
  }

  static GitFacts dirty() {
    return new GitFacts(REVISION, GitFacts.WorkTree.DIRTY, null, null, List.of());
  }

  static String chain() {
    return ImageConfig.chainId(GoldenConfigs.goldenDiffIds()).toString();
  }
}
