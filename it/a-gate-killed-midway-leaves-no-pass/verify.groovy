// A gate that is killed while it checks.
import io.github.goldenmaven.scenarios.MavenRun

def here = MavenRun.in(basedir, maven, mavenArguments)
def reports = ['result.properties', 'verify.json', 'verify.xml', 'verify.sarif', 'verify.html']
def golden = new File(basedir, 'target/golden')
def image = "-Dgolden.image=$images/cut:1.0" as String
def policy = '-Dgolden.policy=golden-policy.yaml'

def kill = { build ->
    build.toHandle().descendants().forEach { it.destroyForcibly() }
    build.destroyForcibly().waitFor()
}
def properties = { folder ->
    def read = new Properties()
    new File(folder, 'result.properties').withInputStream { read.load(it) }
    read
}

// A verify that passed before, and is killed while it reads the layers again.
reports.each { assert new File(golden, it).file : it }
def log = new File(basedir, 'verify-killed.log')
def verify = here.start(log.toPath(), 'golden:verify', image, policy, '-Dgolden.cache=target/fresh')
while (verify.alive && reports.any { new File(golden, it).exists() }) {
    sleep 1
}
assert verify.alive : 'the gate ended before it could be killed: ' + log.text
kill(verify)
reports.each { assert !new File(golden, it).exists() : it }

// One of a fleet, whose next image is in a registry that takes a call and never says a word.
def mute = new ServerSocket(0, 50, InetAddress.loopbackAddress)
new File(basedir, 'fleet.txt').text = "$images/cut:1.0\nlocalhost:$mute.localPort/shop/mute:1\n"
def fleet = here.start(
    new File(basedir, 'fleet-killed.log').toPath(), 'golden:verify', '-Dgolden.fleet=fleet.txt', policy)
while (fleet.alive && !new File(golden, 'result.properties').exists()) {
    sleep 1
}
assert fleet.alive : 'the gate ended before it could be killed: ' + new File(basedir, 'fleet-killed.log').text
kill(fleet)
mute.close()
assert properties(golden)['golden.verdict'] == 'unknown'
assert properties(golden)['golden.image.1.verdict'] == 'pass'
assert properties(golden)['golden.image.2.verdict'] == 'unknown'
assert new File(golden, 'verify.json').text.contains('the run had not judged this image when this was written')
assert new File(golden, 'verify.xml').text.contains('errors="1"')
assert new File(golden, 'verify.html').text.contains('the run had not judged this image when this was written')

// A promotion that is killed while the bytes go into another store.
def released = new File(basedir, 'target/released')
def to = "-Dgolden.to=oci:$released:1.0" as String
def copying = here.start(new File(basedir, 'promote-killed.log').toPath(), 'golden:promote', image, policy, to)
def arrived = {
    def size = 0L
    if (released.directory) {
        released.eachFileRecurse { size += it.file ? it.length() : 0 }
    }
    size > 1 << 20
}
while (copying.alive && !arrived()) {
    sleep 1
}
assert copying.alive : 'the promotion ended before it could be killed'
kill(copying)
def index = new File(released, 'index.json')
assert !index.exists() || !index.text.contains('"1.0"')
assert properties(golden)['golden.promoted.outcome'] == 'failed'
assert properties(golden)['golden.promoted.digest'] == null

here.run('golden:promote', image, policy, to)
assert index.text.contains('"1.0"')
assert properties(golden)['golden.promoted.outcome'] == 'promoted'
assert index.text.contains(properties(golden)['golden.promoted.digest'])
return true
