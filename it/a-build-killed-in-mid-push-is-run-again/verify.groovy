import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.PulledImage
import io.github.goldenmaven.scenarios.Tags

def here = MavenRun.in(basedir, maven, mavenArguments)
def uploads = new File(storage, "docker/registry/v2/repositories/${images.split('/', 2)[1]}/killed/_uploads")

def build = here.start(new File(basedir, 'killed.log').toPath(), 'golden:build')
def arrived = { uploads.directory && uploads.listFiles().any { new File(it, 'data').length() > 1 << 20 } }
while (build.alive && !arrived()) {
    sleep 1
}
assert build.alive : 'the build ended before it could be killed'
build.toHandle().descendants().forEach { it.destroyForcibly() }
build.destroyForcibly().waitFor()
assert Tags.of("$images/killed") == []

here.run('golden:build')
assert Tags.of("$images/killed") == ['1.0']
def ours = PulledImage.pull("docker://$images/killed:1.0")
assert ours.filesAbove(PulledImage.pull("docker://$base")).keySet().contains('/app/resources/ore.bin')

// What the killed build left behind changes nothing: another repository gets the same image.
here.run('golden:build', "-Dgolden.image=$images/undisturbed:1.0" as String)
assert PulledImage.pull("docker://$images/undisturbed:1.0").digest() == ours.digest()
