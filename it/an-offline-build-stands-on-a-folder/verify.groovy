import io.github.goldenmaven.scenarios.Failures
import io.github.goldenmaven.scenarios.PulledImage

def ours = PulledImage.pull("oci:${new File(basedir, 'target/remote')}:1.0")
assert ours.filesAbove(PulledImage.pull("docker://$base")).keySet()
    .contains('/app/classes/com/example/remote/Remote.class')
assert Failures.of(new File(basedir, 'build.log')) == [
    "'$base' is in a registry, and Maven is offline. Leave '-o' out, or name images in OCI layouts,"
        + " 'oci:PATH:TAG', in <base> (-Dgolden.base) and <image> (-Dgolden.image), or in golden.yaml.",
].collect { it as String }
