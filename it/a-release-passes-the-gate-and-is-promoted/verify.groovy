import groovy.json.JsonSlurper
import groovy.xml.XmlSlurper
import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.PulledImage

def result(folder) {
    def properties = new Properties()
    new File(basedir, "target/$folder/result.properties").withInputStream { properties.load(it) }
    properties
}

def checked = PulledImage.pull("docker://$images/orders:1.0")
assert PulledImage.pull("docker://$images/released/orders:1.0").digest() == checked.digest()

def passed = result('golden')
assert passed['golden.verdict'] == 'pass'
assert passed['golden.verdict.code'] == '0'
assert passed['golden.image.1.digest'] == checked.digest()
assert passed['golden.promoted.digest'] == checked.digest()
assert passed['golden.promoted.reference'] == "$images/released/orders:1.0" as String

def json = new JsonSlurper().parse(new File(basedir, 'target/golden/verify.json'))
assert json.verdict == 'pass'
assert json.summary == 'pass'
assert json.audit.policy == 'golden-policy.yaml'
assert json.audit.policyDigest ==~ /sha256:[0-9a-f]{64}/
assert passed['golden.summary'] == 'pass'
assert json.images[0].findings == []
assert json.images[0].lineage.golden.startsWith("$base@sha256:" as String)
def junit = new XmlSlurper().parse(new File(basedir, 'target/golden/verify.xml'))
assert junit.testsuite.@failures == '0'
assert junit.testsuite.@tests == '1'
assert junit.testsuite.testcase.@name == 'Golden gate'
assert junit.testsuite.testcase.@classname == 'golden.' + junit.testsuite.@name
assert junit.testsuite.@name.text() ==~ /[^.:@]+\/orders/
assert junit.testsuite.'system-out'.text() ==~ /(?s).*: pass, \d\d rules looked at.*/
['verify.html', 'verify.css', 'verify.sarif', 'verify.csv'].each { assert new File(basedir, "target/golden/$it").length() > 200 }

assert result('refused')['golden.verdict'] == 'refused'
assert result('refused')['golden.promoted.digest'] == null
assert passed['golden.promoted.outcome'] == 'promoted'
assert result('misconfigured')['golden.verdict'] == 'misconfigured'
assert result('misconfigured')['golden.verdict.code'] == '3'
assert result('unknown')['golden.verdict'] == 'unknown'
assert result('release')['golden.verdict'] == 'misconfigured'
assert result('release')['golden.problem'] == 'This is a release, and no policy is given on the command line.'
assert result('refused')['golden.problem'] == "The gate refuses '$images/orders:1.0'." as String
assert result('refused')['golden.remedy'] == 'Each finding above, and in verify.html, names its remedy.'
assert passed['golden.problem'] == null

def log = new File(basedir, 'build.log').text
assert log.contains('golden.verdict=pass')
assert log.contains("The gate refuses '$images/orders:1.0'. Each finding above, and in verify.html, names its remedy.")
assert log.contains('golden.skip is ignored: this is a release (golden.release).')
assert log.contains('This is a release, and no policy is given on the command line.')

// What a pull request's pipeline says holds for a promotion that a POM binds, too.
def held = new Properties()
new File(basedir, 'target/held/result.properties').withInputStream { held.load(it) }
assert held['golden.verdict'] == 'pass'
assert held['golden.promoted.outcome'] == 'dry-run'
assert log.contains('golden.push is false: this is a dry run')

// No project at all: the gate by its coordinates, in an empty folder, on every repository of the services.
def empty = new File(basedir, 'target/empty')
empty.mkdirs()
new File(empty.parentFile, 'fleet.txt').text = "${images.split('/', 2)[0]}/${images.split('/', 2)[1]}/ord*\n"
def version = new XmlSlurper().parse(new File(checkout, 'pom.xml')).version.text()
def said = MavenRun.in(empty, maven, mavenArguments).run('-q', "io.github.goldenmaven:golden-maven-plugin:$version:verify" as String,
    '-Dgolden.fleet=../fleet.txt', "-Dgolden.policy=$basedir/golden-policy.yaml" as String)
assert said.contains('golden.verdict=pass')
assert said.contains(new File(empty, 'target/golden/verify.html').path)
def fleet = new Properties()
new File(empty, 'target/golden/result.properties').withInputStream { fleet.load(it) }
assert fleet['golden.image.1.reference'] == "$images/orders:1.0" as String
return true
