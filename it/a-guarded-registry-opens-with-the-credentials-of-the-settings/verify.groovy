import io.github.goldenmaven.peers.DockerRegistry
import io.github.goldenmaven.scenarios.PulledImage

def ours = PulledImage.pull("docker://$guardedImages/guarded:1.0",
    '--creds', "${DockerRegistry.USER}:${DockerRegistry.PASSWORD}".toString())
assert ours.labels()['io.github.goldenmaven.maven.coordinates'] == 'com.example.company:guarded:1.0'

def log = new File(basedir, 'build.log').text
assert !log.contains(DockerRegistry.PASSWORD)
assert !log.contains("${DockerRegistry.USER}:${DockerRegistry.PASSWORD}".bytes.encodeBase64().toString())
