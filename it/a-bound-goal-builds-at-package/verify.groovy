import io.github.goldenmaven.scenarios.PulledImage

def ours = PulledImage.pull("docker://$images/bound:1.0")
assert ours.filesAbove(PulledImage.pull("docker://$base")).keySet()
    .contains('/app/classes/com/example/bound/Bound.class')
// A bound goal runs where it is bound: no second lifecycle is forked.
def goals = new File(basedir, 'build.log').text.findAll(/--- (?:maven-)?(\w+?)(?:-maven)?(?:-plugin)?:[^:]+:([\w-]+) /) { it[1] + ':' + it[2] }
assert goals.count('golden:build-no-fork') == 1
assert goals.count('compiler:compile') == 1
