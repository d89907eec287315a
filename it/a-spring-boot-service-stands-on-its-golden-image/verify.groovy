import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
def ours = PulledImage.pull("docker://$images/boot-orders:1.4.0")
def jibs = PulledImage.pull("docker://$jibs/orders")

assert LayerComparison.differences(golden, ours, jibs) == []
assert ours.layers().size() == golden.layers().size() + 4 // dependencies, resources, classes, arguments of the JVM

def order = new DockerCommand(engine).serve("$images/boot-orders:1.4.0", 8080, '/orders/17')
try {
    assert order.get() == '{"number":17,"item":"golden apples"}'
} finally {
    order.close()
}

assert new File(basedir, 'target/golden/result.properties').text.contains('golden.verdict=pass')
return true
