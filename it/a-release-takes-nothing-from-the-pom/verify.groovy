// A POM and .mvn that speak for a release.
import io.github.goldenmaven.scenarios.MavenRun
import io.github.goldenmaven.scenarios.Tags

def result(folder) {
    def properties = new Properties()
    new File(basedir, "target/$folder/result.properties").withInputStream { properties.load(it) }
    properties
}

def passed = result('golden')
assert passed['golden.verdict'] == 'pass'
assert passed['golden.image.1.reference'] == base
assert passed['golden.image.2.reference'] == null
assert !new File(basedir, 'elsewhere').exists()
assert !new File(basedir, 'planted').exists()
assert result('promoted')['golden.promoted.outcome'] == 'promoted'
assert Tags.of("$images/released/golden") == ['1']
// The scenario sets golden.image and golden.base in the parent POM: those are a POM's too.
assert result('unnamed')['golden.verdict'] == 'misconfigured'
assert result('unheld')['golden.verdict'] == 'misconfigured'

def log = new File(basedir, 'build.log').text
assert log.contains('golden.skip is ignored: this is a release (golden.release).')
assert log.contains('This is a release, and no image is named on the command line.')
assert log.contains('This is a release, and no policy is given on the command line.')
assert log.contains("The policy '$basedir/golden-policy.yaml' lies in the folder that the release is started in.")

// What .mvn says is the project's word too.
new File(basedir, '.mvn').mkdirs()
new File(basedir, '.mvn/maven.config').text = '-Dgolden.image=localhost:1/nobody/nothing:1\n'
def failed = null
try {
    MavenRun.in(basedir, maven, mavenArguments).run('golden:verify', '-Dgolden.release', '-Dgolden.policy=golden-policy.yaml', "-Dgolden.image=$base" as String)
} catch (RuntimeException e) {
    failed = e.message
}
assert failed.contains("This is a release, and '$basedir/.mvn/maven.config' sets 'golden.image'.")
return true
