package io.github.goldenmaven.provenance.git;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GitChangesTest {

  @Test
  void namesEachPathOnceAndAMovedOneByItsNewName() {
    assertThat(new GitChanges(" M pom.xml\0R  new name\0old\0?? src/\0", false).paths())
        .containsExactly("pom.xml", "new name", "src/");
    assertThat(new GitChanges("", false).paths()).isEmpty();
  }
}
