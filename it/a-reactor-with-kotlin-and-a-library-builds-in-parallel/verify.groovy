import io.github.goldenmaven.peers.DockerCommand
import io.github.goldenmaven.scenarios.GitHistory
import io.github.goldenmaven.scenarios.LayerComparison
import io.github.goldenmaven.scenarios.PulledImage

def golden = PulledImage.pull("docker://$base")
['java-service': 'A golden day, Java, forms one and two.\n', 'kotlin-service': 'A golden day, Kotlin.\n'].each { name, says ->
    def ours = PulledImage.pull("docker://$images/$name:5.0")
    def jibs = PulledImage.pull("docker://$jibs/$name")
    // Of two jars of one name and size jib's image has one, twice on its class path; ours has both.
    def differences = LayerComparison.differences(golden, ours, jibs)
    assert differences.findAll { !it.contains('/app/libs/forms-5.0-') && !it.contains('jib-classpath-file') } == []
    assert ours.filesAbove(golden).keySet().contains('/app/libs/library-5.0.jar')
    if (name == 'java-service') {
        def forms = ours.filesAbove(golden).keySet().findAll { it.startsWith('/app/libs/forms-5.0-') }.sort()
        assert forms.size() == 2 && forms.collect { it.replaceFirst('-[0-9]+(-2)?[.]jar$', '') }.unique().size() == 1
        assert forms.every { jar -> differences.toString().contains(jar) == jar.endsWith('-2.jar') }
    }
    // What the reactor's parent says is its modules', as Maven inherits it; the company's is not.
    assert ours.labels().findAll { it.key.startsWith('org.opencontainers.image.') && !it.key.contains('.base.') } == [
        'org.opencontainers.image.title'      : name,
        'org.opencontainers.image.description': "The company's shop.",
        'org.opencontainers.image.version'    : '5.0',
        'org.opencontainers.image.revision'   : GitHistory.head(basedir.toPath()),
        'org.opencontainers.image.source'     : "https://git.company.example/shop/reactor/$name" as String,
        'org.opencontainers.image.created'    : '2026-11-22T23:30:00Z',
        'org.opencontainers.image.licenses'   : 'MIT',
    ]
    assert new DockerCommand(engine).run("$images/$name:5.0") == says
}
assert !new File(basedir, 'build.log').text.contains('The POM says')

def result(folder) {
    def properties = new Properties()
    new File(basedir, "target/$folder/result.properties").withInputStream { properties.load(it) }
    properties
}

def verdicts = result('golden')
assert verdicts['golden.image.1.verdict'] == 'pass'
assert verdicts['golden.image.2.verdict'] == 'pass'

// What one start of Maven built it checked, in the order of the modules, although the parent's name for images makes one of the root too.
def digests = ['kotlin-service', 'java-service'].collect { PulledImage.pull("docker://$images/$it:5.0").digest() }
def branch = result('branch')
assert (1..3).collect { branch["golden.image.${it}.digest" as String] } == digests + [null]
assert branch['golden.image.1.reference'] == "$images/kotlin-service:5.0@${digests[0]}" as String
def request = result('request')
assert (1..3).collect { request["golden.image.${it}.digest" as String] } == digests + [null]
assert request['golden.image.2.reference'].startsWith('oci:' + new File(basedir, 'java-service/target/request/image').path)
[branch, request].each { assert it['golden.verdict'] == 'pass' }
assert result('nothing')['golden.goal'] == 'golden:verify'
assert result('nothing')['golden.problem'] == 'golden:build built nothing in this run of Maven.'
return true
