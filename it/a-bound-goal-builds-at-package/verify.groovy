import io.github.goldenmaven.scenarios.PulledImage

def ours = PulledImage.pull("docker://$images/bound:1.0")
assert ours.filesAbove(PulledImage.pull("docker://$base")).keySet()
    .contains('/app/classes/com/example/bound/Bound.class')
// Bound goals run once: nothing forks a second lifecycle.
assert new File(basedir, 'build.log').text.findAll('golden-maven-plugin:[^:]+:build-no-fork').size() == 1
assert new File(basedir, 'build.log').text.findAll('maven-compiler-plugin|compiler:').size() <= 2
