import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.PulledImage
import io.github.goldenmaven.scenarios.Tags

def docker = new DockerCommand(engine)
def left = { ['ps -aq', 'network ls -q', 'volume ls -q'].collect { docker.docker(*it.split(' ')).readLines().sort() } }
def golden = "$images/patched/golden:17" as String
docker.docker('pull', '--quiet', golden)
def says = docker.docker('run', '--rm', golden, 'sh', '-c', 'cat /etc/patched /etc/motd; id -u scanner; ls /etc/issue 2>&1 || true')
assert says.readLines().take(3) == ['patched', 'A golden image.', '10042']
assert says.contains("cannot access '/etc/issue'")

// The commands' own environment is not the layer's: what the image says is what 'proxy' says.
assert docker.docker('run', '--rm', golden, 'sh', '-c', 'echo $HTTPS_PROXY $no_proxy').strip() == 'http://proxy.company.example:3128 localhost'

// The official image, one layer of the commands, one of the files.
def official = PulledImage.pull("docker://$registry/official/java:17")
def image = PulledImage.pull("docker://$golden")
assert image.layers().size() == official.layers().size() + 2
assert image.layers().take(official.layers().size()) == official.layers()

// A command that fails: its output, nothing pushed, nothing left behind.
def before = left()
def definition = new File(basedir, 'golden.yaml')
definition.text = definition.text.replaceAll(/(?s)run:.*/, 'run: ["echo about to fail; exit 3"]\n')
    .replace('patched/golden', 'failed/golden')
def log = new File(basedir, 'failed.log')
def failed = MavenRun.in(basedir, maven, mavenArguments).environment('DOCKER_HOST', engine).start(log.toPath(), 'golden:bake')
assert failed.waitFor() != 0
def told = Failures.of(log)
assert told.size() == 1
assert told[0].contains("'echo about to fail; exit 3'")
assert told[0].contains('about to fail')
assert Tags.of("$images/failed/golden") == []
assert left() == before
return true
