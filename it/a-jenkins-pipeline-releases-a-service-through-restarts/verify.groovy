import groovy.json.JsonSlurper
import io.github.goldenmaven.peers.DockerRegistry
import io.github.goldenmaven.scenarios.GitHistory
import io.github.goldenmaven.scenarios.PulledImage

def simulated(folder) {
    new JsonSlurper().parse(new File(basedir, "target/$folder/simulate.json"))
}

def released = simulated('released')
assert released.error == ''
assert released.result == 'SUCCESS'
assert released.violations == []
assert released.restarts == released.transcript.size()
assert released.restarts > 60
assert released.stages == ['Checkout', 'Verify', 'Golden image', 'Golden gate', 'Reports', 'Approval', 'Promotion'].collect { it + ': passed' }

// The same steps in the sandbox, with a restart at each.
assert simulated('sandboxed').transcript == released.transcript
assert simulated('sandboxed').restarts == released.restarts

def image = PulledImage.pull("docker://$images/pipeline:1.0")
assert PulledImage.pull("docker://$images/released/pipeline:1.0").digest() == image.digest()
def shown = { it.digest().substring(7, 19) }
assert released.description.contains('/pipeline:1.0@' + shown(image) + ' on ')
def golden = PulledImage.pull("docker://$base")
assert image.labels()['io.github.goldenmaven.maven.coordinates'] == 'com.example.company:pipeline:1.0'
assert image.labels()['io.github.goldenmaven.role'] == 'application'
assert image.labels()['org.opencontainers.image.revision'] == GitHistory.head(basedir.toPath())
assert image.labels()['org.opencontainers.image.base.name'] == base
assert !image.labels().containsKey('io.github.goldenmaven.source.dirty')
assert released.description.contains(": pass")
assert released.transcript.contains("  echo(message: 'gate: pass')") || released.transcript.any { it.endsWith("echo(message: 'gate: pass')") }

['verify.json', 'verify.xml', 'verify.html', 'verify.css', 'verify.sarif', 'result.properties', 'image.json'].each {
    assert new File(basedir, "target/released/jenkins/archive/target/golden/$it").length() > 0
}
def archived = new File(basedir, 'target/released/jenkins/archive/target/golden')
def report = new JsonSlurper().parse(new File(archived, 'verify.json'))
assert report.verdict == 'pass'
assert report.images*.digest == [image.digest()]
assert report.images*.findings == [[]]
def junit = new groovy.xml.XmlSlurper().parse(new File(archived, 'verify.xml'))
def cases = junit.'**'.findAll { it.name() == 'testcase' }
assert cases*.@name*.text() == ['Golden gate']
assert cases.every { it.failure.isEmpty() && it.error.isEmpty() }
assert new JsonSlurper().parse(new File(archived, 'promote.json')).digest == image.digest()

def misspelt = simulated('misspelt')
assert misspelt.violations == [[file: 'misspelt.Jenkinsfile', line: 2, step: 'junit', message: "has no parameter 'allowEmptyResult'; Jenkins would ignore it. Did you mean 'allowEmptyResults'?"]]
def log = new File(basedir, 'build.log').text
assert log.contains("SUCCESS: ${released.restarts} steps, ${released.restarts} restarts survived, 0 violations")
assert log.contains("misspelt.Jenkinsfile:2: junit: has no parameter 'allowEmptyResult'")
[
    "There is no file '$basedir/nowhere'. Name one with -Dgolden.jenkinsfile.",
    "'sometimes' is not known. Take one of none, every, during in <restart> or -Dgolden.restart.",
    "'golden' has no name before a '='. Write name=value in <library> or -Dgolden.library.",
    "The library 'golden' cannot be loaded: the library '$basedir/src' has neither vars nor src, nothing that Jenkins would load.",
    "'$basedir/declarative.Jenkinsfile' is declarative, and only Jenkins itself can run that.",
    "declarative.Jenkinsfile:3: ehco: there is no such step. Did you mean 'echo'?",
    "There is no step 'jnuit' that could be absent. Did you mean 'junit'? Name steps in <absent> or -Dgolden.absent.",
].each { assert log.contains(it as String): it }

// A pull request, whose POM names an image: nothing is pushed, and the layout is checked against the policy all the same.
def request = simulated('pull-request')
assert request.result == 'SUCCESS'
assert request.violations == []
assert request.stages.contains('Golden gate: passed')
assert request.description.startsWith('oci:') && request.description.endsWith(': pass')
assert log.contains("golden.push is false: the image goes to the OCI layout folder")
assert new File(basedir, 'target/pull-request/jenkins/agents/agent/workspace').directorySize() > 0
assert "$registry/v2/_catalog?n=1000".with { new URL("http://$it").text }.indexOf('pull-request') < 0

// A restart under each of the steps in turn, and nothing is lost.
def during = simulated('during')
assert during.violations == []
assert during.result == 'SUCCESS'

// A guarded registry opens with the job's credentials, and nobody sees them.
def pushed = simulated('guarded')
assert pushed.error == ''
assert pushed.violations == []
def behind = PulledImage.pull("docker://$guardedImages/guarded-pipeline:1.0",
    '--creds', "${DockerRegistry.USER}:${DockerRegistry.PASSWORD}".toString())
assert pushed.description.contains(shown(behind))
assert !log.contains(DockerRegistry.PASSWORD)
assert !new File(basedir, 'target/guarded/simulate.json').text.contains(DockerRegistry.PASSWORD)
def bare = simulated('bare')
assert bare.violations*.line == [3]
assert bare.violations[0].message.startsWith('a restart of the controller under this step loses the build. Put retry(')
return true
