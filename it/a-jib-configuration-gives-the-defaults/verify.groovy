import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
def ours = PulledImage.pull("docker://$images/mover:1.0")
def jibs = PulledImage.pull("docker://$jibs/mover")

assert LayerComparison.differences(golden, ours, jibs) == []

assert ours.list('Entrypoint') == jibs.list('Entrypoint')
assert ours.list('Entrypoint').contains('-Xss512k')
assert ours.list('Cmd') == ['one']
assert ours.list('Env') as Set == jibs.list('Env') as Set
assert ours.list('Env').contains('MOOD=calm')
assert ours.configText().contains('"ExposedPorts":{"8443/tcp":{}}')
assert ours.configText().contains('"WorkingDir":"/tmp"')
assert ours.filesAbove(golden)['/opt/mover/run.sh'].mode() == '755'
assert ours.filesAbove(golden)['/opt/mover/mover.properties'].mode() == '644'

// The base is the company's, whatever jib's configuration and properties say.
assert ours.labels()['org.opencontainers.image.base.name'] == base
assert !ours.labels().containsKey('evil')
