package io.github.goldenmaven.bake.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.goldenmaven.RefusedException;
import io.github.goldenmaven.bake.Definitions;
import io.github.goldenmaven.bake.files.Additions.Tier;
import io.github.goldenmaven.oci.layer.LayerEntry;
import io.github.goldenmaven.oci.layer.LayerEntry.Owner;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AdditionsTest {

  private final Additions additions =
      Definitions.additions(
          new MemoryImageFiles()
              .directory("usr/lib")
              .link("lib", "usr/lib")
              .file("etc/ssl/certs/java/cacerts", "old")
              .link("opt/jdk/lib/security/cacerts", "/etc/ssl/certs/java/cacerts"));

  @Test
  void aPathBelowALinkGoesWhereTheLinkPoints() {
    put("lib/agent.so", "files[0]");

    assertThat(additions.entries())
        .extracting(addition -> addition.entry().path())
        .containsExactly("usr/lib/agent.so");
  }

  @Test
  void aFileOnALinkReplacesWhatTheLinkPointsTo() {
    put("opt/jdk/lib/security/cacerts", "certificates");

    assertThat(additions.entries())
        .extracting(addition -> addition.entry().path())
        .containsExactly("etc/ssl/certs/java/cacerts");
  }

  @Test
  void aLinkTakesThePlaceOfALink() {
    additions.link(Tier.SETTINGS, "lib", "usr/lib64", Owner.ROOT, "files[0]");

    assertThat(additions.entries())
        .extracting(addition -> ((LayerEntry.SymbolicLink) addition.entry()).target())
        .containsExactly("usr/lib64");
  }

  @Test
  void refusesOnePathOfTwoParts() {
    put("lib/agent.so", "files[0]");

    assertThatThrownBy(() -> put("usr/lib/agent.so", "tools[1]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/usr/lib/agent.so' is there twice: from 'files[0]' and from 'tools[1]'. Leave one of"
                + " the two out of golden.yaml, or give it another place.");
  }

  @Test
  void aFolderMayComeTwiceWithOneMode() {
    additions.directory(Tier.TOOLS, "opt/x", 0755, Owner.ROOT, "tools[0]");
    additions.directory(Tier.TOOLS, "opt/x", 0755, Owner.ROOT, "tools[1]");

    assertThat(additions.entries()).hasSize(1);
    assertThatThrownBy(() -> additions.directory(Tier.TOOLS, "opt/x", 0700, Owner.ROOT, "tools[2]"))
        .hasMessageStartingWith("'/opt/x' is there twice: from 'tools[0]' and from 'tools[2]'.");
  }

  @Test
  void refusesTwoValuesOfOneVariable() {
    additions.environment("TZ", "Asia/Seoul", "environment");
    additions.environment("TZ", "Asia/Seoul", "proxy");

    assertThat(additions.environment()).containsExactly(java.util.Map.entry("TZ", "Asia/Seoul"));
    assertThatThrownBy(() -> additions.environment("TZ", "UTC", "proxy"))
        .hasMessage(
            "The variable 'TZ' of 'proxy' has a value already, which golden.yaml gives it"
                + " elsewhere. Leave 'TZ' out of 'environment', or the other part out.");
  }

  @Test
  void foldersThatTheOfficialImageLacksAreMadeInTheLowestLayerThatNeedsThem() {
    put("opt/golden/jvm.options", "agents");
    put("lib/x", "files[0]");
    additions.file(
        Tier.TOOLS, "opt/golden/agents/a.jar", new byte[0], 0644, Owner.ROOT, "agents[0]");

    assertThat(additions.folders())
        .extracting(Additions.Addition::tier, Additions.Addition::entry)
        .containsExactly(
            tuple(
                Tier.TOOLS,
                new LayerEntry.Directory("opt/golden", 0755, Owner.ROOT, Additions.TIME)),
            tuple(
                Tier.TOOLS,
                new LayerEntry.Directory("opt/golden/agents", 0755, Owner.ROOT, Additions.TIME)));
  }

  @Test
  void aFolderSomebodyAskedForIsNotMadeOnceMore() {
    additions.directory(Tier.SETTINGS, "opt/golden", 0700, Owner.ROOT, "files[0]");
    put("opt/golden/x", "files[0]");

    assertThat(additions.folders()).isEmpty();
  }

  @Test
  void refusesAFileInTheOfficialImagesFoldersPlace() {
    assertThatThrownBy(() -> put("usr/lib", "files[0]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/usr/lib' is a folder in the official image, and 'files[0]' is to be there. Write"
                + " '/usr/lib/' to put it into the folder.");
    assertThatThrownBy(() -> additions.link(Tier.SETTINGS, "usr/lib", "lib64", Owner.ROOT, "links"))
        .hasMessageStartingWith("'/usr/lib' is a folder in the official image, and 'links' is");
  }

  @Test
  void refusesAFolderInTheOfficialImagesFilesPlace() {
    assertThatThrownBy(() -> put("etc/ssl/certs/java/cacerts/x", "files[0]"))
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/etc/ssl/certs/java/cacerts' is not a folder in the official image, and 'files[0]'"
                + " puts something below it. Give it another place.");
  }

  @Test
  void refusesAPathBelowAFileOfAnotherPart() {
    additions.file(Tier.TOOLS, "opt/scanner", new byte[0], 0755, Owner.ROOT, "tools[0]");
    put("opt/scanner/etc/scanner.conf", "files[0]");

    assertThatThrownBy(additions::entries)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/opt/scanner' of 'tools[0]' is no folder, and '/opt/scanner/etc/scanner.conf' of"
                + " 'files[0]' puts something below it. Leave one of the two out of golden.yaml, or"
                + " give it another place.");
  }

  @Test
  void refusesAPathBelowALinkOfAnotherPart() {
    additions.file(Tier.TOOLS, "opt/tool/bin/run", new byte[0], 0755, Owner.ROOT, "tools[0]");
    additions.link(Tier.SETTINGS, "opt/tool", "/opt/tool-2", Owner.ROOT, "links");

    assertThatThrownBy(additions::entries)
        .hasMessageStartingWith(
            "'/opt/tool' of 'links' is no folder, and '/opt/tool/bin/run' of 'tools[0]' puts");
  }

  @Test
  void refusesToReplaceALinkThatAnotherPartGoesThrough() {
    String store = "opt/jdk/lib/security/cacerts";
    put(store, "certificates");
    assertThat(additions.entries()).hasSize(1);
    additions.ownFile(
        Tier.SETTINGS,
        store,
        0,
        java.io.InputStream::nullInputStream,
        0644,
        Owner.ROOT,
        "files[0]");

    assertThatThrownBy(additions::entries)
        .isInstanceOf(RefusedException.class)
        .hasMessage(
            "'/opt/jdk/lib/security/cacerts' of 'files[0]' is to take the place of a link of the"
                + " official image, and 'certificates' is to go through that link. Leave one of the"
                + " two out of golden.yaml, or give it another place.");
  }

  @Test
  void aLinkThatIsThereAlreadyMayComeAgain() {
    put("lib/agent.so", "files[0]");
    additions.link(Tier.SETTINGS, "lib", "usr/lib", Owner.ROOT, "links");

    assertThat(additions.entries()).hasSize(2);
  }

  @Test
  void refusesNamesThatRemoveFiles() {
    for (String path : new String[] {".wh.etc", "etc/.wh.passwd", "etc/.wh..wh..opq", ".wh.x/y"}) {
      assertThatThrownBy(() -> put(path, "files[0]"))
          .isInstanceOf(RefusedException.class)
          .hasMessage(
              "'/%s' of 'files[0]' has a name that removes files in a layer. Rename it: names in an"
                  + " image do not begin with '.wh.'.",
              path);
    }
    put("etc/x.wh.y", "files[0]");
  }

  @Test
  void aToolsOwnFileIsEditedInItsPlaceAndLeavesTheToolsLayer() {
    additions.file(Tier.TOOLS, "opt/new/cacerts", new byte[0], 0600, new Owner(1, 2), "tools[0]");
    additions.link(Tier.TOOLS, "opt/now", "new", Owner.ROOT, "tools[0]");

    additions.edited(
        Tier.CERTIFICATES,
        "opt/now/cacerts",
        "x".getBytes(StandardCharsets.UTF_8),
        0644,
        "certificates");

    Additions.Addition edited = additions.entries().get(0);
    assertThat(edited.tier()).isEqualTo(Tier.CERTIFICATES);
    assertThat(edited.entry().path()).isEqualTo("opt/new/cacerts");
    assertThat(edited.entry().mode()).isEqualTo(0600);
    assertThat(edited.entry().owner()).isEqualTo(new Owner(1, 2));
    assertThat(additions.entries()).hasSize(2);
  }

  @Test
  void refusalsAreToldWithThePlaceThatAskedForIt() {
    Additions placed =
        new Additions(
            new MemoryImageFiles(),
            (origin, problem, remedy) -> new RefusedException(origin + ": " + problem, remedy));
    placed.directory(Tier.TOOLS, "opt/x", 0755, Owner.ROOT, "tools[0]");

    assertThatThrownBy(() -> placed.directory(Tier.TOOLS, "opt/x", 0700, Owner.ROOT, "tools[1]"))
        .hasMessageStartingWith("tools[1]: '/opt/x' is there twice: from 'tools[0]' and from");
  }

  private void put(String path, String origin) {
    additions.file(
        Tier.SETTINGS, path, "x".getBytes(StandardCharsets.UTF_8), 0644, Owner.ROOT, origin);
  }
}
