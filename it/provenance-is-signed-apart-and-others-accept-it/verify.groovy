import groovy.json.JsonSlurper
import io.github.goldenmaven.peers.Command
import io.github.goldenmaven.peers.Machine
import io.github.goldenmaven.scenarios.PulledImage

def log = new File(basedir, 'build.log').readLines().collect { it - '[INFO] ' }
def image = PulledImage.pull("docker://$images/signed:1.0")
def golden = PulledImage.pull("docker://$base")
def builtBy = 'https://ci.company.example/golden'

// As long as nobody signed it, the gate refuses it.
assert log.any { it.contains('PROVENANCE_SIGNED: The image must have signed provenance') }

// Whom the signing job expects is not who built it: nothing is signed.
assert log.any { it.contains("The statement names the builder '$builtBy', where 'https://laptop.example/' is expected (golden.builder).") }
// The job that has the key signs the provenance; the build itself, with the key, the SBOM alone: the same is not signed again.
assert log.count('Signed, and attached 1 statement that the image lacked') == 2
assert log.count('This key signed the same before: nothing attached') == 1
assert new JsonSlurper().parse(new File(basedir, 'target/golden/verify.json')).verdict == 'pass'

// Somebody else's tool checks signature, type and subject, and hands the statement out.
def envelope = new JsonSlurper().parseText(Command.of("${Machine.require('cosign')}", 'verify-attestation', '--key', 'key.pub',
    '--insecure-ignore-tlog', '--allow-http-registry', '--type', 'slsaprovenance1', "$images/signed@${image.digest()}").in(basedir.toPath()).run())
def statement = new JsonSlurper().parseText(new String(envelope.payload.decodeBase64(), 'UTF-8'))
assert statement.subject == [[name: "$images/signed".toString(), digest: [sha256: image.digest() - 'sha256:']]]
def definition = statement.predicate.buildDefinition
assert definition.externalParameters == [
    base: base.toString(), image: "$images/signed".toString(), module: 'com.example.company:signed:1.0', platforms: ['linux/amd64']]
def dependencies = definition.resolvedDependencies.collectEntries { [it.name, it] }
assert dependencies.golden.digest.sha256 == golden.digest() - 'sha256:'
assert 'sha256:' + dependencies.official.digest.sha256 == golden.labels()['io.github.goldenmaven.official.digest']
assert dependencies.keySet().containsAll(['JDK', 'Maven', 'plugin'])
assert dependencies.plugin.digest.sha256 ==~ /[0-9a-f]{64}/
assert statement.predicate.runDetails.builder.id == builtBy

// What cyclonedx-maven-plugin found is said of the image, with its golden image as the base.
def bom = new JsonSlurper().parseText(new String(new JsonSlurper().parseText(Command.of("${Machine.require('cosign')}", 'verify-attestation', '--key', 'key.pub',
    '--insecure-ignore-tlog', '--allow-http-registry', '--type', 'cyclonedx', "$images/signed@${image.digest()}").in(basedir.toPath()).run()).payload.decodeBase64(), 'UTF-8'))
assert bom.subject == statement.subject
assert bom.predicate.metadata.component.name == 'signed'
assert bom.predicate.formulation.collectMany { it.components }.any { it.purl.contains(golden.digest() - 'sha256:') }

// The key is nowhere but in its file.
def secret = new File(basedir, 'key.pem').readLines()[1]
assert !new File(basedir, 'build.log').text.contains(secret)
return true
