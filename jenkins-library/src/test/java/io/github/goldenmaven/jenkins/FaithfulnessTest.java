package io.github.goldenmaven.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs on Jenkins runs here, and does the same. */
class FaithfulnessTest {

  @ParameterizedTest
  @EnumSource(Restarts.class)
  void aLoopOverAnArrayADequeOrAChangingListIsSaved(Restarts restarts) {
    Build build =
        Controller.create()
            .withRestarts(restarts)
            .build(
                Jenkinsfile.of(
                    """
                    for (x in 'a,b'.split(',')) { echo x }
                    'c,d'.split(',').each { echo it }
                    'e,f'.split(',').eachWithIndex { x, i -> echo x + i }
                    for (x in new ArrayDeque(['g', 'h'])) { echo x }
                    for (x in new LinkedList(['i', 'j'])) { echo x }
                    def grows = ['k']
                    for (x in grows) { echo x; if (grows.size() < 3) { grows << x + x } }
                    def shrinks = ['l', 'm', 'n']
                    def at = shrinks.iterator()
                    while (at.hasNext()) { if (at.next() == 'm') { at.remove() }; echo shrinks.join('') }
                    """));

    assertThat(build.violations()).isEmpty();
    assertThat(build.error()).isEmpty();
    assertThat(build.log()).isEqualTo("a\nb\nc\nd\ne0\nf1\ng\nh\ni\nj\nk\nkk\nkkkk\nlmn\nln\nln\n");
  }
}
