import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.PulledImage

// That its layers are jib's is proven by a-jib-configuration-gives-the-defaults.
assert PulledImage.pull("docker://$images/clock:2.0").filesAbove(PulledImage.pull("docker://$base")).keySet()
    .contains('/app/classes/com/example/clock/Clock.class')

def clock = new DockerCommand(engine).serve("$images/clock:2.0", 8080, '/')
try {
    assert clock.get() == 'The clock is golden'
} finally {
    clock.close()
}
return true
