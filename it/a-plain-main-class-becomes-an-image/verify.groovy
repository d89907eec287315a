import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
def ours = PulledImage.pull("docker://$images/clock:2.0")
def jibs = PulledImage.pull("docker://$jibs/clock")

assert LayerComparison.differences(golden, ours, jibs) == []

def clock = new DockerCommand(engine).serve("$images/clock:2.0", 8080, '/')
try {
    assert clock.get() == 'The clock is golden'
} finally {
    clock.close()
}
return true
