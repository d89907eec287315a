import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
['java-service': 'A golden day, Java.\n', 'kotlin-service': 'A golden day, Kotlin.\n'].each { name, says ->
    def ours = PulledImage.pull("docker://$images/$name:5.0")
    def jibs = PulledImage.pull("docker://$jibs/$name")
    assert LayerComparison.differences(golden, ours, jibs) == []
    assert ours.filesAbove(golden).keySet().contains('/app/libs/library-5.0.jar')
    assert new DockerCommand(engine).run("$images/$name:5.0") == says
}

def verdicts = new Properties()
new File(basedir, 'target/golden/result.properties').withInputStream { verdicts.load(it) }
assert verdicts['golden.image.1.verdict'] == 'pass'
assert verdicts['golden.image.2.verdict'] == 'pass'
return true
