import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
def ours = PulledImage.pull("docker://$images/prices:0.9")
def jibs = PulledImage.pull("docker://$jibs/prices")

assert LayerComparison.differences(golden, ours, jibs) == []
assert ours.filesAbove(golden).keySet().contains('/app/classes/module-info.class')
assert new DockerCommand(engine).run("$images/prices:0.9") == '{"gold":4000}\n'
