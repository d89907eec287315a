import io.github.goldenmaven.peers.DockerRegistry
import io.github.goldenmaven.scenarios.PulledImage

def ours = PulledImage.pull("docker://$guardedImages/stored:1.0",
    '--creds', "${DockerRegistry.USER}:${DockerRegistry.PASSWORD}".toString())
assert ours.labels()['io.github.goldenmaven.maven.coordinates'] == 'com.example.company:stored:1.0'
assert !new File(basedir, 'build.log').text.contains(DockerRegistry.PASSWORD)
