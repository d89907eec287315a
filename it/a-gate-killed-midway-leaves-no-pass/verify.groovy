// H6 of the attacks: a gate that is killed while it checks.
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
