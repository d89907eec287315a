import groovy.json.JsonSlurper
import io.github.goldenmaven.peers.Command
import io.github.goldenmaven.scenarios.PulledImage

def skopeo = { String... arguments ->
    new JsonSlurper().parseText(Command.of('skopeo', 'inspect', '--tls-verify=false').with(arguments).run())
}
String twins = "docker://$registry/golden/twins:17"
String image = "docker://$images/twin:1.0"
def index = skopeo('--raw', image)
assert index.mediaType == 'application/vnd.oci.image.index.v1+json'
assert index.manifests.collect { it.platform } == [
    [architecture: 'amd64', os: 'linux'],
    [architecture: 'arm64', os: 'linux'],
]
def golden = skopeo('--raw', twins)
assert index.annotations['org.opencontainers.image.base.name'] == "$registry/golden/twins:17"
// Of a base with several platforms the digest is the index's, as consumers expect it.
assert index.annotations['org.opencontainers.image.base.digest'] == skopeo(twins).Digest

['amd64', 'arm64'].eachWithIndex { architecture, i ->
    def ours = PulledImage.pull("docker://$images/twin@${index.manifests[i].digest}")
    def base = PulledImage.pull("docker://$registry/golden/twins@${golden.manifests[i].digest}")
    assert ours.layers().subList(0, base.layers().size()) == base.layers()
    assert ours.labels()['io.github.goldenmaven.base.manifest'] == golden.manifests[i].digest
    assert ours.configText().contains("\"architecture\":\"$architecture\"")
    assert ours.filesAbove(base).keySet().contains('/app/classes/com/example/twin/Twin.class')
}
return true
