import io.github.goldenmaven.scenarios.PulledImage

def ours = PulledImage.pull("docker://$images/quick:1.0")
assert ours.filesAbove(PulledImage.pull("docker://$base")).keySet()
    .contains('/app/classes/com/example/quick/Quick.class')
assert !new File(basedir, 'target/quick-1.0.jar').exists()
