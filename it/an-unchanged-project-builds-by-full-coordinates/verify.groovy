import groovy.json.JsonSlurper
import io.github.goldenmaven.scenarios.PulledImage

// Without <image> the result is a folder that every OCI tool reads.
def layouts = new File(basedir, 'target/golden').listFiles().findAll { new File(it, 'oci-layout').file }
assert layouts.size() == 1
def index = new JsonSlurper().parse(new File(layouts[0], 'index.json'))
assert index.manifests.size() == 1

def ours = PulledImage.pull("oci:${layouts[0]}")
assert ours.digest() == index.manifests[0].digest
assert ours.filesAbove(PulledImage.pull("docker://$base")).keySet()
    .contains('/app/classes/com/example/stranger/Stranger.class')
assert ours.labels()['io.github.goldenmaven.maven.coordinates'] == 'com.example.elsewhere:stranger:1.0'

// -q means quiet.
assert new File(basedir, 'build.log').readLines().findAll { it.startsWith('[INFO]') } == []
