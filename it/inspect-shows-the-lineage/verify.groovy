import groovy.json.JsonSlurper
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
def ours = PulledImage.pull("docker://$images/lineage:1.0")
def log = new File(basedir, 'build.log').readLines()
def lines = log.collect { (it - '[INFO] ') - '[stdout] ' } // Maven 4 says where a line came from

def official = golden.labels()['io.github.goldenmaven.official.digest']
def upToGolden = [
    '  official     docker.io/library/eclipse-temurin:17-jre',
    "               $official" as String,
    '     | baked into',
    "  golden       $base  (java 17.0.15, line 17)" as String,
    "               ${golden.digest()}" as String,
]
def application = [
    '     | built into',
    "  application  $images/lineage:1.0  (com.example.company:lineage:1.0)" as String,
    "               ${ours.digest()}" as String,
]
assert Collections.indexOfSubList(lines, upToGolden + application) >= 0
assert lines.count { it == '  ---- seam, proven by its layers ----' } == 2

def json = new JsonSlurper().parse(new File(basedir, 'target/golden/inspect.json'))
assert json.schema == 1
assert json.images.size() == 1
assert json.images[0].digest == ours.digest()

['golden:build', 'golden:build-no-fork', 'golden:help', 'golden:inspect', 'golden:promote', 'golden:verify'].each { goal ->
    assert lines.contains(goal)
}
return true
