package io.github.goldenmaven.bake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.goldenmaven.bake.PlannedPath.Change;
import io.github.goldenmaven.bake.files.Additions;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.bake.files.MemoryImageFiles;
import io.github.goldenmaven.oci.Platform;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BakePlanTest {

  private static final Platform AMD64 = new Platform("linux", "amd64", null);

  private final MemoryImageFiles official =
      new MemoryImageFiles()
          .file("etc/security/policy.json", "{}")
          .file("etc/hosts", "old")
          .directory("opt")
          .link("etc/link", "hosts");
  private final Additions additions = Definitions.additions(official);

  @Test
  void tellsWhatIsAddedReplacedAndThereAlready() {
    put("etc/security/policy.json", "{}", 0644, "files[0]");
    put("etc/hosts", "new", 0644, "files[1]");
    put("opt/golden/tool.sh", "#!/bin/sh", 0755, "files[2]");

    BakePlan plan = BakePlan.of(AMD64, additions);

    assertThat(plan.paths())
        .extracting(PlannedPath::path, PlannedPath::change)
        .containsExactly(
            tuple("etc/hosts", Change.REPLACED),
            tuple("etc/security/policy.json", Change.UNCHANGED),
            tuple("opt/golden/tool.sh", Change.ADDED));
    assertThat(plan.entries(Tier.SETTINGS))
        .extracting(LayerEntry::path)
        .containsExactlyInAnyOrder("etc/hosts", "opt/golden", "opt/golden/tool.sh");
    // The folder and the file in it.
    assertThat(plan.count(Change.ADDED)).isEqualTo(2);
  }

  @Test
  void anotherModeOwnerOrKindIsAReplacement() {
    put("etc/security/policy.json", "{}", 0600, "files[0]");
    additions.link(Tier.SETTINGS, "etc/link", "passwd", Owner.ROOT, "files[1]");
    additions.directory(Tier.SETTINGS, "opt", 0755, new Owner(7, 7), "files[2]");

    assertThat(BakePlan.of(AMD64, additions).paths())
        .extracting(PlannedPath::change)
        .containsOnly(Change.REPLACED);
  }

  @Test
  void aLinkAndAFolderThatAreThereAreUnchanged() {
    additions.link(Tier.SETTINGS, "etc/link", "hosts", Owner.ROOT, "files[0]");
    additions.directory(Tier.SETTINGS, "opt", 0755, Owner.ROOT, "files[1]");

    assertThat(BakePlan.of(AMD64, additions).entries(Tier.SETTINGS)).isEmpty();
  }

  @Test
  void aFilePutOnALinkReplacesWhatTheLinkPointsTo() {
    put("etc/link", "new", 0644, "files[0]");

    assertThat(BakePlan.of(AMD64, additions).paths())
        .extracting(PlannedPath::path)
        .containsExactly("etc/hosts");
  }

  @Test
  void drawsATreeForPeople() {
    put("etc/security/policy.json", "{}", 0644, "files[0]");
    put("etc/hosts", "new", 0644, "files[1]");
    put("opt/golden/agents/otel.jar", "jar", 0644, "agents[0]");
    additions.link(Tier.SETTINGS, "opt/golden/current", "agents", Owner.ROOT, "files[2]");
    additions.directory(Tier.SETTINGS, "opt/golden/empty", 0700, Owner.ROOT, "files[3]");

    assertThat(String.join("\n", PlanTree.of(BakePlan.of(AMD64, additions))))
        .isEqualTo(
            """
            /
            ├── etc/
            │   ├── hosts  replaced, 3 B (files[1])
            │   └── security/policy.json  unchanged, 2 B (files[0])
            └── opt/golden/  added
                ├── agents/  added
                │   └── otel.jar  added, 3 B (agents[0])
                ├── current  added -> agents (files[2])
                └── empty/  added (files[3])\
            """);
  }

  @Test
  void showsFoldersThatHaveToBeMadeAlsoWhereTheyHoldOneThing() {
    put("opt/company/tools/scan.sh", "x", 0755, "tools[0]");

    assertThat(String.join("\n", PlanTree.of(BakePlan.of(AMD64, additions))))
        .isEqualTo(
            """
            /
            └── opt/company/tools/  added
                └── scan.sh  added, 1 B (tools[0])\
            """);
  }

  private void put(String path, String text, int mode, String origin) {
    additions.file(
        Tier.SETTINGS, path, text.getBytes(StandardCharsets.UTF_8), mode, Owner.ROOT, origin);
  }
}
