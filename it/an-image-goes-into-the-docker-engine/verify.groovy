import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.MavenRun

def docker = new DockerCommand(engine)
def says = { docker.docker('run', '--rm', 'company/engine:1.0') }
assert says() == 'Hello from inside the engine.\n'

// Its further tag is the same image in the engine.
def id = { docker.docker('inspect', '--format', '{{.Id}}', "company/engine:$it" as String) }
assert id('1.0') == id('stable')

def labels = docker.docker('inspect', '--format', '{{json .Config.Labels}}', 'company/engine:1.0')
assert labels.contains("\"org.opencontainers.image.base.name\":\"$base\"")
assert labels.contains('"io.github.goldenmaven.role":"application"')

// One class later only one layer goes into the engine, and the image is whole all the same.
def source = new File(basedir, 'src/main/java/com/example/engine/Engine.java')
source.text = source.text.replace('Hello', 'Hello again')
MavenRun.in(basedir, maven, mavenArguments)
    .environment('DOCKER_HOST', engine)
    .run('golden:build', '-Dgolden.image=docker-daemon:company/engine:1.0', '-Dgolden.tags=1,latest')
assert says() == 'Hello again from inside the engine.\n'
assert [id('1.0')] * 2 == [id('1'), id('latest')]
assert id('1.0') != id('stable')
