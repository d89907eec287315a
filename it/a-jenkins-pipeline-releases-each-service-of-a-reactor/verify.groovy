import groovy.json.JsonSlurper
import io.github.goldenmaven.scenarios.PulledImage

def released = new JsonSlurper().parse(new File(basedir, 'target/golden/simulate.json'))
assert released.error == ''
assert released.result == 'SUCCESS'
assert released.violations == []

['orders', 'stock'].each { name ->
    def image = PulledImage.pull("docker://$images/shop/$name:2.0")
    assert image.labels()['io.github.goldenmaven.maven.coordinates'] == "com.example.company:$name:2.0".toString()
    assert PulledImage.pull("docker://$images/shop/released/$name:2.0").digest() == image.digest()
    assert released.description.contains("shop/$name:2.0@${image.digest().substring(7, 19)} on ".toString())
    assert new File(basedir, "target/golden/jenkins/archive/$name/target/golden/image.json").length() > 0
}

// Both are checked against the policy in one run of the gate, for the whole reactor.
def gate = new JsonSlurper().parse(new File(basedir, 'target/golden/jenkins/archive/target/golden/verify.json'))
assert gate.verdict == 'pass'
def log = new File(basedir, 'build.log').text
assert log.findAll(/--- golden(?:-maven-plugin)?:[^:]+:verify /).size() == 1
// Each promotion once before the approval, which sends nothing, and once after it.
assert log.findAll(/--- golden(?:-maven-plugin)?:[^:]+:promote /).size() == 4
return true
