import groovy.json.JsonSlurper
import io.github.goldenmaven.peers.Command
import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.GitHistory
import io.github.goldenmaven.scenarios.PulledImage

// As any reader of images sees them: skopeo inspect, a program that knows nothing of us.
def skopeo = { reference, String... options ->
    new JsonSlurper().parseText(
        Command.of('skopeo', 'inspect', '--tls-verify=false').with(options).with(reference as String).run())
}
def golden = skopeo("docker://$base")
def goldenManifest = skopeo("docker://$base", '--raw')
// The golden's own story is kept; what it says of itself alone is not taken for the service's.
def inherited = golden.Labels.findAll {
    !it.key.startsWith('org.opencontainers.') && !(it.key =~ /^io\.github\.goldenmaven\.(schema|role|base\.)/)
}
assert inherited.count { it.key =~ /goldenmaven\.(golden|official)\./ } >= 6

def assertTold = { String name, String title, String source, Map more ->
    def image = "docker://$images/$name:1.2.3"
    def labels = skopeo(image).Labels
    def annotated = [
        'org.opencontainers.image.title'       : title,
        'org.opencontainers.image.version'     : '1.2.3',
        'org.opencontainers.image.revision'    : GitHistory.head(new File(basedir, name).toPath()),
        'org.opencontainers.image.source'      : source,
        'org.opencontainers.image.created'     : '2026-11-22T23:30:00Z',
        'org.opencontainers.image.base.name'   : base,
        'org.opencontainers.image.base.digest' : golden.Digest,
    ]
    def proven = [
        'io.github.goldenmaven.schema'           : '1',
        'io.github.goldenmaven.role'             : 'application',
        'io.github.goldenmaven.base.manifest'    : golden.Digest,
        'io.github.goldenmaven.base.chain'       : labels['io.github.goldenmaven.base.chain'],
        'io.github.goldenmaven.base.layers'      : goldenManifest.layers.size() as String,
        'io.github.goldenmaven.maven.coordinates': "com.example.company:$name:1.2.3" as String,
    ]
    assert labels == annotated + proven + more + inherited
    assert labels['io.github.goldenmaven.base.chain'] ==~ /sha256:[0-9a-f]{64}/
    assert skopeo(image, '--raw').annotations == annotated
}

assertTold('told', 'Told ｔｏ the world', 'https://git.company.example/shop/told', [
    'org.opencontainers.image.vendor'     : 'Example Company',
    'org.opencontainers.image.licenses'   : 'Apache-2.0',
    'org.opencontainers.image.description': 'A service that tells where it came from.',
    'org.opencontainers.image.url'        : 'https://told.company.example/',
])
// Of a parent from outside nothing is the service's: not Spring's, and not the company's.
['on-spring-boots-parent', 'on-the-companys-parent'].each {
    assertTold(it, it, "git@git.company.example:shop/${it}.git" as String, [:])
}
assert !new File(basedir, 'build.log').text.contains('[WARNING] The POM says')

// Each is one layer of classes on the golden image, and answers.
def stands = PulledImage.pull("docker://$base")
['told': 'Every label is true.\n', 'on-spring-boots-parent': 'told\n', 'on-the-companys-parent': 'told\n'].each { name, says ->
    def image = PulledImage.pull("docker://$images/$name:1.2.3")
    assert image.layers().take(stands.layers().size()) == stands.layers()
    assert image.filesAbove(stands).keySet().any { it.startsWith('/app/classes/com/example/') && it.endsWith('.class') }
    assert new DockerCommand(engine).run("$images/$name:1.2.3") == says
}
return true
