import io.github.goldenmaven.scenarios.PulledImage
import io.github.goldenmaven.scenarios.Tags

def ours = PulledImage.pull("docker://$images/bound:1.0")
assert ours.filesAbove(PulledImage.pull("docker://$base")).keySet()
    .contains('/app/classes/com/example/bound/Bound.class')
// A bound goal runs where it is bound: no second lifecycle is forked.
def log = new File(basedir, 'build.log').text
def goals = log.findAll(/--- (?:maven-)?(\w+?)(?:-maven)?(?:-plugin)?:[^:]+:([\w-]+) /) { it[1] + ':' + it[2] }
assert goals.count('golden:build-no-fork') == 2
assert goals.count('compiler:compile') == 2

// A pull request's job says no on the command line, and the POM's own yes does not win.
assert log.count('golden.push is false: the image goes to the OCI layout folder') == 1
assert Tags.of("$registry/never-pushed/bound") == []
